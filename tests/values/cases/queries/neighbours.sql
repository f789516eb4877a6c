== EXCEPT DISTINCT takes out each row and its copies
page: query-syntax
section: EXCEPT
SELECT * FROM UNNEST([1, 1, 2, 3]) AS x EXCEPT DISTINCT SELECT * FROM UNNEST([2, 4]) AS x
-->
x INT64
1
3

== INTERSECT DISTINCT gives a row once
page: query-syntax
section: INTERSECT
SELECT * FROM UNNEST([1, 1, 2, 3]) AS x INTERSECT DISTINCT SELECT * FROM UNNEST([1, 1, 2]) AS x
-->
x INT64
1
2

== HAVING MIN in ARRAY_AGG takes the rows with the least value
page: aggregate-function-calls
section: Restrict aggregation by a maximum or minimum value
SELECT ARRAY_AGG(x HAVING MIN y) AS least, ARRAY_AGG(x HAVING MAX y) AS most FROM UNNEST([STRUCT('a' AS x, 1 AS y), ('b', 2), ('c', NULL)])
-->
least ARRAY<STRING> | most ARRAY<STRING>
["a"] | ["b"]

== Ranks of peers
page: numbering_functions
section: RANK
SELECT x, RANK() OVER (ORDER BY x) AS r, DENSE_RANK() OVER (ORDER BY x) AS d, ROW_NUMBER() OVER (ORDER BY x) AS n FROM UNNEST([10, 10, 20]) AS x
-->
x INT64 | r INT64 | d INT64 | n INT64
10 | 1 | 1 | 1
10 | 1 | 1 | 2
20 | 3 | 2 | 3

== The first element of ARRAY_AGG, with each of its clauses
page: aggregate_functions
section: ARRAY_AGG
SELECT k, ARRAY_AGG(x ORDER BY y)[SAFE_OFFSET(0)] AS a, ARRAY_AGG(x ORDER BY y DESC)[SAFE_ORDINAL(1)] AS b, ARRAY_AGG(x IGNORE NULLS ORDER BY y LIMIT 1)[SAFE_OFFSET(0)] AS c, ARRAY_AGG(x ORDER BY y NULLS LAST)[SAFE_OFFSET(0)] AS d, ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x DESC)[SAFE_OFFSET(0)] AS e, ARRAY_AGG(x IGNORE NULLS ORDER BY y LIMIT 2)[SAFE_OFFSET(1)] AS f, ARRAY_AGG(x HAVING MAX y)[SAFE_OFFSET(0)] AS g FROM UNNEST([STRUCT(1 AS k, 'c' AS x, 2 AS y), (1, NULL, 1), (1, 'a', NULL), (1, 'b', 3), (2, NULL, 1)]) GROUP BY k ORDER BY k
-->
k INT64 | a STRING | b STRING | c STRING | d STRING | e STRING | f STRING | g STRING
1 | "a" | "b" | "a" | NULL | "c" | "c" | "b"
2 | NULL | NULL | NULL | NULL | NULL | NULL | NULL

== The first element of ARRAY_AGG over no rows
page: aggregate_functions
section: ARRAY_AGG
SELECT ARRAY_AGG(x ORDER BY x)[SAFE_OFFSET(0)] AS a, ARRAY_AGG(x IGNORE NULLS LIMIT 1)[SAFE_OFFSET(0)] AS b FROM UNNEST(ARRAY<INT64>[]) AS x
-->
a INT64 | b INT64
NULL | NULL

== Arrays of a table's rows, beside each other, within each other, with offsets, and behind commas
page: query-syntax
section: UNNEST operator
WITH t AS (SELECT 1 AS k, [10, 20] AS xs, STRUCT(['a', 'b', 'c'] AS ys) AS s UNION ALL SELECT 2, [30], STRUCT(ARRAY<STRING>[] AS ys) UNION ALL SELECT 3, NULL, STRUCT(['d'] AS ys) UNION ALL SELECT 4, [40, NULL], STRUCT(['e'] AS ys)) SELECT t.k, x, y, place FROM t CROSS JOIN UNNEST(t.xs) AS x, UNNEST(s.ys) AS y WITH OFFSET AS place
-->
k INT64 | x INT64 | y STRING | place INT64
1 | 10 | "a" | 0
1 | 10 | "b" | 1
1 | 10 | "c" | 2
1 | 20 | "a" | 0
1 | 20 | "b" | 1
1 | 20 | "c" | 2
4 | 40 | "e" | 0
4 | NULL | "e" | 0

== An array of a row joined by a table and by a query of the same names
page: query-syntax
section: UNNEST operator
WITH t AS (SELECT 1 AS k, [STRUCT('a' AS key, [1, 2] AS ns), ('b', [3])] AS es), u AS (SELECT 'a' AS key, 7 AS v) SELECT t.k, e.key, n, u.v, (SELECT MAX(e) FROM UNNEST([5, 6]) AS e) AS most FROM t, t.es AS e LEFT JOIN UNNEST(e.ns) AS n LEFT JOIN u ON u.key = e.key
-->
k INT64 | key STRING | n INT64 | v INT64 | most INT64
1 | "a" | 1 | 7 | 6
1 | "a" | 2 | 7 | 6
1 | "b" | 3 | NULL | 6
