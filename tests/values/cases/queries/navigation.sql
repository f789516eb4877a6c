== Percentiles between values
page: navigation_functions
section: PERCENTILE_CONT
SELECT PERCENTILE_CONT(x, 0) OVER() AS least, PERCENTILE_CONT(x, 0.01) OVER() AS low, PERCENTILE_CONT(x, 0.5) OVER() AS median,
  ROUND(PERCENTILE_CONT(x, 0.9) OVER(), 9) AS high, PERCENTILE_CONT(x, 1) OVER() AS most
FROM UNNEST([0, 3, NULL, 1, 2]) AS x LIMIT 1
-->
least FLOAT64 | low FLOAT64 | median FLOAT64 | high FLOAT64 | most FLOAT64
0.0 | 0.03 | 1.5 | 2.7 | 3.0

== Percentiles with NULL as the smallest value
page: navigation_functions
section: PERCENTILE_CONT
SELECT PERCENTILE_CONT(x, 0 RESPECT NULLS) OVER() AS least, PERCENTILE_CONT(x, 0.01 RESPECT NULLS) OVER() AS low,
  PERCENTILE_CONT(x, 0.5 RESPECT NULLS) OVER() AS median, PERCENTILE_CONT(x, 0.9 RESPECT NULLS) OVER() AS high,
  PERCENTILE_CONT(x, 1 RESPECT NULLS) OVER() AS most
FROM UNNEST([0, 3, NULL, 1, 2]) AS x LIMIT 1
-->
least FLOAT64 | low FLOAT64 | median FLOAT64 | high FLOAT64 | most FLOAT64
NULL | 0.0 | 1.0 | 2.6 | 3.0

== Percentiles of decimals are decimals
page: navigation_functions
section: PERCENTILE_CONT
SELECT PERCENTILE_CONT(x, NUMERIC '0.5') OVER() AS median, PERCENTILE_CONT(CAST(NULL AS FLOAT64), 0.5) OVER() AS none
FROM UNNEST([NUMERIC '1', NUMERIC '2']) AS x LIMIT 1
-->
median NUMERIC | none FLOAT64
NUMERIC "1.5" | NULL

== Percentiles that are values
page: navigation_functions
section: PERCENTILE_DISC
SELECT x, PERCENTILE_DISC(x, 0) OVER() AS least, PERCENTILE_DISC(x, 0.5) OVER() AS median, PERCENTILE_DISC(x, 1) OVER() AS most
FROM UNNEST(['c', NULL, 'b', 'a']) AS x
-->
x STRING | least STRING | median STRING | most STRING
"c" | "a" | "b" | "c"
NULL | "a" | "b" | "c"
"b" | "a" | "b" | "c"
"a" | "a" | "b" | "c"

== Percentiles that are values, NULL among them
page: navigation_functions
section: PERCENTILE_DISC
SELECT PERCENTILE_DISC(x, 0 RESPECT NULLS) OVER() AS least, PERCENTILE_DISC(x, 0.5 RESPECT NULLS) OVER() AS median,
  PERCENTILE_DISC(x, 1 RESPECT NULLS) OVER() AS most
FROM UNNEST(['c', NULL, 'b', 'a']) AS x LIMIT 1
-->
least STRING | median STRING | most STRING
NULL | "a" | "c"

== Values before and after
page: navigation_functions
section: LAG
SELECT x, LAG(x) OVER (ORDER BY x) AS before, LAG(x, 2, -1) OVER (ORDER BY x) AS earlier, LEAD(x, 0) OVER (ORDER BY x) AS own,
  LEAD(x) OVER (ORDER BY x) AS next
FROM UNNEST([1, 2, 3, NULL]) AS x
-->
x INT64 | before INT64 | earlier INT64 | own INT64 | next INT64
NULL | NULL | -1 | NULL | 1
1 | NULL | -1 | 1 | 2
2 | 1 | NULL | 2 | 3
3 | 2 | 1 | 3 | NULL

== First, last and n-th values of a frame
page: navigation_functions
section: FIRST_VALUE
SELECT x, FIRST_VALUE(y) OVER w AS first, FIRST_VALUE(y IGNORE NULLS) OVER w AS first_there, LAST_VALUE(y) OVER w AS last,
  LAST_VALUE(y IGNORE NULLS) OVER w AS last_there, NTH_VALUE(y, 2) OVER w AS second, NTH_VALUE(y, 2 IGNORE NULLS) OVER w AS second_there
