== SUM of whole numbers, floats and decimals
page: aggregate_functions
section: SUM
SELECT SUM(i) AS i, SUM(f) AS f, SUM(n) AS n, SUM(b) AS b, SUM(DISTINCT i) AS d
FROM UNNEST([STRUCT(2 AS i, 0.5 AS f, NUMERIC '0.1' AS n, BIGNUMERIC '1e-38' AS b),
  (2, 1.5, NUMERIC '0.2', BIGNUMERIC '1'), (NULL, NULL, NULL, NULL)])
-->
i INT64 | f FLOAT64 | n NUMERIC | b BIGNUMERIC | d INT64
4 | 2.0 | NUMERIC "0.3" | BIGNUMERIC "1.00000000000000000000000000000000000001" | 2

== SUM of nothing and of NULLs is NULL
page: aggregate_functions
section: SUM
SELECT SUM(i) AS i, SUM(CAST(i AS FLOAT64)) AS f, SUM(CAST(i AS NUMERIC)) AS n, SUM(CAST(i AS BIGNUMERIC)) AS b,
  AVG(i) AS a, AVG(CAST(i AS NUMERIC)) AS c, AVG(CAST(i AS BIGNUMERIC)) AS d
FROM UNNEST([CAST(NULL AS INT64), NULL]) AS i
-->
i INT64 | f FLOAT64 | n NUMERIC | b BIGNUMERIC | a FLOAT64 | c NUMERIC | d BIGNUMERIC
NULL | NULL | NULL | NULL | NULL | NULL | NULL

== SUM of INT64 overflows
page: aggregate_functions
section: SUM
SELECT SUM(i) AS i FROM UNNEST([9223372036854775807, 1]) AS i
--> error

== SUM of INT64 has room on the way
page: aggregate_functions
section: SUM
SELECT SUM(i) AS i FROM UNNEST([9223372036854775807, 1, -2]) AS i
-->
i INT64
9223372036854775806

== SUM of NUMERIC overflows
page: aggregate_functions
section: SUM
SELECT SUM(n) AS n FROM UNNEST([NUMERIC '99999999999999999999999999999', NUMERIC '20000000000000000000000000000']) AS n
--> error: verflow

== SUM of FLOAT64 overflows
page: aggregate_functions
section: SUM
SELECT SUM(f) AS f FROM UNNEST([1e308, 1e308]) AS f
--> error: verflow

== SUM with infinities and NaN
page: aggregate_functions
section: SUM
SELECT k, SUM(CAST(f AS FLOAT64)) AS f, AVG(CAST(f AS FLOAT64)) AS a
FROM UNNEST([STRUCT('i' AS k, 'inf' AS f), ('i', '1'), ('n', 'inf'), ('n', '-inf'), ('x', 'nan'), ('x', '1')])
GROUP BY k ORDER BY k
-->
k STRING | f FLOAT64 | a FLOAT64
"i" | CAST("inf" AS FLOAT64) | CAST("inf" AS FLOAT64)
"n" | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64)
"x" | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64)

== AVG keeps decimals decimals
page: aggregate_functions
section: AVG
SELECT AVG(i) AS i, AVG(f) AS f, AVG(n) AS n, AVG(b) AS b, AVG(DISTINCT i) AS d
FROM UNNEST([STRUCT(0 AS i, 0.5 AS f, NUMERIC '0' AS n, BIGNUMERIC '0' AS b),
  (0, 1.5, NUMERIC '0', BIGNUMERIC '0'), (2, 4.0, NUMERIC '2', BIGNUMERIC '2'), (NULL, NULL, NULL, NULL)])
-->
i FLOAT64 | f FLOAT64 | n NUMERIC | b BIGNUMERIC | d FLOAT64
0.66666666666666663 | 2.0 | NUMERIC "0.666666667" | BIGNUMERIC "0.66666666666666666666666666666666666667" | 1.0

