== Frames of rows
page: window-function-calls
section: Define a window frame clause
SELECT x, SUM(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a, COUNT(*) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS b, MAX(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS c FROM UNNEST([1, 2, 4]) AS x ORDER BY x
-->
x INT64 | a INT64 | b INT64 | c INT64
1       | 1       | 0       | 4
2       | 3       | 1       | 4
4       | 6       | 2       | NULL

== Frames of values
page: window-function-calls
section: Define a window frame clause
SELECT x, COUNT(*) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS n, COUNT(*) OVER (ORDER BY x DESC RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS m FROM UNNEST([1, 2, 4, NULL, NULL]) AS x ORDER BY x
-->
x INT64 | n INT64 | m INT64
NULL    | 2       | 2
NULL    | 2       | 2
1       | 2       | 2
2       | 2       | 1
4       | 1       | 1

== Without a frame, a window with an order ends with the peers of the row
page: window-function-calls
section: Define a window frame clause
SELECT x, SUM(x) OVER (ORDER BY x) AS s, SUM(x) OVER () AS t FROM UNNEST([1, 2, 2]) AS x ORDER BY x
-->
x INT64 | s INT64 | t INT64
1       | 1       | 5
2       | 5       | 5
2       | 5       | 5

== Windows with names, one built on another
page: window-function-calls
section: Use a named window
SELECT x, LAST_VALUE(x) OVER (b ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS l FROM UNNEST([1, 2, 3]) AS x WINDOW a AS (PARTITION BY MOD(x, 2)), b AS (a ORDER BY x) ORDER BY x
-->
x INT64 | l INT64
1       | 3
2       | 2
3       | 3

== QUALIFY with a window that has a name
page: query-syntax
section: QUALIFY clause
SELECT x FROM UNNEST([3, 1, 2]) AS x QUALIFY ROW_NUMBER() OVER w <= 2 WINDOW w AS (ORDER BY x) ORDER BY x
-->
x INT64
1
2

== Ranks of floats: NULL, then NaN, then numbers
page: numbering_functions
section: RANK
SELECT x, RANK() OVER (ORDER BY x) AS r FROM UNNEST([CAST('NaN' AS FLOAT64), NULL, 1.0, CAST('-inf' AS FLOAT64)]) AS x ORDER BY r
-->
x FLOAT64 | r INT64
NULL      | 1
CAST("nan" AS FLOAT64) | 2
CAST("-inf" AS FLOAT64) | 3
1.0       | 4

== Values without NULLs
page: navigation_functions
section: LAST_VALUE
SELECT o, LAST_VALUE(x IGNORE NULLS) OVER (ORDER BY o) AS a, FIRST_VALUE(x IGNORE NULLS) OVER (ORDER BY o ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS b, NTH_VALUE(x, 2 IGNORE NULLS) OVER (ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c, LAST_VALUE(x) OVER (ORDER BY o) AS d FROM UNNEST([NULL, 5, NULL, 7]) AS x WITH OFFSET AS o ORDER BY o
-->
o INT64 | a INT64 | b INT64 | c INT64 | d INT64
0       | NULL    | 5       | 7       | NULL
1       | 5       | 5       | 7       | 5
2       | 5       | 7       | 7       | NULL
3       | 7       | 7       | 7       | 7

== Percentiles
page: navigation_functions
section: PERCENTILE_CONT
SELECT PERCENTILE_CONT(x, 0.5) OVER () AS a, PERCENTILE_DISC(x, 0.5) OVER () AS b FROM UNNEST([1, 2, 3, 4, NULL]) AS x LIMIT 1
-->
a FLOAT64 | b INT64
2.5       | 2

== A distance may lead past INT64
page: window-function-calls
section: Window frame clause
SELECT x, COUNT(*) OVER (ORDER BY x RANGE BETWEEN 9223372036854775807 PRECEDING AND CURRENT ROW) AS a,
  COUNT(*) OVER (ORDER BY x DESC RANGE BETWEEN CURRENT ROW AND 9223372036854775807 FOLLOWING) AS b
FROM UNNEST([-9223372036854775807, -5, 0, 7, 9223372036854775807]) AS x ORDER BY x
-->
x INT64 | a INT64 | b INT64
-9223372036854775807 | 1 | 1
-5 | 2 | 2
0 | 3 | 3
7 | 3 | 3
9223372036854775807 | 3 | 3

== A distance of NUMERIC
page: window-function-calls
section: Window frame clause
SELECT x, SUM(x) OVER (ORDER BY x RANGE BETWEEN NUMERIC '1.5' PRECEDING AND NUMERIC '0.5' FOLLOWING) AS s
FROM UNNEST([NUMERIC '1', NUMERIC '2', NUMERIC '2.5', NUMERIC '4', NULL]) AS x ORDER BY x
-->
x NUMERIC | s NUMERIC
NULL | NULL
NUMERIC "1" | NUMERIC "1"
NUMERIC "2" | NUMERIC "5.5"
NUMERIC "2.5" | NUMERIC "5.5"
NUMERIC "4" | NUMERIC "6.5"
