== A left join keeps the rows that find none
page: query-syntax
section: LEFT [OUTER] JOIN
SELECT a.x, b.y FROM UNNEST([1, 2]) AS x_of_a JOIN (SELECT 1 AS x UNION ALL SELECT 2) AS a ON a.x = x_of_a
LEFT JOIN (SELECT 1 AS x, 'one' AS y) AS b ON a.x = b.x ORDER BY a.x
-->
x INT64 | y STRING
1       | "one"
2       | NULL

== A full join with USING gives the key of either side
page: query-syntax
section: USING clause
SELECT x, a.l, b.r FROM (SELECT 1 AS x, 'l1' AS l UNION ALL SELECT 2, 'l2') AS a
FULL JOIN (SELECT 2 AS x, 'r2' AS r UNION ALL SELECT 3, 'r3') AS b USING (x) ORDER BY x
-->
x INT64 | l STRING | r STRING
1       | "l1"     | NULL
2       | "l2"     | "r2"
3       | NULL     | "r3"

== NULL finds nothing in a join
page: query-syntax
section: ON clause
SELECT COUNT(*) AS n FROM (SELECT CAST(NULL AS INT64) AS x) AS a JOIN (SELECT CAST(NULL AS INT64) AS x) AS b ON a.x = b.x
-->
n INT64
0

== A left join with an empty array gives one row of NULL
page: query-syntax
section: UNNEST operator
SELECT id, e FROM (SELECT 1 AS id, [10, 20] AS list UNION ALL SELECT 2, []) AS t LEFT JOIN UNNEST(t.list) AS e ORDER BY id, e
-->
id INT64 | e INT64
1        | 10
1        | 20
2        | NULL

== A comma before an empty array gives no row
page: query-syntax
section: Correlated join operation
SELECT id, e FROM (SELECT 1 AS id, [10] AS list UNION ALL SELECT 2, []) AS t, t.list AS e
-->
id INT64 | e INT64
1        | 10

== A table's name is its row where a column is called the same
page: query-syntax
section: Range variables
WITH pings AS (SELECT 1 AS id, 5 AS pings) SELECT pings, pings.pings AS n FROM pings
-->
pings STRUCT<id INT64, pings INT64> | n INT64
(1, 5)                              | 5

== A left join of elements on a condition that is no comparison
page: query-syntax
section: LEFT [OUTER] JOIN
SELECT id, e.name FROM (SELECT 'x' AS id, [STRUCT('n' AS name, ['x', 'y'] AS ids), ('m', ['z'])] AS list UNION ALL SELECT 'w', []) AS t LEFT JOIN UNNEST(t.list) AS e ON id IN UNNEST(e.ids) ORDER BY id
-->
id STRING | name STRING
"w"       | NULL
"x"       | "n"

== A left join of elements on a condition about the row alone
page: query-syntax
section: LEFT [OUTER] JOIN
SELECT id, e FROM (SELECT 1 AS id UNION ALL SELECT 2) AS t LEFT JOIN UNNEST([id * 10, id * 100]) AS e ON id = 2 AND e > 20 ORDER BY id
-->
id INT64 | e INT64
1        | NULL
2        | 200

== A left join of elements and their places
page: query-syntax
section: LEFT [OUTER] JOIN
SELECT id, e, place FROM (SELECT 1 AS id, ['a', 'b'] AS list) AS t LEFT JOIN UNNEST(list) AS e WITH OFFSET AS place ON STARTS_WITH(e, 'b') OR place > 5
-->
id INT64 | e STRING | place INT64
1        | "b"      | 1
