== ARRAY_AGG with all of its clauses
page: aggregate_functions
section: ARRAY_AGG
SELECT ARRAY_AGG(x IGNORE NULLS ORDER BY x DESC LIMIT 2) AS a, ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x) AS b, ARRAY_AGG(x IGNORE NULLS ORDER BY x LIMIT 1)[SAFE_OFFSET(0)] AS c FROM UNNEST([2, 1, NULL, 3, 2]) AS x
-->
a ARRAY<INT64> | b ARRAY<INT64> | c INT64
[3, 2]         | [1, 2, 3]      | 1

== Different floats in their order
page: aggregate_functions
section: ARRAY_AGG
SELECT ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x) AS a, ARRAY_AGG(DISTINCT x IGNORE NULLS ORDER BY x DESC) AS b, ARRAY_AGG(x IGNORE NULLS ORDER BY x) AS c FROM UNNEST([2.5, CAST('NaN' AS FLOAT64), 1.5, 2.5]) AS x
-->
a ARRAY<FLOAT64> | b ARRAY<FLOAT64> | c ARRAY<FLOAT64>
[CAST("nan" AS FLOAT64), 1.5, 2.5] | [2.5, 1.5, CAST("nan" AS FLOAT64)] | [CAST("nan" AS FLOAT64), 1.5, 2.5, 2.5]

== Aggregates of nothing
page: aggregate_functions
section: ARRAY_AGG
SELECT ARRAY_AGG(x) AS a, STRING_AGG(CAST(x AS STRING)) AS s, SUM(x) AS t, COUNT(x) AS n, ARRAY_CONCAT_AGG([x]) AS c, LOGICAL_AND(x > 0) AS l, ANY_VALUE(x) AS v FROM UNNEST(ARRAY<INT64>[]) AS x
-->
a ARRAY<INT64> | s STRING | t INT64 | n INT64 | c ARRAY<INT64> | l BOOL | v INT64
NULL           | NULL     | NULL    | 0       | NULL           | NULL   | NULL

== Arrays one after the other
page: aggregate_functions
section: ARRAY_CONCAT_AGG
SELECT ARRAY_CONCAT_AGG(x ORDER BY ARRAY_LENGTH(x)) AS a, ARRAY_CONCAT_AGG(x ORDER BY ARRAY_LENGTH(x) LIMIT 1) AS b FROM (SELECT [1, 2] AS x UNION ALL SELECT [3] UNION ALL SELECT NULL)
-->
a ARRAY<INT64> | b ARRAY<INT64>
[3, 1, 2]      | [3]

== Texts, different, ordered, the first ones
page: aggregate_functions
section: STRING_AGG
SELECT STRING_AGG(x, '-' ORDER BY x DESC) AS a, STRING_AGG(DISTINCT x, '-' ORDER BY x) AS b, STRING_AGG(x, '-' ORDER BY x LIMIT 2) AS c, STRING_AGG(x ORDER BY x) AS d FROM UNNEST(['b', 'a', NULL, 'b']) AS x
-->
a STRING | b STRING | c STRING | d STRING
"b-b-a"  | "a-b"    | "a-b"    | "a,b,b"

== Bytes
page: aggregate_functions
section: STRING_AGG
SELECT STRING_AGG(x, b'\x00' ORDER BY x) AS a, STRING_AGG(x ORDER BY x) AS b FROM UNNEST([b'\xff', b'a']) AS x
-->
a BYTES         | b BYTES
b"a\x00\xff"    | b"a,\xff"

== Only rows where a value is largest or smallest
page: aggregate-function-calls
section: HAVING MAX clause
SELECT ANY_VALUE(s HAVING MAX n) AS a, ANY_VALUE(s HAVING MIN n) AS b, MAX(s HAVING MIN n) AS c, ARRAY_AGG(s HAVING MAX n ORDER BY s) AS d FROM UNNEST([STRUCT('a' AS s, 1 AS n), ('b', 2), ('c', 1), ('d', NULL), ('e', 2)]) WHERE s != 'x'
-->
a STRING | b STRING | c STRING | d ARRAY<STRING>
"b"      | "a"      | "c"      | ["b", "e"]

== Where it is NULL for all, all rows are meant
page: aggregate-function-calls
section: HAVING MAX clause
SELECT ANY_VALUE(s HAVING MAX n) AS a, ARRAY_AGG(s HAVING MIN n) AS d FROM UNNEST([STRUCT('a' AS s, CAST(NULL AS INT64) AS n)])
-->
a STRING | d ARRAY<STRING>
"a"      | ["a"]

== Different values are counted without NULL, structs among them
page: aggregate_functions
section: COUNT
SELECT COUNT(DISTINCT x) AS a, COUNT(DISTINCT STRUCT(x)) AS b, COUNTIF(x > 1) AS c, COUNT(*) AS d FROM UNNEST([1, 1, 2, NULL]) AS x
-->
a INT64 | b INT64 | c INT64 | d INT64
2       | 3       | 1       | 4

== A sum that leaves INT64 fails
page: aggregate_functions
section: SUM
SELECT SUM(x) AS s FROM UNNEST([9223372036854775807, 1]) AS x
--> error

== HAVING MAX and HAVING MIN leave the rows of one extreme to every aggregate
page: aggregate-function-calls
section: Restrict aggregation with a HAVING clause
SELECT AVG(x HAVING MAX y) AS a, SUM(x HAVING MIN y) AS s, COUNT(* HAVING MAX y) AS n, COUNTIF(x > 1 HAVING MAX y) AS i, STRING_AGG(CAST(x AS STRING), '|' HAVING MAX y ORDER BY x DESC) AS t, BIT_OR(x HAVING MAX y) AS b, LOGICAL_AND(x > 1 HAVING MAX y) AS l FROM UNNEST([STRUCT(1 AS x, 5 AS y), (2, 5), (3, 1), (4, NULL)])
-->
a FLOAT64 | s INT64 | n INT64 | i INT64 | t STRING | b INT64 | l BOOL
1.5       | 3       | 2       | 1       | "2|1"    | 3       | false

== HAVING MAX of no rows
page: aggregate-function-calls
section: Restrict aggregation with a HAVING clause
SELECT AVG(x HAVING MAX x) AS a, COUNT(x HAVING MAX x) AS n, COUNTIF(x > 1 HAVING MAX x) AS i, STRING_AGG(CAST(x AS STRING) HAVING MAX x) AS t FROM UNNEST(ARRAY<INT64>[]) AS x
-->
a FLOAT64 | n INT64 | i INT64 | t STRING
NULL      | 0       | 0       | NULL
