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

== A full join of two arrays of each row
page: query-syntax
section: FULL [OUTER] JOIN
SELECT t.o, ARRAY(
  SELECT CONCAT(IFNULL(l.x, '-'), '/', IFNULL(r.y, '-')) AS pair
  FROM (SELECT x FROM UNNEST(t.xs) AS x) AS l FULL JOIN (SELECT y FROM UNNEST(t.ys) AS y) AS r ON l.x = r.y
  ORDER BY pair
) AS pairs
FROM (
  SELECT 1 AS o, ['a', 'b', CAST(NULL AS STRING)] AS xs, ['b', 'c'] AS ys
  UNION ALL SELECT 2, ARRAY<STRING>[], ['d'] UNION ALL SELECT 3, ['e', 'e'], NULL UNION ALL SELECT 4, NULL, ARRAY<STRING>[]
) AS t ORDER BY t.o
-->
o INT64 | pairs ARRAY<STRING>
1       | ["-/-", "-/c", "a/-", "b/b"]
2       | ["-/d"]
3       | ["e/-", "e/-"]
4       | []

== A full join in the body of a function, by another condition than equal columns
page: query-syntax
section: FULL [OUTER] JOIN
CREATE TEMP FUNCTION shifted(a ARRAY<INT64>, b ARRAY<INT64>) AS (ARRAY(
  WITH l AS (SELECT x, o FROM UNNEST(a) AS x WITH OFFSET o), r AS (SELECT y, p FROM UNNEST(b) AS y WITH OFFSET p)
  SELECT IFNULL(x, 0) * 10 + IFNULL(y, 0) FROM l FULL JOIN r ON o = p + 1
  WHERE x IS NULL OR y IS NULL OR x > 2
  ORDER BY IFNULL(o, p + 1)
));
SELECT shifted([1, 2, 3], [4, 5, 6]) AS a, shifted(NULL, [7]) AS b, shifted([8], []) AS c
-->
a ARRAY<INT64> | b ARRAY<INT64> | c ARRAY<INT64>
[10, 35, 6]    | [7]            | [80]

== Joins behind a full join of arrays of each row
page: query-syntax
section: FULL [OUTER] JOIN
WITH t AS (SELECT 1 AS o, [1, 2] AS xs, [2, 3] AS ys, [3, 4] AS zs UNION ALL SELECT 2, ARRAY<INT64>[], ARRAY<INT64>[], [5])
SELECT
  (SELECT STRING_AGG(CONCAT(IFNULL(CAST(a.x AS STRING), '-'), IFNULL(CAST(b.x AS STRING), '-'), IFNULL(CAST(c.x AS STRING), '-')), ' ' ORDER BY IFNULL(a.x, IFNULL(b.x, c.x)))
   FROM (SELECT x FROM UNNEST(t.xs) AS x) AS a FULL JOIN (SELECT x FROM UNNEST(t.ys) AS x) AS b ON a.x = b.x
   FULL JOIN (SELECT x FROM UNNEST(t.zs) AS x) AS c ON c.x = IFNULL(a.x, b.x)) AS met,
  (SELECT COUNT(*) FROM (SELECT x FROM UNNEST(t.xs) AS x) AS a FULL JOIN (SELECT x FROM UNNEST(t.ys) AS x) AS b ON TRUE
   FULL JOIN (SELECT x FROM UNNEST(t.zs) AS x) AS c ON TRUE) AS every,
  (SELECT COUNT(*) FROM (SELECT x FROM UNNEST(t.xs) AS x) AS a FULL JOIN (SELECT x FROM UNNEST(t.ys) AS x) AS b ON a.x = b.x
   RIGHT JOIN (SELECT x FROM UNNEST(t.zs) AS x) AS c ON TRUE) AS right_behind,
  (SELECT COUNT(*) FROM (SELECT x FROM UNNEST(t.xs) AS x) AS a FULL JOIN (SELECT x FROM UNNEST(t.ys) AS x) AS b USING (x)
   LEFT JOIN (SELECT x FROM UNNEST(t.zs) AS x) AS c ON TRUE) AS left_behind
FROM t ORDER BY o
-->
met STRING        | every INT64 | right_behind INT64 | left_behind INT64
"1-- 22- -33 --4" | 8           | 6                  | 6
"--5"             | 1           | 1                  | 0
