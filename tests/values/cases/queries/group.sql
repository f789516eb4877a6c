== ROLLUP adds totals
page: query-syntax
section: GROUP BY ROLLUP
SELECT a, b, SUM(x) AS s, GROUPING(a) AS ga, GROUPING(b) AS gb FROM UNNEST([STRUCT('p' AS a, 1 AS b, 10 AS x), ('p', 2, 20), ('q', 1, 5)]) GROUP BY ROLLUP (a, b) ORDER BY a, b
-->
a STRING | b INT64 | s INT64 | ga INT64 | gb INT64
NULL     | NULL    | 35      | 1        | 1
"p"      | NULL    | 30      | 0        | 1
"p"      | 1       | 10      | 0        | 0
"p"      | 2       | 20      | 0        | 0
"q"      | NULL    | 5       | 0        | 1
"q"      | 1       | 5       | 0        | 0

== CUBE adds all totals
page: query-syntax
section: GROUP BY CUBE
SELECT a, b, COUNT(*) AS n FROM UNNEST([STRUCT('p' AS a, 1 AS b), ('q', 1)]) GROUP BY CUBE (a, b) ORDER BY a, b
-->
a STRING | b INT64 | n INT64
NULL     | NULL    | 2
NULL     | 1       | 2
"p"      | NULL    | 1
"p"      | 1       | 1
"q"      | NULL    | 1
"q"      | 1       | 1

== GROUPING SETS
page: query-syntax
section: GROUP BY GROUPING SETS
SELECT a, b, COUNT(*) AS n FROM UNNEST([STRUCT('p' AS a, 1 AS b), ('q', 1)]) GROUP BY GROUPING SETS (a, b, ()) ORDER BY a, b
-->
a STRING | b INT64 | n INT64
NULL     | NULL    | 2
NULL     | 1       | 2
"p"      | NULL    | 1
"q"      | NULL    | 1

== GROUP BY ALL
page: query-syntax
section: GROUP BY ALL
SELECT UPPER(a) AS a, SUM(b) AS s FROM UNNEST([STRUCT('p' AS a, 1 AS b), ('P', 2), ('q', 3)]) GROUP BY ALL ORDER BY a
-->
a STRING | s INT64
"P"      | 3
"Q"      | 3

== HAVING without GROUP BY
page: query-syntax
section: HAVING clause
SELECT SUM(x) AS s FROM UNNEST([1, 2]) AS x HAVING COUNT(*) > 2
-->
s INT64

== HAVING takes the alias
page: query-syntax
section: HAVING clause
SELECT MOD(x, 2) AS odd, SUM(x) AS s FROM UNNEST([1, 2, 3, 4]) AS x GROUP BY odd HAVING s > 4
-->
odd INT64 | s INT64
0         | 6

== Groups of NaN, of NULL, of structs
page: query-syntax
section: GROUP BY clause
SELECT x, COUNT(*) AS n FROM UNNEST([CAST('NaN' AS FLOAT64), CAST('NaN' AS FLOAT64), NULL, NULL, 0.0, -0.0]) AS x GROUP BY x ORDER BY x
-->
x FLOAT64              | n INT64
NULL                   | 2
CAST("nan" AS FLOAT64) | 2
0.0                    | 2

== A group by an expression that is selected as it stands
page: query-syntax
section: GROUP BY clause
SELECT UPPER(s) AS r, COUNT(*) AS n FROM UNNEST(['a', 'A', 'b']) AS s GROUP BY UPPER(s) ORDER BY r
-->
r STRING | n INT64
"A"      | 2
"B"      | 1

== GROUPING tells totals from groups
page: aggregate_functions
section: GROUPING
SELECT SUM(x) AS s, GROUPING(a) AS g FROM UNNEST([STRUCT('p' AS a, 1 AS x), ('p', 2), ('q', 4)]) GROUP BY ROLLUP (a) ORDER BY s
-->
s INT64 | g INT64
3       | 0
4       | 0
7       | 1

== GROUPING tells a total from a group of NULLs
page: aggregate_functions
section: GROUPING
SELECT a, GROUPING(a) AS g, COUNT(*) AS n FROM UNNEST(['p', NULL]) AS a GROUP BY ROLLUP (a)
-->
a STRING | g INT64 | n INT64
NULL     | 1       | 2
NULL     | 0       | 1
"p"      | 0       | 1
