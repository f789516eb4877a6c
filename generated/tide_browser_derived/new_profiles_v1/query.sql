-- tide_browser_derived.new_profiles_v1
--
-- Clients seen for the first time, per day, country and channel.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: tide_browser_derived.clients_first_seen_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  country,
  channel,
  count(*) AS new_profiles,
FROM
  `tide_browser_derived.clients_first_seen_v1`
WHERE
  first_seen_date = @submission_date
GROUP BY
  country,
  channel
