-- org_tide_focus.baseline
--
-- The baseline ping of tide_focus, release. Tide Focus, a private browser for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_focus_stable.baseline_v1`
