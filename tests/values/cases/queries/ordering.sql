== NULLs come first when ascending and last when descending
page: query-syntax
section: ORDER BY clause
SELECT x FROM UNNEST([2, NULL, 1]) AS x ORDER BY x
-->
x INT64
NULL
1
2

== Descending, NULLs are last
page: query-syntax
section: ORDER BY clause
SELECT x FROM UNNEST([2, NULL, 1]) AS x ORDER BY x DESC
-->
x INT64
2
1
NULL

== NULLS LAST says otherwise
page: query-syntax
section: ORDER BY clause
SELECT x FROM UNNEST([2, NULL, 1]) AS x ORDER BY x NULLS LAST
-->
x INT64
1
2
NULL

== LIMIT and OFFSET count rows of the order
page: query-syntax
section: LIMIT and OFFSET clause
SELECT x FROM UNNEST([4, 3, 2, 1]) AS x ORDER BY x LIMIT 2 OFFSET 1
-->
x INT64
2
3

== An order by an alias of the list
page: query-syntax
section: ORDER BY clause
SELECT -x AS x FROM UNNEST([1, 2, 3]) AS x ORDER BY x
-->
x INT64
-3
-2
-1

== A union keeps rows that are alike, and DISTINCT does not
page: query-syntax
section: UNION
SELECT 'all' AS how, COUNT(*) AS n FROM (SELECT 1 AS x UNION ALL SELECT 1 UNION ALL SELECT NULL UNION ALL SELECT NULL)
UNION ALL
SELECT 'distinct', COUNT(*) FROM (SELECT 1 AS x UNION DISTINCT SELECT 1 UNION DISTINCT SELECT NULL UNION DISTINCT SELECT NULL)
-->
how STRING | n INT64
"all"      | 4
"distinct" | 2

== Columns of a union are found by name
page: query-syntax
section: BY NAME
SELECT 1 AS a, 2 AS b UNION ALL BY NAME SELECT 3 AS b, 4 AS a
-->
a INT64 | b INT64
1       | 2
4       | 3

== Two columns of a result may have one name, and columns none
page: query-syntax
section: SELECT list
SELECT 1 AS a, 2 AS a, 3, 'x' AS b, 4
-->
a INT64 | a INT64 | f0_ INT64 | b STRING | f1_ INT64
1       | 2       | 3         | "x"      | 4
