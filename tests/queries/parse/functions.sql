--- an expression
CREATE OR REPLACE FUNCTION d.f(a INT64, b STRING) AS (a + LENGTH(b));
--- a query
CREATE OR REPLACE FUNCTION d.f(a ARRAY<STRUCT<key STRING, value INT64>>) RETURNS INT64 AS ((SELECT SUM(value) FROM UNNEST(a)));
--- a query that begins with WITH
CREATE FUNCTION d.f(a STRING) AS ((WITH x AS (SELECT a AS y) SELECT y FROM x));
--- arguments of any type
CREATE FUNCTION d.f(map ANY TYPE, k ANY TYPE) AS ((SELECT value FROM UNNEST(map) WHERE key = k LIMIT 1));
--- an array of a query
CREATE OR REPLACE FUNCTION `p-1`.d.f(x ANY TYPE) AS (ARRAY(SELECT AS STRUCT * REPLACE (1 AS a) FROM UNNEST(x)));
--- options
CREATE FUNCTION IF NOT EXISTS d.f() RETURNS STRING OPTIONS (description = 'x', x = [('a', 1)]) AS ('x');
--- options behind the body
CREATE FUNCTION d.f(a INT64) RETURNS INT64 AS (a) OPTIONS (description = "y");
--- JavaScript
CREATE OR REPLACE FUNCTION d.f(a STRING, b ARRAY<INT64>) RETURNS ARRAY<STRUCT<x STRING, y INT64>> LANGUAGE js AS """
  // a comment with 'quotes' and `ticks`
  if (a === null || b.length > 1 && true) { return []; }
  return b.map((y) => ({x: a, y: y}));
""";
--- JavaScript in raw texts, deterministic or not, with a library
CREATE TEMP FUNCTION f(a BYTES) RETURNS STRING DETERMINISTIC LANGUAGE js OPTIONS (library = ["gs://b/l.js", 'gs://b/m.js']) AS r'''
  return a.replace(/\d+'"/g, "\n");
''';
--- not deterministic, options behind
CREATE TEMPORARY FUNCTION f() RETURNS FLOAT64 NOT DETERMINISTIC LANGUAGE js AS "return Math.random();" OPTIONS (library = 'gs://b/l.js');
--- the language before what is returned
CREATE FUNCTION d.f(a INT64) RETURNS INT64 LANGUAGE JAVASCRIPT AS 'return a';
--- assertions behind a function
CREATE OR REPLACE FUNCTION d.f(a STRING) AS (CASE WHEN a IS NULL THEN 'none' ELSE a END);
-- Checks
SELECT assert_like.equals('none', d.f(NULL)), assert_like.is_true(d.f('x') = 'x');
--- several functions, then a query
CREATE TEMP FUNCTION one(a INT64) AS (a + 1);
CREATE TEMP FUNCTION two(a INT64) RETURNS INT64 AS (one(one(a)));
SELECT two(1) AS x;
--- a fail within an expression
CREATE FUNCTION d.f(a ANY TYPE, b ANY TYPE) AS (IF(a IS NOT DISTINCT FROM b, TRUE, ERROR(CONCAT('Expected ', TO_JSON_STRING(a), ' but got ', TO_JSON_STRING(b)))));
--- an argument called like a keyword
CREATE FUNCTION d.f(date DATE, offset INT64, value STRING, `range` INT64) AS (DATE_ADD(date, INTERVAL offset DAY));
--- aggregate functions
CREATE AGGREGATE FUNCTION d.f(a FLOAT64, b FLOAT64 NOT AGGREGATE) RETURNS FLOAT64 AS (SUM(a) / b);
--- temporary aggregate functions
CREATE TEMP AGGREGATE FUNCTION f(a INT64) AS (SUM(a) + COUNT(*)); SELECT f(x) FROM UNNEST([1]) AS x;
--- table functions
CREATE OR REPLACE TABLE FUNCTION d.f(a DATE, b ARRAY<STRING>) RETURNS TABLE<x INT64, y STRING> AS SELECT 1 AS x, 'a' AS y FROM d.t WHERE day = a;
--- table functions without what they return
CREATE TABLE FUNCTION d.f(a INT64) AS (SELECT * FROM d.t WHERE x = a);
--- a table function with a table as an argument
CREATE TABLE FUNCTION d.f(t TABLE<a INT64, b STRING>, n INT64) AS SELECT a FROM t LIMIT 1;
--- a table function with WITH and options
CREATE OR REPLACE TABLE FUNCTION d.f(a INT64) OPTIONS (description = 'x') AS (WITH x AS (SELECT a AS y) SELECT * FROM x);
--- a remote function
CREATE FUNCTION d.f(a STRING) RETURNS STRING REMOTE WITH CONNECTION `p-1.us.c` OPTIONS (endpoint = 'https://x', max_batching_rows = 10);
--- a function in Python
CREATE FUNCTION d.f(a INT64) RETURNS INT64 LANGUAGE python OPTIONS (entry_point = 'f', runtime_version = 'python-3.11') AS r'''
def f(a):
  return a
''';
--- a function in Python with a connection
CREATE FUNCTION d.f(a INT64) RETURNS INT64 LANGUAGE python WITH CONNECTION `us.c` OPTIONS (entry_point = 'f') AS 'x';
--- nested types over lines with comments
CREATE FUNCTION d.f(
  a STRUCT< -- one
    b ARRAY<
      STRUCT<c STRING, d STRUCT<e INT64>>
    >
  >
)
RETURNS ARRAY<STRUCT<key STRING, value FLOAT64>>
AS (
  (SELECT ARRAY_AGG(STRUCT(c AS key, 1.0 AS value)) FROM UNNEST(a.b))
);
--- data governance
CREATE FUNCTION d.f(a STRING) RETURNS STRING OPTIONS (data_governance_type = 'DATA_MASKING') AS (SAFE.REGEXP_REPLACE(a, '[0-9]', 'X'));
--- a struct as the body
CREATE FUNCTION d.f(a STRING) AS (STRUCT(a AS x, SPLIT(a, '.')[SAFE_OFFSET(0)] AS y, [1, 2] AS z));
--- types with parameters
CREATE FUNCTION d.f(a NUMERIC) RETURNS BIGNUMERIC AS (CAST(a AS BIGNUMERIC(20, 2)));
--- dropped
DROP FUNCTION IF EXISTS d.f; DROP TABLE FUNCTION d.f;
