--- the star has no suffix
SELECT * EXCEPT (_TABLE_SUFFIX) FROM `analytics.events_*`

--- a common table made of a star has no suffix
WITH e AS (SELECT * FROM `analytics.events_*`) SELECT _TABLE_SUFFIX FROM e

--- a table without a star has no suffix
SELECT code, _TABLE_SUFFIX FROM telemetry.countries

--- a wildcard table without backquotes
SELECT event_name FROM analytics.events_*

--- a moment that is a date
SELECT code FROM telemetry.countries FOR SYSTEM_TIME AS OF DATE '2026-11-21'

--- a moment that is a number
SELECT code FROM telemetry.countries FOR SYSTEM_TIME AS OF 1

--- a moment that is a column
SELECT code FROM telemetry.countries FOR SYSTEM_TIME AS OF population

--- a moment that is an aggregate
SELECT code FROM telemetry.countries FOR SYSTEM_TIME AS OF TIMESTAMP_SECONDS(COUNT(*))

--- a past state of a common table
WITH c AS (SELECT 1 AS x) SELECT x FROM c FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()

--- a past state of an array
SELECT code FROM telemetry.countries AS c, c.regions FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()

--- an alias behind a moment
SELECT x.code FROM telemetry.countries FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP() AS x

--- an order by a collation of numbers
SELECT code FROM telemetry.countries ORDER BY population COLLATE 'und:ci'

--- a collation outside of an order
SELECT code COLLATE 'und:ci' AS c FROM telemetry.countries

--- a cast with a collation
SELECT CAST(code AS STRING COLLATE 'und:ci') AS c FROM telemetry.countries
