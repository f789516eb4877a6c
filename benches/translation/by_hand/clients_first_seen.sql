SELECT
  $1::DATE AS first_seen_date, client_id, country, channel, os, attribution_source, attribution_medium, attribution_campaign
FROM tide_browser_derived.clients_daily_v1 AS today
WHERE
  submission_date = $1
  AND client_id IS NOT NULL
  AND NOT EXISTS (
    FROM tide_browser_derived.clients_first_seen_v1 AS known
    WHERE known.first_seen_date < $1 AND known.client_id = today.client_id
  )
QUALIFY row_number() OVER (
  PARTITION BY client_id
  ORDER BY country NULLS FIRST, channel NULLS FIRST, os NULLS FIRST, attribution_source NULLS FIRST,
    attribution_medium NULLS FIRST, attribution_campaign NULLS FIRST
) = 1
