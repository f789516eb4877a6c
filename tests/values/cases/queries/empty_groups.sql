== NULLs make one group
page: query-syntax
section: GROUP BY clause
SELECT x, COUNT(*) AS n FROM UNNEST([1, NULL, 1, NULL, 2]) AS x GROUP BY x ORDER BY x
-->
x INT64 | n INT64
NULL    | 2
1       | 2
2       | 1

== An aggregate without rows and without groups is one row
page: query-syntax
section: GROUP BY clause
SELECT COUNT(*) AS n, SUM(x) AS s, MAX(x) AS m, ARRAY_AGG(x) AS a FROM UNNEST(CAST([] AS ARRAY<INT64>)) AS x
-->
n INT64 | s INT64 | m INT64 | a ARRAY<INT64>
0       | NULL    | NULL    | NULL

== With groups and without rows there is none
page: query-syntax
section: GROUP BY clause
SELECT x, COUNT(*) AS n FROM UNNEST(CAST([] AS ARRAY<INT64>)) AS x GROUP BY x
-->
x INT64 | n INT64

== A rollup has a row for all rows together
page: query-syntax
section: GROUP BY ROLLUP
SELECT k, SUM(v) AS s FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'a', 2 UNION ALL SELECT 'b', 4) GROUP BY ROLLUP (k) ORDER BY s
-->
k STRING | s INT64
"a"      | 3
"b"      | 4
NULL     | 7

== HAVING decides about groups
page: query-syntax
section: HAVING clause
SELECT k FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'a', 2 UNION ALL SELECT 'b', 4) GROUP BY k HAVING SUM(v) > 3
-->
k STRING
"b"

== DISTINCT takes NULLs as equal
page: query-syntax
section: SELECT DISTINCT
SELECT DISTINCT x FROM UNNEST([NULL, 1, NULL, 1]) AS x
-->
x INT64
1
NULL
