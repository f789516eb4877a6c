-- org_tide_reader_nightly.metrics
--
-- The metrics ping of tide_reader, nightly. Tide Reader, a reading list for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_reader_nightly_stable.metrics_v1`
