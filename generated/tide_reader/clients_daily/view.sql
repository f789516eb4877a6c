-- tide_reader.clients_daily
--
-- One row per client, day and channel of tide_reader.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  'release' AS channel,
  *
FROM
  `org_tide_reader_derived.clients_daily_v1`
UNION ALL
SELECT
  'beta' AS channel,
  *
FROM
  `org_tide_reader_beta_derived.clients_daily_v1`
UNION ALL
SELECT
  'nightly' AS channel,
  *
FROM
  `org_tide_reader_nightly_derived.clients_daily_v1`
