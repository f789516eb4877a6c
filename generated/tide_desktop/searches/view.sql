-- tide_desktop.searches
--
-- Searches of Tide Desktop per day, engine and access point, from the keyed histogram SEARCH_COUNTS.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_desktop_derived.searches_v1`
