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
