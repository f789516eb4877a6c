-- org_tide_focus_derived.clients_last_seen_v1
--
-- One row per client of tide_focus on the channel release for 28 days after each activity, with its activity as bits.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: org_tide_focus_derived.clients_daily_v1, the same day.
-- Reads: itself, 27 days before to the day before.
-- Deletion: by client_id.
-- Expires: after 775 days.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH today AS (
  SELECT
    client_id,
    IF(TRUE, 1, 0) AS days_seen_bits,
    country,
  FROM
    `org_tide_focus_derived.clients_daily_v1`
  WHERE
    submission_date = @submission_date
    AND client_id IS NOT NULL
),
-- Yesterday's bits, one day older: 268435455 keeps the lowest 28.
before AS (
  SELECT
    client_id,
    (days_seen_bits << 1) & 268435455 AS days_seen_bits,
    country,
  FROM
    `org_tide_focus_derived.clients_last_seen_v1`
  WHERE
    submission_date = DATE_SUB(@submission_date, INTERVAL 1 DAY)
)
SELECT
  @submission_date AS submission_date,
  client_id,
  COALESCE(before.days_seen_bits, 0) | COALESCE(today.days_seen_bits, 0) AS days_seen_bits,
  IF(today.client_id IS NOT NULL, today.country, before.country) AS country,
FROM
  today
FULL JOIN
  before
  USING (client_id)
WHERE
  -- A client that was not active for 28 days leaves the table.
  COALESCE(before.days_seen_bits, 0) | COALESCE(today.days_seen_bits, 0) != 0
