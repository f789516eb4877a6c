== A function in JavaScript is called for each row
page: user-defined-functions
section: JavaScript UDFs
CREATE TEMP FUNCTION multiplyInputs(x FLOAT64, y FLOAT64) RETURNS FLOAT64 LANGUAGE js AS r"""
  return x*y;
""";
WITH numbers AS (SELECT 1 AS x, 5 AS y UNION ALL SELECT 2, 10 UNION ALL SELECT 3, 15)
SELECT x, y, multiplyInputs(x, y) AS product FROM numbers ORDER BY x
-->
x INT64 | y INT64 | product FLOAT64
1       | 5       | 5.0
2       | 10      | 20.0
3       | 15      | 45.0

== It sees NULL and may return none
page: user-defined-functions
section: SQL type encodings in JavaScript
CREATE TEMP FUNCTION told(x STRING) RETURNS STRING LANGUAGE js AS "return x === null ? 'none' : (x == 'a' ? undefined : x.toUpperCase())";
SELECT told(x) AS y FROM UNNEST(['a', NULL, 'b']) AS x WITH OFFSET AS o ORDER BY o
-->
y STRING
NULL
"none"
"B"

== Structs and arrays come and go
page: user-defined-functions
section: SQL type encodings in JavaScript
CREATE TEMP FUNCTION total(parts ARRAY<STRUCT<key STRING, value FLOAT64>>)
RETURNS STRUCT<`sum` FLOAT64, keys ARRAY<STRING>> LANGUAGE js AS r"""
  return {sum: parts.reduce((sum, part) => sum + part.value, 0), keys: parts.map(part => part.key)};
""";
SELECT total([STRUCT('a' AS key, 1.5 AS value), ('b', 2)]).*
-->
sum FLOAT64 | keys ARRAY<STRING>
3.5         | ["a", "b"]

== JSON, bytes and moments
page: user-defined-functions
section: SQL type encodings in JavaScript
CREATE TEMP FUNCTION j(x JSON) RETURNS JSON LANGUAGE js AS "x.b = x.a + 1; return x";
CREATE TEMP FUNCTION b(x BYTES) RETURNS BYTES LANGUAGE js AS "return x";
CREATE TEMP FUNCTION t(x TIMESTAMP) RETURNS TIMESTAMP LANGUAGE js AS "x.setUTCFullYear(2000); return x";
CREATE TEMP FUNCTION d(x DATE) RETURNS DATE LANGUAGE js AS "return x";
SELECT j(JSON '{"a": 1}') AS j, b(b'\x00\xff') AS b, t(TIMESTAMP '2024-02-29 01:02:03.000456') AS t, d(DATE '1969-12-31') AS d
-->
j JSON              | b BYTES       | t TIMESTAMP                                  | d DATE
JSON '{"a":1,"b":2}' | b"\x00\xff"   | TIMESTAMP "2000-02-29 01:02:03.000456+00"    | DATE "1969-12-31"

== SQL functions call JavaScript ones, and SAFE. turns what is thrown to NULL
page: user-defined-functions
section: JavaScript UDFs
CREATE TEMP FUNCTION js(x STRING) RETURNS INT64 LANGUAGE js AS "if (x == 'bad') throw new Error('bad'); return x.length";
CREATE TEMP FUNCTION twice(x STRING) AS (2 * js(x));
SELECT twice('abc') AS a, SAFE.js('bad') AS b, SAFE.js('good') AS c
-->
a INT64 | b INT64 | c INT64
6       | NULL    | 4

== A name that is not declared holds for one call
page: user-defined-functions
section: JavaScript UDFs
CREATE TEMP FUNCTION counted(x STRING) RETURNS FLOAT64 LANGUAGE js AS "n = typeof n === 'undefined' ? 1 : n + 1; for (i = 0; i < x.length; i++) n = n * 10; return n;";
SELECT counted(x) AS n FROM UNNEST(['', 'a', 'bb']) AS x WITH OFFSET AS o ORDER BY o
-->
n FLOAT64
1.0
10.0
100.0

== A number is true or false
page: user-defined-functions
section: SQL type encodings in JavaScript
CREATE TEMP FUNCTION is_odd(x FLOAT64) RETURNS BOOL LANGUAGE js AS "return x % 2";
SELECT is_odd(3) AS a, is_odd(4) AS b, is_odd(CAST('nan' AS FLOAT64)) AS c, is_odd(NULL) AS d
-->
a BOOL | b BOOL | c BOOL | d BOOL
true   | false  | false  | false
