--- arithmetic
SELECT
  sample_id + 1 AS a, sample_id / 2 AS b, score * 2 AS c, amount + 1 AS d, amount * score AS e,
  -sample_id AS f, sample_id & 3 AS g, sample_id << 2 AS h, sample_id >> 1 AS i, ~sample_id AS j, sample_id ^ 1 AS k, sample_id | 2 AS l
FROM telemetry.main

--- literals
SELECT
  1 AS a, 1.5 AS b, 1e3 AS c, 0xFF AS d, 'x' AS e, b'x' AS f, r'\d' AS g, """a
b""" AS h, TRUE AS i, NUMERIC '1.5' AS j, BIGNUMERIC '2' AS k, DATE '2026-11-22' AS l, DATETIME '2026-11-22 10:00:00' AS m,
  TIMESTAMP '2026-11-22 10:00:00+00' AS n, TIME '10:00:00' AS o, JSON '{"a": 1}' AS p, INTERVAL 1 DAY AS q,
  INTERVAL '1-2 3 4:5:6' YEAR TO SECOND AS r, rb'\x' AS s

--- arrays and structs
SELECT
  [1, 2.5] AS a, ARRAY<STRING>[] AS b, STRUCT(1 AS x, 'y' AS y) AS c, STRUCT<a INT64, b STRING>(1, 'x') AS d, (1, 'x', NULL) AS e,
  ARRAY<STRUCT<INT64, d DATE>>[(1, DATE '2026-01-01')] AS f, [STRUCT(1 AS a), STRUCT(2 AS b)] AS g

--- subscripts
SELECT
  tags[0] AS a, tags[OFFSET(0)] AS b, tags[SAFE_ORDINAL(1)] AS c, events[SAFE_OFFSET(0)].extra[SAFE_OFFSET(0)].value AS d,
  payload.a.b AS e, payload['a'][0] AS f
FROM telemetry.main

--- nested fields
SELECT metadata.geo.country, metadata.geo AS place, metadata FROM telemetry.main

--- casts
SELECT
  CAST(score AS INT64) AS a, SAFE_CAST(document_id AS INT64) AS b, CAST(submission_timestamp AS DATE) AS c,
  CAST(sample_id AS NUMERIC(10, 2)) AS d, CAST(tags AS ARRAY<STRING>) AS e, CAST(NULL AS STRUCT<a INT64, b ARRAY<STRING>>) AS f,
  CAST(raw AS STRING) AS g, CAST(submission_date AS STRING FORMAT 'YYYY') AS h
FROM telemetry.main

--- conditions
SELECT
  CASE WHEN score > 1 THEN 1 ELSE 2.5 END AS a, CASE sample_id WHEN 1 THEN 'one' END AS b, IF(is_default, 1, NULL) AS c,
  COALESCE(NULL, sample_id, 0) AS d, IFNULL(client_id, '') AS e, NULLIF(sample_id, 0) AS f, GREATEST(1, 2.5, amount) AS g,
  sample_id BETWEEN 1 AND 5 AS h, sample_id NOT IN (1, 2) AS i, client_id LIKE 'a%' AS j, client_id IS NOT DISTINCT FROM document_id AS k,
  is_default IS NOT TRUE AS l
FROM telemetry.main

--- like any
SELECT document_id LIKE ANY ('a%', 'b%') AS a, document_id NOT LIKE ALL ('a%', 'b%') AS b FROM telemetry.main

--- a literal takes the type of the other side
SELECT submission_date = '2026-11-22' AS a, submission_timestamp >= '2026-11-22' AS b, [DATE '2026-01-01', '2026-01-02'] AS c FROM telemetry.main

--- comparison of numbers of different types
SELECT sample_id = 1.5 AS a, amount > score AS b, sample_id IN (1, 2.5) AS c FROM telemetry.main

--- moments
SELECT
  DATE_ADD(submission_date, INTERVAL 1 DAY) AS a, DATE_SUB(submission_date, INTERVAL sample_id MONTH) AS b,
  DATE_DIFF(submission_date, DATE '2026-01-01', DAY) AS c, TIMESTAMP_TRUNC(submission_timestamp, HOUR) AS d,
  EXTRACT(DAYOFWEEK FROM submission_date) AS e, EXTRACT(DATE FROM submission_timestamp AT TIME ZONE 'Europe/Berlin') AS f,
  submission_date + 1 AS g, submission_timestamp - INTERVAL 1 DAY AS h, DATE(submission_timestamp) AS i, DATE(2026, 11, 22) AS j,
  FORMAT_DATE('%Y', submission_date) AS k, PARSE_DATE('%Y%m%d', document_id) AS l, UNIX_MILLIS(submission_timestamp) AS m,
  DATETIME(submission_timestamp, 'UTC') AS n, LAST_DAY(submission_date, MONTH) AS o, DATE_TRUNC(submission_date, WEEK(MONDAY)) AS p,
  submission_timestamp - TIMESTAMP '2026-01-01' AS q, CURRENT_DATE AS r, TIMESTAMP_SECONDS(sample_id) AS s
