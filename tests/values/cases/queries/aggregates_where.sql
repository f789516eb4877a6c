== A WHERE clause in the brackets leaves rows out of one aggregate
page: aggregate-function-calls
section: Aggregate function examples
WITH Precipitation AS (
  SELECT 2001 AS year, 'spring' AS season, 9 AS inches UNION ALL SELECT 2001, 'winter', 1 UNION ALL SELECT 2000, 'fall', 3
  UNION ALL SELECT 2000, 'summer', 5 UNION ALL SELECT 2000, 'spring', 7 UNION ALL SELECT 2000, 'winter', 2)
SELECT AVG(inches WHERE season IN ('spring', 'summer')) AS wet, AVG(inches WHERE season IN ('fall', 'winter')) AS dry FROM Precipitation
-->
wet FLOAT64 | dry FLOAT64
7.0 | 2.0

== WHERE comes before HAVING MAX, NULLs, DISTINCT, ORDER BY and LIMIT
page: aggregate-function-calls
section: Aggregate function call syntax
SELECT COUNT(* WHERE x > 1) AS n, COUNT(DISTINCT x WHERE x > 1) AS d, SUM(x WHERE k < 3 HAVING MAX k) AS s, ARRAY_AGG(x IGNORE NULLS WHERE k < 3 ORDER BY x DESC LIMIT 2) AS a,
  STRING_AGG(CAST(x AS STRING), '+' WHERE k < 3 ORDER BY x) AS t, MAX(x WHERE k > 9) AS none, COUNTIF(x > 1 WHERE k = 3) AS f, ANY_VALUE(x WHERE k = 3 HAVING MIN x) AS v,
  LOGICAL_AND(x > 0 WHERE x IS NOT NULL) AS l, ARRAY_AGG(x WHERE x = 4)[SAFE_OFFSET(0)] AS first
FROM UNNEST([STRUCT(1 AS x, 1 AS k), (2, 2), (2, 2), (NULL, 2), (4, 3), (5, 3)])
-->
n INT64 | d INT64 | s INT64 | a ARRAY<INT64> | t STRING | none INT64 | f INT64 | v INT64 | l BOOL | first INT64
4 | 3 | 4 | [2, 2] | "1+2+2" | NULL | 2 | 4 | true | 4

== WHERE that is NULL leaves a row out; a group of none of its rows is empty
page: aggregate-function-calls
section: Aggregate function call syntax
SELECT k, COUNT(* WHERE x > 1) AS n, SUM(x WHERE x > 1) AS s, ARRAY_AGG(x WHERE x > 1) AS a
FROM UNNEST([STRUCT('a' AS k, 1 AS x), ('a', NULL), ('b', 2), ('b', NULL)]) GROUP BY k ORDER BY k
-->
k STRING | n INT64 | s INT64 | a ARRAY<INT64>
"a" | 0 | NULL | NULL
"b" | 1 | 2 | [2]

== WHERE over a window
page: aggregate-function-calls
section: Aggregate function call syntax
SELECT x, SUM(x WHERE MOD(x, 2) = 1) OVER (ORDER BY x) AS odd, COUNT(* WHERE x > 2) OVER () AS n FROM UNNEST([1, 2, 3]) AS x ORDER BY x
-->
x INT64 | odd INT64 | n INT64
1 | 1 | 1
2 | 1 | 1
3 | 4 | 1

== WHERE of an aggregate in PIVOT
page: query-syntax
section: PIVOT operator
SELECT * FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'a', 5 UNION ALL SELECT 'b', 7) PIVOT (SUM(v WHERE v > 1) FOR k IN ('a', 'b'))
-->
a INT64 | b INT64
5 | 7