== MIN and MAX with NaN are NaN
page: aggregate_functions
section: MIN
SELECT MIN(CAST(f AS FLOAT64)) AS least, MAX(CAST(f AS FLOAT64)) AS most FROM UNNEST(['1', 'nan', 'inf', NULL]) AS f
-->
least FLOAT64 | most FLOAT64
CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64)

== MIN and MAX of BIGNUMERIC, and groups of them
page: aggregate_functions
section: MAX
SELECT MIN(b) AS least, MAX(b) AS most, COUNT(DISTINCT b) AS different
FROM UNNEST([BIGNUMERIC '-10', BIGNUMERIC '-2', BIGNUMERIC '1e-38', BIGNUMERIC '-2', NULL]) AS b
-->
least BIGNUMERIC | most BIGNUMERIC | different INT64
BIGNUMERIC "-10" | BIGNUMERIC "0.00000000000000000000000000000000000001" | 3

== BIGNUMERIC in the order of numbers
page: data-types
section: Decimal types
SELECT b FROM UNNEST([BIGNUMERIC '2', BIGNUMERIC '-10', NULL, BIGNUMERIC '-2', BIGNUMERIC '10']) AS b ORDER BY b
-->
b BIGNUMERIC
NULL
BIGNUMERIC "-10"
BIGNUMERIC "-2"
BIGNUMERIC "2"
BIGNUMERIC "10"

== BIGNUMERIC among the rows of a query of other numbers
page: operators
section: IN operators
SELECT x, x IN (SELECT 1 UNION ALL SELECT 3) AS whole, x IN (SELECT NUMERIC '2.5') AS exact
FROM UNNEST([BIGNUMERIC '1', BIGNUMERIC '2.5']) AS x
-->
x BIGNUMERIC | whole BOOL | exact BOOL
BIGNUMERIC "1" | true | false
BIGNUMERIC "2.5" | false | true

== BIGNUMERIC joined with other numbers
page: query-syntax
section: Join operation
SELECT x, y FROM UNNEST([BIGNUMERIC '1', BIGNUMERIC '2.5']) AS x JOIN UNNEST([NUMERIC '2.5', NUMERIC '3']) AS y ON x = y
-->
x BIGNUMERIC | y NUMERIC
BIGNUMERIC "2.5" | NUMERIC "2.5"

== BIGNUMERIC in a set of rows of all numbers
page: query-syntax
section: UNION
SELECT BIGNUMERIC '0.5' AS x UNION DISTINCT SELECT NUMERIC '0.5' UNION DISTINCT SELECT 1
-->
x BIGNUMERIC
BIGNUMERIC "0.5"
BIGNUMERIC "1"

== Counts of nothing and of NULLs
page: aggregate_functions
section: COUNT
SELECT COUNT(*) AS n, COUNT(x) AS present, COUNT(DISTINCT x) AS different, COUNTIF(x > 1) AS larger, COUNTIF(NULL) AS none
FROM UNNEST([1, 2, 2, NULL]) AS x
-->
n INT64 | present INT64 | different INT64 | larger INT64 | none INT64
4 | 3 | 2 | 2 | 0

== Counts of no rows
page: aggregate_functions
section: COUNTIF
SELECT COUNT(*) AS n, COUNT(x) AS present, COUNTIF(x > 1) AS larger, LOGICAL_AND(x > 1) AS every, LOGICAL_OR(x > 1) AS either,
  BIT_AND(x) AS bits, ANY_VALUE(x) AS one, APPROX_COUNT_DISTINCT(x) AS about
FROM UNNEST(CAST([] AS ARRAY<INT64>)) AS x
-->
n INT64 | present INT64 | larger INT64 | every BOOL | either BOOL | bits INT64 | one INT64 | about INT64
0 | 0 | 0 | NULL | NULL | NULL | NULL | 0

== COUNT DISTINCT takes NaN for one value and the zeros for another
page: aggregate_functions
section: COUNT
SELECT COUNT(DISTINCT CAST(f AS FLOAT64)) AS different FROM UNNEST(['nan', 'nan', '0', '-0', NULL]) AS f
-->
different INT64
2

