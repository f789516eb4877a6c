-- sync_derived.usage_by_country_v1
--
-- Users of the synchronisation server, their requests and errors per day and country.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: sync_derived.usage_daily_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  country,
  count(*) AS users,
  sum(requests) AS requests,
  sum(errors) AS errors,
  sum(server_errors) AS server_errors,
  sum(bytes) AS bytes,
FROM
  `sync_derived.usage_daily_v1`
WHERE
  submission_date = @submission_date
GROUP BY
  country
