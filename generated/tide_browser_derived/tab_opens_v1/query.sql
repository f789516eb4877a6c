-- tide_browser_derived.tab_opens_v1
--
-- Opened tabs per day, place they were opened from, and channel.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: tide_browser_stable.events_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  (SELECT value FROM UNNEST(event.extra) WHERE key = 'source') AS source,
  normalized_channel AS channel,
  COUNT(*) AS events,
  COUNT(DISTINCT client_info.client_id) AS clients
FROM
  `tide_browser_stable.events_v1`
CROSS JOIN
  UNNEST(events) AS event
WHERE
  DATE(submission_timestamp) = @submission_date
  AND event.category = 'browser'
  AND event.name = 'tab_open'
GROUP BY
  source,
  channel
