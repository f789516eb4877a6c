-- tide_browser.metrics
--
-- Pings of Tide Browser that carry its metrics, about once a day.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_stable.metrics_v1`
