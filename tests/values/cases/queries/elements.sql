== Elements of elements, with their places, and rows that have none
page: query-syntax
section: UNNEST operator
SELECT id, e.k, p, n, q FROM (SELECT 1 AS id, [STRUCT('a' AS k, [10, 20] AS ns), ('b', [])] AS es UNION ALL SELECT 2, ARRAY<STRUCT<k STRING, ns ARRAY<INT64>>>[]) AS t LEFT JOIN UNNEST(t.es) AS e WITH OFFSET AS p LEFT JOIN UNNEST(e.ns) AS n WITH OFFSET AS q
-->
id INT64 | k STRING | p INT64 | n INT64 | q INT64
1        | "a"      | 0       | 10      | 0
1        | "a"      | 0       | 20      | 1
1        | "b"      | 1       | NULL    | NULL
2        | NULL     | NULL    | NULL    | NULL

== An element that is NULL has a place, and is not what a row without elements has
page: query-syntax
section: UNNEST operator
SELECT id, e, p FROM (SELECT 1 AS id, [5, NULL] AS xs UNION ALL SELECT 2, NULL) AS t LEFT JOIN UNNEST(t.xs) AS e WITH OFFSET AS p
-->
id INT64 | e INT64 | p INT64
1        | 5       | 0
1        | NULL    | 1
2        | NULL    | NULL

== Arrays of one row cross each other
page: query-syntax
section: UNNEST operator
SELECT a, b FROM (SELECT [1, 2] AS xs, ['x', 'y'] AS ys UNION ALL SELECT [3], []) AS t, UNNEST(xs) AS a, t.ys AS b
-->
a INT64 | b STRING
1       | "x"
1       | "y"
2       | "x"
2       | "y"

== A condition on elements and on their rows
page: query-syntax
section: WHERE clause
SELECT id, e.v FROM (SELECT 1 AS id, [STRUCT(1 AS v, 'a' AS k), (2, 'b')] AS es UNION ALL SELECT 2, [(3, 'a')]) AS t JOIN UNNEST(t.es) AS e ON TRUE WHERE e.k = 'a' AND id < 2
-->
id INT64 | v INT64
1        | 1

== An element, joined on
page: query-syntax
section: Join operation
SELECT e, u.name FROM (SELECT [1, 2] AS xs) AS t CROSS JOIN t.xs AS e FULL JOIN (SELECT 2 AS id, 'two' AS name UNION ALL SELECT 3, 'three') AS u ON u.id = e
-->
e INT64 | name STRING
1       | NULL
2       | "two"
NULL    | "three"

== Names within hide those around
page: query-syntax
section: Range variables
SELECT e, (SELECT MAX(e) FROM (SELECT [8, 9] AS xs) AS t, t.xs AS e WHERE e < 9) AS a, (SELECT COUNT(*) FROM (SELECT 1 AS id UNION ALL SELECT 2) AS t WHERE t.id = e) AS b, (SELECT SUM(e.v) FROM (SELECT 4 AS v UNION ALL SELECT 5) AS e) AS c FROM (SELECT 1 AS id, [1, 3] AS xs) AS t, t.xs AS e
-->
e INT64 | a INT64 | b INT64 | c INT64
1       | 8       | 1       | 9
3       | 8       | 0       | 9

== A query that is a value gives the field of the one element, or NULL
page: subqueries
section: Scalar subqueries
SELECT (SELECT v FROM UNNEST(xs) WHERE k = 'b') AS a, (SELECT v FROM UNNEST(xs) WHERE k = 'z') AS b, (SELECT IFNULL(v, 7) FROM UNNEST(xs) WHERE k = 'z') AS c, (SELECT IFNULL(v, 7) FROM UNNEST(xs) WHERE k = 'c') AS d, (SELECT v FROM UNNEST(xs) WHERE k = 'a' LIMIT 1) AS e, (SELECT x.k FROM UNNEST(xs) AS x WITH OFFSET AS o WHERE o = 2) AS f FROM (SELECT [STRUCT('a' AS k, 1 AS v), ('b', 2), ('c', NULL), ('a', 1)] AS xs)
-->
a INT64 | b INT64 | c INT64 | d INT64 | e INT64 | f STRING
2       | NULL    | NULL    | 7       | 1       | "c"

== A query that is a value fails for more than one element
page: subqueries
section: Scalar subqueries
SELECT (SELECT v FROM UNNEST(xs) WHERE k = 'a') FROM (SELECT [STRUCT('a' AS k, 1 AS v), ('a', 1)] AS xs)
--> error: more than one

