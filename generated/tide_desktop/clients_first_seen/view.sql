-- tide_desktop.clients_first_seen
--
-- One row per client of Tide Desktop, on the day it was first seen.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_desktop_derived.clients_first_seen_v1`
