-- tide_browser.events
--
-- Pings of Tide Browser that carry what people did, event by event.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_stable.events_v1`
