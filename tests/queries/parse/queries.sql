--- the clauses in order
SELECT a, SUM(b) AS s FROM d.t WHERE a > 1 GROUP BY a HAVING s > 2 QUALIFY ROW_NUMBER() OVER (ORDER BY s) = 1 WINDOW w AS (ORDER BY a) ORDER BY s DESC, a ASC NULLS LAST, 1 LIMIT 10 OFFSET 5
--- nothing but values
SELECT 1
--- shapes
SELECT AS STRUCT 1 AS a, 2 AS b
--- a value table
SELECT AS VALUE STRUCT(1 AS a)
--- distinct shapes
SELECT DISTINCT AS STRUCT a, b FROM d.t
--- ALL
SELECT ALL a FROM d.t
--- grouping
SELECT a, b FROM d.t GROUP BY 1, b, a + 1, f(a), t.c, (a), ROLLUP (a, b), CUBE (a, (b, c)), GROUPING SETS (a, (a, b), (), ROLLUP (a), CUBE (b)), ()
--- grouping by all
SELECT a, COUNT(*) FROM d.t GROUP BY ALL
--- grouping by rollup alone
SELECT a, b, COUNT(*), GROUPING(a) FROM d.t GROUP BY ROLLUP (a, b) ORDER BY ALL_ DESC
--- set operations
SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3
--- set operations with brackets and an order
(SELECT 1) UNION DISTINCT (SELECT 2 ORDER BY 1 LIMIT 1) ORDER BY 1 LIMIT 5
--- INTERSECT and EXCEPT
(SELECT 1 INTERSECT DISTINCT SELECT 2) UNION ALL (SELECT 3 EXCEPT DISTINCT SELECT 4)
--- a set operation over WITH
WITH a AS (SELECT 1 AS x), b AS (SELECT 2 AS x) SELECT * FROM a UNION ALL SELECT * FROM b
--- WITH inside of brackets
(WITH a AS (SELECT 1 AS x) SELECT * FROM a) UNION ALL (WITH b AS (SELECT 2 AS x) SELECT * FROM b)
--- by name
SELECT 1 AS a UNION ALL BY NAME SELECT 2 AS a
--- by name with modes
SELECT 1 AS a FULL OUTER UNION ALL BY NAME SELECT 2 AS b
--- by name with the left columns
SELECT 1 AS a LEFT UNION ALL BY NAME ON (a) SELECT 2 AS a
--- corresponding
SELECT 1 AS a INNER UNION ALL CORRESPONDING BY (a) SELECT 2 AS a
--- full union behind a table: no join
SELECT a FROM d.t FULL UNION ALL BY NAME SELECT a FROM d.u FULL OUTER UNION ALL BY NAME SELECT 1 AS a
--- recursion
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3), s AS (SELECT * FROM r) SELECT * FROM s
--- common tables with comments between
WITH
-- first
a AS (
  SELECT 1 AS x -- one
), # second
b AS (SELECT 2 AS x)
SELECT * FROM a, b;
--- a query in brackets
((SELECT 1))
--- a query in brackets with more behind it
((SELECT 1 AS a) ORDER BY a) LIMIT 1
--- nested common tables
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT * FROM b) SELECT * FROM a
--- clauses without a table
SELECT 1 AS a LIMIT 1
--- a limit of parameters
SELECT 1 LIMIT @n OFFSET @m
--- a limit of a cast
SELECT 1 LIMIT CAST(@n AS INT64)
--- differential privacy
SELECT WITH DIFFERENTIAL_PRIVACY OPTIONS (epsilon = 1, delta = 1e-5, privacy_unit_column = id) a, COUNT(*) FROM d.t GROUP BY a
--- aggregation threshold
SELECT WITH AGGREGATION_THRESHOLD OPTIONS (threshold = 50) a, COUNT(*) FROM d.t GROUP BY a
--- order by with collation
SELECT a FROM d.t ORDER BY a COLLATE 'und:ci' DESC, b
--- a where that follows a table with an alias of a soft keyword
SELECT * FROM d.t AS offset WHERE offset.a = 1
--- QUALIFY without WHERE
SELECT a, RANK() OVER (ORDER BY b) AS r FROM d.t QUALIFY r = 1
--- HAVING without GROUP BY
SELECT SUM(a) AS s FROM d.t HAVING s > 1
--- the first line is a shebang-like comment
#standardSQL
SELECT 1
--- a semicolon at the end
SELECT 1;
--- a constant in front of a window in QUALIFY
SELECT a FROM d.t WHERE b QUALIFY 1 = ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC)
--- the text ends behind a comma
SELECT a, b,
