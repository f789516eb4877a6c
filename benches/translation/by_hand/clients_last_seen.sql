WITH today AS (
  SELECT client_id, 1 AS seen, (searches > 0) IS TRUE AS searched, is_default_browser IS TRUE AS is_default, country, channel, os
  FROM tide_browser_derived.clients_daily_v1
  WHERE submission_date = $1 AND client_id IS NOT NULL
),
before AS (
  SELECT
    client_id, (days_seen_bits << 1) & 268435455 AS seen, (days_searched_bits << 1) & 268435455 AS searched,
    (days_default_bits << 1) & 268435455 AS is_default, country, channel, os
  FROM tide_browser_derived.clients_last_seen_v1
  WHERE submission_date = $1::DATE - 1
),
joined AS (
  SELECT
    coalesce(today.client_id, before.client_id) AS client_id,
    coalesce(before.seen, 0) | coalesce(today.seen, 0) AS days_seen_bits,
    coalesce(before.searched, 0) | coalesce(today.searched::BIGINT, 0) AS days_searched_bits,
    coalesce(before.is_default, 0) | coalesce(today.is_default::BIGINT, 0) AS days_default_bits,
    if(today.client_id IS NOT NULL, today.country, before.country) AS country,
    if(today.client_id IS NOT NULL, today.channel, before.channel) AS channel,
    if(today.client_id IS NOT NULL, today.os, before.os) AS os
  FROM today FULL JOIN before ON today.client_id = before.client_id
)
SELECT $1::DATE AS submission_date, *
FROM joined
WHERE days_seen_bits != 0 OR days_searched_bits != 0 OR days_default_bits != 0
