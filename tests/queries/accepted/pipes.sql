--- from first
FROM telemetry.countries |> WHERE population > 1 |> SELECT code, name

--- extend, set, drop, rename
FROM telemetry.countries |> EXTEND population * 2 AS twice |> SET name = UPPER(name) |> DROP regions |> RENAME code AS iso

--- aggregate
FROM telemetry.main |> AGGREGATE COUNT(*) AS n, SUM(score) AS total GROUP BY client_id, submission_date |> ORDER BY n DESC |> LIMIT 10

--- join and as
FROM telemetry.main AS m |> JOIN telemetry.countries AS c ON m.metadata.geo.country = c.code |> SELECT c.name, m.document_id

--- after a plain query
SELECT code FROM telemetry.countries |> UNION ALL (SELECT 'XX') |> DISTINCT

--- a value stays one through steps that choose no columns
FROM UNNEST([3, 1, 2]) AS n |> WHERE n > 1 |> ORDER BY n |> LIMIT 1

--- a value that another step names
FROM (FROM UNNEST([1, 2]) AS n |> WHERE n > 1) AS m |> SELECT m + 1 AS next

--- the fields of a value
FROM UNNEST([STRUCT(1 AS a, 'x' AS b)]) AS s |> WHERE s.a > 0

--- rows chosen by a window
FROM UNNEST([3, 1, 2]) AS n |> WHERE ROW_NUMBER() OVER (ORDER BY n) = 1 |> EXTEND n + 1 AS next

--- two columns change their names with each other
FROM (SELECT 1 AS a, 'x' AS b) |> RENAME a AS b, b AS a
