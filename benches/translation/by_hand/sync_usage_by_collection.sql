SELECT
  $1::DATE AS submission_date,
  fields.collection AS collection,
  count(*) AS requests,
  count(*) FILTER (fields.status >= 400) AS errors,
  sum(fields.duration_ms)::BIGINT AS duration_ms
FROM sync.requests_v1
WHERE timestamp::DATE = $1
GROUP BY ALL