== Truths pass over NULL
page: aggregate_functions
section: LOGICAL_AND
SELECT LOGICAL_AND(x < 3) AS every, LOGICAL_OR(x = 2) AS either, LOGICAL_AND(NULL) AS none FROM UNNEST([1, NULL, 2]) AS x
-->
every BOOL | either BOOL | none BOOL
true | true | NULL

== Bits pass over NULL
page: aggregate_functions
section: BIT_XOR
SELECT BIT_AND(x) AS both, BIT_OR(x) AS either, BIT_XOR(x) AS odd, BIT_XOR(DISTINCT x) AS odd_once
FROM UNNEST([0xF001, 0x00A1, 0x00A1, NULL]) AS x
-->
both INT64 | either INT64 | odd INT64 | odd_once INT64
1 | 61601 | 61441 | 61600

== Variances of one value
page: statistical_aggregate_functions
section: VAR_SAMP
SELECT VAR_SAMP(x) AS a, VAR_POP(x) AS b, VARIANCE(x) AS c, STDDEV_SAMP(x) AS d, STDDEV_POP(x) AS e, STDDEV(x) AS f
FROM UNNEST([14.0, NULL]) AS x
-->
a FLOAT64 | b FLOAT64 | c FLOAT64 | d FLOAT64 | e FLOAT64 | f FLOAT64
NULL | 0.0 | NULL | NULL | 0.0 | NULL

== Variances of several values
page: statistical_aggregate_functions
section: VAR_POP
SELECT VAR_SAMP(x) AS a, VAR_POP(x) AS b, VARIANCE(x) AS c, ROUND(STDDEV_POP(x), 9) AS e, ROUND(VAR_POP(DISTINCT x), 9) AS f
FROM UNNEST([1, 2, 2, 2, 3, NULL]) AS x
-->
a FLOAT64 | b FLOAT64 | c FLOAT64 | e FLOAT64 | f FLOAT64
0.5 | 0.4 | 0.5 | 0.632455532 | 0.666666667

== Variances with infinity or NaN are NaN
page: statistical_aggregate_functions
section: STDDEV_POP
SELECT VAR_SAMP(CAST(x AS FLOAT64)) AS a, STDDEV_POP(CAST(x AS FLOAT64)) AS b, STDDEV(CAST(x AS FLOAT64)) AS c,
  VARIANCE(CAST(x AS FLOAT64)) AS d, STDDEV_SAMP(CAST(x AS FLOAT64)) AS e, VAR_POP(CAST(x AS FLOAT64)) AS f
FROM UNNEST(['1', 'inf', '3']) AS x
-->
a FLOAT64 | b FLOAT64 | c FLOAT64 | d FLOAT64 | e FLOAT64 | f FLOAT64
CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64)

== Variances of nothing
page: statistical_aggregate_functions
section: STDDEV_SAMP
SELECT VAR_SAMP(x) AS a, VAR_POP(x) AS b, STDDEV_POP(x) AS c, CORR(x, x) AS d, COVAR_POP(x, x) AS e
FROM UNNEST([CAST(NULL AS FLOAT64)]) AS x
-->
a FLOAT64 | b FLOAT64 | c FLOAT64 | d FLOAT64 | e FLOAT64
NULL | NULL | NULL | NULL | NULL

== Covariance looks at pairs without NULL
page: statistical_aggregate_functions
section: COVAR_SAMP
SELECT ROUND(COVAR_POP(y, x), 9) AS pop, COVAR_SAMP(y, x) AS samp, ROUND(CORR(y, x), 9) AS corr
FROM UNNEST([STRUCT(1.0 AS y, 5.0 AS x), (3.0, 9.0), (4.0, 7.0), (NULL, 100.0), (CAST('inf' AS FLOAT64), NULL)])
-->
pop FLOAT64 | samp FLOAT64 | corr FLOAT64
1.333333333 | 2.0 | 0.654653671

== Covariance of one pair
page: statistical_aggregate_functions
section: CORR
SELECT COVAR_POP(y, x) AS pop, COVAR_SAMP(y, x) AS samp, CORR(y, x) AS corr FROM UNNEST([STRUCT(1.0 AS y, 5.0 AS x)])
-->
pop FLOAT64 | samp FLOAT64 | corr FLOAT64
0.0 | NULL | NULL

