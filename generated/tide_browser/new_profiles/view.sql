-- tide_browser.new_profiles
--
-- Clients seen for the first time, per day, country and channel.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_derived.new_profiles_v1`
