== The median of a sketch, and a point of it
page: kll_functions
section: KLL_QUANTILES.EXTRACT_INT64
WITH Data AS (SELECT KLL_QUANTILES.INIT_INT64(x, 1000) AS sketch FROM UNNEST([1, 2, 3, 4, 5]) AS x)
SELECT KLL_QUANTILES.EXTRACT_INT64(sketch, 2) AS median, KLL_QUANTILES.EXTRACT_POINT_INT64(sketch, 0.8) AS point, KLL_QUANTILES.EXTRACT_POINT_INT64(sketch, 0) AS least,
  KLL_QUANTILES.EXTRACT_POINT_INT64(sketch, 1) AS most FROM Data
-->
median ARRAY<INT64> | point INT64 | least INT64 | most INT64
[1, 3, 5] | 4 | 1 | 5

== The same of floats
page: kll_functions
section: KLL_QUANTILES.EXTRACT_FLOAT64
WITH Data AS (SELECT KLL_QUANTILES.INIT_FLOAT64(x) AS sketch FROM UNNEST([1.0, 2.0, 3.0, 4.0, 5.0, NULL]) AS x)
SELECT KLL_QUANTILES.EXTRACT_FLOAT64(sketch, 2) AS median, KLL_QUANTILES.EXTRACT_POINT_FLOAT64(sketch, 0.8) AS point FROM Data
-->
median ARRAY<FLOAT64> | point FLOAT64
[1.0, 3.0, 5.0] | 4.0

== Sketches of parts become one
page: kll_functions
section: KLL_QUANTILES.MERGE_INT64
WITH Data AS (SELECT k, KLL_QUANTILES.INIT_INT64(x, 500) AS sketch FROM UNNEST([STRUCT('a' AS k, 1 AS x), ('a', 2), ('b', 3), ('b', 4), ('b', 5), ('c', NULL)]) GROUP BY k)
SELECT KLL_QUANTILES.MERGE_INT64(sketch, 2) AS halves, KLL_QUANTILES.MERGE_POINT_INT64(sketch, 0.9) AS point,
  KLL_QUANTILES.EXTRACT_INT64(KLL_QUANTILES.MERGE_PARTIAL(sketch), 4) AS quarters, COUNTIF(sketch IS NULL) AS none FROM Data
-->
halves ARRAY<INT64> | point INT64 | quarters ARRAY<INT64> | none INT64
[1, 3, 5] | 5 | [1, 2, 3, 4, 5] | 1

== Sketches of floats become one
page: kll_functions
section: KLL_QUANTILES.MERGE_FLOAT64
WITH Data AS (SELECT k, KLL_QUANTILES.INIT_FLOAT64(x, 500) AS sketch FROM UNNEST([STRUCT('a' AS k, -1.5 AS x), ('a', 0.0), ('b', 2.5)]) GROUP BY k)
SELECT KLL_QUANTILES.MERGE_FLOAT64(sketch, 2) AS halves, KLL_QUANTILES.MERGE_POINT_FLOAT64(sketch, 0.5) AS point FROM Data
-->
halves ARRAY<FLOAT64> | point FLOAT64
[-1.5, 0.0, 2.5] | 0.0

== No values, no sketch
page: kll_functions
section: KLL_QUANTILES.INIT_INT64
SELECT KLL_QUANTILES.INIT_INT64(x) AS i, KLL_QUANTILES.INIT_FLOAT64(x) AS f, KLL_QUANTILES.EXTRACT_INT64(KLL_QUANTILES.INIT_INT64(x), 2) AS q,
  KLL_QUANTILES.EXTRACT_FLOAT64(CAST(NULL AS BYTES), 2) AS r, KLL_QUANTILES.EXTRACT_POINT_INT64(NULL, 0.5) AS p, KLL_QUANTILES.EXTRACT_POINT_FLOAT64(NULL, 0.5) AS o
FROM UNNEST(ARRAY<INT64>[]) AS x
-->
i BYTES | f BYTES | q ARRAY<INT64> | r ARRAY<FLOAT64> | p INT64 | o FLOAT64
NULL | NULL | NULL | NULL | NULL | NULL

== No sketches, nothing merged
page: kll_functions
section: KLL_QUANTILES.MERGE_PARTIAL
SELECT KLL_QUANTILES.MERGE_PARTIAL(b) AS p, KLL_QUANTILES.MERGE_INT64(b, 2) AS i, KLL_QUANTILES.MERGE_FLOAT64(b, 2) AS f, KLL_QUANTILES.MERGE_POINT_INT64(b, 0.5) AS x,
  KLL_QUANTILES.MERGE_POINT_FLOAT64(b, 0.5) AS y FROM UNNEST([CAST(NULL AS BYTES)]) AS b
-->
p BYTES | i ARRAY<INT64> | f ARRAY<FLOAT64> | x INT64 | y FLOAT64
NULL | NULL | NULL | NULL | NULL

== A precision out of range
page: kll_functions
section: KLL_QUANTILES.INIT_INT64
SELECT KLL_QUANTILES.INIT_INT64(x, 0) AS i FROM UNNEST([1]) AS x
--> error: precision

== A precision of floats out of range
page: kll_functions
section: KLL_QUANTILES.INIT_FLOAT64
SELECT KLL_QUANTILES.INIT_FLOAT64(x, 100001) AS f FROM UNNEST([1.0]) AS x
--> error: precision

== What is no sketch
page: kll_functions
section: KLL_QUANTILES.MERGE_PARTIAL
SELECT KLL_QUANTILES.MERGE_PARTIAL(b) AS p FROM UNNEST([b'abc']) AS b
--> error: no sketch

== A sketch of floats is none of whole numbers
page: kll_functions
section: KLL_QUANTILES.EXTRACT_INT64
SELECT KLL_QUANTILES.EXTRACT_INT64(KLL_QUANTILES.INIT_FLOAT64(x), 2) AS q FROM UNNEST([1.0]) AS x
--> error: sketch

== Quarters of floats, and a point between two
page: kll_functions
section: KLL_QUANTILES.EXTRACT_POINT_FLOAT64
SELECT KLL_QUANTILES.EXTRACT_FLOAT64(s, 4) AS quarters, KLL_QUANTILES.EXTRACT_POINT_FLOAT64(s, 0.1) AS point
FROM (SELECT KLL_QUANTILES.INIT_FLOAT64(x) AS s FROM UNNEST([8.0, 2.0, 4.0, 6.0]) AS x)
-->
quarters ARRAY<FLOAT64> | point FLOAT64
[2.0, 2.0, 4.0, 6.0, 8.0] | 2.0

== Values that both sketches hold count twice
page: kll_functions
section: KLL_QUANTILES.MERGE_PARTIAL
SELECT KLL_QUANTILES.MERGE_INT64(s, 3) AS thirds, KLL_QUANTILES.MERGE_POINT_INT64(s, 0.7) AS point, KLL_QUANTILES.EXTRACT_POINT_INT64(KLL_QUANTILES.MERGE_PARTIAL(s), 0.6) AS other
FROM (SELECT k, KLL_QUANTILES.INIT_INT64(x) AS s FROM UNNEST([STRUCT(1 AS k, 5 AS x), (1, 5), (2, 5), (2, 7), (2, 9), (1, 3)]) GROUP BY k)
-->
thirds ARRAY<INT64> | point INT64 | other INT64
[3, 5, 5, 9] | 7 | 5
