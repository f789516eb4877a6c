-- org_tide_focus.metrics
--
-- The metrics ping of tide_focus, release. Tide Focus, a private browser for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_focus_stable.metrics_v1`