FROM UNNEST([STRUCT(1 AS x, CAST(NULL AS STRING) AS y), (2, 'b'), (3, NULL), (4, 'd')])
WINDOW w AS (ORDER BY x)
-->
x INT64 | first STRING | first_there STRING | last STRING | last_there STRING | second STRING | second_there STRING
1 | NULL | NULL | NULL | NULL | NULL | NULL
2 | NULL | "b" | "b" | "b" | "b" | NULL
3 | NULL | "b" | NULL | "b" | "b" | NULL
4 | NULL | "b" | "d" | "d" | "b" | "d"

== Values before, with what stands for those that are not there
page: navigation_functions
section: LEAD
SELECT x, LAG(x, 1, 0) OVER (ORDER BY x) AS before, LEAD(x, 2, 0) OVER (ORDER BY x DESC) AS later
FROM UNNEST([1, 2, 3]) AS x
-->
x INT64 | before INT64 | later INT64
1 | 0 | 0
2 | 1 | 0
3 | 2 | 1

== Values of partitions
page: navigation_functions
section: NTH_VALUE
SELECT k, x, LAG(x) OVER (PARTITION BY k ORDER BY x) AS before, LEAD(x) OVER (PARTITION BY k ORDER BY x) AS next,
  FIRST_VALUE(x) OVER w AS first, NTH_VALUE(x, 3) OVER w AS third
