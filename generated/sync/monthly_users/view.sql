-- sync.monthly_users
--
-- Users of the synchronisation server, and the days on which they were, per month and country.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `sync_derived.monthly_users_v1`
