--- a temporary function
CREATE TEMP FUNCTION twice(x INT64) AS (x * 2); SELECT twice(sample_id) AS a FROM telemetry.main

--- its result type is declared
CREATE TEMPORARY FUNCTION half(x INT64) RETURNS FLOAT64 AS (x / 2); SELECT half(3) AS a

--- javascript
CREATE TEMP FUNCTION parts(x STRING) RETURNS ARRAY<STRUCT<name STRING, value FLOAT64>> LANGUAGE js AS r"""
  return x.split(',').map(name => ({name, value: 1}));
""";
SELECT part.name, part.value FROM telemetry.main, UNNEST(parts(client_id)) AS part

--- two functions, one calls the other
CREATE TEMP FUNCTION one(x INT64) AS (x + 1); CREATE TEMP FUNCTION two(x INT64) AS (one(one(x))); SELECT two(1) AS a

--- an argument of any type
CREATE TEMP FUNCTION same(x ANY TYPE) AS (x); SELECT same(1) AS a, same('x') AS b, same([DATE '2026-11-22']) AS c

--- two arguments of any type
CREATE TEMP FUNCTION either(a ANY TYPE, b ANY TYPE) AS (IF(a = 'x', b, NULL)); SELECT either(client_id, score) AS a FROM telemetry.main

--- any type over an array of the row
CREATE TEMP FUNCTION total(x ANY TYPE) AS ((SELECT SUM(v) FROM UNNEST(x) AS v)); SELECT total([sample_id]) AS a, total([1.5]) AS b FROM telemetry.main

--- a table function
CREATE TABLE FUNCTION telemetry.of_country(wanted STRING) AS SELECT document_id, sample_id FROM telemetry.main WHERE metadata.geo.country = wanted;
SELECT * FROM telemetry.of_country('DE')

--- arguments with names
CREATE TEMP FUNCTION f(a INT64, b STRING) AS (CONCAT(b, a)); SELECT f(b => 'x', a => 1) AS x, f(1, B => 'y') AS y

--- arguments that are given by name
CREATE TEMP FUNCTION less(a INT64, b FLOAT64, c ANY TYPE) AS (STRUCT(a - b AS d, c)); SELECT less(1, c => 'x', b => 2) AS a, less(C => sample_id, b => 1.5, a => 3) AS b FROM telemetry.main
