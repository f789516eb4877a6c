-- org_tide_reader_derived.clients_first_seen_v1
--
-- One row per client of tide_reader on the channel release, on the day it was first seen.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by first_seen_date, from 2026-10-18.
-- Reads: org_tide_reader_derived.clients_daily_v1, the same day.
-- Reads: itself, all days up to the day before.
-- Deletion: by client_id.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS first_seen_date,
  today.client_id,
  country,
  device_model,
FROM
  `org_tide_reader_derived.clients_daily_v1` AS today
LEFT JOIN (
  SELECT
    client_id
  FROM
    `org_tide_reader_derived.clients_first_seen_v1`
  WHERE
    first_seen_date < @submission_date
) AS known
  ON today.client_id = known.client_id
WHERE
  submission_date = @submission_date
  AND today.client_id IS NOT NULL
  AND known.client_id IS NULL
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY today.client_id
    ORDER BY submission_date, country, device_model
  ) = 1
