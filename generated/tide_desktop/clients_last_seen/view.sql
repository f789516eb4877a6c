-- tide_desktop.clients_last_seen
--
-- One row per client and day for 28 days after each activity of Tide Desktop, with its activity as bits.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `tide_desktop_derived.clients_last_seen_v1`
