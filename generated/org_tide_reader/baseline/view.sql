-- org_tide_reader.baseline
--
-- The baseline ping of tide_reader, release. Tide Reader, a reading list for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_reader_stable.baseline_v1`
