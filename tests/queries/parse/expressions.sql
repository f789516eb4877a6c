--- comparisons
SELECT a = b, a != b, a <> b, a < b, a <= b, a > b, a >= b FROM d.t
--- arithmetic, bits and concatenation
SELECT a + b - c * d / e, -a, +a, ~a, a | b, a & b, a ^ b, a << 1, a >> 1, a || b || c, - - a, ~ ~ a, -(-a), - a.b, -a[0] FROM d.t
--- logic
SELECT NOT a, NOT NOT a, a AND b OR c AND NOT d, NOT a = b, NOT a IN (1), NOT a IS NULL, NOT EXISTS (SELECT 1) FROM d.t
--- IS
SELECT a IS NULL, a IS NOT NULL, a IS TRUE, a IS NOT TRUE, a IS FALSE, a IS NOT FALSE, a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b FROM d.t
--- IS behind operators
SELECT a + b IS NULL, (a = b) IS TRUE, (a IS NULL) IS FALSE, a.b[0] IS NOT NULL FROM d.t
--- IN
SELECT a IN (1, 2), a NOT IN (1), a IN UNNEST([1, 2]), a NOT IN UNNEST(b), a IN (SELECT b FROM d.u), a IN ((SELECT 1), 2), (a, b) IN ((1, 2), (3, 4)), a IN (SELECT 1 UNION ALL SELECT 2), (a, b) IN (SELECT (1, 2)), (a, b) IN (SELECT AS STRUCT 1, 2), a IN (b + 1, f(c)) FROM d.t
--- BETWEEN
SELECT a BETWEEN 1 AND 2 AND b, a NOT BETWEEN b + 1 AND c * 2, a BETWEEN DATE_SUB(b, INTERVAL 1 DAY) AND b, a BETWEEN b AND (c AND d) FROM d.t
--- LIKE
SELECT a LIKE 'x%', a NOT LIKE b || '%', a LIKE ANY ('x', 'y'), a LIKE ALL ('x'), a LIKE SOME ('x', 'y'), a NOT LIKE ANY ('x'), a LIKE ANY UNNEST(['x']), a LIKE ANY (SELECT 'x') FROM d.t
--- quantified comparisons of LIKE with a query in more brackets
SELECT a LIKE ANY ((SELECT 'x')) FROM d.t
--- CASE of both forms
SELECT CASE WHEN a THEN 1 END, CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END, CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END, CASE WHEN a IS NULL THEN CASE b WHEN 1 THEN 2 END END, CASE a + 1 WHEN b THEN c END.d, (CASE WHEN a THEN b END)[0] FROM d.t
--- casts
SELECT CAST(a AS INT64), SAFE_CAST(a AS STRING), CAST(a AS NUMERIC(10, 2)), CAST(a AS STRING(5)), CAST(a AS STRING FORMAT 'YYYY'), CAST(a AS TIMESTAMP FORMAT 'YYYY' AT TIME ZONE 'UTC'), CAST(a AS ARRAY<STRUCT<x INT64>>), SAFE_CAST(a AS STRUCT<x INT64, y STRING>), CAST(a AS FLOAT64).b, CAST(CAST(a AS STRING) AS BYTES FORMAT 'HEX'), CAST(a AS timestamp), CAST(NULL AS `INT64`), CAST(a AS STRING(MAX)) FROM d.t
--- other names of types
SELECT CAST(a AS INT), CAST(a AS INTEGER), CAST(a AS BIGINT), CAST(a AS SMALLINT), CAST(a AS TINYINT), CAST(a AS BYTEINT), CAST(a AS FLOAT64), CAST(a AS DECIMAL(3)), CAST(a AS BIGDECIMAL), CAST(a AS BOOLEAN), CAST(a AS BOOL), CAST(a AS GEOGRAPHY), CAST(a AS JSON), CAST(a AS INTERVAL), CAST(a AS RANGE<DATE>) FROM d.t
--- EXTRACT
SELECT EXTRACT(DAY FROM a), EXTRACT(WEEK(MONDAY) FROM a), EXTRACT(ISOWEEK FROM a), EXTRACT(HOUR FROM a AT TIME ZONE 'Europe/Berlin'), EXTRACT(DATE FROM a AT TIME ZONE tz), EXTRACT(TIME FROM a), EXTRACT(DAYOFWEEK FROM a.b), EXTRACT(date FROM a) = b FROM d.t
--- fields, subscripts and calls behind one another
SELECT a.b[0].c, a[OFFSET(0)], a[ORDINAL(1)].b, a[SAFE_OFFSET(i + 1)], f(a).b, f(a)[0].c, (a).b, (a.b).c.d[0][1], f(a)[SAFE_OFFSET(0)].b.c, SPLIT(a, ',')[OFFSET(0)], (SELECT AS STRUCT 1 AS x).x, ARRAY(SELECT 1)[0], j['key'], j.a['b'].c[0] FROM d.t
--- spaces within subscripts
SELECT a [ OFFSET ( 0 ) ] . b, `p.d.f`(x) [0] FROM d.t
--- queries as values
SELECT (SELECT 1), ((SELECT 1)), (SELECT 1) + 1, ((SELECT 1) + 1), (((SELECT 1))), ARRAY(SELECT AS STRUCT a, b FROM UNNEST(c)), EXISTS(SELECT 1 FROM d.u WHERE u.a = t.a), (WITH x AS (SELECT 1 AS y) SELECT y FROM x), ARRAY(WITH x AS (SELECT 1 AS y) SELECT y FROM x), ((SELECT 1) UNION ALL (SELECT 2) LIMIT 1), ARRAY((SELECT 1)), EXISTS((SELECT 1)) FROM d.t
--- a query in brackets as the first field of a struct
SELECT ((SELECT 1), 2), ((SELECT 1) AND b), ((SELECT 1) IN (1)), ((SELECT 1) IS NULL), ((SELECT a)[0]), ((SELECT a).b) FROM d.t
--- WITH expressions
SELECT WITH(a AS 1, b AS a + 1, a * b), WITH(x AS f(y), x.z).w FROM d.t
--- IF as a function and as a name of a field
SELECT IF(a, b, c), IF(a, b, c).d, t.if, IF(IF(a, TRUE, FALSE), 1, 2) FROM d.t AS t
--- functions whose names are reserved words
SELECT LEFT(a, 1), RIGHT(a, 1), COLLATE(a, 'und:ci'), GROUPING(a), RANGE(a, b), `if`(a, b, c) FROM d.t GROUP BY a
--- calls without brackets
SELECT CURRENT_DATE, CURRENT_TIMESTAMP, CURRENT_DATETIME, CURRENT_TIME, CURRENT_DATE(), CURRENT_DATE('UTC'), current_date - 1 FROM d.t
--- addition of a day to a call without brackets
SELECT * FROM d.t WHERE day = CURRENT_DATE - 1 AND CURRENT_TIMESTAMP > b
--- interval arithmetic
SELECT a - INTERVAL 1 DAY + INTERVAL 2 HOUR, INTERVAL 1 DAY * 2, -INTERVAL 1 DAY, (a - b) / 2, a + INTERVAL IF(b, 1, 2) DAY FROM d.t
--- an alias that looks as if the expression went on
SELECT a in_, b is_, c between_ FROM d.t
--- conditions of many lines with comments
SELECT
  a -- first
  = -- then
  b
FROM d.t
WHERE (a OR b) /* x */ AND (c OR (d AND e)) AND NOT (f OR g)
--- four types end at once, and an array of structs follows
SELECT ARRAY<STRUCT<a STRING, b ARRAY<STRUCT<key STRING, value INT64>>>>[('x', t.y), ('z', NULL)] AS items, DISTINCT_ FROM d.t
--- a condition with a name, and DISTINCT with brackets
SELECT DISTINCT (a.b.c) AS d, os = 'x' AND channel = 'y' AS sampled FROM d.t GROUP BY CURRENT_DATE, a, ALL_
