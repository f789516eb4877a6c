-- sync_derived.requests_hourly_v1
--
-- Requests and server errors per hour, for who watches the server.
--
-- Owners: browser-data@example.com.
-- Partitions: one an hour by submission_hour, from 2026-11-20.
-- Reads: sync.requests_v1, the same hour.
-- Expires: after 14 days.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @partition_start AS submission_hour,
  count(*) AS requests,
  countif(fields.status >= 500) AS server_errors,
FROM
  `sync.requests_v1`
WHERE
  timestamp >= @partition_start AND timestamp < @partition_end
