-- tide_browser.clients_daily
--
-- One row per client and day, from baseline pings.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_browser_derived.clients_daily_v1`
