-- tide_focus.clients_first_seen
--
-- One row per client and channel of tide_focus, with the day it was first seen.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  'release' AS channel,
  *
FROM
  `org_tide_focus_derived.clients_first_seen_v1`
UNION ALL
SELECT
  'beta' AS channel,
  *
FROM
  `org_tide_focus_beta_derived.clients_first_seen_v1`
UNION ALL
SELECT
  'nightly' AS channel,
  *
FROM
  `org_tide_focus_nightly_derived.clients_first_seen_v1`
