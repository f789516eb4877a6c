-- tide_desktop_derived.searches_v1
--
-- Searches of Tide Desktop per day, engine and access point, from the keyed histogram SEARCH_COUNTS.
--
-- Owners: browser-data@example.com.
-- Partitions: one a day by submission_date, from 2026-10-18.
-- Reads: telemetry_stable.main_v5, the same day.
-- Written by `tidemill compile`; edit the definition, not this file.

SELECT
  @submission_date AS submission_date,
  SPLIT(histogram.key, '.')[SAFE_OFFSET(0)] AS engine,
  SPLIT(histogram.key, '.')[SAFE_OFFSET(1)] AS access_point,
  SUM(SAFE_CAST(JSON_VALUE(histogram.value, '$.sum') AS INT64)) AS searches,
  COUNT(DISTINCT client_id) AS clients
FROM
  `telemetry_stable.main_v5`
CROSS JOIN
  UNNEST(payload.keyed_histograms.search_counts) AS histogram
WHERE
  DATE(submission_timestamp) = @submission_date
  AND normalized_app_name = 'TideDesktop'
GROUP BY
  engine,
  access_point
