== An error in a query of a branch that is not taken
page: conditional_expressions
section: IF
SELECT IF(x = 0, -1, (SELECT ERROR('never'))) AS a, IF(x > 0, (SELECT 10 / x), 0) AS b,
  IF(x > 0, (SELECT SUM(10 / y) FROM UNNEST([x]) AS y), 0) AS c FROM UNNEST([0]) AS x
-->
a INT64 | b FLOAT64 | c FLOAT64
-1 | 0.0 | 0.0

== A query in a branch that some rows take
page: conditional_expressions
section: IF
SELECT x, IF(x > 0, (SELECT 10 / x), 0) AS a, IF(x > 0, (SELECT SUM(10 / x) FROM UNNEST([1, 2]) AS y), 0) AS b,
  IF(x IS NULL, 'none', (SELECT CAST(CAST(CONCAT(x, '') AS INT64) + y AS STRING) FROM UNNEST([1]) AS y)) AS c
FROM UNNEST([0, 2, NULL]) AS x ORDER BY x
-->
x INT64 | a FLOAT64 | b FLOAT64 | c STRING
NULL | 0.0 | 0.0 | "none"
0 | 0.0 | 0.0 | "1"
2 | 5.0 | 10.0 | "3"

== CASE looks no further than where it ends
page: conditional_expressions
section: CASE
SELECT x, CASE WHEN x = 0 THEN 'none' WHEN (SELECT 10 / x) > 4 THEN 'much' ELSE (SELECT CAST(140 / x AS STRING)) END AS c
FROM UNNEST([0, 2, 7]) AS x ORDER BY x
-->
x INT64 | c STRING
0 | "none"
2 | "much"
7 | "20"

== COALESCE and IFNULL look no further than to what is there
page: conditional_expressions
section: COALESCE
SELECT x, COALESCE(x, (SELECT 1 / IF(x IS NULL, 1, 0))) AS a, IFNULL(x, (SELECT 1 / 2)) AS b
FROM UNNEST([1.5, NULL]) AS x ORDER BY x
-->
x FLOAT64 | a FLOAT64 | b FLOAT64
NULL | 1.0 | 0.5
1.5 | 1.5 | 1.5

== Arrays and existence in branches
page: conditional_expressions
section: IF
SELECT x, IF(x > 0, ARRAY(SELECT DIV(y, x) FROM UNNEST([4, 2]) AS y ORDER BY y), []) AS a,
  IF(x > 0, EXISTS(SELECT y FROM UNNEST([1]) AS y WHERE DIV(10, x) > 3), FALSE) AS b FROM UNNEST([0, 2]) AS x ORDER BY x
-->
x INT64 | a ARRAY<INT64> | b BOOL
0 | [] | false
2 | [1, 2] | true

== A function with a query in its body in a branch
page: conditional_expressions
section: IF
CREATE TEMP FUNCTION share(part INT64, whole INT64) AS ((SELECT part / whole FROM UNNEST([1]) AS one));
SELECT x, IF(x > 0, share(1, x), NULL) AS s FROM UNNEST([0, 4]) AS x ORDER BY x
-->
x INT64 | s FLOAT64
0 | NULL
4 | 0.25

== Branches of groups
page: conditional_expressions
section: IF
SELECT k, IF(k > 0, (SELECT SUM(v) / k FROM UNNEST([10, 20]) AS v), -1) AS s FROM UNNEST([0, 3, 3]) AS k GROUP BY k ORDER BY k
-->
k INT64 | s FLOAT64
0 | -1.0
3 | 10.0

== A name of a query within a branch is not one of around it
page: conditional_expressions
section: IF
SELECT x, IF(x > 1, (SELECT SUM(10 / x) FROM UNNEST([0.5, 2.5]) AS x), 0) AS s FROM UNNEST([1, 2]) AS x ORDER BY x
-->
x INT64 | s FLOAT64
1 | 0.0
2 | 24.0

== What a query in a branch that is not taken reads
page: conditional_expressions
section: IF
SELECT x,
  IF(x > 1, (SELECT MAX(y) FROM (SELECT 1 / 0 AS y)), 0.0) AS a,
  IF(x > 1, (SELECT SUM(y) FROM (SELECT 2.0 AS y UNION ALL SELECT 1 / x) WHERE y > 0), 0.0) AS b,
  IF(x > 1, (WITH c AS (SELECT 10 / x AS y) SELECT MAX(y) FROM c), 0.0) AS c
FROM UNNEST([0, 1]) AS x ORDER BY x
-->
x INT64 | a FLOAT64 | b FLOAT64 | c FLOAT64
0 | 0.0 | 0.0 | 0.0
1 | 0.0 | 0.0 | 0.0

== What a query in a branch reads where some rows take it
page: conditional_expressions
section: IF
SELECT x,
  IF(x > 0, (SELECT MAX(y) FROM (SELECT 10 / x AS y)), 0.0) AS a,
  IF(x > 0, (SELECT SUM(y) FROM (SELECT 2.0 AS y UNION ALL SELECT 10 / x)), 0.0) AS b,
  IF(x > 0, (WITH c AS (SELECT 10 / x AS y) SELECT MAX(y) FROM c), 0.0) AS c
FROM UNNEST([0, 2]) AS x ORDER BY x
-->
x INT64 | a FLOAT64 | b FLOAT64 | c FLOAT64
0 | 0.0 | 0.0 | 0.0
2 | 5.0 | 7.0 | 5.0

== A list that fails in a branch that is not taken
page: conditional_expressions
section: IF
SELECT x, IF(x > 0, 5.0 IN (SELECT 10 / x), FALSE) AS a, IF(x > 0, STRUCT(5.0) IN (SELECT AS STRUCT 10 / x), FALSE) AS b
FROM UNNEST([0, 2]) AS x ORDER BY x
-->
x INT64 | a BOOL | b BOOL
0 | false | false
2 | true | true

== An aggregate of no rows in a branch that is not taken
page: conditional_expressions
section: IF
SELECT x, IF(x > 0, (SELECT IF(COUNT(*) = 0, ERROR('none'), COUNT(*)) FROM UNNEST([1, 2]) AS y WHERE y <= x), -1) AS a
FROM UNNEST([0, 1]) AS x ORDER BY x
-->
x INT64 | a INT64
0 | -1
1 | 1