== Covariance with NaN, and correlation without spread, are NaN
page: statistical_aggregate_functions
section: CORR
SELECT COVAR_POP(y, x) AS pop, COVAR_SAMP(y, x) AS samp, CORR(y, x) AS corr, CORR(x, x) AS flat
FROM UNNEST([STRUCT(1.0 AS y, 5.0 AS x), (CAST('nan' AS FLOAT64), 5.0)])
-->
pop FLOAT64 | samp FLOAT64 | corr FLOAT64 | flat FLOAT64
CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64)

== Bits of several values
page: aggregate_functions
section: BIT_AND
SELECT BIT_AND(x) AS both, BIT_OR(x) AS either, BIT_XOR(x) AS odd FROM UNNEST([5678, 1234]) AS x
-->
both INT64 | either INT64 | odd INT64
1026 | 5886 | 4860

== Bits of NULLs
page: aggregate_functions
section: BIT_OR
SELECT BIT_AND(x) AS both, BIT_OR(x) AS either, BIT_XOR(x) AS odd FROM UNNEST([CAST(NULL AS INT64), NULL]) AS x
-->
both INT64 | either INT64 | odd INT64
NULL | NULL | NULL

== Bits of negative numbers
page: aggregate_functions
section: BIT_XOR
SELECT BIT_AND(x) AS both, BIT_OR(x) AS either, BIT_XOR(x) AS odd FROM UNNEST([-1, 6]) AS x
-->
both INT64 | either INT64 | odd INT64
6 | -1 | -7

== Truths of several values
page: aggregate_functions
section: LOGICAL_OR
SELECT LOGICAL_AND(x > 1) AS every, LOGICAL_OR(x > 1) AS either FROM UNNEST([1, 2]) AS x
-->
every BOOL | either BOOL
false | true

== Deviations of several values
page: statistical_aggregate_functions
section: STDDEV
SELECT STDDEV(x) AS a, STDDEV_SAMP(x) AS b, STDDEV_POP(x) AS c, STDDEV_SAMP(DISTINCT x) AS d FROM UNNEST([2, 4, 4, 6, 4]) AS x
-->
a FLOAT64 | b FLOAT64 | c FLOAT64 | d FLOAT64
1.4142135623730951 | 1.4142135623730951 | 1.2649110640673518 | 2.0

== Deviations of decimals are floats
page: statistical_aggregate_functions
section: STDDEV_SAMP
SELECT STDDEV(x) AS a, VAR_SAMP(x) AS b FROM UNNEST([NUMERIC '1', NUMERIC '3', NUMERIC '5']) AS x
-->
a FLOAT64 | b FLOAT64
2.0 | 4.0

== The value beside an extreme, of NULLs
page: aggregate_functions
section: MIN_BY
SELECT MAX_BY(f, x) AS most, MIN_BY(f, x) AS least
FROM UNNEST([STRUCT(CAST(NULL AS STRING) AS f, 3 AS x), ('pear', 2), (NULL, 1), ('fig', NULL)])
-->
most STRING | least STRING
NULL | NULL

== The value beside an extreme of dates
page: aggregate_functions
section: MAX_BY
SELECT MAX_BY(f, x) AS most, MIN_BY(f, x) AS least
FROM UNNEST([STRUCT(1 AS f, DATE '2024-02-29' AS x), (2, DATE '2023-12-31')])
-->
most INT64 | least INT64
1 | 2

== The value beside an extreme
page: aggregate_functions
section: MAX_BY
SELECT MAX_BY(f, x) AS most, MIN_BY(f, x) AS least
FROM UNNEST([STRUCT('apple' AS f, 8 AS x, CAST(NULL AS INT64) AS n), ('pear', NULL, NULL), ('fig', 20, NULL)])
WHERE f != 'fig' OR TRUE
-->
most STRING | least STRING
"fig" | "apple"
