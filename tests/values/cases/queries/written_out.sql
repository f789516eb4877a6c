== A function reads a query's rows through its argument
page: user-defined-functions
section: SQL UDFs
CREATE TEMP FUNCTION below(most INT64) AS ((SELECT COUNT(*) FROM UNNEST([1, 2, 3]) AS x WHERE x < most)); SELECT y, below(y) AS n FROM UNNEST([1, 3, NULL]) AS y
-->
y INT64 | n INT64
1       | 0
3       | 2
NULL    | 0

== An aggregate function
page: user-defined-aggregates
section: Create a SQL UDAF
CREATE TEMP AGGREGATE FUNCTION scaled(value FLOAT64, weight FLOAT64, divisor FLOAT64 NOT AGGREGATE) RETURNS FLOAT64 AS (SUM(value * weight) / divisor); SELECT k, scaled(x, 2, 4) AS r FROM UNNEST([STRUCT('a' AS k, 1 AS x), ('a', 5), ('b', NULL)]) GROUP BY k
-->
k STRING | r FLOAT64
"a"      | 3.0
"b"      | NULL

== An aggregate function over no rows
page: user-defined-aggregates
section: Create a SQL UDAF
CREATE TEMP AGGREGATE FUNCTION counted(x INT64) AS (COUNT(x) + 1); SELECT counted(x) AS r FROM UNNEST(ARRAY<INT64>[]) AS x
-->
r INT64
1

== An aggregate function of any type, and one that calls another
page: user-defined-aggregates
section: Create a SQL UDAF
CREATE TEMP AGGREGATE FUNCTION spread(x ANY TYPE) AS (MAX(x) - MIN(x)); CREATE TEMP AGGREGATE FUNCTION wide(x INT64) AS (spread(x) > 2); SELECT spread(x) AS a, spread(x / 2) AS b, wide(x) AS c FROM UNNEST([1, 5]) AS x HAVING wide(x)
-->
a INT64 | b FLOAT64 | c BOOL
4       | 2.0       | true

== An aggregate function does not aggregate what another one has aggregated
page: user-defined-aggregates
section: Create a SQL UDAF
CREATE TEMP AGGREGATE FUNCTION total(x INT64) AS (SUM(x)); SELECT total(SUM(x)) AS a FROM UNNEST([1, 5]) AS x
--> error: cannot aggregate

== The argument of an aggregate function is computed once for each row
page: user-defined-aggregates
section: Create a SQL UDAF
CREATE TEMP AGGREGATE FUNCTION spread(x FLOAT64) AS (MAX(x) - MAX(x)); SELECT spread(RAND()) AS a FROM UNNEST([1, 5]) AS x
--> error: differs at each call

== A table function of a value
page: table-functions
section: Create a table function
CREATE TEMP TABLE FUNCTION two(first INT64) AS SELECT first AS x UNION ALL SELECT first + 1; SELECT a.x, b.x AS y FROM two(1) AS a JOIN two(2) AS b USING (x)
-->
x INT64 | y INT64
2       | 2

== A column goes before an argument of the same name
page: table-functions
section: Create a table function
CREATE TEMP TABLE FUNCTION own(x INT64, most INT64) AS SELECT x FROM UNNEST([7, 8]) AS x WHERE x < most; SELECT * FROM own(1, 8)
-->
x INT64
7

== A table function of a table and a value
page: table-functions
section: Specify TVF arguments
CREATE TEMP TABLE FUNCTION above(t TABLE<x INT64>, least INT64) AS SELECT x, x * 2 AS y FROM t WHERE x > least; WITH t AS (SELECT 5 AS z, 3 AS x UNION ALL SELECT 6, 1) SELECT * FROM above(TABLE t, 2)
-->
x INT64 | y INT64
3       | 6

== A table function of any table
page: table-functions
section: Specify TVF arguments
CREATE TEMP TABLE FUNCTION same(t ANY TABLE) AS SELECT *, 1 AS one FROM t; SELECT * FROM same((SELECT 'a' AS x, [1, 2] AS y)) AS s
-->
x STRING | y ARRAY<INT64> | one INT64
"a"      | [1, 2]         | 1

== A table function sees no common table but its arguments
page: table-functions
section: Create a table function
CREATE TEMP TABLE FUNCTION inner_one(t TABLE<x INT64>) AS WITH q AS (SELECT x + 1 AS x FROM t) SELECT * FROM q; WITH q AS (SELECT 10 AS x), r AS (SELECT 20 AS x) SELECT a.x, b.x AS y FROM inner_one(TABLE q) AS a, inner_one((SELECT x FROM r)) AS b
-->
x INT64 | y INT64
11      | 21

== Table functions that call each other
page: table-functions
section: Create a table function
CREATE TEMP TABLE FUNCTION one(a INT64) AS SELECT a AS x; CREATE TEMP TABLE FUNCTION next(a INT64) AS SELECT x + 1 AS x FROM one(a * 10); SELECT * FROM next(4)
-->
x INT64
41

== A table of other columns is no argument
page: table-functions
section: Specify TVF arguments
CREATE TEMP TABLE FUNCTION f(t TABLE<x INT64>) AS SELECT x FROM t; SELECT * FROM f((SELECT 'a' AS x))
--> error: takes a column `x` INT64, not STRING

== The value of a table function is computed once
page: table-functions
section: Create a table function
CREATE TEMP TABLE FUNCTION twice(a FLOAT64) AS SELECT a - a AS x; SELECT * FROM twice(RAND())
--> error: differs at each call

== The rows of a struct are grouped and ordered by its fields
page: query-syntax
section: SELECT AS STRUCT
SELECT x, ARRAY(SELECT AS STRUCT y, COUNT(*) AS n FROM UNNEST([x, 3, x]) AS y GROUP BY y ORDER BY n DESC, y) AS a, ARRAY(SELECT AS STRUCT MOD(y, 2) AS odd, SUM(y) AS s FROM UNNEST([x, 3, 8]) AS y GROUP BY 1 ORDER BY 2) AS b, ARRAY(SELECT AS STRUCT -y AS y FROM UNNEST([x, 3]) AS y ORDER BY y) AS c FROM UNNEST([1, 2]) AS x
-->
x INT64 | a ARRAY<STRUCT<y INT64, n INT64>> | b ARRAY<STRUCT<odd INT64, s INT64>> | c ARRAY<STRUCT<y INT64>>
1       | [(1, 2), (3, 1)]                  | [(1, 4), (0, 8)]                    | [STRUCT(-3), STRUCT(-1)]
2       | [(2, 2), (3, 1)]                  | [(1, 3), (0, 10)]                    | [STRUCT(-3), STRUCT(-2)]

== A query with a WITH clause in the brackets of another
page: query-syntax
section: WITH clause
WITH a AS (SELECT 1 AS x UNION ALL SELECT 2) (WITH b AS (SELECT x + 1 AS x FROM a) SELECT x FROM b) UNION ALL (SELECT x FROM a) ORDER BY x DESC LIMIT 2
-->
x INT64
3
2
