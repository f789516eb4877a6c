== A function that takes any type
page: user-defined-functions
section: Templated SQL UDF parameters
CREATE TEMP FUNCTION last(xs ANY TYPE) AS (xs[SAFE_ORDINAL(ARRAY_LENGTH(xs))]); SELECT last([1, 2, 3]) AS a, last(['x', 'y']) AS b, last(ARRAY<INT64>[]) AS c
-->
a INT64 | b STRING | c INT64
3       | "y"      | NULL

== Functions that call functions
page: user-defined-functions
section: SQL UDFs
CREATE TEMP FUNCTION one(x INT64) AS (x * x + x); CREATE TEMP FUNCTION two(x INT64) AS (one(x + 1) - one(x)); CREATE TEMP FUNCTION three(x INT64) AS (two(one(x)) + two(x + 1)); SELECT three(two(one(1))) AS r
-->
r INT64
102

== A body with a query over an array
page: user-defined-functions
section: SQL UDFs
CREATE TEMP FUNCTION pick(kv ARRAY<STRUCT<key STRING, value INT64>>, k STRING) AS ((SELECT value FROM UNNEST(kv) WHERE key = k)); SELECT pick([STRUCT('a' AS key, 1 AS value), ('b', 2)], LOWER('B')) AS r
-->
r INT64
2

== SAFE makes NULL of a function's error, and of no other
page: functions-reference
section: SAFE. prefix
SELECT SAFE.PARSE_DATE('%Y-%m-%d', 'x') AS a, SAFE.DIV(1, 0) AS b, SAFE.SUBSTR('abc', 2) AS c
-->
a DATE | b INT64 | c STRING
NULL   | NULL    | "bc"

== An error of an argument stays one
page: functions-reference
section: SAFE. prefix
SELECT SAFE.ABS(DIV(x, 0)) AS a FROM UNNEST([1]) AS x
--> error: division by zero

== A branch that is not taken does not fail beside a function over an aggregate
page: conditional_expressions
section: IF
CREATE TEMP FUNCTION total(xs ARRAY<INT64>) AS ((SELECT SUM(x) FROM UNNEST(xs) AS x));
SELECT k, IF(COUNT(*) > 1, total(ARRAY_AGG(v)), DIV(10, MIN(v))) AS r, COALESCE(total(ARRAY_AGG(v)), DIV(7, MIN(v))) AS c,
  CASE WHEN total(ARRAY_AGG(v)) > 3 THEN DIV(10, MIN(v)) ELSE -1 END AS s
FROM UNNEST([STRUCT('a' AS k, 0 AS v), ('a', 1), ('b', 5)]) GROUP BY k ORDER BY k
-->
k STRING | r INT64 | c INT64 | s INT64
"a" | 1 | 1 | -1
"b" | 2 | 5 | 2

== A branch that is not taken does not fail beside a function over a window
page: conditional_expressions
section: CASE
CREATE TEMP FUNCTION total(xs ARRAY<INT64>) AS ((SELECT SUM(x) FROM UNNEST(xs) AS x));
SELECT v, CASE v WHEN 0 THEN total(ARRAY_AGG(v) OVER ()) ELSE DIV(10, v) END AS r, IF(v > 0, total([v, LAG(v, 1, 0) OVER (ORDER BY v)]), w.n) AS l
FROM (SELECT v, STRUCT(7 AS n) AS w FROM UNNEST([0, 1, 5]) AS v) ORDER BY v + 0
-->
v INT64 | r INT64 | l INT64
0 | 6  | 7
1 | 10 | 1
5 | 2  | 6

== Arguments that are given by name
page: functions-reference
section: Named arguments
CREATE TEMP FUNCTION less(a INT64, b INT64, c INT64) AS (a - b * c); CREATE TEMP FUNCTION same(x ANY TYPE, y ANY TYPE) AS ((x, y)); SELECT less(10, c => 2, b => 3) AS r, less(B => 1, c => 2, a => 5) AS s, same(y => 'b', x => 1) AS t
-->
r INT64 | s INT64 | t STRUCT<INT64, STRING>
4       | 3       | (1, "b")
