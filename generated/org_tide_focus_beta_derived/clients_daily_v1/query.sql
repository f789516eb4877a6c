-- org_tide_focus_beta_derived.clients_daily_v1
--
-- One row per client and day of tide_focus on the channel beta, from baseline pings.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: org_tide_focus_beta_stable.baseline_v1, the same day.
-- Deletion: by client_id.
-- Expires: after 775 days.
-- Written by `tidemill compile`; edit the definition, not this file.

WITH pings AS (
  SELECT
    *,
    client_info.client_id AS _client_id,
    submission_timestamp AS _arrived,
    document_id AS _tie,
    metadata.geo.country AS _country,
    client_info.app_display_version AS _app_version,
    client_info.os_version AS _os_version,
    client_info.device_model AS _device_model,
  FROM
    `org_tide_focus_beta_stable.baseline_v1`
  WHERE
    DATE(submission_timestamp) = @submission_date
    AND client_info.client_id IS NOT NULL
),
-- How many of the client's pings carry the value that this ping carries.
counted AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY _client_id, _country) AS _country_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _app_version) AS _app_version_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _os_version) AS _os_version_pings,
    COUNT(*) OVER (PARTITION BY _client_id, _device_model) AS _device_model_pings,
  FROM
    pings
)
SELECT
  @submission_date AS submission_date,
  _client_id AS client_id,
  COUNT(*) AS pings,
  ARRAY_AGG(
    _country IGNORE NULLS
    ORDER BY _country_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS country,
  ARRAY_AGG(
    _app_version IGNORE NULLS
    ORDER BY _app_version_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS app_version,
  ARRAY_AGG(
    _os_version IGNORE NULLS
    ORDER BY _os_version_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS os_version,
  ARRAY_AGG(
    _device_model IGNORE NULLS
    ORDER BY _device_model_pings DESC, _arrived DESC, _tie LIMIT 1
  )[SAFE_OFFSET(0)] AS device_model,
  sum(metrics.timespan.glean_baseline_duration.value) AS duration_seconds,
FROM
  counted
GROUP BY
  submission_date,
  client_id
