-- tide_browser.baseline
--
-- Pings of Tide Browser that tell when and how long it was used.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_stable.baseline_v1`
