== A comma before an array gives a row for each element
page: query-syntax
section: UNNEST operator
SELECT x, y FROM (SELECT ['a', 'b'] AS xs, 1 AS y) AS t, t.xs AS x
-->
x STRING | y INT64
"a"      | 1
"b"      | 1

== Fields of the structs in an array are columns
page: query-syntax
section: UNNEST and structs
SELECT key, value, pair FROM UNNEST([STRUCT('a' AS key, 1 AS value), ('b', 2)]) AS pair
-->
key STRING | value INT64 | pair STRUCT<key STRING, value INT64>
"b"        | 2           | ("b", 2)
"a"        | 1           | ("a", 1)

== The offset counts from 0
page: query-syntax
section: UNNEST and WITH OFFSET
SELECT letter, place FROM UNNEST(['a', 'b', NULL]) AS letter WITH OFFSET AS place ORDER BY place DESC
-->
letter STRING | place INT64
NULL          | 2
"b"           | 1
"a"           | 0

== Several arrays side by side
page: query-syntax
section: UNNEST operator
SELECT a, b, place FROM UNNEST([1, 2] AS a, ['x', 'y', 'z'] AS b) WITH OFFSET AS place ORDER BY place
-->
a INT64 | b STRING | place INT64
1 | "x" | 0
2 | "y" | 1
NULL | "z" | 2

== Several arrays, the longer ones cut
page: query-syntax
section: UNNEST operator
SELECT t.n, x, y FROM (SELECT 1 AS n, [1, 2] AS xs, [3, 4, 5] AS ys UNION ALL SELECT 2, [], [6]) AS t,
  UNNEST(t.xs AS x, t.ys AS y, mode => 'TRUNCATE')
ORDER BY n, y
-->
n INT64 | x INT64 | y INT64
1 | 1 | 3
1 | 2 | 4

== Arrays without names, and fields without one
page: query-syntax
section: UNNEST operator
SELECT (SELECT AS STRUCT * FROM UNNEST([1], ['a']) LIMIT 1) AS s, ARRAY(SELECT AS STRUCT * FROM UNNEST([STRUCT(3, 'c')])) AS t
-->
s STRUCT<INT64, STRING> | t ARRAY<STRUCT<INT64, STRING>>
(1, "a") | [(3, "c")]
