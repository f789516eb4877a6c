--- counts and sums
SELECT
  COUNT(*) AS a, COUNT(DISTINCT client_id) AS b, COUNTIF(is_default) AS c, SUM(sample_id) AS d, SUM(score) AS e, SUM(amount) AS f,
  AVG(sample_id) AS g, AVG(amount) AS h, MIN(submission_date) AS i, MAX(client_id) AS j, LOGICAL_OR(is_default) AS k, ANY_VALUE(metadata) AS l,
  ANY_VALUE(client_id HAVING MAX score) AS m, APPROX_COUNT_DISTINCT(client_id) AS n, STDDEV(sample_id) AS o, BIT_XOR(sample_id) AS p
FROM telemetry.main

--- arrays of values
SELECT
  ARRAY_AGG(client_id IGNORE NULLS ORDER BY score DESC LIMIT 1)[SAFE_OFFSET(0)] AS a, ARRAY_AGG(DISTINCT client_id) AS b,
  STRING_AGG(client_id, ',' ORDER BY client_id) AS c, ARRAY_CONCAT_AGG(tags) AS d, ARRAY_AGG(STRUCT(client_id, score)) AS e
FROM telemetry.main

--- quantiles
SELECT APPROX_QUANTILES(score, 4)[OFFSET(2)] AS a, APPROX_TOP_COUNT(client_id, 3) AS b, APPROX_TOP_SUM(client_id, sample_id, 3) AS c FROM telemetry.main

--- grouped by alias, ordinal and expression
SELECT DATE_TRUNC(submission_date, MONTH) AS month, metadata.geo.country, sample_id + 1 AS next, COUNT(*) AS n
FROM telemetry.main
GROUP BY month, 2, sample_id + 1

--- grouped by all
SELECT submission_date, metadata.geo.country, COUNT(*) AS n, SUM(score) / COUNT(*) AS mean
FROM telemetry.main
GROUP BY ALL

--- rollup
SELECT submission_date, sample_id, COUNT(*) AS n FROM telemetry.main GROUP BY ROLLUP (submission_date, sample_id)

--- grouping sets and cube
SELECT submission_date, sample_id, GROUPING(sample_id) AS level, COUNT(*) AS n
FROM telemetry.main
GROUP BY GROUPING SETS (submission_date, (submission_date, sample_id), ())

--- cube
SELECT submission_date, is_default, COUNT(*) AS n FROM telemetry.main GROUP BY CUBE (submission_date, is_default)

--- grouped by a struct
SELECT metadata.geo AS place, COUNT(*) AS n FROM telemetry.main GROUP BY place

--- having without group by
SELECT COUNT(*) AS n FROM telemetry.main HAVING COUNT(*) > 1

--- having by alias
SELECT client_id, COUNT(*) AS n FROM telemetry.main GROUP BY client_id HAVING n > 1

--- a sum of a grouped expression and an aggregate
SELECT UPPER(metadata.geo.country) AS country, LENGTH(metadata.geo.country) + COUNT(*) AS n
FROM telemetry.main
GROUP BY UPPER(metadata.geo.country), metadata.geo.country

--- sketches
SELECT HLL_COUNT.EXTRACT(HLL_COUNT.INIT(client_id)) AS a, HLL_COUNT.MERGE(sketch) AS b
FROM (SELECT client_id, HLL_COUNT.INIT(client_id, 12) AS sketch FROM telemetry.main GROUP BY client_id)
GROUP BY client_id

--- ordered by an aggregate that is not shown
SELECT client_id FROM telemetry.main GROUP BY client_id ORDER BY COUNT(*) DESC LIMIT 10

--- an aggregate of a subquery
SELECT SUM((SELECT COUNT(*) FROM UNNEST(events))) AS events FROM telemetry.main

--- GROUPING of an array, and distinct structs that hold one
SELECT GROUPING(a) AS whole, COUNT(DISTINCT STRUCT(a AS a)) AS n FROM (SELECT [1, 2] AS a) GROUP BY ROLLUP(a)
