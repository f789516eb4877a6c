-- tide_browser.health
--
-- Pings of Tide Browser that tell how its own telemetry is doing.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_stable.health_v1`
