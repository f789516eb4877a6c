--- common tables
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT x, y FROM a, b

--- a common table inside a subquery
SELECT (WITH a AS (SELECT 1 AS x) SELECT x FROM a) AS x

--- recursive
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n

--- union all of different number types
SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2.5, NULL

--- union distinct, intersect, except
(SELECT code FROM telemetry.countries UNION DISTINCT SELECT 'DE') EXCEPT DISTINCT (SELECT 'FR' INTERSECT DISTINCT SELECT name FROM telemetry.countries)

--- union by name
SELECT 1 AS a, 'x' AS b UNION ALL BY NAME SELECT 'y' AS b, 2 AS a

--- union by name, full
SELECT 1 AS a FULL OUTER UNION ALL BY NAME SELECT 2 AS b

--- union corresponding
SELECT 1 AS a, 2 AS b INNER UNION ALL CORRESPONDING SELECT 3 AS b, 4 AS c

--- union of structs
SELECT STRUCT(1 AS a) AS s UNION ALL SELECT STRUCT(2.5 AS b)

--- ordered and cut
SELECT code, population FROM telemetry.countries ORDER BY population DESC NULLS LAST, 1 LIMIT 10 OFFSET 5

--- distinct
SELECT DISTINCT metadata.geo.country, submission_date FROM telemetry.main

--- as struct
SELECT AS STRUCT code, population FROM telemetry.countries

--- as value
SELECT AS VALUE STRUCT(code, population AS people) FROM telemetry.countries

--- values of a subquery that is a value table
SELECT s.a, s FROM (SELECT AS STRUCT 1 AS a, 2 AS b) AS s

--- pivot
SELECT * FROM (SELECT code, population FROM telemetry.countries) PIVOT (SUM(population) FOR code IN ('DE' AS de, 'FR'))

--- pivot of two aggregates
SELECT *
FROM (SELECT submission_date, is_default, sample_id FROM telemetry.main)
PIVOT (SUM(sample_id) AS total, COUNT(*) AS n FOR is_default IN (TRUE AS yes, FALSE AS other))

--- unpivot
SELECT * FROM (SELECT 'x' AS id, 1 AS one, 2 AS two) UNPIVOT (value FOR name IN (one, two AS 'zwei'))

--- unpivot, nulls kept
SELECT id, name, value FROM (SELECT 'x' AS id, 1 AS one, NULL AS two) UNPIVOT INCLUDE NULLS (value FOR name IN (one, two))

--- comments of all kinds
SELECT 1 AS a, -- one
  2 AS b, # two
  /* three */ 3 AS c

--- parameters
SELECT @submission_date AS day, @partition_start AS since FROM telemetry.main WHERE submission_date = @submission_date

--- a wildcard table
SELECT _TABLE_SUFFIX AS suffix, event_name FROM `analytics.events_*` WHERE _TABLE_SUFFIX BETWEEN '20260101' AND '20260131'

--- a day before
SELECT code FROM telemetry.countries FOR SYSTEM_TIME AS OF TIMESTAMP '2026-11-22 00:00:00'

--- with expression
SELECT WITH(a AS 1, b AS a + 1, a + b) AS sum FROM telemetry.countries

--- a query in brackets
((SELECT 1 AS a))

--- hints
SELECT @{x = 1} code FROM telemetry.countries

--- a value has the name of its relation
SELECT * FROM (SELECT AS VALUE 1 AS n) AS v

--- a value of a common table has its name
WITH v AS (SELECT AS VALUE n FROM UNNEST([1, 2]) AS n) SELECT * FROM v AS w

--- a value by itself has no name
SELECT AS VALUE n FROM UNNEST([1, 2]) AS n ORDER BY n

--- a count of days that no INTERVAL has
SELECT DATE_ADD(DATE '0001-01-01', INTERVAL '3660001' DAY) AS day

--- a recursive table through a query in FROM, and on the side of an outer join that stays
WITH RECURSIVE r AS (
  SELECT 1 AS n UNION ALL
  SELECT n + 1 FROM (SELECT n FROM r) AS before LEFT JOIN (SELECT 2 AS m) AS other ON m = n WHERE n < 3
)
SELECT n FROM r

--- columns that a list does not name are left out
SELECT 1 AS a, 2 AS b INNER UNION ALL BY NAME ON (a) SELECT 3 AS c, 4 AS a

--- set operations by name one after the other
SELECT 1 AS a FULL UNION ALL BY NAME SELECT 2 AS b FULL UNION ALL BY NAME SELECT 3 AS c

--- intersect all and except all
SELECT code FROM telemetry.countries INTERSECT ALL (SELECT 'DE' EXCEPT ALL SELECT 'FR')

--- pivot on a test
SELECT * FROM (SELECT code, population FROM telemetry.countries) PIVOT(COUNT(*) FOR population IS NOT NULL IN (TRUE AS known, FALSE AS missing))

--- cross join of an array with a condition
SELECT a, b FROM UNNEST([1]) AS a CROSS JOIN UNNEST([2, 3]) AS b ON b > 2
