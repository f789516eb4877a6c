SELECT
  $1::DATE AS submission_date,
  coalesce(country, '??') AS country,
  coalesce(channel, '??') AS channel,
  coalesce(os, '??') AS os,
  count(*) FILTER (days_seen_bits & 1 != 0) AS daily_active_users,
  count(*) FILTER (days_seen_bits & 127 != 0) AS weekly_active_users,
  count(*) FILTER (days_seen_bits & 268435455 != 0) AS monthly_active_users
FROM tide_browser_derived.clients_last_seen_v1
WHERE submission_date = $1
GROUP BY ALL
