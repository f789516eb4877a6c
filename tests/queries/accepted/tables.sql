--- the suffix of a wildcard table in an output, a group and an order
SELECT _TABLE_SUFFIX AS suffix, COUNT(*) AS events FROM `analytics.events_*` GROUP BY suffix ORDER BY suffix

--- the suffix by the name of the table
SELECT e._TABLE_SUFFIX AS suffix, e.event_name FROM `analytics.events_*` AS e WHERE e._table_suffix IN ('20261121', CONCAT('intraday_', '20261121'))

--- the suffix beside a star that leaves it out
SELECT *, _TABLE_SUFFIX AS suffix FROM `analytics.events_*`

--- a row of a wildcard table
SELECT e FROM `analytics.events_*` AS e

--- a common table may have a column of the suffix
WITH e AS (SELECT event_name, _TABLE_SUFFIX FROM `analytics.events_*`) SELECT * FROM e

--- a day out of the suffix
SELECT PARSE_DATE('%Y%m%d', REGEXP_EXTRACT(_TABLE_SUFFIX, r'[0-9]+')) AS day FROM `analytics.events_*`

--- a table as of a moment behind its alias
SELECT c.code FROM telemetry.countries AS c FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)

--- a moment as a text
SELECT code FROM telemetry.countries FOR SYSTEM_TIME AS OF '2026-11-21 00:00:00+00'

--- an order by a collation
SELECT code FROM telemetry.countries ORDER BY code COLLATE 'und:ci' DESC

--- an aggregate ordered by a collation
SELECT ARRAY_AGG(code ORDER BY code COLLATE 'und:ci') AS codes FROM telemetry.countries
