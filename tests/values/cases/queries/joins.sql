== USING gives the left column of an inner join
page: query-syntax
section: USING clause
SELECT a, x, y FROM (SELECT 1 AS a, 'l' AS x UNION ALL SELECT 2, 'm') AS l JOIN (SELECT 1 AS a, 'r' AS y) AS r USING (a)
-->
a INT64 | x STRING | y STRING
1       | "l"      | "r"

== USING gives what is not NULL of a full join
page: query-syntax
section: USING clause
SELECT a, l.x, r.y FROM (SELECT 1 AS a, 'l' AS x UNION ALL SELECT 2, 'm') AS l FULL JOIN (SELECT 1 AS a, 'r' AS y UNION ALL SELECT 3, 's') AS r USING (a) ORDER BY a
-->
a INT64 | x STRING | y STRING
1       | "l"      | "r"
2       | "m"      | NULL
3       | NULL     | "s"

== USING over three full joins
page: query-syntax
section: USING clause
SELECT * FROM (SELECT 1 AS a, 'x' AS p) FULL JOIN (SELECT 2 AS a, 'y' AS q) USING (a) FULL JOIN (SELECT 2 AS a, 'z' AS r UNION ALL SELECT 3, 'w') USING (a) ORDER BY a
-->
a INT64 | p STRING | q STRING | r STRING
1       | "x"      | NULL     | NULL
2       | NULL     | "y"      | "z"
3       | NULL     | NULL     | "w"

== The merged column of a right join is the right one
page: query-syntax
section: USING clause
SELECT a, l.a AS la FROM (SELECT 1 AS a) AS l RIGHT JOIN (SELECT 3 AS a) AS r USING (a)
-->
a INT64 | la INT64
3       | NULL

== An alias of the select list goes before a merged column in GROUP BY and ORDER BY
page: query-syntax
section: Ambiguity between a FROM clause column name and a SELECT list alias in GROUP BY
SELECT UPPER(k) AS k, COUNT(*) AS n FROM (SELECT 'a' AS k UNION ALL SELECT 'A') AS l JOIN (SELECT 'a' AS k UNION ALL SELECT 'A') AS r USING (k) GROUP BY k ORDER BY k
-->
k STRING | n INT64
"A"      | 2

== Two columns of one name in the join, and an alias that is meant
page: query-syntax
section: GROUP BY clause
SELECT LOWER(l.g) AS g, COUNT(*) AS n FROM (SELECT 'X' AS g UNION ALL SELECT 'x') AS l CROSS JOIN (SELECT 'y' AS g) AS r GROUP BY g
-->
g STRING | n INT64
"x"      | 2

== NaN joins nothing
page: data-types
section: Floating point semantics
SELECT COUNT(*) AS n FROM (SELECT CAST('NaN' AS FLOAT64) AS f UNION ALL SELECT 1.0) AS a JOIN (SELECT CAST('NaN' AS FLOAT64) AS f UNION ALL SELECT 1.0) AS b ON a.f = b.f
-->
n INT64
1

== Joins in brackets
page: query-syntax
section: Join operation
SELECT a.x, c.z FROM (SELECT 1 AS x UNION ALL SELECT 2) AS a LEFT JOIN ((SELECT 1 AS y) AS b JOIN (SELECT 1 AS y, 'c' AS z) AS c ON b.y = c.y) ON a.x = b.y ORDER BY x
-->
x INT64 | z STRING
1       | "c"
2       | NULL

== A left join of an array keeps rows without elements
page: query-syntax
section: UNNEST operator
SELECT id, e FROM (SELECT 1 AS id, [7, 8] AS xs UNION ALL SELECT 2, [] UNION ALL SELECT 3, NULL) AS t LEFT JOIN UNNEST(t.xs) AS e ORDER BY id, e
-->
id INT64 | e INT64
1        | 7
1        | 8
2        | NULL
3        | NULL

== A left join of an array with a condition
page: query-syntax
section: UNNEST operator
SELECT id, e, o FROM (SELECT 1 AS id, [7, 8] AS xs UNION ALL SELECT 2, [9]) AS t LEFT JOIN UNNEST(t.xs) AS e WITH OFFSET AS o ON e = 8 ORDER BY id
-->
id INT64 | e INT64 | o INT64
1        | 8       | 1
2        | NULL    | NULL

