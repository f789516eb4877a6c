== The first two rows of a window
page: numbering_functions
section: IS_FIRST
SELECT x, IS_FIRST(2) OVER (ORDER BY x, n) AS is_first, IS_FIRST(0) OVER (ORDER BY x, n) AS none
FROM UNNEST([1, 2, 2, 5, 8, 10, 10]) AS x WITH OFFSET AS n ORDER BY x, n
-->
x INT64 | is_first BOOL | none BOOL
1 | true | false
2 | true | false
2 | false | false
5 | false | false
8 | false | false
10 | false | false
10 | false | false

== The last two rows of a window, and the last of each partition
page: numbering_functions
section: IS_LAST
SELECT x, IS_LAST(2) OVER (ORDER BY x, n) AS is_last, IS_LAST(1) OVER (PARTITION BY MOD(x, 2) ORDER BY x, n) AS of_part, IS_LAST(1) OVER w AS named
FROM UNNEST([1, 2, 2, 5, 10, 10]) AS x WITH OFFSET AS n WINDOW w AS (PARTITION BY x > 4 ORDER BY n) ORDER BY x, n
-->
x INT64 | is_last BOOL | of_part BOOL | named BOOL
1 | false | false | false
2 | false | false | false
2 | false | false | true
5 | false | true | false
10 | true | false | false
10 | true | true | true

== No number of rows at an end
page: numbering_functions
section: IS_LAST
SELECT IS_LAST(0) OVER (ORDER BY x) AS none, IS_LAST(NULL) OVER (ORDER BY x) AS unknown, IS_LAST(9) OVER (ORDER BY x) AS every FROM UNNEST([1]) AS x
-->
none BOOL | unknown BOOL | every BOOL
false | NULL | true

== More rows than there are at the first end
page: numbering_functions
section: IS_FIRST
SELECT x, IS_FIRST(9) OVER (ORDER BY x) AS every, IS_FIRST(1) OVER (PARTITION BY x > 1 ORDER BY x DESC) AS of_part FROM UNNEST([1, 2, 3]) AS x ORDER BY x
-->
x INT64 | every BOOL | of_part BOOL
1 | true | true
2 | true | false
3 | true | true

== An unknown number of rows at the first end
page: numbering_functions
section: IS_FIRST
SELECT IS_FIRST(NULL) OVER (ORDER BY x) AS unknown FROM UNNEST([1]) AS x
-->
unknown BOOL
NULL

== The last row without an order
page: numbering_functions
section: IS_LAST
SELECT COUNTIF(l) AS n FROM (SELECT IS_LAST(2) OVER () AS l FROM UNNEST([1, 2, 3]) AS x)
-->
n INT64
2

== Between a number and an infinity
page: navigation_functions
section: PERCENTILE_CONT
SELECT PERCENTILE_CONT(x, 0) OVER () AS a, PERCENTILE_CONT(x, 0.5) OVER () AS b, PERCENTILE_CONT(x, 0.75) OVER () AS c
FROM UNNEST([1.0, 3.0, CAST('inf' AS FLOAT64)]) AS x LIMIT 1
-->
a FLOAT64 | b FLOAT64 | c FLOAT64
1.0 | 3.0 | CAST("inf" AS FLOAT64)

== SAFE before aggregates
page: functions-reference
section: SAFE prefix
SELECT SAFE.SUM(x) AS lost, SAFE.SUM(y) AS fits, SAFE.AVG(y) AS a, SAFE.COUNT(*) AS n, SAFE.SUM(z) AS inf, SAFE.MAX(y) AS m
FROM UNNEST([STRUCT(9223372036854775807 AS x, 1 AS y, 1.7e308 AS z), (1, 2, 1.7e308)])
-->
lost INT64 | fits INT64 | a FLOAT64 | n INT64 | inf FLOAT64 | m INT64
NULL | 3 | 1.5 | 2 | NULL | 2
