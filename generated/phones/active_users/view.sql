-- phones.active_users
--
-- Daily, weekly and monthly active users per application for phones, channel and country.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `phones_derived.active_users_v1`
