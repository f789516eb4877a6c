--- rows, groups and windows
SELECT SUM(SUM(sample_id)) OVER () AS n FROM telemetry.main_ping GROUP BY client_id

--- rows, groups and windows, 2
SELECT experiments, COUNT(*) AS n FROM telemetry_derived.clients_daily_v6 GROUP BY experiments

--- rows, groups and windows, 3
SELECT DISTINCT experiments FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 4
SELECT attribution, COUNT(*) AS n FROM telemetry_derived.clients_daily_v6 GROUP BY attribution

--- rows, groups and windows, 5
SELECT DISTINCT attribution FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 6
SELECT COUNT(DISTINCT attribution) AS n FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 7
SELECT COUNT(DISTINCT experiments) AS n FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 8
SELECT ROW_NUMBER() OVER (PARTITION BY attribution) AS n FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 9
SELECT ROW_NUMBER() OVER (PARTITION BY experiments) AS n FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 10
SELECT active_hours_sum, COUNT(*) AS n FROM telemetry_derived.clients_daily_v6 GROUP BY active_hours_sum

--- rows, groups and windows, 11
SELECT 1 AS a LIMIT 1

--- rows, groups and windows, 12
SELECT client_id, ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) AS n FROM telemetry.main_ping GROUP BY client_id ORDER BY MAX(sample_id)

--- rows, groups and windows, 13
SELECT client_id FROM telemetry.main_ping GROUP BY client_id ORDER BY COUNT(*)

--- rows, groups and windows, 14
SELECT client_id FROM telemetry.main_ping LIMIT 5 OFFSET CAST(3 AS INT64)

--- rows, groups and windows, 15
SELECT DISTINCT client_id FROM telemetry.main_ping ORDER BY UPPER(client_id)

--- rows, groups and windows, 16
SELECT DISTINCT client_id AS c FROM telemetry.main_ping ORDER BY client_id

--- rows, groups and windows, 17
SELECT client_id FROM telemetry.main_ping WHERE (SELECT MAX(e.client_id) FROM telemetry.events AS e WHERE e.client_id = main_ping.client_id) IS NOT NULL

--- rows, groups and windows, 18
SELECT client_id, (SELECT MAX(x) FROM UNNEST([m.client_id]) AS x) AS x FROM telemetry.main_ping AS m GROUP BY client_id

--- rows, groups and windows, 19
SELECT client_id AS c, COUNT(*) AS n FROM telemetry.main_ping GROUP BY c HAVING c = 'a' ORDER BY c, n

--- rows, groups and windows, 20
SELECT metadata.geo.country, COUNT(*) AS n FROM telemetry.main_ping GROUP BY metadata.geo.country

--- rows, groups and windows, 21
SELECT metadata.geo.country, COUNT(*) AS n FROM telemetry.main_ping GROUP BY metadata.geo

--- rows, groups and windows, 22
SELECT metadata.geo.country, COUNT(*) AS n FROM telemetry.main_ping GROUP BY country

--- rows, groups and windows, 23
SELECT metadata.geo, COUNT(*) AS n FROM telemetry.main_ping GROUP BY metadata

--- rows, groups and windows, 24
SELECT DATE(submission_timestamp) AS d, COUNT(*) AS n FROM telemetry.main_ping GROUP BY submission_timestamp

--- rows, groups and windows, 25
SELECT client_id FROM telemetry.main_ping WHERE (client_id, sample_id) IN (SELECT (client_id, sample_id) FROM telemetry.main_ping)

--- rows, groups and windows, 26
SELECT experiments FROM telemetry_derived.clients_daily_v6 UNION DISTINCT SELECT experiments FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 27
SELECT attribution = attribution AS x FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 28
SELECT COUNT(*) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- rows, groups and windows, 29
SELECT COUNT(DISTINCT client_id) OVER (PARTITION BY sample_id) AS x FROM telemetry.main_ping

--- rows, groups and windows, 30
SELECT ARRAY_AGG(DISTINCT client_id ORDER BY client_id) AS x FROM telemetry.main_ping

--- rows, groups and windows, 31
SELECT ARRAY_CONCAT_AGG(experiments ORDER BY submission_date LIMIT 3) AS x FROM telemetry_derived.clients_daily_v6

--- rows, groups and windows, 32
SELECT main_ping.client_id FROM `telemetry.main_ping`

--- rows, groups and windows, 33
SELECT UPPER(client_id) AS client_id FROM telemetry.main_ping GROUP BY 1 HAVING COUNT(client_id) > 1

--- rows, groups and windows, 34
SELECT PERCENTILE_CONT(sample_id, 0.5) OVER (PARTITION BY client_id) AS a FROM telemetry.main_ping

--- rows, groups and windows, 35
SELECT STRING_AGG(client_id) OVER (ORDER BY client_id) AS a FROM telemetry.main_ping

--- rows, groups and windows, 36
SELECT ARRAY_AGG(client_id) OVER (ORDER BY client_id ROWS UNBOUNDED PRECEDING) AS a FROM telemetry.main_ping

