-- sync_derived.monthly_users_v1
--
-- Users of the synchronisation server, and the days on which they were, per month and country.
--
-- Owners: browser-data@example.com.
-- Partitions: one a month by submission_month, from 2026-10-18.
-- Reads: sync_derived.usage_daily_v1, the same month.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_month,
  country,
  count(distinct user_key) AS users,
  count(*) AS user_days,
  sum(requests) AS requests,
FROM
  `sync_derived.usage_daily_v1`
WHERE
  submission_date >= @submission_date AND submission_date < DATE(@partition_end)
GROUP BY
  country
