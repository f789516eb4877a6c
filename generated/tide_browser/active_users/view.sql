-- tide_browser.active_users
--
-- Daily, weekly and monthly active users per country, channel and operating system.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_derived.active_users_v1`
