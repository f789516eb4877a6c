-- sync.usage_by_country
--
-- Users of the synchronisation server, their requests and errors per day and country.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `sync_derived.usage_by_country_v1`
