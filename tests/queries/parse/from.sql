--- joins of all kinds
SELECT * FROM a JOIN b ON a.x = b.x INNER JOIN c USING (x) LEFT JOIN e USING (x, y) LEFT OUTER JOIN f ON TRUE RIGHT JOIN g USING (x) RIGHT OUTER JOIN h USING (x) FULL JOIN i USING (x) FULL OUTER JOIN j USING (x) CROSS JOIN k, l, m CROSS JOIN n
--- joins in brackets
SELECT * FROM (a JOIN b USING (x)) JOIN (c LEFT JOIN (e CROSS JOIN f) ON TRUE) USING (x)
--- conditions may stand behind several joins
SELECT * FROM a JOIN b JOIN c ON b.x = c.x ON a.x = b.x
--- the same with USING
SELECT * FROM a LEFT JOIN b JOIN c USING (x) USING (y)
--- subqueries
SELECT * FROM (SELECT 1 AS a), (SELECT 2 AS b) AS x, ((SELECT 3 AS c)) y, (WITH z AS (SELECT 1 AS d) SELECT * FROM z), ((SELECT 1 AS e) UNION ALL (SELECT 2)) AS u, (SELECT 1 AS f UNION ALL SELECT 2)
--- a query in brackets is joined with a table within more brackets
SELECT * FROM ((SELECT 1 AS a) AS x JOIN d.t USING (a))
--- the same without an alias
SELECT * FROM ((SELECT 1 AS a) JOIN d.t USING (a))
--- a query in brackets that has a left join behind it
SELECT * FROM ((SELECT 1 AS a) LEFT JOIN d.t USING (a))
--- the same with further joins
SELECT * FROM ((SELECT 1 AS a) INNER JOIN d.t USING (a) FULL OUTER JOIN d.u USING (a))
--- UNNEST
SELECT * FROM UNNEST([1, 2]), UNNEST([1]) AS x, UNNEST(a.b) y WITH OFFSET, UNNEST(c) AS z WITH OFFSET AS o, UNNEST(c) WITH OFFSET p, UNNEST(ARRAY(SELECT 1)), d.t CROSS JOIN UNNEST(t.items) AS i LEFT JOIN UNNEST(i.parts) AS j ON TRUE LEFT JOIN UNNEST(k) WITH OFFSET q
--- UNNEST in a condition and with a join condition
SELECT * FROM d.t LEFT JOIN UNNEST(t.items) AS item ON item.id = t.id INNER JOIN UNNEST([1]) AS n WITH OFFSET AS o ON o = n
--- arrays of a table that was named before
SELECT * FROM d.t, t.items, t.items AS i, i.parts AS p WITH OFFSET AS o, t.items i2 WITH OFFSET LEFT JOIN t.more AS m ON TRUE
--- travel in time
SELECT * FROM d.t FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR), d.u FOR SYSTEM TIME AS OF @t, d.w AS x FOR SYSTEM_TIME AS OF '2026-01-01'
--- samples
SELECT * FROM d.t TABLESAMPLE SYSTEM (10 PERCENT), d.u AS x TABLESAMPLE SYSTEM (@p PERCENT)
--- PIVOT
SELECT * FROM d.t PIVOT(SUM(a) FOR b IN ('x', 'y')), (SELECT a, b FROM d.t) PIVOT(SUM(a) AS s, COUNT(*) c FOR b IN ('x' AS one, 'y' two, NULL AS none)) AS p, d.u AS v PIVOT(ANY_VALUE(STRUCT(a, b)) FOR CONCAT(c, e) IN ('xy')) q
--- UNPIVOT
SELECT * FROM d.t UNPIVOT(a FOR b IN (c, e)), d.t UNPIVOT INCLUDE NULLS (a FOR b IN (c AS 'x', e AS 'y')) AS u, d.t UNPIVOT EXCLUDE NULLS ((a, b) FOR n IN ((c, e) AS 1, (f, g) AS 2)), d.t UNPIVOT(a FOR b IN (c 'x', e 'y'))
--- columns that are parts of a table in UNPIVOT
SELECT * FROM (SELECT * FROM d.t) UNPIVOT(value FOR metric IN (a, b, c AS 'sea')) AS long WHERE value > 0
--- a table called pivot
SELECT pivot.a FROM d.pivot, d.unpivot AS unpivot
--- hints
SELECT @{x=1} * FROM d.t@{force_index=i} JOIN@{join_type=lookup_join} d.u USING (a) GROUP @{y=2} BY 1
--- a comma join behind a join
SELECT * FROM a LEFT JOIN b ON a.x = b.x, UNNEST(b.y) AS z, c WHERE z = 1
--- a common table of the name of a table
WITH t AS (SELECT * FROM d.t) SELECT * FROM t
--- lateral arrays with paths
SELECT t.a FROM `p.d.t` AS t, t.payload.items AS item, UNNEST(item.values) AS v WHERE v.key = 'x'
--- a window function in a join's subquery
SELECT * FROM d.t AS t LEFT JOIN (SELECT x, ROW_NUMBER() OVER (PARTITION BY x ORDER BY y) AS n FROM d.u QUALIFY n = 1) AS u ON t.x = u.x AND u.n BETWEEN 1 AND 2
--- hash joins written out
SELECT * FROM a HASH JOIN b USING (x)
--- the change history of a table
SELECT * FROM APPENDS(TABLE d.t, TIMESTAMP '2026-01-01', NULL) WHERE _CHANGE_TYPE = 'INSERT'
--- a table whose alias is the word table
SELECT * FROM d.t table INNER JOIN d.u USING (a, b) CROSS JOIN UNNEST(table.items)
--- all tables of a dataset
SELECT * FROM `p-1.d.*` WHERE _TABLE_SUFFIX NOT IN (SELECT * FROM u)
