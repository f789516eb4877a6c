== Few different values are counted exactly
page: approximate_aggregate_functions
section: APPROX_COUNT_DISTINCT
SELECT APPROX_COUNT_DISTINCT(x) AS n, APPROX_COUNT_DISTINCT(NULL) AS none FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS x
-->
n INT64 | none INT64
1000 | 0

== NaN is one value, NULL is none
page: approximate_aggregate_functions
section: APPROX_COUNT_DISTINCT
SELECT k, APPROX_COUNT_DISTINCT(CAST(x AS FLOAT64)) AS n
FROM UNNEST([STRUCT('a' AS k, 'nan' AS x), ('a', 'nan'), ('a', '1'), ('b', NULL)]) GROUP BY k
-->
k STRING | n INT64
"a" | 2
"b" | 0

== Different texts, windows
page: approximate_aggregate_functions
section: APPROX_COUNT_DISTINCT
SELECT APPROX_COUNT_DISTINCT(x) OVER () AS n FROM UNNEST(['a', 'b', 'a']) AS x LIMIT 1
-->
n INT64
2

== Bounds of two parts
page: approximate_aggregate_functions
section: APPROX_QUANTILES
SELECT APPROX_QUANTILES(x, 2) AS a, APPROX_QUANTILES(x, 100)[OFFSET(90)] AS b, APPROX_QUANTILES(DISTINCT x, 2) AS c
FROM UNNEST([NULL, NULL, 1, 1, 1, 4, 5, 6, 7, 8, 9, 10]) AS x
-->
a ARRAY<INT64> | b INT64 | c ARRAY<INT64>
[1, 5, 10] | 9 | [1, 6, 10]

== NULL is the smallest value where it counts
page: approximate_aggregate_functions
section: APPROX_QUANTILES
SELECT FORMAT('%T', APPROX_QUANTILES(x, 2 RESPECT NULLS)) AS a, FORMAT('%T', APPROX_QUANTILES(DISTINCT x, 2 RESPECT NULLS)) AS b
FROM UNNEST([NULL, NULL, 1, 1, 1, 4, 5, 6, 7, 8, 9, 10]) AS x
-->
a STRING | b STRING
"[NULL, 4, 10]" | "[NULL, 6, 10]"

== NaN is the smallest number
page: data-types
section: Floating point semantics
SELECT APPROX_QUANTILES(CAST(x AS FLOAT64), 2) AS a FROM UNNEST(['1', 'nan', '3']) AS x
-->
a ARRAY<FLOAT64>
[CAST("nan" AS FLOAT64), 1.0, 3.0]

== Quantiles of nothing
page: approximate_aggregate_functions
section: APPROX_QUANTILES
SELECT APPROX_QUANTILES(x, 2) IS NULL AS a, APPROX_TOP_COUNT(x, 2) IS NULL AS b FROM UNNEST(CAST([] AS ARRAY<INT64>)) AS x
-->
a BOOL | b BOOL
true | true

== The most frequent values
page: approximate_aggregate_functions
section: APPROX_TOP_COUNT
SELECT APPROX_TOP_COUNT(x, 2) AS top FROM UNNEST(['apple', 'apple', 'pear', 'pear', 'pear', 'banana']) AS x
-->
top ARRAY<STRUCT<value STRING, count INT64>>
[("pear", 3), ("apple", 2)]

== NULL is counted too
page: approximate_aggregate_functions
section: APPROX_TOP_COUNT
SELECT APPROX_TOP_COUNT(x, 3) AS top FROM UNNEST([NULL, 'pear', 'pear', 'pear', 'apple', NULL]) AS x
-->
top ARRAY<STRUCT<value STRING, count INT64>>
[("pear", 3), (NULL, 2), ("apple", 1)]

== The heaviest values
page: approximate_aggregate_functions
section: APPROX_TOP_SUM
SELECT APPROX_TOP_SUM(x, weight, 2) AS top
FROM UNNEST([STRUCT('apple' AS x, 3 AS weight), ('pear', 2), ('apple', 0), ('banana', 5), ('pear', 4)])
-->
top ARRAY<STRUCT<value STRING, sum INT64>>
[("pear", 6), ("banana", 5)]

== A weight that is NULL weighs nothing, and a sum of such is NULL
page: approximate_aggregate_functions
section: APPROX_TOP_SUM
SELECT APPROX_TOP_SUM(x, weight, 2) AS top
FROM UNNEST([STRUCT('apple' AS x, NULL AS weight), ('pear', 0), ('pear', NULL)])
-->
top ARRAY<STRUCT<value STRING, sum INT64>>
[("pear", 0), ("apple", NULL)]

== The heaviest by NUMERIC and FLOAT64
page: approximate_aggregate_functions
section: APPROX_TOP_SUM
SELECT APPROX_TOP_SUM(x, n, 1) AS exact, APPROX_TOP_SUM(x, CAST(n AS FLOAT64), 1) AS about
FROM UNNEST([STRUCT(1 AS x, NUMERIC '0.1' AS n), (2, NUMERIC '0.25'), (1, NUMERIC '0.2')])
-->
exact ARRAY<STRUCT<value INT64, sum NUMERIC>> | about ARRAY<STRUCT<value INT64, sum FLOAT64>>
[(1, NUMERIC "0.3")] | [(1, 0.30000000000000004)]

== Sketches count and merge
page: hll_functions
section: HLL_COUNT.MERGE
SELECT HLL_COUNT.MERGE(sketch) AS merged, HLL_COUNT.EXTRACT(HLL_COUNT.MERGE_PARTIAL(sketch)) AS again,
  MAX(HLL_COUNT.EXTRACT(sketch)) AS most
FROM (
  SELECT MOD(x, 2) AS half, HLL_COUNT.INIT(DIV(x, 3)) AS sketch FROM UNNEST(GENERATE_ARRAY(0, 599)) AS x GROUP BY half
)
-->
merged INT64 | again INT64 | most INT64
200 | 200 | 200

== Sketches of nothing
page: hll_functions
section: HLL_COUNT.INIT
SELECT HLL_COUNT.INIT(x) IS NULL AS init, HLL_COUNT.MERGE(CAST(NULL AS BYTES)) AS merged,
  HLL_COUNT.MERGE_PARTIAL(CAST(NULL AS BYTES)) IS NULL AS partly, HLL_COUNT.EXTRACT(NULL) AS extracted
FROM UNNEST([CAST(NULL AS STRING)]) AS x
-->
init BOOL | merged INT64 | partly BOOL | extracted INT64
true | 0 | true | 0

== A sketch of texts with a precision
page: hll_functions
section: HLL_COUNT.EXTRACT
SELECT HLL_COUNT.EXTRACT(HLL_COUNT.INIT(x, 10)) AS n FROM UNNEST(['a', 'b', 'a', NULL]) AS x
-->
n INT64
2

== A precision out of range
page: hll_functions
section: HLL_COUNT.INIT
SELECT HLL_COUNT.INIT(x, 9) AS n FROM UNNEST(['a', 'b']) AS x
--> error: between 10 and 24

== What is no sketch
page: hll_functions
section: HLL_COUNT.EXTRACT
SELECT HLL_COUNT.EXTRACT(b'abc') AS n
--> error: sketch

== A merge of no rows
page: hll_functions
section: HLL_COUNT.MERGE
SELECT HLL_COUNT.MERGE(x) AS n, HLL_COUNT.MERGE_PARTIAL(x) IS NULL AS p FROM UNNEST(CAST([] AS ARRAY<BYTES>)) AS x
-->
n INT64 | p BOOL
0 | true
