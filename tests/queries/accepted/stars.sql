--- all columns
SELECT * FROM telemetry.countries

--- except and replace
SELECT * EXCEPT (regions) REPLACE (UPPER(name) AS name, population / 2 AS population) FROM telemetry.countries

--- star of one of two tables
SELECT c.*, m.document_id FROM telemetry.main AS m JOIN telemetry.countries AS c ON m.metadata.geo.country = c.code

--- star of a struct column
SELECT metadata.*, metadata.geo.* FROM telemetry.main

--- star of an expression
SELECT (STRUCT(1 AS a, 'x' AS b)).* FROM telemetry.countries

--- star of a subscript
SELECT experiments[SAFE_OFFSET(0)].value.* REPLACE (sample_id AS enrolled) FROM telemetry.main

--- using merges the column of a star
SELECT * FROM (SELECT 1 AS id, 'x' AS a) JOIN (SELECT 1 AS id, 'y' AS b) USING (id)

--- columns without a name
SELECT 1, 'a', sample_id, sample_id + 1 FROM telemetry.main

--- star over a common table
WITH c AS (SELECT code, population AS people FROM telemetry.countries) SELECT * FROM c

--- a trailing comma
SELECT code, name, FROM telemetry.countries

--- one row or the other, with a field replaced
WITH a AS (SELECT 1 AS id, 2 AS x), b AS (SELECT 1 AS id, 3 AS x)
SELECT IF(a.id IS NOT NULL, a, b).* REPLACE (a.x + b.x AS x) FROM a FULL JOIN b USING (id)

--- a struct by CASE, its fields beside the rest
WITH d AS (SELECT 1 AS id, TIMESTAMP '2026-01-01 00:00:00+00' AS `timestamp`, 'x' AS type, 2 AS n)
SELECT
  id AS original_id,
  (CASE WHEN id = 1 THEN STRUCT(TIMESTAMP('2021-10-18 20:00:00') AS `timestamp`, 'adjusted' AS type) ELSE STRUCT(`timestamp`, type) END).*,
  * EXCEPT (id, `timestamp`, type)
FROM d

--- the whole row by its latest day, and fields of it
WITH d AS (SELECT DATE '2026-01-01' AS date, STRUCT(1 AS id, TRUE AS is_active) AS subscription)
SELECT MIN_BY(d, d.date) AS first, MAX_BY(d, d.date).subscription.is_active AS active FROM d GROUP BY d.subscription.id

--- a star of a group whose columns are replaced by aggregates
WITH d AS (SELECT 'k' AS os, 1 AS sample_id, [STRUCT('a' AS key, 1 AS value)] AS aggregates, TRUE AS sampled)
SELECT * EXCEPT (sampled) REPLACE (ARRAY_CONCAT_AGG(aggregates) AS aggregates, COALESCE(CAST(NULL AS STRING), os) AS os)
FROM d GROUP BY sample_id, os

--- fields of an aggregate's first element
WITH d AS (SELECT 'a' AS target, 1 AS target_bytes, 2 AS source_bytes, DATE '2026-01-01' AS created)
SELECT target, ARRAY_AGG(STRUCT(target_bytes, source_bytes) ORDER BY created LIMIT 1)[OFFSET(0)].* FROM d GROUP BY target

--- a struct's field replaced within a field replaced
WITH d AS (SELECT STRUCT(1 AS created, STRUCT(2 AS geo, 3 AS other) AS metadata) AS customer)
SELECT d.* REPLACE (
  (SELECT AS STRUCT d.customer.* REPLACE ((SELECT AS STRUCT d.customer.metadata.* REPLACE (NULL AS geo)) AS metadata)) AS customer
) FROM d

--- two columns of one name, and a star that takes them out
SELECT * EXCEPT (id) FROM (SELECT 1 AS id, 2 AS id, 3 AS x)

--- two columns of one name as a row
SELECT t FROM (SELECT 1 AS id, 2 AS id) AS t

--- two fields of one name, all of them
SELECT * FROM UNNEST([STRUCT(1 AS a, 2 AS a)])
