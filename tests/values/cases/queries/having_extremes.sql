== Aggregates of the rows where another value is largest or smallest
page: aggregate-function-calls
section: HAVING MAX clause
SELECT SUM(x HAVING MAX y) AS largest, SUM(x HAVING MIN y) AS smallest, COUNTIF(x > 1 HAVING MAX y) AS above, COUNTIF(x > 1 HAVING MIN y) AS below,
  BIT_OR(x HAVING MAX y) AS bits, BIT_OR(x HAVING MIN y) AS few
FROM UNNEST([STRUCT(1 AS x, 1 AS y), (2, 2), (4, 2), (8, 3)]) WHERE y < 3
-->
largest INT64 | smallest INT64 | above INT64 | below INT64 | bits INT64 | few INT64
6 | 1 | 2 | 0 | 6 | 1

== Deviations, correlations, quantiles and sums of every type of the rows where another value is extreme
page: aggregate-function-calls
section: HAVING MAX clause
SELECT STDDEV_POP(x HAVING MAX k) AS pop, STDDEV(x HAVING MIN k) AS samp, VAR_SAMP(x HAVING MAX k) AS var, COVAR_POP(x, y HAVING MAX k) AS covar,
  COVAR_SAMP(x, y HAVING MIN k) AS one, CORR(x, y HAVING MAX k) AS corr, APPROX_QUANTILES(x, 2 HAVING MAX k) AS halves,
  APPROX_TOP_COUNT(x, 1 HAVING MIN k) AS top, APPROX_COUNT_DISTINCT(x HAVING MAX k) AS n
FROM UNNEST([STRUCT(2.0 AS x, 4.0 AS y, 2 AS k), (4.0, 8.0, 2), (9.0, 9.0, 1), (6.0, 12.0, 2)]) WHERE x != 6.0
-->
pop FLOAT64 | samp FLOAT64 | var FLOAT64 | covar FLOAT64 | one FLOAT64 | corr FLOAT64 | halves ARRAY<FLOAT64> | top ARRAY<STRUCT<value FLOAT64, count INT64>> | n INT64
1.0 | NULL | 2.0 | 2.0 | NULL | 1.0 | [2.0, 2.0, 4.0] | [(9.0, 1)] | 2

== Decimals, intervals, bytes and arrays of the rows where another value is extreme
page: aggregate-function-calls
section: HAVING MIN clause
SELECT SUM(n HAVING MIN k) AS s, AVG(n HAVING MIN k) AS a, SUM(CAST(n AS BIGNUMERIC) HAVING MAX k) AS b, AVG(CAST(n AS BIGNUMERIC) HAVING MIN k) AS c,
  BIT_OR(y HAVING MIN k) AS bits, STRING_AGG(y HAVING MIN k ORDER BY y) AS joined, SUM(MAKE_INTERVAL(hour => h) HAVING MIN k) AS i,
  ARRAY_CONCAT_AGG([h, k] HAVING MIN k ORDER BY h LIMIT 1) AS l
FROM UNNEST([STRUCT(NUMERIC '1.5' AS n, b'\x01' AS y, 1 AS h, 1 AS k), (NUMERIC '2', b'\x02', 2, 1), (NUMERIC '8', b'\x04', 3, 2)])
-->
s NUMERIC | a NUMERIC | b BIGNUMERIC | c BIGNUMERIC | bits BYTES | joined BYTES | i INTERVAL | l ARRAY<INT64>
NUMERIC "3.5" | NUMERIC "1.75" | BIGNUMERIC "8" | BIGNUMERIC "1.75" | b"\x03" | b"\x01,\x02" | INTERVAL "0-0 0 3:0:0" YEAR TO SECOND | [1, 1]

== HAVING MAX beside DISTINCT
page: aggregate-function-calls
section: Aggregate function call syntax
SELECT SUM(DISTINCT x HAVING MAX k) AS s, COUNT(DISTINCT x HAVING MAX k) AS n, AVG(DISTINCT x HAVING MIN k) AS a
FROM UNNEST([STRUCT(1 AS x, 2 AS k), (1, 2), (3, 2), (NULL, 2), (5, 1), (5, 1)])
-->
s INT64 | n INT64 | a FLOAT64
4 | 2 | 5.0

== Groups whose every key is NULL, and no rows
page: aggregate-function-calls
section: HAVING MAX clause
SELECT STDDEV_POP(x HAVING MAX x) AS a, CORR(x, x HAVING MIN x) AS b, APPROX_QUANTILES(x, 2 HAVING MAX x) AS c, SUM(CAST(x AS NUMERIC) HAVING MAX x) AS d,
  AVG(CAST(x AS NUMERIC) HAVING MAX x) AS e, APPROX_COUNT_DISTINCT(x HAVING MAX x) AS f
FROM UNNEST(ARRAY<FLOAT64>[]) AS x
-->
a FLOAT64 | b FLOAT64 | c ARRAY<FLOAT64> | d NUMERIC | e NUMERIC | f INT64
NULL | NULL | NULL | NULL | NULL | 0

== Sums of extreme rows decide about groups
page: aggregate-function-calls
section: HAVING MAX clause
SELECT k, SUM(v HAVING MAX v) + SUM(v HAVING MIN v) AS s FROM UNNEST([STRUCT(1 AS k, 2 AS v), (1, 0), (2, 1)]) GROUP BY k HAVING SUM(v HAVING MAX v) > 1
-->
k INT64 | s INT64
1 | 2

== HAVING MIN leaves its rows to a covariance and a correlation
page: aggregate-function-calls
section: HAVING MAX clause
SELECT COVAR_SAMP(x, y HAVING MIN k) AS covariance, ROUND(CORR(x, y HAVING MIN k), 9) AS correlation
FROM UNNEST([STRUCT(1.0 AS x, 2.0 AS y, 1 AS k), (2.0, 4.0, 1), (3.0, 6.0, 1), (1.0, 3.0, 2), (2.0, 2.0, 2), (3.0, 1.0, 2)])
-->
covariance FLOAT64 | correlation FLOAT64
2.0                | 1.0
