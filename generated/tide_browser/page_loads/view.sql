-- tide_browser.page_loads
--
-- Page loads and their mean time per day, channel and operating system.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_derived.page_loads_v1`
