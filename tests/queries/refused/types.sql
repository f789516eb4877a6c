--- a number and a text
SELECT sample_id + client_id AS a FROM telemetry.main

--- comparison of a text and a number
SELECT client_id = sample_id AS a FROM telemetry.main

--- comparison of a date and a timestamp
SELECT submission_date = submission_timestamp AS a FROM telemetry.main

--- a condition that is no condition
SELECT 1 AS a FROM telemetry.main WHERE sample_id

--- a case of different types
SELECT CASE WHEN is_default THEN 1 ELSE 'x' END AS a FROM telemetry.main

--- if takes a condition
SELECT IF(sample_id, 1, 2) AS a FROM telemetry.main

--- not of a number
SELECT NOT sample_id AS a FROM telemetry.main

--- an array of different types
SELECT [1, 'x'] AS a

--- an array of arrays
SELECT [[1]] AS a

--- an array of arrays by subquery
SELECT ARRAY(SELECT tags FROM telemetry.main) AS a

--- equality of arrays
SELECT tags = ['x'] AS a FROM telemetry.main

--- equality of json
SELECT payload = payload AS a FROM telemetry.main

--- grouped by json
SELECT payload, COUNT(*) AS n FROM telemetry.main GROUP BY payload

--- ordered by an array
SELECT tags FROM telemetry.main ORDER BY tags

--- ordered by a struct
SELECT metadata FROM telemetry.main ORDER BY metadata

--- distinct json
SELECT DISTINCT payload FROM telemetry.main

--- a bad date
SELECT DATE '2026-13-01' AS a

--- a bad timestamp
SELECT TIMESTAMP 'yesterday' AS a

--- a text literal that is no date
SELECT submission_date = 'yesterday' AS a FROM telemetry.main

--- a number that is too large
SELECT 9223372036854775808 AS a

--- a cast that cannot be
SELECT CAST(submission_date AS INT64) AS a FROM telemetry.main

--- a cast of a struct to a text
SELECT CAST(metadata AS STRING) AS a FROM telemetry.main

--- too few arguments
SELECT SUBSTR(client_id) AS a FROM telemetry.main

--- too many arguments
SELECT UPPER(client_id, 1) AS a FROM telemetry.main

--- a text where a date belongs
SELECT DATE_ADD(client_id, INTERVAL 1 DAY) AS a FROM telemetry.main

--- a part that a date has not
SELECT DATE_TRUNC(submission_date, HOUR) AS a FROM telemetry.main

--- a month added to a timestamp
SELECT TIMESTAMP_ADD(submission_timestamp, INTERVAL 1 MONTH) AS a FROM telemetry.main

--- unnest of no array
SELECT 1 AS a FROM telemetry.main, UNNEST(client_id)

--- a subscript of a text
SELECT client_id[0] AS a FROM telemetry.main

--- in a list of other types
SELECT sample_id IN ('a', 'b') AS a FROM telemetry.main

--- like of a number
SELECT sample_id LIKE '1%' AS a FROM telemetry.main

--- the sum of texts
SELECT SUM(client_id) AS a FROM telemetry.main

--- coalesce of different types
SELECT COALESCE(client_id, sample_id) AS a FROM telemetry.main

--- bits of a float
SELECT score & 1 AS a FROM telemetry.main

--- a modulus of floats
SELECT MOD(score, 2) AS a FROM telemetry.main

--- a scalar subquery of two columns
SELECT (SELECT code, name FROM telemetry.countries) AS a

--- a struct with too few values
SELECT STRUCT<a INT64, b STRING>(1) AS a

--- an integer where a text literal belongs
SELECT DATE(client_id, 'UTC', 1) AS a FROM telemetry.main

--- a literal of a time that lacks its seconds
SELECT DATETIME '2026-11-22 10:00' AS moment

--- a range that ends before it starts
SELECT RANGE<DATE> '[2026-12-01, 2026-11-01)' AS season

--- an interval of parts in the wrong order
SELECT INTERVAL '5' DAY TO MONTH AS span

--- a format for a cast that takes none
SELECT CAST(7 AS FLOAT64 FORMAT '9') AS n

--- too many digits behind the point
SELECT CAST('1.5' AS NUMERIC(12, 10)) AS n

--- an array read by a text
SELECT ['a', 'b']['x'] AS one

--- a number tested for truth
SELECT 5 IS TRUE AS holds

--- a text among bits
SELECT 'a' << 2 AS shifted

