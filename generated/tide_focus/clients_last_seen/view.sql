-- tide_focus.clients_last_seen
--
-- One row per client, day and channel of tide_focus for 28 days after each activity, with its activity as bits.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  'release' AS channel,
  *
FROM
  `org_tide_focus_derived.clients_last_seen_v1`
UNION ALL
SELECT
  'beta' AS channel,
  *
FROM
  `org_tide_focus_beta_derived.clients_last_seen_v1`
UNION ALL
SELECT
  'nightly' AS channel,
  *
FROM
  `org_tide_focus_nightly_derived.clients_last_seen_v1`