FROM UNNEST([STRUCT('a' AS k, 1 AS x), ('a', 2), ('b', 3)])
WINDOW w AS (PARTITION BY k ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
-->
k STRING | x INT64 | before INT64 | next INT64 | first INT64 | third INT64
"a" | 1 | NULL | 2 | 1 | NULL
"a" | 2 | 1 | NULL | 1 | NULL
"b" | 3 | NULL | NULL | 3 | NULL

== Values of a frame that moves
page: navigation_functions
section: NTH_VALUE
SELECT x, FIRST_VALUE(x) OVER w AS first, LAST_VALUE(x) OVER w AS last, NTH_VALUE(x, 1) OVER w AS nth
FROM UNNEST([1, 2, 3]) AS x
WINDOW w AS (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
-->
x INT64 | first INT64 | last INT64 | nth INT64
1 | 1 | 2 | 1
2 | 1 | 3 | 1
3 | 2 | 3 | 2

== A step back of less than none
page: navigation_functions
section: LAG
SELECT LAG(x, -1) OVER (ORDER BY x) AS before FROM UNNEST([1, 2]) AS x
--> error

== Tiles of rows that cannot be shared out evenly
page: numbering_functions
section: NTILE
SELECT x, NTILE(3) OVER (ORDER BY x) AS three, NTILE(10) OVER (ORDER BY x) AS ten FROM UNNEST([1, 2, 3, 4]) AS x
-->
x INT64 | three INT64 | ten INT64
1 | 1 | 1
2 | 1 | 2
3 | 2 | 3
4 | 3 | 4

== No tiles
page: numbering_functions
section: NTILE
SELECT NTILE(0) OVER (ORDER BY x) AS tile FROM UNNEST([1, 2]) AS x
--> error

== NaN is the smallest number for a percentile too
page: navigation_functions
section: PERCENTILE_DISC
SELECT PERCENTILE_DISC(CAST(x AS FLOAT64), 0) OVER() AS least, PERCENTILE_DISC(CAST(x AS FLOAT64), 0.5) OVER() AS median,
  PERCENTILE_DISC(CAST(x AS FLOAT64), 1) OVER() AS most
FROM UNNEST(['1', 'nan', '3']) AS x LIMIT 1
-->
least FLOAT64 | median FLOAT64 | most FLOAT64
CAST("nan" AS FLOAT64) | 1.0 | 3.0

== Percentiles of partitions of floats
page: navigation_functions
section: PERCENTILE_CONT
SELECT DISTINCT k, PERCENTILE_CONT(x, 0.25) OVER (PARTITION BY k) AS quarter, PERCENTILE_DISC(x, 0.25) OVER (PARTITION BY k) AS below
FROM UNNEST([STRUCT('a' AS k, 1.0 AS x), ('a', 3.0), ('b', 5.0), ('c', NULL)])
-->
k STRING | quarter FLOAT64 | below FLOAT64
"a" | 1.5 | 1.0
"b" | 5.0 | 5.0
"c" | NULL | NULL

== A percentile beyond all
page: navigation_functions
section: PERCENTILE_CONT
SELECT PERCENTILE_CONT(x, 1.5) OVER () AS p FROM UNNEST([1.0]) AS x
--> error

== Ranks with ties and NULLs
page: numbering_functions
section: RANK
SELECT x, RANK() OVER w AS rank, DENSE_RANK() OVER w AS dense, PERCENT_RANK() OVER w AS part, CUME_DIST() OVER w AS share,
  NTILE(2) OVER w AS tile
FROM UNNEST([NULL, 1, 2, 2, 5]) AS x
WINDOW w AS (ORDER BY x)
-->
x INT64 | rank INT64 | dense INT64 | part FLOAT64 | share FLOAT64 | tile INT64
NULL | 1 | 1 | 0.0 | 0.2 | 1
1 | 2 | 2 | 0.25 | 0.4 | 1
2 | 3 | 3 | 0.5 | 0.8 | 1
2 | 3 | 3 | 0.5 | 0.8 | 2
5 | 5 | 4 | 1.0 | 1.0 | 2

== Ranks of one row
page: numbering_functions
section: PERCENT_RANK
SELECT PERCENT_RANK() OVER (ORDER BY x) AS part, CUME_DIST() OVER (ORDER BY x) AS share, NTILE(3) OVER (ORDER BY x) AS tile,
  ROW_NUMBER() OVER () AS number
FROM UNNEST([CAST(NULL AS INT64)]) AS x
-->
part FLOAT64 | share FLOAT64 | tile INT64 | number INT64
0.0 | 1.0 | 1 | 1

== Sums over a frame
page: window-function-calls
section: Compute a cumulative sum
SELECT x, SUM(n) OVER (ORDER BY x) AS upto, AVG(n) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS near,
  SUM(CAST(x AS FLOAT64)) OVER () AS whole, SUM(b) OVER (ORDER BY x) AS big
FROM UNNEST([STRUCT(1 AS x, NUMERIC '0.1' AS n, BIGNUMERIC '1' AS b), (2, NUMERIC '0.2', BIGNUMERIC '2')])
-->
x INT64 | upto NUMERIC | near NUMERIC | whole FLOAT64 | big BIGNUMERIC
1 | NUMERIC "0.1" | NUMERIC "0.1" | 3.0 | BIGNUMERIC "1"
2 | NUMERIC "0.3" | NUMERIC "0.15" | 3.0 | BIGNUMERIC "3"

== NTH_VALUE counts rows from 1
page: navigation_functions
section: NTH_VALUE
SELECT NTH_VALUE(x, 0) OVER (ORDER BY x) AS v FROM UNNEST([1, 2]) AS x
--> error

== Percentiles among infinities
page: navigation_functions
section: PERCENTILE_CONT
SELECT DISTINCT k, PERCENTILE_CONT(x, 0.25) OVER (PARTITION BY k) AS low, PERCENTILE_CONT(x, 0.5) OVER (PARTITION BY k) AS median,
  PERCENTILE_CONT(x, 0.75) OVER (PARTITION BY k) AS high
FROM UNNEST([STRUCT('one of each' AS k, CAST('-inf' AS FLOAT64) AS x), ('one of each', 1.0), ('one of each', CAST('inf' AS FLOAT64)),
  ('both', CAST('-inf' AS FLOAT64)), ('both', CAST('inf' AS FLOAT64)), ('none but', CAST('inf' AS FLOAT64)), ('none but', NULL),
  ('none but', CAST('inf' AS FLOAT64)), ('least', CAST('-inf' AS FLOAT64)), ('least', CAST('-inf' AS FLOAT64))])
-->
k STRING | low FLOAT64 | median FLOAT64 | high FLOAT64
"one of each" | CAST("-inf" AS FLOAT64) | 1.0 | CAST("inf" AS FLOAT64)
"both" | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64)
"none but" | CAST("inf" AS FLOAT64) | CAST("inf" AS FLOAT64) | CAST("inf" AS FLOAT64)
"least" | CAST("-inf" AS FLOAT64) | CAST("-inf" AS FLOAT64) | CAST("-inf" AS FLOAT64)

== Percentiles with NaN, which is before all numbers
page: navigation_functions
section: PERCENTILE_CONT
SELECT PERCENTILE_CONT(x, 0) OVER () AS least, PERCENTILE_CONT(x, 0.25) OVER () AS low, PERCENTILE_CONT(x, 0.5) OVER () AS median,
  PERCENTILE_CONT(x, 0.75) OVER () AS high, PERCENTILE_CONT(x, 1) OVER () AS most
FROM UNNEST([2.0, CAST('nan' AS FLOAT64), 4.0]) AS x LIMIT 1
-->
least FLOAT64 | low FLOAT64 | median FLOAT64 | high FLOAT64 | most FLOAT64
CAST("nan" AS FLOAT64) | CAST("nan" AS FLOAT64) | 2.0 | 3.0 | 4.0
