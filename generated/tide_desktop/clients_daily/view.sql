-- tide_desktop.clients_daily
--
-- One row per client and day of Tide Desktop, from main pings.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_desktop_derived.clients_daily_v1`
