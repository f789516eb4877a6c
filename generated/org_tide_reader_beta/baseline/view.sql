-- org_tide_reader_beta.baseline
--
-- The baseline ping of tide_reader, beta. Tide Reader, a reading list for phones.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `org_tide_reader_beta_stable.baseline_v1`
