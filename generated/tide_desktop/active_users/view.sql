-- tide_desktop.active_users
--
-- Daily, weekly and monthly active users of Tide Desktop per country and channel.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_desktop_derived.active_users_v1`
