--- using
SELECT code, a.population, b.name FROM telemetry.countries AS a FULL JOIN telemetry.countries AS b USING (code)

--- using twice
SELECT id, a, b, c
FROM (SELECT 1 AS id, 'x' AS a) LEFT JOIN (SELECT 1 AS id, 2 AS b) USING (id) LEFT JOIN (SELECT 1 AS id, 3.5 AS c) USING (id)

--- joins in brackets
SELECT m.document_id, c.name
FROM telemetry.main AS m LEFT JOIN (telemetry.countries AS c JOIN (SELECT 'DE' AS code) AS d ON c.code = d.code) ON m.metadata.geo.country = c.code

--- cross join by comma and by word
SELECT a.code, b.code AS other FROM telemetry.countries a, telemetry.countries b CROSS JOIN (SELECT 1 AS one)

--- a table as a value
SELECT c, c.name FROM telemetry.countries AS c

--- a whole row as a struct, counted
SELECT COUNT(DISTINCT TO_JSON_STRING(c)) AS n FROM telemetry.countries AS c

--- correlated subqueries
SELECT code, (SELECT COUNT(*) FROM telemetry.main AS m WHERE m.metadata.geo.country = c.code) AS pings
FROM telemetry.countries AS c
WHERE EXISTS (SELECT 1 FROM telemetry.main AS m WHERE m.metadata.geo.country = c.code) AND code IN (SELECT metadata.geo.country FROM telemetry.main)

--- quoted names
SELECT `code`, `countries`.`name` FROM `telemetry.countries`

--- quoted in parts
SELECT code FROM `telemetry`.`countries`

--- names in another case
SELECT CODE, Countries.Name FROM telemetry.countries

--- keywords as names
SELECT c.date, c.value, c.key, date AS timestamp FROM (SELECT DATE '2026-01-01' AS date, 1 AS value, 'x' AS key) AS c

--- a sample
SELECT code FROM telemetry.countries TABLESAMPLE SYSTEM (10 PERCENT)

--- using over what using merged in brackets
SELECT * FROM (SELECT 1 AS id, 'x' AS p) JOIN ((SELECT 1 AS id, 'r' AS r) AS a JOIN (SELECT 1 AS id, 's' AS s) AS b USING (id)) USING (id)

--- a star over two joins with using side by side
SELECT * FROM ((SELECT 1 AS id, 'x' AS p) AS x JOIN (SELECT 1 AS id, 'y' AS q) AS y USING (id)) JOIN ((SELECT 2 AS id, 'r' AS r) AS a JOIN (SELECT 2 AS id, 's' AS s) AS b USING (id)) ON p != r

--- a star over a join with using in brackets, on the right
SELECT * FROM (SELECT 1 AS id, 'x' AS p) AS x LEFT JOIN ((SELECT 2 AS id, 'r' AS r) AS a JOIN (SELECT 2 AS id, 's' AS s) AS b USING (id)) ON p != r

--- using reaches over a comma
SELECT * FROM (SELECT 1 AS id, 'x' AS p) AS x, (SELECT 'r' AS r) AS a LEFT JOIN (SELECT 1 AS id, 's' AS s) AS b USING (id)

--- using reaches over the elements of an array
SELECT m.document_id, code, c.name FROM (SELECT 'DE' AS code, 'd' AS document_id, ['k'] AS keys) AS m, UNNEST(m.keys) AS key LEFT JOIN telemetry.countries AS c USING (code)

--- the merged column of an inner join has the type of the left one
SELECT id FROM (SELECT 1 AS id) AS a JOIN (SELECT NUMERIC '1' AS id) AS b USING (id)

--- the merged column of a full join has the type of both
SELECT id FROM (SELECT 1 AS id) AS a FULL JOIN (SELECT NUMERIC '1' AS id) AS b USING (id)

--- USING finds a column of what stands before a comma
SELECT * FROM (SELECT 1 AS a) AS one, (SELECT 2 AS b) AS two JOIN (SELECT 1 AS a, 3 AS c) AS three USING (a)

--- joins in brackets behind a comma
SELECT * FROM (SELECT 1 AS a) AS one, ((SELECT 1 AS b) AS two FULL JOIN (SELECT 1 AS b, 3 AS c) AS three USING (b))
