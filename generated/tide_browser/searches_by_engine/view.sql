-- tide_browser.searches_by_engine
--
-- Searches and searching clients per day and engine.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_derived.searches_by_engine_v1`
