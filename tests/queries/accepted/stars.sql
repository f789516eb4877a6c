--- all columns
SELECT * FROM telemetry.countries

--- except and replace
SELECT * EXCEPT (regions) REPLACE (UPPER(name) AS name, population / 2 AS population) FROM telemetry.countries

--- star of one of two tables
SELECT c.*, m.document_id FROM telemetry.main AS m JOIN telemetry.countries AS c ON m.metadata.geo.country = c.code

--- star of a struct column
SELECT metadata.*, metadata.geo.* FROM telemetry.main

--- star of an expression
SELECT (STRUCT(1 AS a, 'x' AS b)).* FROM telemetry.countries

--- star of a subscript
SELECT experiments[SAFE_OFFSET(0)].value.* REPLACE (sample_id AS enrolled) FROM telemetry.main

--- using merges the column of a star
SELECT * FROM (SELECT 1 AS id, 'x' AS a) JOIN (SELECT 1 AS id, 'y' AS b) USING (id)

--- columns without a name
SELECT 1, 'a', sample_id, sample_id + 1 FROM telemetry.main

--- star over a common table
WITH c AS (SELECT code, population AS people FROM telemetry.countries) SELECT * FROM c

--- a trailing comma
SELECT code, name, FROM telemetry.countries
