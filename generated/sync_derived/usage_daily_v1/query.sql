-- sync_derived.usage_daily_v1
--
-- One row per user and day of the synchronisation server. The user is a keyed hash, never an identifier.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: sync.requests_v1, the same day.
-- Hashes with the key: sync_user.
-- Deletion: by user_key.
-- Expires: after 775 days.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH lines AS (
  SELECT
    *,
    timestamp AS _written,
    keyed_hash(fields.user_id, 'sync_user') AS _user_key,
    fields.country AS _country,
  FROM
    `sync.requests_v1`
  WHERE
    DATE(timestamp) = @submission_date
    AND fields.user_id IS NOT NULL
)
SELECT
  @submission_date AS submission_date,
  _user_key AS user_key,
  COUNT(*) AS requests,
  ARRAY_AGG(
    _country IGNORE NULLS ORDER BY _written DESC, _country LIMIT 1
  )[SAFE_OFFSET(0)] AS country,
  countif(fields.status >= 400) AS errors,
  countif(fields.status >= 500) AS server_errors,
  sum(fields.bytes) AS bytes,
  count(distinct fields.device_id) AS devices,
FROM
  lines
GROUP BY
  user_key
