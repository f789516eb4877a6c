SELECT
  $1::DATE AS submission_date,
  string_split(histogram.key, '.')[1] AS engine,
  string_split(histogram.key, '.')[2] AS access_point,
  sum(TRY_CAST(json_extract_string(histogram.value, '$.sum') AS BIGINT))::BIGINT AS searches,
  count(DISTINCT client_id) AS clients
FROM (
  SELECT client_id, unnest(payload.keyed_histograms.search_counts) AS histogram
  FROM telemetry_stable.main_v5
  WHERE submission_timestamp::DATE = $1 AND normalized_app_name = 'TideDesktop'
)
GROUP BY ALL
