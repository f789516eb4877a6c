-- org_tide_focus_nightly.metrics
--
-- The metrics ping of tide_focus, nightly. Tide Focus, a private browser for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_focus_nightly_stable.metrics_v1`
