SELECT
  $1::DATE AS session_date,
  regexp_replace(landing_page, '^https?://[^/]*', '') AS landing_page,
  medium,
  count(*) AS sessions,
  sum(page_views)::BIGINT AS page_views,
  count(*) FILTER (downloads > 0) AS sessions_with_download
FROM website_derived.sessions_v1
WHERE session_date = $1
GROUP BY ALL
