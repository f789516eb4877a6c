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
