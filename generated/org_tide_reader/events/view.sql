-- org_tide_reader.events
--
-- The events ping of tide_reader, release. Tide Reader, a reading list for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_reader_stable.events_v1`
