--- an unknown column
SELECT cliend_id FROM telemetry.main

--- an unknown table
SELECT 1 AS a FROM telemetry.mian

--- an unknown field
SELECT metadata.geo.contry FROM telemetry.main

--- an unknown function
SELECT UPPERCASE(client_id) AS a FROM telemetry.main

--- a column of two tables
SELECT code FROM telemetry.countries AS a JOIN telemetry.countries AS b ON a.code = b.code

--- two tables of one name
SELECT 1 AS a FROM telemetry.countries, telemetry.countries

--- the alias hides the table
SELECT countries.code FROM telemetry.countries AS c

--- a field of an array
SELECT events.name FROM telemetry.main

--- a field of a number
SELECT sample_id.x FROM telemetry.main

--- an alias of the same select list
SELECT sample_id AS a, a + 1 AS b FROM telemetry.main

--- an alias in where
SELECT sample_id AS a FROM telemetry.main WHERE a > 1

--- an unknown column in except
SELECT * EXCEPT (nothing) FROM telemetry.countries

--- an unknown column in replace
SELECT * REPLACE (1 AS nothing) FROM telemetry.countries

--- except of all columns
SELECT * EXCEPT (code, name, population, regions) FROM telemetry.countries

--- a star without from
SELECT *

--- a star of no struct
SELECT code.* FROM telemetry.countries

--- using a column that only one side has
SELECT 1 AS a FROM telemetry.main JOIN telemetry.countries USING (code)

--- the merged column qualified by a side of a full join is fine, another is not
SELECT a.nothing FROM telemetry.countries AS a JOIN telemetry.countries AS b USING (code)

--- a later table in a subquery of from
SELECT 1 AS a FROM (SELECT m.sample_id FROM telemetry.countries) AS s, telemetry.main AS m

--- a common table twice
WITH a AS (SELECT 1 AS x), a AS (SELECT 2 AS x) SELECT x FROM a

--- a common table before it is known
WITH a AS (SELECT x FROM b), b AS (SELECT 1 AS x) SELECT x FROM a

--- an unknown parameter
SELECT @no_such_day AS a

--- an unknown window
SELECT SUM(sample_id) OVER nowhere AS a FROM telemetry.main

--- a reserved word as a name
SELECT 1 AS at

--- another reserved word
SELECT some FROM (SELECT 1 AS `some`)

--- nothing is left of a star beside another column
SELECT c.* EXCEPT (code, name, population, regions), 1 AS y FROM telemetry.countries AS c

--- nothing is left of a struct's star
SELECT t.x.* EXCEPT (a), 1 AS y FROM (SELECT STRUCT(1 AS a) AS x) AS t

--- using a column that two tables on the left have
SELECT * FROM (SELECT 1 AS id, 2 AS x) AS a JOIN (SELECT 1 AS id, 2 AS y) AS b ON x = y JOIN (SELECT 1 AS id) AS c USING (id)

--- using a column that tables before a comma have too
SELECT * FROM (SELECT 1 AS id) AS a, (SELECT 1 AS id) AS b JOIN (SELECT 1 AS id) AS c USING (id)

--- using a column that two tables in brackets have
SELECT * FROM (SELECT 1 AS id) AS c JOIN ((SELECT 1 AS id, 2 AS x) AS a JOIN (SELECT 1 AS id, 2 AS y) AS b ON x = y) USING (id)

--- a merged column that another table has too
SELECT id FROM (SELECT 1 AS id) AS a JOIN (SELECT 1 AS id) AS b USING (id), (SELECT 1 AS id) AS c

--- a column that was merged twice, side by side
SELECT id FROM ((SELECT 1 AS id) AS x JOIN (SELECT 1 AS id) AS y USING (id)) CROSS JOIN ((SELECT 2 AS id) AS a JOIN (SELECT 2 AS id) AS b USING (id))

--- an argument that the function does not name
CREATE TEMP FUNCTION f(a INT64, b STRING) AS (CONCAT(b, a)); SELECT f(c => 'x', a => 1) AS x

--- an argument by place and by name
CREATE TEMP FUNCTION f(a INT64, b STRING) AS (CONCAT(b, a)); SELECT f(1, a => 2) AS x

--- an argument that no name gives
CREATE TEMP FUNCTION f(a INT64, b STRING) AS (CONCAT(b, a)); SELECT f(b => 'x') AS x

--- one of two columns of a query within
SELECT id FROM (SELECT 1 AS id, 2 AS id)

