-- sync.requests_hourly
--
-- Requests and server errors per hour, for who watches the server.
--
-- Owners: browser-data@example.com.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  *
FROM
  `sync_derived.requests_hourly_v1`
