-- telemetry.main
--
-- Main pings of Tide Desktop, which keeps the older telemetry: one per part of a session, with its environment, histograms, scalars and events.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `telemetry_stable.main_v5`
