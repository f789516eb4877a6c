-- tide_browser.tab_opens
--
-- Opened tabs per day, place they were opened from, and channel.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_derived.tab_opens_v1`
