--- every operator
FROM d.t |> WHERE a > 1 |> EXTEND a + 1 AS b, c AS e |> SET a = 2, b = a |> DROP c, e |> RENAME a AS x, b y |> SELECT x, y, |> AS u |> AGGREGATE SUM(x) AS s, COUNT(*) GROUP BY y AS z, u.w |> ORDER BY s DESC |> LIMIT 10 OFFSET 2
--- joins in pipes
FROM d.t |> JOIN d.u USING (a) |> LEFT JOIN (SELECT 1 AS b) AS v ON t.b = v.b |> CROSS JOIN UNNEST(t.items) AS i |> WHERE TRUE |> INNER JOIN d.w USING (a)
--- set operations in pipes
FROM d.t |> UNION ALL (SELECT 1 AS a), (FROM d.u) |> EXCEPT DISTINCT (SELECT 2) |> INTERSECT DISTINCT (SELECT 3)
--- set operations by name in pipes
FROM d.t |> FULL OUTER UNION ALL BY NAME (SELECT 1 AS a) |> UNION ALL BY NAME (FROM d.u) |> LEFT UNION ALL BY NAME ON (a) (SELECT 1 AS a)
--- pivot and samples in pipes
FROM d.t |> PIVOT(SUM(a) FOR b IN ('x', 'y')) AS p |> UNPIVOT(v FOR n IN (x, y)) |> TABLESAMPLE SYSTEM (1 PERCENT)
--- calls in pipes
FROM d.t |> CALL d.f(1, 'a') AS x |> WINDOW SUM(a) OVER (ORDER BY b) AS s |> DISTINCT
--- a pipe behind a query
SELECT 1 AS a |> WHERE a = 1 |> AGGREGATE COUNT(*) AS n
--- a pipe behind brackets, and in a common table
WITH a AS (FROM d.t |> SELECT x) (SELECT 1 AS x) |> JOIN a USING (x)
--- pipes in subqueries
SELECT (FROM d.t |> AGGREGATE MAX(a)), ARRAY(FROM UNNEST([1]) AS x |> WHERE x > 0), EXISTS(FROM d.t |> WHERE a = 1), a IN (FROM d.u |> SELECT b) FROM (FROM d.t |> LIMIT 1) AS t
--- FROM alone
FROM d.t
--- FROM with joins
FROM d.t AS t JOIN d.u USING (a), UNNEST(t.b) AS b
--- aggregates with an order
FROM d.t |> AGGREGATE COUNT(*) AS n DESC, SUM(a) s ASC NULLS LAST GROUP AND ORDER BY b DESC, c
--- groups without aggregates
FROM d.t |> AGGREGATE GROUP BY a, b
--- grouping sets
FROM d.t |> AGGREGATE COUNT(*) AS n GROUP BY ROLLUP (a, b)
--- the whole of a table
FROM d.t |> SELECT * EXCEPT (a), t.* |> SELECT DISTINCT b |> SELECT AS STRUCT b |> SELECT AS VALUE b
--- extensions with windows
FROM d.t |> EXTEND ROW_NUMBER() OVER w AS n WINDOW w AS (PARTITION BY a) |> SELECT SUM(b) OVER v AS s WINDOW v AS (ORDER BY n)
--- assertions
FROM d.t |> ASSERT COUNT(*) > 0, 'no rows in', a |> WHERE TRUE
--- WITH in a pipe
FROM d.t |> WITH x AS (SELECT 1 AS a), y AS (SELECT 2 AS a) |> JOIN x USING (a)
--- a hint in a pipe
FROM d.t |> JOIN@{x=1} d.u USING (a)
--- a comma behind the last item
FROM d.t |> EXTEND a AS b, |> SELECT a, b, |> AGGREGATE SUM(a) AS s, GROUP BY b
--- pipes within a view
CREATE VIEW d.v AS FROM d.t |> WHERE a = 1
