== A common table may have the name of one around it
page: query-syntax
section: CTE visibility
WITH t AS (SELECT 1 AS x), u AS (WITH t AS (SELECT x + 1 AS x FROM t) SELECT x FROM t) SELECT t.x AS a, u.x AS b FROM t, u
-->
a INT64 | b INT64
1       | 2

== A recursive table
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT i FROM n ORDER BY i DESC
-->
i INT64
4
3
2
1

== A recursive table of different rows ends
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE n AS (SELECT 1 AS i UNION DISTINCT SELECT MOD(i + 1, 3) FROM n) SELECT COUNT(*) AS c FROM n
-->
c INT64
3

== A table that is not recursive beside one that is
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE a AS (SELECT 10 AS x), n AS (SELECT x AS i FROM a UNION ALL SELECT i + x FROM n, a WHERE i < 30) SELECT i FROM n ORDER BY i
-->
i INT64
10
20
30

== After RECURSIVE a table may name a later one
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE a AS (SELECT x + 1 AS y FROM b), b AS (SELECT 1 AS x) SELECT y FROM a
-->
y INT64
2

== A recursive table has 500 iterations
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT COUNT(*) AS c, MAX(i) AS last FROM n
-->
c INT64 | last INT64
501     | 500

== A recursive table that goes on for ever fails
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) AS c FROM n
--> error: 500 iterations

== A recursive table one iteration beyond
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 501) SELECT COUNT(*) AS c FROM n
--> error: 500 iterations

== A recursive table that joins itself, as rows and under another name
page: query-syntax
section: RECURSIVE keyword
WITH RECURSIVE edge AS (SELECT * FROM UNNEST([STRUCT(1 AS a, 2 AS b), (2, 3), (3, 4), (9, 1)])),
  path AS (SELECT 1 AS node, [1] AS way UNION ALL SELECT edge.b, ARRAY_CONCAT(p.way, [edge.b]) FROM path AS p JOIN edge ON edge.a = p.node)
SELECT node, ARRAY_LENGTH(way) AS steps, TO_JSON_STRING(path) AS whole FROM path ORDER BY node
-->
node INT64 | steps INT64 | whole STRING
1 | 1 | '{"node":1,"way":[1]}'
2 | 2 | '{"node":2,"way":[1,2]}'
3 | 3 | '{"node":3,"way":[1,2,3]}'
4 | 4 | '{"node":4,"way":[1,2,3,4]}'

== Common tables of the row around them, in an array
page: query-syntax
section: WITH clause
SELECT ARRAY(
  WITH sums AS (SELECT v, SUM(v) OVER (ORDER BY v) AS s FROM UNNEST(a) AS v)
  SELECT (SELECT MIN(v) FROM sums WHERE s >= p) FROM UNNEST(b) AS p WITH OFFSET AS n ORDER BY n
) AS y
FROM (SELECT [1, 2] AS a, [3, 1] AS b)
-->
y ARRAY<INT64>
[2, 1]

== Common tables of the row around them that name one another
page: query-syntax
section: WITH clause
SELECT x, (WITH a AS (SELECT x + 1 AS y), b AS (SELECT y * 2 AS z FROM a) SELECT SUM(y + z) FROM a, b) AS s,
  ARRAY(WITH a AS (SELECT y FROM UNNEST([x, 1]) AS y) SELECT one.y + other.y FROM a AS one, a AS other ORDER BY 1) AS t
FROM UNNEST([1, 4]) AS x ORDER BY x
-->
x INT64 | s INT64 | t ARRAY<INT64>
1 | 6 | [2, 2, 2, 2]
4 | 15 | [2, 5, 5, 8]