--- one of two columns of a table with an alias
SELECT t.id FROM (SELECT 1 AS id, 2 AS id) AS t

--- one of two columns of a common table
WITH t AS (SELECT 1 AS a, 2 AS a) SELECT a FROM t

--- one of two fields of an element
SELECT e.a FROM UNNEST([STRUCT(1 AS a, 2 AS a)]) AS e

--- one of two fields of an element without a name
SELECT a FROM UNNEST([STRUCT(1 AS a, 2 AS a)])

--- one of two fields of a struct column
SELECT s.a FROM (SELECT STRUCT(1 AS a, 2 AS a) AS s)

--- one of two fields of a struct
SELECT STRUCT(1 AS a, 2 AS a).a

--- using one of two columns
SELECT * FROM (SELECT 1 AS id, 2 AS id) JOIN (SELECT 1 AS id) USING (id)

--- ordered by one of two columns
SELECT code AS a, name AS a FROM telemetry.countries ORDER BY a

--- ordered by what one of two columns gives
SELECT code AS a, name AS a FROM telemetry.countries ORDER BY UPPER(a)

--- a union ordered by one of two columns
SELECT 1 AS a, 2 AS a UNION ALL SELECT 3, 4 ORDER BY a

--- grouped by one of two columns
SELECT code AS a, name AS a FROM telemetry.countries GROUP BY a

--- HAVING about one of two columns
SELECT MAX(code) AS n, MIN(code) AS n FROM telemetry.countries HAVING n > 'a'

--- one of two columns of a star replaced
SELECT * REPLACE (5 AS id) FROM (SELECT 1 AS id, 2 AS id, 3 AS x)

--- a value has no name but that of its relation
SELECT n FROM (SELECT AS VALUE 1 AS n) AS v

--- no argument of GENERATE_RANGE_ARRAY has a name
SELECT GENERATE_RANGE_ARRAY(RANGE(DATE '2026-01-01', DATE '2026-03-01'), INTERVAL 1 MONTH, include_last_partial_range => FALSE) AS months

--- a column that USING merged and another table has too
SELECT a FROM (SELECT 1 AS a) AS one JOIN (SELECT 1 AS a) AS two USING (a), (SELECT 2 AS a) AS three

--- USING of a column that two tables on the left have
SELECT 1 AS n FROM (SELECT 1 AS a) AS one CROSS JOIN (SELECT 1 AS a) AS two JOIN (SELECT 1 AS a) AS three USING (a)

--- two columns of a query have the name
SELECT p FROM (SELECT 1 AS p, 2 AS p) AS q

--- two columns of a query have the name behind its alias
SELECT q.p FROM (SELECT 1 AS p, 2 AS p) AS q

--- an ORDER BY that two columns could mean
SELECT n, -n AS n FROM UNNEST([1, 2]) AS n ORDER BY n

--- a GROUP BY that two columns could mean
SELECT n, n FROM UNNEST([1, 2]) AS n GROUP BY n

--- columns without a name do not meet by name
SELECT 1 UNION ALL BY NAME SELECT 2 AS a

--- a column that stands twice does not meet by name
SELECT 1 AS a, 2 AS a UNION ALL CORRESPONDING SELECT 3 AS a

--- a side that lacks a listed column
SELECT 1 AS a, 2 AS b INNER UNION ALL BY NAME ON (a, b) SELECT 3 AS a

--- a side that has more than the list
SELECT 1 AS a, 2 AS b UNION ALL BY NAME ON (a) SELECT 3 AS a

--- a list that names a column twice
SELECT 1 AS a UNION ALL BY NAME ON (a, a) SELECT 3 AS a

--- a column unpivoted twice
SELECT * FROM (SELECT 1 AS a, 2 AS b) UNPIVOT(v FOR name IN (a, a))

--- one of several aggregates without an alias
SELECT * FROM (SELECT 1 AS a, 'x' AS b) PIVOT(SUM(a) AS total, COUNT(*) FOR b IN ('x'))

--- a column renamed twice
FROM (SELECT 1 AS a) |> RENAME a AS b, a AS c

--- two columns that CORRESPONDING finds nothing in common of
SELECT 1 AS a UNION ALL CORRESPONDING SELECT 2 AS b

--- a column that two parts of UNPIVOT name
SELECT * FROM (SELECT 1 AS a, 2 AS b, 3 AS c) UNPIVOT((v, w) FOR name IN ((a, b), (c, a)))
