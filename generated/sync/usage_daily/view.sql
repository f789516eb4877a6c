-- sync.usage_daily
--
-- One row per user and day of the synchronisation server. The user is a keyed hash, never an identifier.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `sync_derived.usage_daily_v1`
