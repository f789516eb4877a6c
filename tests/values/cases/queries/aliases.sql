== ORDER BY an expression of an alias that stands for a query
page: query-syntax
section: ORDER BY clause
SELECT x, (SELECT 5) AS m FROM UNNEST([3, 1, 2]) AS x ORDER BY m + x
-->
x INT64 | m INT64
1 | 5
2 | 5
3 | 5

== ORDER BY an expression of an alias that stands for an array of a query
page: query-syntax
section: ORDER BY clause
SELECT x, ARRAY(SELECT y FROM UNNEST([1, 2, 3]) AS y WHERE y <= x ORDER BY y DESC) AS m
FROM UNNEST([3, 1, 2]) AS x ORDER BY m[OFFSET(0)] DESC
-->
x INT64 | m ARRAY<INT64>
3 | [3, 2, 1]
2 | [2, 1]
1 | [1]

== ORDER BY an expression of an alias that stands for membership in a query
page: query-syntax
section: ORDER BY clause
SELECT x, x IN (SELECT y + 1 FROM UNNEST([1, 2]) AS y) AS m FROM UNNEST([3, 1, 2]) AS x ORDER BY IF(m, 0, 1), x
-->
x INT64 | m BOOL
2 | true
3 | true
1 | false

== QUALIFY by an alias that stands for a query
page: query-syntax
section: QUALIFY clause
SELECT x, (SELECT MAX(y) FROM UNNEST([1, 2, 3]) AS y WHERE y <= x) AS m FROM UNNEST([3, 1, 2]) AS x
WHERE TRUE QUALIFY ROW_NUMBER() OVER (ORDER BY m) = 1
-->
x INT64 | m INT64
1 | 1

== QUALIFY by an alias that stands for a query of common tables
page: query-syntax
section: QUALIFY clause
SELECT x, (WITH c AS (SELECT x AS q UNION ALL SELECT 2) SELECT SUM(q) FROM c) AS m FROM UNNEST([3, 1, 2]) AS x
WHERE TRUE QUALIFY m > 3 AND ROW_NUMBER() OVER (ORDER BY x) > 1 ORDER BY m
-->
x INT64 | m INT64
2 | 4
3 | 5

== HAVING by an alias that stands for an aggregate and a query
page: query-syntax
section: HAVING clause
SELECT k, SUM(x) + (SELECT SUM(z) FROM UNNEST([1, 2]) AS z) AS m
FROM UNNEST([STRUCT(1 AS k, 2 AS x), (1, 5), (2, 1)]) GROUP BY k HAVING m > 5
-->
k INT64 | m INT64
1 | 10

== HAVING by an alias that stands for a function with a query in its body
page: query-syntax
section: HAVING clause
CREATE TEMP FUNCTION largest(xs ARRAY<INT64>) AS ((SELECT MAX(v) FROM UNNEST(xs) AS v));
SELECT k, largest(ARRAY_AGG(x)) AS m FROM UNNEST([STRUCT(1 AS k, 2 AS x), (1, 5), (2, 1)]) GROUP BY k HAVING m > 3
-->
k INT64 | m INT64
1 | 5

== HAVING by such a function, without groups
page: query-syntax
section: HAVING clause
CREATE TEMP FUNCTION largest(xs ARRAY<INT64>) AS ((SELECT MAX(v) FROM UNNEST(xs) AS v));
SELECT COUNT(*) AS n FROM UNNEST([1, 2]) AS x HAVING largest(ARRAY_AGG(x)) > 2
-->
n INT64

== QUALIFY by an alias that stands for such a function of a window
page: query-syntax
section: QUALIFY clause
CREATE TEMP FUNCTION largest(xs ARRAY<INT64>) AS ((SELECT MAX(v) FROM UNNEST(xs) AS v));
SELECT k, x, largest(ARRAY_AGG(x) OVER (PARTITION BY k ORDER BY x)) AS m
FROM UNNEST([STRUCT(1 AS k, 2 AS x), (1, 5), (2, 1)]) WHERE TRUE QUALIFY m > 1 ORDER BY m DESC
-->
k INT64 | x INT64 | m INT64
1 | 5 | 5
1 | 2 | 2
