== ARRAY keeps the order of an array and its NULLs
page: arrays
section: Creating arrays from subqueries
SELECT ARRAY_LENGTH(ARRAY(SELECT x FROM UNNEST([3, NULL, 1]) AS x)) AS n, ARRAY(SELECT x * 2 FROM UNNEST([3, 1, 2]) AS x) AS a
-->
n INT64 | a ARRAY<INT64>
3       | [6, 2, 4]

== ARRAY of a correlated array keeps its order for each row
page: arrays
section: Creating arrays from subqueries
SELECT id, ARRAY(SELECT x FROM UNNEST(xs) AS x WHERE x != 2) AS a FROM (SELECT 1 AS id, [5, 2, 4] AS xs UNION ALL SELECT 2, [9, 2, 8, 7] UNION ALL SELECT 3, NULL) AS t ORDER BY id
-->
id INT64 | a ARRAY<INT64>
1        | [5, 4]
2        | [9, 8, 7]
3        | []

== ARRAY over two arrays keeps the order of both
page: arrays
section: Creating arrays from subqueries
SELECT ARRAY(SELECT a * 10 + b FROM UNNEST(xs) AS a, UNNEST(ys) AS b) AS r FROM (SELECT [2, 1] AS xs, [4, 3] AS ys) AS t
-->
r ARRAY<INT64>
[24, 23, 14, 13]

== ARRAY with ORDER BY and LIMIT
page: arrays
section: Creating arrays from subqueries
SELECT ARRAY(SELECT x FROM UNNEST([3, 1, 2]) AS x ORDER BY x DESC LIMIT 2) AS a, ARRAY(SELECT x FROM UNNEST([3, 1, 2]) AS x LIMIT 2) AS b, ARRAY(SELECT x FROM UNNEST([3, 1, 2]) AS x LIMIT 1 OFFSET 1) AS c
-->
a ARRAY<INT64> | b ARRAY<INT64> | c ARRAY<INT64>
[3, 2]         | [3, 1]         | [1]

== ARRAY with the offset in its filter and its value
page: arrays
section: Working with arrays
SELECT ARRAY(SELECT STRUCT(x, o) FROM UNNEST(['a', 'b', 'c']) AS x WITH OFFSET AS o WHERE o >= 1) AS a
-->
a ARRAY<STRUCT<x STRING, o INT64>>
[("b", 1), ("c", 2)]

== A value of one element, of none, of NULL
page: subqueries
section: Scalar subqueries
SELECT id, (SELECT e.value FROM UNNEST(kv) AS e WHERE e.key = 'a') AS v FROM (SELECT 1 AS id, [STRUCT('a' AS key, 10 AS value), ('b', 20)] AS kv UNION ALL SELECT 2, [STRUCT('b', 1)] UNION ALL SELECT 3, NULL) AS t ORDER BY id
-->
id INT64 | v INT64
1        | 10
2        | NULL
3        | NULL

== A value of two elements fails
page: subqueries
section: Scalar subqueries
SELECT (SELECT x FROM UNNEST([1, 2]) AS x) AS v
--> error: more than one

== EXISTS over an array
page: subqueries
section: EXISTS subqueries
SELECT EXISTS(SELECT 1 FROM UNNEST([1, 2]) AS x WHERE x > 1) AS a, EXISTS(SELECT x FROM UNNEST(ARRAY<INT64>[]) AS x) AS b, NOT EXISTS(SELECT x FROM UNNEST([1]) AS x WHERE x IS NULL) AS c, EXISTS(SELECT x FROM UNNEST([CAST(NULL AS INT64)]) AS x) AS d
-->
a BOOL | b BOOL | c BOOL | d BOOL
true   | false  | true   | true

== Aggregates over an array
page: arrays
section: Arrays and aggregation
SELECT (SELECT SUM(x) FROM UNNEST([1, 2, NULL]) AS x) AS s, (SELECT COUNT(*) FROM UNNEST([1, 2, NULL]) AS x) AS n, (SELECT COUNT(x) FROM UNNEST([1, 2, NULL]) AS x) AS c, (SELECT COUNTIF(x > 1) FROM UNNEST([1, 2, NULL]) AS x) AS i, (SELECT COUNT(*) FROM UNNEST(CAST(NULL AS ARRAY<INT64>))) AS z, (SELECT LOGICAL_OR(x > 1) FROM UNNEST([1, 2, NULL]) AS x) AS o, (SELECT MAX(x) FROM UNNEST(ARRAY<INT64>[]) AS x) AS m
-->
s INT64 | n INT64 | c INT64 | i INT64 | z INT64 | o BOOL | m INT64
3       | 3       | 2       | 1       | 0       | true   | NULL

== The smallest of numbers with a NaN is NaN
page: aggregate_functions
section: MIN
SELECT MIN(x) AS a, MAX(x) AS b FROM UNNEST([1.5, CAST('NaN' AS FLOAT64), 2.5]) AS x
-->
a FLOAT64            | b FLOAT64
CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64)

== Aggregates of a correlated array come in its order
page: aggregate_functions
section: ARRAY_AGG
SELECT id, (SELECT ARRAY_AGG(x) FROM UNNEST(xs) AS x WHERE x > 1) AS a, (SELECT STRING_AGG(CAST(x AS STRING)) FROM UNNEST(xs) AS x) AS s FROM (SELECT 1 AS id, [5, 1, 4] AS xs UNION ALL SELECT 2, [9, 2, 8, 7]) AS t ORDER BY id
-->
id INT64 | a ARRAY<INT64> | s STRING
1        | [5, 4]         | "5,1,4"
2        | [9, 2, 8, 7]   | "9,2,8,7"

== A struct in an array, with a field of its own name
page: arrays
section: Querying STRUCT elements in an ARRAY
SELECT ARRAY(SELECT AS STRUCT e.*, 5 AS w FROM UNNEST([STRUCT('a' AS k)]) AS e) AS a, ARRAY(SELECT AS STRUCT k AS key FROM UNNEST([STRUCT('a' AS k)])) AS b
-->
a ARRAY<STRUCT<k STRING, w INT64>> | b ARRAY<STRUCT<key STRING>>
[("a", 5)] | [STRUCT("a")]

== An element without an alias has no name
page: query-syntax
section: UNNEST operator
SELECT * FROM UNNEST([1, 2]) WITH OFFSET AS o ORDER BY o DESC
-->
f0_ INT64 | o INT64
2         | 1
1         | 0