--- fewer values than elements of the format
SELECT FORMAT('%d of %d', 3) AS text

--- a format's element of another type
SELECT FORMAT('%s', 12) AS text

--- a path of JSON that differs from row to row
SELECT JSON_VALUE(document, path) AS value FROM (SELECT '{}' AS document, '$.a' AS path)

--- a struct with names in two places
SELECT STRUCT<a INT64>(1 AS b) AS pair

--- an array of arrays as a type
SELECT ARRAY<ARRAY<INT64>>[] AS grid

--- a NUMERIC of 30 digits before the point
SELECT CAST(1 AS NUMERIC(30)) AS a

--- a NUMERIC with a larger scale than precision
SELECT CAST(1 AS NUMERIC(8, 9)) AS a

--- a NUMERIC of any precision
SELECT CAST(1 AS NUMERIC(MAX)) AS a

--- brackets without a parameter
SELECT CAST(1 AS NUMERIC()) AS a

--- a STRING of length 0
SELECT CAST('x' AS STRING(0)) AS a

--- a STRING of two lengths
SELECT CAST('x' AS STRING(1, 2)) AS a

--- parameters of a type that takes none
SELECT CAST(1 AS INT64(3)) AS a

--- an array's elements are bounded by casts alone
SELECT ARRAY<NUMERIC(3, 2)>[1.234] AS a

--- a struct's fields are bounded by casts alone
SELECT STRUCT<a STRING(2)>('abc').a AS a

--- an argument is not bounded
CREATE TEMP FUNCTION once(x NUMERIC(5, 2)) AS (x); SELECT once(1) AS a

--- an argument's elements are not bounded
CREATE TEMP FUNCTION first(x ARRAY<STRUCT<a NUMERIC(5, 2)>>) AS (x[OFFSET(0)].a); SELECT first([STRUCT(1)]) AS a

--- a result is not bounded
CREATE TEMP FUNCTION once(x INT64) RETURNS STRING(5) AS ('a'); SELECT once(1) AS a

--- an INTERVAL of more days than there are
SELECT INTERVAL '3660001' DAY AS far

--- no tiles
SELECT NTILE(0) OVER (ORDER BY n) AS tile FROM UNNEST([1, 2]) AS n

--- values are counted from the first
SELECT NTH_VALUE(n, 0) OVER (ORDER BY n) AS v FROM UNNEST([1, 2]) AS n

--- a percentile beyond all
SELECT PERCENTILE_CONT(n, 1.5) OVER () AS p FROM UNNEST([1.0]) AS n

--- a percentile before all
SELECT PERCENTILE_DISC(n, -0.5) OVER () AS p FROM UNNEST([1.0]) AS n

--- no quantiles
SELECT APPROX_QUANTILES(n, 0) AS q FROM UNNEST([1]) AS n

--- the most frequent none
SELECT APPROX_TOP_COUNT(n, 0) AS q FROM UNNEST([1]) AS n

--- a sketch of a precision that there is not
SELECT HLL_COUNT.INIT(n, 25) AS sketch FROM UNNEST([1]) AS n

--- a way of rounding that there is not
SELECT ROUND(NUMERIC '1.25', 1, 'ROUND_UP') AS rounded

--- a way of rounding is a literal
SELECT ROUND(NUMERIC '1.25', 1, mode) AS rounded FROM (SELECT 'ROUND_HALF_EVEN' AS mode)

--- FORMAT has no unsigned integers
SELECT FORMAT('%u', 1) AS text

--- an array in a query of arrays
SELECT [1] IN (SELECT [1]) AS found

--- an element of NULL
SELECT NULL[OFFSET(0)] AS element

--- AT TIME ZONE of what is no TIMESTAMP
SELECT CAST(1 AS STRING FORMAT '9' AT TIME ZONE 'UTC') AS text

--- labels of UNPIVOT of two types
SELECT * FROM (SELECT 1 AS a, 2 AS b) UNPIVOT(v FOR name IN (a AS 1, b AS 'y'))

--- PIVOT groups by JSON
SELECT * FROM (SELECT 1 AS a, 'x' AS b, JSON '1' AS j) PIVOT(SUM(a) FOR b IN ('x'))

--- a recursive table that gains a type
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1.5 FROM r WHERE n < 3) SELECT n FROM r

--- USING of structs with arrays
SELECT 1 AS n FROM (SELECT STRUCT([1] AS a) AS s) AS one JOIN (SELECT STRUCT([1] AS a) AS s) AS two USING (s)
