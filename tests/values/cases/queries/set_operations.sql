== Rows of a UNION ALL of constants come as they are written
page: aggregate_functions
section: ARRAY_AGG
SELECT ARRAY_AGG(x) AS a, ARRAY_CONCAT_AGG(y) AS b, STRING_AGG(CAST(x AS STRING)) AS c
FROM (SELECT 1 AS x, [1, 2] AS y UNION ALL SELECT 2, NULL UNION ALL SELECT 3, [3] UNION ALL SELECT 4, [])
-->
a ARRAY<INT64> | b ARRAY<INT64> | c STRING
[1, 2, 3, 4] | [1, 2, 3] | "1,2,3,4"

== Constants of several types
page: query-syntax
section: UNION
SELECT x, y, z FROM (SELECT 1 AS x, NULL AS y, 'a' AS z UNION ALL SELECT 2.5, 3, NULL UNION ALL SELECT NULL, NULL, 'c') ORDER BY x
-->
x FLOAT64 | y INT64 | z STRING
NULL | NULL | "c"
1.0 | NULL | "a"
2.5 | 3 | NULL

== Structs and dates
page: query-syntax
section: UNION
SELECT ARRAY_AGG(s) AS s, ARRAY_AGG(d) AS d
FROM (SELECT STRUCT(1 AS a, 'x' AS b) AS s, DATE '2024-02-29' AS d UNION ALL SELECT STRUCT(2 AS c, NULL AS d), DATE '1970-01-01')
-->
s ARRAY<STRUCT<a INT64, b STRING>> | d ARRAY<DATE>
[(1, "x"), (2, NULL)] | [DATE "2024-02-29", DATE "1970-01-01"]

== INTERSECT ALL keeps as many equal rows as both sides have
page: query-syntax
section: INTERSECT
SELECT x FROM (SELECT x FROM UNNEST([1, 1, 1, 2, 3, NULL, NULL]) AS x INTERSECT ALL SELECT x FROM UNNEST([1, 1, 3, 3, 4, NULL]) AS x) ORDER BY x
-->
x INT64
NULL
1
1
3

== EXCEPT ALL takes away as many equal rows as the other side has
page: query-syntax
section: EXCEPT
SELECT x FROM (SELECT x FROM UNNEST([1, 1, 1, 2, 3, NULL, NULL]) AS x EXCEPT ALL SELECT x FROM UNNEST([1, 3, 3, 4, NULL]) AS x) ORDER BY x
-->
x INT64
NULL
1
1
2

== Several EXCEPT ALL
page: query-syntax
section: EXCEPT
SELECT x FROM (SELECT x FROM UNNEST([1, 1, 1, 2]) AS x EXCEPT ALL SELECT 1 EXCEPT ALL SELECT 1) ORDER BY x
-->
x INT64
1
2