FROM telemetry.main

--- texts and bytes
SELECT
  SUBSTR(raw, 1, 2) AS a, LENGTH(client_id) AS b, SPLIT(client_id, '-') AS c, SPLIT(client_id, '-')[OFFSET(0)] AS d, TO_HEX(SHA256(client_id)) AS e,
  REGEXP_EXTRACT(client_id, r'^(\w+)') AS f, REGEXP_EXTRACT_ALL(client_id, r'\d') AS g, REGEXP_REPLACE(client_id, '-', '') AS h,
  FORMAT('%d-%s', sample_id, client_id) AS i, CONCAT(client_id, '-', document_id) AS j, raw || b'x' AS k, tags || ['x'] AS l,
  STRPOS(client_id, 'a') AS m, ARRAY_TO_STRING(tags, ',') AS n, TO_BASE64(raw) AS o, SAFE_CONVERT_BYTES_TO_STRING(raw) AS p
FROM telemetry.main

--- json
SELECT
  JSON_VALUE(payload, '$.a') AS a, JSON_QUERY(payload, '$.b') AS b, JSON_EXTRACT_SCALAR(document_id, '$.c') AS c,
  JSON_VALUE_ARRAY(payload, '$.d') AS d, TO_JSON_STRING(metadata) AS e, PARSE_JSON('{}') AS f, INT64(payload.n) AS g,
  JSON_QUERY_ARRAY(payload.list) AS h, TO_JSON(metadata) AS i, LAX_INT64(payload.n) AS j, JSON_TYPE(payload) AS k
FROM telemetry.main

--- safe calls
SELECT SAFE.PARSE_DATE('%F', document_id) AS a, SAFE.SUBSTR(client_id, 1, 2) AS b, SAFE_DIVIDE(1, sample_id) AS c FROM telemetry.main

--- a range of days
SELECT RANGE(DATE '2026-01-01', DATE '2026-02-01') AS a, RANGE_CONTAINS(RANGE<DATE> '[2026-01-01, 2026-02-01)', submission_date) AS b FROM telemetry.main

--- timestamps with offsets
SELECT TIMESTAMP '2026-11-22 3:04:05+8' AS a, TIMESTAMP '2026-11-22T03:04:05.25-07:30' AS b, TIMESTAMP '2026-11-22 03:04:05 Europe/Berlin' AS c

--- intervals of several parts
SELECT INTERVAL '1-2 3 4:5:6.7' YEAR TO SECOND AS a, INTERVAL '3 4' MONTH TO DAY AS b, INTERVAL '-2.5' SECOND AS c

--- structs that mix field by field
SELECT [(1, 'a'), (2.5, NULL)] AS pairs

--- NULLs in arrays and structs
SELECT [NULL, NULL] AS a, STRUCT(NULL AS n, 'x' AS t) AS b, ARRAY(SELECT NULL) AS c

--- arrays told apart
SELECT [1, 2] IS DISTINCT FROM [1] AS differs

--- elements of a format
SELECT FORMAT('%5d %-8s %.2f %t %T %%', 12, 'ab', 1.5, DATE '2026-11-22', [1]) AS text

--- casts to bounded types
SELECT
  CAST(score AS NUMERIC(5, 2)) AS a, CAST(client_id AS STRING(36)) AS b, CAST(b'abc' AS BYTES(3)) AS c,
  CAST(1 AS BIGNUMERIC(76, 38)) AS d, CAST(1 AS BIGNUMERIC(MAX)) AS e, CAST('x' AS STRING(MAX)) AS f,
  SAFE_CAST(score AS DECIMAL(29)) AS g, CAST(NULL AS NUMERIC(9, 9)) AS h
FROM telemetry.main

--- casts to types that hold bounded ones
SELECT
  CAST([1] AS ARRAY<NUMERIC(3, 2)>) AS a, CAST(STRUCT('abc') AS STRUCT<x STRING(2)>) AS b,
  CAST(NULL AS ARRAY<STRUCT<x BYTES(3), y NUMERIC(5, 2)>>) AS c

--- a row in brackets has fields without names
SELECT (n, m) AS pair, STRUCT(n, m) AS named, [(n, m)] AS pairs FROM (SELECT 1 AS n, 'x' AS m)

--- values in brackets are a struct whose fields have no names
SELECT (sample_id, document_id) AS a, [(sample_id, 1)] AS b, STRUCT(sample_id, document_id) AS c, (sample_id, (document_id, 1)) AS d FROM telemetry.main
