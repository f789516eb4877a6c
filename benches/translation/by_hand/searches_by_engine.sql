SELECT
  $1::DATE AS submission_date,
  engine.key AS engine,
  sum(engine.value)::BIGINT AS searches,
  count(DISTINCT client_id) AS clients
FROM (
  SELECT client_info.client_id AS client_id, unnest(metrics.labeled_counter.browser_search_count) AS engine
  FROM tide_browser_stable.baseline_v1
  WHERE submission_timestamp::DATE = $1
)
GROUP BY ALL
