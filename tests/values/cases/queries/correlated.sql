== An aggregate of a column of the query around counts the rows of its own query
page: subqueries
section: Correlated subqueries
SELECT u.x, (SELECT SUM(u.x) FROM (SELECT 1 AS y UNION ALL SELECT 2) AS t) AS s, (SELECT COUNT(u.x) FROM (SELECT 1 AS y) AS t) AS n
FROM (SELECT 5 AS x UNION ALL SELECT 6) AS u ORDER BY x
-->
x INT64 | s INT64 | n INT64
5 | 10 | 1
6 | 12 | 1

== Of groups
page: subqueries
section: Correlated subqueries
SELECT k, (SELECT SUM(k) FROM (SELECT 1 AS y UNION ALL SELECT 2) AS t) AS s, COUNT(*) AS n FROM UNNEST([5, 5, 5]) AS k GROUP BY k
-->
k INT64 | s INT64 | n INT64
5 | 10 | 3

== In an array, in HAVING, and gathered
page: subqueries
section: Correlated subqueries
SELECT x, ARRAY(SELECT SUM(x) FROM UNNEST([1, 2, 2]) AS y GROUP BY y ORDER BY 1) AS a,
  (SELECT ANY_VALUE(x) FROM UNNEST([1, 2]) AS y HAVING SUM(x) > 10) AS h,
  (SELECT STRING_AGG(CAST(x AS STRING), '+') FROM (SELECT 1 AS y UNION ALL SELECT 2) AS t) AS s,
  (SELECT ARRAY_AGG(x)[SAFE_OFFSET(0)] FROM (SELECT 1 AS y UNION ALL SELECT 2) AS t) AS f
FROM UNNEST([5, 6]) AS x ORDER BY x
-->
x INT64 | a ARRAY<INT64> | h INT64 | s STRING | f INT64
5 | [5, 10] | NULL | "5+5" | 5
6 | [6, 12] | 6 | "6+6" | 6
