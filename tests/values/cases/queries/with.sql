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