== Queries over arrays within the queries of FROM name the columns there
page: subqueries
section: Correlated subqueries
SELECT u.more, s.m, (SELECT MAX(s.m) FROM (SELECT (SELECT MAX(e) FROM UNNEST(t.xs) AS e WHERE e < t.top + u.more) AS m FROM (SELECT [1, 5, 9] AS xs, 6 AS top) AS t) AS s) AS n FROM (SELECT 0 AS more UNION ALL SELECT 4) AS u, (SELECT (SELECT MAX(e) FROM UNNEST(t.xs) AS e WHERE e < t.top) AS m FROM (SELECT [1, 5, 9] AS xs, 6 AS top) AS t) AS s
-->
more INT64 | m INT64 | n INT64
0          | 5       | 5
4          | 5       | 9

== Arguments keep their meaning in a function whose body has the same names
page: user-defined-functions
section: SQL UDFs
CREATE TEMP FUNCTION pick(list ARRAY<STRUCT<key STRING, value INT64>>, name STRING) AS ((SELECT MAX(entry.value) FROM UNNEST(list) AS entry WHERE entry.key = name)); SELECT pick(entry.value, 'a') AS a, pick(entry.value, entry.key) AS b, pick(entry.value, CONCAT(entry.key, '')) AS c, pick(entry.value, NULL) AS d, pick(entry.other, 'a') AS e FROM (SELECT 'b' AS key, [STRUCT('a' AS key, 1 AS value), ('b', 2), ('a', 3)] AS value, [STRUCT('a' AS key, 9 AS value)] AS other) AS entry
-->
a INT64 | b INT64 | c INT64 | d INT64 | e INT64
3       | 2       | 2       | NULL    | 9

== The same where names differ
page: user-defined-functions
section: SQL UDFs
CREATE TEMP FUNCTION pick(list ARRAY<STRUCT<key STRING, value INT64>>, name STRING) AS ((SELECT MAX(entry.value) FROM UNNEST(list) AS entry WHERE entry.key = name)); SELECT pick(t.xs, 'a') AS a, pick(t.xs, t.k) AS b, pick(pairs.e.xs, k) AS c FROM (SELECT 'b' AS k, [STRUCT('a' AS key, 1 AS value), ('b', 2), ('a', 3)] AS xs, STRUCT(STRUCT([STRUCT('b' AS key, 5 AS value)] AS xs) AS e) AS pairs) AS t
-->
a INT64 | b INT64 | c INT64
3       | 2       | 5

== Rows are counted where a condition is true
page: aggregate_functions
section: COUNTIF
SELECT k, COUNTIF(x > 1) AS a, COUNTIF(DISTINCT x > 1) AS b, COUNTIF(NULL) AS c FROM (SELECT 'p' AS k, 1 AS x UNION ALL SELECT 'p', 2 UNION ALL SELECT 'p', 3 UNION ALL SELECT 'q', NULL) GROUP BY k
-->
k STRING | a INT64 | b INT64 | c INT64
"p"      | 2       | 1       | 0
"q"      | 0       | 0       | 0

== Counted over windows, of other rows, and where there are none
page: aggregate_functions
section: COUNTIF
SELECT a, COUNTIF(a > 1) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS w, (SELECT COUNTIF(t.b > u.a) FROM (SELECT 1 AS b, 1 AS k UNION ALL SELECT 3, 1) AS t WHERE t.k = u.a) AS n, (SELECT COUNTIF(x) FROM UNNEST(ARRAY<BOOL>[]) AS x) AS z FROM (SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3) AS u
-->
a INT64 | w INT64 | n INT64 | z INT64
1       | 0       | 1       | 0
2       | 1       | 0       | 0
3       | 2       | 0       | 0

== Counted in PIVOT
page: query-syntax
section: PIVOT operator
SELECT * FROM (SELECT 'a' AS k, TRUE AS x UNION ALL SELECT 'a', FALSE UNION ALL SELECT 'b', NULL UNION ALL SELECT 'a', TRUE) PIVOT(COUNTIF(x) FOR k IN ('a', 'b', 'c'))
-->
a INT64 | b INT64 | c INT64
2       | 0       | 0

== NaN passes no condition that compares
page: operators
section: Comparison operators
SELECT id FROM (SELECT 1 AS id, 2.0 AS a, 1.0 AS b UNION ALL SELECT 2, CAST('nan' AS FLOAT64), 1.0 UNION ALL SELECT 3, 1.0, CAST('nan' AS FLOAT64) UNION ALL SELECT 4, CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64) UNION ALL SELECT 5, NULL, 1.0 UNION ALL SELECT 6, 1.0, 1.0 UNION ALL SELECT 7, CAST('inf' AS FLOAT64), 1.0) WHERE a > b OR (a <= b AND a >= b) OR a < b
-->
id INT64
1
6
7

== A function in JavaScript of constants
page: user-defined-functions
section: JavaScript UDFs
CREATE TEMP FUNCTION next(x FLOAT64) RETURNS FLOAT64 LANGUAGE js AS "return x + 1;"; SELECT next(1) AS a, next(next(2)) AS b, COUNT(*) AS n FROM UNNEST([1, 2]) WHERE next(0) = 1 GROUP BY next(1)
-->
a FLOAT64 | b FLOAT64 | n INT64
2.0       | 4.0       | 2