--- rows, groups and windows, 37
SELECT COUNT(*) OVER (ORDER BY submission_timestamp RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- rows, groups and windows, 38
SELECT COUNT(*) OVER (ORDER BY sample_id ROWS 6 PRECEDING) AS x FROM telemetry.main_ping

--- rows, groups and windows, 39
SELECT COUNT(*) OVER (w ROWS 1 PRECEDING) AS x, SUM(sample_id) OVER (w ORDER BY client_id) AS y FROM telemetry.main_ping WINDOW w AS (PARTITION BY sample_id)

--- rows, groups and windows, 40
SELECT COUNT(*) OVER v AS x FROM telemetry.main_ping WINDOW w AS (PARTITION BY sample_id), v AS (w ORDER BY client_id), u AS v

--- rows, groups and windows, 41
SELECT SUM(sample_id) OVER (PARTITION BY COUNT(*)) AS x FROM telemetry.main_ping GROUP BY sample_id

--- rows, groups and windows, 42
SELECT LOWER(client_id) AS c, LOWER(client_id) AS d, COUNT(*) AS n FROM telemetry.main_ping GROUP BY c

--- rows, groups and windows, 43
SELECT LOWER(client_id) AS c, COUNT(*) AS n FROM telemetry.main_ping GROUP BY LOWER(client_id)

--- rows, groups and windows, 44
SELECT LOWER(client_id) AS c, COUNT(*) AS n FROM telemetry.main_ping GROUP BY LOWER(client_id) ORDER BY LOWER(client_id)

--- rows, groups and windows, 45
SELECT metadata.geo.country AS c, UPPER(metadata.geo.country) AS d, COUNT(*) AS n FROM telemetry.main_ping GROUP BY metadata.geo.country

--- rows, groups and windows, 46
SELECT metadata.geo.country AS c, UPPER(metadata.geo.country) AS d, COUNT(*) AS n FROM telemetry.main_ping GROUP BY c

--- rows, groups and windows, 47
SELECT client_id, (SELECT COUNT(*) FROM UNNEST([client_id])) AS x FROM telemetry.main_ping AS m GROUP BY client_id

--- rows, groups and windows, 48
SELECT client_id FROM telemetry.main_ping GROUP BY ALL

--- rows, groups and windows, 49
SELECT 'x' AS c, COUNT(*) AS n FROM telemetry.main_ping GROUP BY c

--- rows, groups and windows, 50
SELECT COUNT(*) AS n FROM telemetry.main_ping HAVING n > 1

--- rows, groups and windows, 51
SELECT ARRAY_AGG(client_id ORDER BY sample_id LIMIT 1)[OFFSET(0)] AS n FROM telemetry.main_ping HAVING COUNT(*) > 1

--- rows, groups and windows, 52
SELECT client_id FROM telemetry.main_ping ORDER BY ROW_NUMBER() OVER (ORDER BY sample_id)

--- rows, groups and windows, 53
SELECT COUNT(*) AS n FROM telemetry.main_ping ORDER BY COUNT(*)

--- rows, groups and windows, 54
SELECT DISTINCT client_id, RANK() OVER (ORDER BY sample_id) AS r FROM telemetry.main_ping ORDER BY r + 1

--- rows, groups and windows, 55
SELECT client_id FROM telemetry.main_ping LIMIT CAST(3 AS INT64)

--- rows, groups and windows, 56
SELECT client_id, d FROM telemetry.main_ping LEFT JOIN UNNEST([1]) AS d ON TRUE WHERE d > (SELECT COUNT(*) FROM telemetry.events)

--- rows, groups and windows, 57
SELECT ARRAY(SELECT x FROM UNNEST([3,2]) AS x ORDER BY x) AS a, ARRAY(SELECT 1 UNION ALL SELECT 2 ORDER BY 1) AS b

--- rows, groups and windows, 58
SELECT 1 AS a UNION ALL SELECT 2 ORDER BY a

--- what is grouped stands as it was grouped
SELECT UPPER(client_id) AS a, COUNT(*) AS n FROM telemetry.main GROUP BY UPPER(client_id) ORDER BY UPPER(client_id)
--- a grouped path within more
SELECT LOWER(metadata.geo.country) AS a, COUNT(*) AS n FROM telemetry.main GROUP BY metadata.geo.country
--- an alias of what is grouped within more
SELECT UPPER(client_id) AS a FROM telemetry.main GROUP BY a HAVING LOWER(a) = 'x' ORDER BY CONCAT(a, 'y')
--- an alias of what is grouped in a window of QUALIFY
SELECT UPPER(client_id) AS a FROM telemetry.main GROUP BY 1 QUALIFY RANK() OVER (ORDER BY a) = 1
--- a grouped column in a correlated subquery
SELECT client_id, (SELECT MAX(x) FROM UNNEST([client_id]) AS x) AS a FROM telemetry.main GROUP BY client_id
--- a grouped array in a correlated subquery
SELECT (SELECT COUNT(*) FROM UNNEST(m.tags)) AS a, m.client_id FROM telemetry.main AS m GROUP BY m.client_id, m.tags
--- ungrouped columns of the subquery itself
SELECT client_id, EXISTS(SELECT 1 FROM telemetry.main AS o WHERE o.client_id = m.client_id AND o.sample_id = 1) AS a FROM telemetry.main AS m GROUP BY client_id
--- a subquery that gives a relation the name of one outside
SELECT client_id, (SELECT MAX(m.sample_id) FROM telemetry.main AS m) AS a FROM telemetry.main AS m GROUP BY client_id
--- an ungrouped column in a subquery that is aggregated
SELECT client_id, MAX((SELECT COUNT(*) FROM UNNEST(tags))) AS a FROM telemetry.main GROUP BY client_id
