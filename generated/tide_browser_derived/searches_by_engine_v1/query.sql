-- tide_browser_derived.searches_by_engine_v1
--
-- Searches and searching clients per day and engine.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: tide_browser_stable.baseline_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  engine.key AS engine,
  SUM(engine.value) AS searches,
  COUNT(DISTINCT client_info.client_id) AS clients
FROM
  `tide_browser_stable.baseline_v1`
CROSS JOIN
  UNNEST(metrics.labeled_counter.browser_search_count) AS engine
WHERE
  DATE(submission_timestamp) = @submission_date
GROUP BY
  engine
