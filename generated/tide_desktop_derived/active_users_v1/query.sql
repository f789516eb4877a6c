-- tide_desktop_derived.active_users_v1
--
-- Daily, weekly and monthly active users of Tide Desktop per country and channel.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: tide_desktop_derived.clients_last_seen_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  COALESCE(country, '??') AS country,
  COALESCE(channel, '??') AS channel,
  -- Bit 0 is the day itself, 127 its 7 days, 268435455 its 28 days.
  COUNTIF(days_seen_bits & 1 != 0) AS daily_active_users,
  COUNTIF(days_seen_bits & 127 != 0) AS weekly_active_users,
  COUNTIF(days_seen_bits & 268435455 != 0) AS monthly_active_users
FROM
  `tide_desktop_derived.clients_last_seen_v1`
WHERE
  submission_date = @submission_date
GROUP BY
  country,
  channel
