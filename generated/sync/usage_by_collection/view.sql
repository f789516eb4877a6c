-- sync.usage_by_collection
--
-- Requests, errors and their time per day and what was synchronised.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `sync_derived.usage_by_collection_v1`
