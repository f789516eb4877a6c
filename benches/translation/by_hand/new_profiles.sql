SELECT $1::DATE AS submission_date, country, channel, count(*) AS new_profiles
FROM tide_browser_derived.clients_first_seen_v1
WHERE first_seen_date = $1
GROUP BY ALL
