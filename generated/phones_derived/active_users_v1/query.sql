-- phones_derived.active_users_v1
--
-- Daily, weekly and monthly active users per application for phones, channel and country.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: org_tide_focus_beta_derived.clients_last_seen_v1, the same day.
-- Reads: org_tide_focus_derived.clients_last_seen_v1, the same day.
-- Reads: org_tide_focus_nightly_derived.clients_last_seen_v1, the same day.
-- Reads: org_tide_reader_beta_derived.clients_last_seen_v1, the same day.
-- Reads: org_tide_reader_derived.clients_last_seen_v1, the same day.
-- Reads: org_tide_reader_nightly_derived.clients_last_seen_v1, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  app,
  channel,
  COALESCE(country, '??') AS country,
  -- Bit 0 is the day itself, 127 its 7 days, 268435455 its 28 days.
  COUNTIF(days_seen_bits & 1 != 0) AS daily_active_users,
  COUNTIF(days_seen_bits & 127 != 0) AS weekly_active_users,
  COUNTIF(days_seen_bits & 268435455 != 0) AS monthly_active_users
FROM
  (
    SELECT
      'tide_focus' AS app,
      'release' AS channel,
      *
    FROM
      `org_tide_focus_derived.clients_last_seen_v1`
    UNION ALL
    SELECT
      'tide_focus' AS app,
      'beta' AS channel,
      *
    FROM
      `org_tide_focus_beta_derived.clients_last_seen_v1`
    UNION ALL
    SELECT
      'tide_focus' AS app,
      'nightly' AS channel,
      *
    FROM
      `org_tide_focus_nightly_derived.clients_last_seen_v1`
    UNION ALL
    SELECT
      'tide_reader' AS app,
      'release' AS channel,
      *
    FROM
      `org_tide_reader_derived.clients_last_seen_v1`
    UNION ALL
    SELECT
      'tide_reader' AS app,
      'beta' AS channel,
      *
    FROM
      `org_tide_reader_beta_derived.clients_last_seen_v1`
    UNION ALL
    SELECT
      'tide_reader' AS app,
      'nightly' AS channel,
      *
    FROM
      `org_tide_reader_nightly_derived.clients_last_seen_v1`
  )
WHERE
  submission_date = @submission_date
GROUP BY
  app,
  channel,
  country