== A full join of an array that stands alone
page: query-syntax
section: FULL [OUTER] JOIN
SELECT a, b FROM UNNEST([1, 2]) AS a FULL JOIN UNNEST([2, 3]) AS b ON a = b ORDER BY a, b
-->
a INT64 | b INT64
NULL    | 3
1       | NULL
2       | 2

== Arrays within structs of arrays
page: query-syntax
section: UNNEST operator
SELECT o.name, i FROM UNNEST([STRUCT('a' AS name, [1, 2] AS items), ('b', [])]) AS o, o.items AS i ORDER BY i
-->
name STRING | i INT64
"a"         | 1
"a"         | 2

== UNNEST of NULL has no rows
page: query-syntax
section: UNNEST and NULL values
SELECT COUNT(*) AS n FROM UNNEST(CAST(NULL AS ARRAY<INT64>)) AS x
-->
n INT64
0

== UNNEST gives a row for a NULL element
page: query-syntax
section: UNNEST and NULL values
SELECT COUNT(*) AS n, COUNT(x) AS filled FROM UNNEST([1, NULL, 3]) AS x
-->
n INT64 | filled INT64
3       | 2

== A comma, a join and an array that depends on both
page: query-syntax
section: Correlated join operation
SELECT a, c FROM (SELECT 1 AS a) AS t, (SELECT [1, 2, 3] AS b) AS u, UNNEST(u.b) AS c WHERE c > a ORDER BY c
-->
a INT64 | c INT64
1       | 2
1       | 3

== A star shows first what the last USING merged
page: query-syntax
section: USING clause
SELECT * FROM (SELECT 1 AS a, 5 AS z) JOIN (SELECT 2 AS b, 1 AS a) USING (a) JOIN (SELECT 7 AS c, 2 AS b) USING (b)
-->
b INT64 | a INT64 | z INT64 | c INT64
2       | 1       | 5       | 7

== A star shows a column that a later USING does not name
page: query-syntax
section: USING clause
SELECT * FROM (SELECT 1 AS a) JOIN (SELECT 2 AS b, 1 AS a) USING (a) JOIN (SELECT 2 AS b, 9 AS a) USING (b)
-->
b INT64 | a INT64 | a INT64
2       | 1       | 9

== USING meets what another USING merged in brackets
page: query-syntax
section: USING clause
SELECT * FROM (SELECT 1 AS id, 'x' AS p UNION ALL SELECT 2, 'y') JOIN ((SELECT 1 AS id, 'r' AS r UNION ALL SELECT 3, 'q') AS a JOIN (SELECT 1 AS id, 's' AS s UNION ALL SELECT 3, 't') AS b USING (id)) USING (id)
-->
id INT64 | p STRING | r STRING | s STRING
1        | "x"      | "r"      | "s"

== USING meets what a full join merged in brackets
page: query-syntax
section: USING clause
SELECT id, p, r, s FROM (SELECT 1 AS id, 'x' AS p UNION ALL SELECT 2, 'y') LEFT JOIN ((SELECT 1 AS id, 'r' AS r) AS a FULL JOIN (SELECT 2 AS id, 's' AS s) AS b USING (id)) USING (id) ORDER BY id
-->
id INT64 | p STRING | r STRING | s STRING
1        | "x"      | "r"      | NULL
2        | "y"      | NULL     | "s"

== A star shows what two joins side by side merged
page: query-syntax
section: USING clause
SELECT * FROM ((SELECT 1 AS id, 'x' AS p) AS x JOIN (SELECT 1 AS id, 'y' AS q) AS y USING (id)) CROSS JOIN ((SELECT 2 AS id, 'r' AS r) AS a JOIN (SELECT 2 AS id, 's' AS s) AS b USING (id))
-->
id INT64 | p STRING | q STRING | id INT64 | r STRING | s STRING
1        | "x"      | "y"      | 2        | "r"      | "s"

== A join behind a comma joins all that stands before it
page: query-syntax
section: Comma cross join
SELECT k, id, s FROM (SELECT 1 AS id, [5, 6] AS list) AS x, UNNEST(x.list) AS k LEFT JOIN (SELECT 1 AS id, 's' AS s) AS b USING (id) ORDER BY k
-->
k INT64 | id INT64 | s STRING
5       | 1        | "s"
6       | 1        | "s"
