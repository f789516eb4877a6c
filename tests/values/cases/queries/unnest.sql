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
