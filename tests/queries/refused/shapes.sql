--- neither grouped nor aggregated
SELECT client_id, COUNT(*) AS n FROM telemetry.main

--- not grouped
SELECT client_id, sample_id, COUNT(*) AS n FROM telemetry.main GROUP BY client_id

--- a star with group by
SELECT *, COUNT(*) AS n FROM telemetry.main GROUP BY client_id

--- an ungrouped field of a grouped one's struct
SELECT metadata.geo.city, COUNT(*) AS n FROM telemetry.main GROUP BY metadata.geo.country

--- an expression over a grouped one
SELECT UPPER(metadata.geo.country) AS country, LENGTH(UPPER(metadata.geo.country)) + COUNT(*) AS n
FROM telemetry.main
GROUP BY UPPER(metadata.geo.country)

--- an aggregate in where
SELECT client_id FROM telemetry.main WHERE COUNT(*) > 1

--- an aggregate in group by
SELECT COUNT(*) AS n FROM telemetry.main GROUP BY n

--- an aggregate of an aggregate
SELECT SUM(COUNT(*)) AS n FROM telemetry.main

--- a window in where
SELECT client_id FROM telemetry.main WHERE ROW_NUMBER() OVER (ORDER BY score) = 1

--- a window of a window
SELECT SUM(ROW_NUMBER() OVER (ORDER BY score)) OVER () AS a FROM telemetry.main

--- qualify without a window
SELECT client_id FROM telemetry.main QUALIFY score > 1

--- numbering without over
SELECT ROW_NUMBER() AS a FROM telemetry.main

--- a frame without order
SELECT SUM(sample_id) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS a FROM telemetry.main

--- having without groups or aggregates
SELECT client_id FROM telemetry.main HAVING client_id = 'x'

--- ordered by what is not grouped
SELECT client_id FROM telemetry.main GROUP BY client_id ORDER BY score

--- ordered by what distinct took away
SELECT DISTINCT client_id FROM telemetry.main ORDER BY score

--- an ordinal out of range
SELECT client_id FROM telemetry.main ORDER BY 2

--- a union of different numbers of columns
SELECT 1 AS a UNION ALL SELECT 1, 2

--- a union of different types
SELECT 1 AS a UNION ALL SELECT 'x'

--- a union without all or distinct
SELECT 1 AS a UNION SELECT 2

--- set operations of different kinds without brackets
SELECT 1 AS a UNION ALL SELECT 2 EXCEPT DISTINCT SELECT 3

--- union by name of other names
SELECT 1 AS a UNION ALL BY NAME SELECT 2 AS b

--- where without from
SELECT 1 AS a WHERE TRUE

--- an aggregate without from
SELECT COUNT(*) AS n

--- a right join without on
SELECT 1 AS a FROM telemetry.countries AS a RIGHT JOIN telemetry.countries AS b

--- a cross join with on
SELECT 1 AS a FROM telemetry.countries AS a CROSS JOIN telemetry.countries AS b ON TRUE

--- recursion without the word
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT i FROM n

--- recursion without a start
WITH RECURSIVE n AS (SELECT i + 1 AS i FROM n) SELECT i FROM n

--- recursion of other types
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT 'x' FROM n) SELECT i FROM n

--- limit of a column
SELECT client_id FROM telemetry.main LIMIT sample_id

--- a negative limit
SELECT client_id FROM telemetry.main LIMIT -1

--- distinct and group by of an array position that is none
SELECT client_id FROM telemetry.main GROUP BY 0

--- pivot without an aggregate
SELECT * FROM telemetry.countries PIVOT (population FOR code IN ('DE'))

--- unpivot of different types
SELECT * FROM telemetry.countries UNPIVOT (value FOR column IN (name, population))

--- a rank without an order
SELECT RANK() OVER (PARTITION BY n) AS place FROM (SELECT 1 AS n)

--- an offset of rows for a row number
SELECT ROW_NUMBER() OVER (ORDER BY n ROWS 2 PRECEDING) AS place FROM (SELECT 1 AS n)

--- partitions by a float
SELECT COUNT(*) OVER (PARTITION BY score) AS peers FROM (SELECT 1.5 AS score)

--- a range over dates
SELECT COUNT(*) OVER (ORDER BY day RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS peers FROM (SELECT DATE '2026-11-22' AS day)

--- distinct values over a window with an order
SELECT COUNT(DISTINCT n) OVER (ORDER BY n) AS values_so_far FROM (SELECT 1 AS n)

--- a median with an order in its window
SELECT PERCENTILE_CONT(n, 0.5) OVER (ORDER BY n) AS median FROM (SELECT 1 AS n)

--- distinct values put in order by another
SELECT ARRAY_AGG(DISTINCT a ORDER BY b) AS list FROM (SELECT 1 AS a, 2 AS b)

--- set operations that match columns in different ways
SELECT 1 AS a UNION ALL BY NAME SELECT 2 AS a UNION ALL SELECT 3 AS a

--- STRICT with a mode
SELECT 1 AS a FULL UNION ALL STRICT CORRESPONDING SELECT 2 AS a

--- USING with CROSS JOIN
SELECT 1 AS n FROM (SELECT 1 AS a) AS one CROSS JOIN (SELECT 1 AS a) AS two USING (a)

--- a FULL JOIN behind a comma
SELECT 1 AS n FROM (SELECT 1 AS a) AS one, (SELECT 1 AS b) AS two FULL JOIN (SELECT 1 AS b) AS three USING (b)

--- a RIGHT JOIN of an array without a condition
SELECT 1 AS n FROM (SELECT 1 AS a) AS one RIGHT JOIN UNNEST([1]) AS e

--- brackets around brackets around a join
SELECT 1 AS n FROM (((SELECT 1 AS a) AS one JOIN (SELECT 1 AS a) AS two USING (a)))

--- a recursive table that is grouped while it grows
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT SUM(n) FROM r) SELECT n FROM r

--- a recursive table that is made distinct while it grows
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT DISTINCT n + 1 FROM r WHERE n < 3) SELECT n FROM r

--- a recursive table that is numbered while it grows
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT ROW_NUMBER() OVER () FROM r WHERE n < 3) SELECT n FROM r

--- a recursive table that is ordered while it grows
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3 ORDER BY n) SELECT n FROM r

--- a recursive table with a limit while it grows
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL (SELECT n + 1 FROM r LIMIT 1)) SELECT n FROM r

--- a recursive table within a value
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT 2 FROM UNNEST([1]) AS x WHERE x IN (SELECT n FROM r)) SELECT n FROM r

--- a recursive table that is named twice
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT one.n FROM r AS one CROSS JOIN r AS two) SELECT n FROM r

--- a recursive table whose rows may be missing
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT x FROM UNNEST([1]) AS x LEFT JOIN r ON r.n = x) SELECT n FROM r

--- a recursive table less other rows
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL (SELECT n FROM r EXCEPT DISTINCT SELECT 1)) SELECT n FROM r

--- a recursive table in its first part
WITH RECURSIVE r AS (SELECT n FROM r UNION ALL SELECT 1 AS n) SELECT n FROM r

--- an aggregate in a step that looks at single rows
FROM UNNEST([1, 2]) AS n |> EXTEND SUM(n) AS total

--- a step that counts columns
FROM (SELECT 1 AS a) |> AGGREGATE COUNT(*) AS n GROUP BY 1
