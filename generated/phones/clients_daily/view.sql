-- phones.clients_daily
--
-- One row per client and day of every application for phones, on every channel.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  'tide_focus' AS app,
  'release' AS channel,
  *
FROM
  `org_tide_focus_derived.clients_daily_v1`
UNION ALL
SELECT
  'tide_focus' AS app,
  'beta' AS channel,
  *
FROM
  `org_tide_focus_beta_derived.clients_daily_v1`
UNION ALL
SELECT
  'tide_focus' AS app,
  'nightly' AS channel,
  *
FROM
  `org_tide_focus_nightly_derived.clients_daily_v1`
UNION ALL
SELECT
  'tide_reader' AS app,
  'release' AS channel,
  *
FROM
  `org_tide_reader_derived.clients_daily_v1`
UNION ALL
SELECT
  'tide_reader' AS app,
  'beta' AS channel,
  *
FROM
  `org_tide_reader_beta_derived.clients_daily_v1`
UNION ALL
SELECT
  'tide_reader' AS app,
  'nightly' AS channel,
  *
FROM
  `org_tide_reader_nightly_derived.clients_daily_v1`
