== Columns without a name, and of one name, in a subquery
page: query-syntax
section: Duplicate aliases
SELECT COUNT(*) AS n FROM (SELECT 1, 2, 3 AS a, 4 AS a)
-->
n INT64
1

== A struct with fields of one name and without any
page: data-types
section: Constructing a STRUCT
SELECT STRUCT(1 AS a, 2 AS a, 3) AS s
-->
s STRUCT<a INT64, a INT64, INT64>
(1, 2, 3)

== Fields without a name become columns by their places
page: query-syntax
section: SELECT expression.*
SELECT ARRAY(SELECT AS STRUCT s.* FROM (SELECT STRUCT(1, 'x', 2.5) AS s)) AS r
-->
r ARRAY<STRUCT<INT64, STRING, FLOAT64>>
[(1, "x", 2.5)]

== EXCEPT and REPLACE
page: query-syntax
section: SELECT * REPLACE
SELECT * EXCEPT (b) REPLACE (a + 1 AS a) FROM (SELECT 1 AS a, 2 AS b, 3 AS c)
-->
a INT64 | c INT64
2       | 3

== The fields of an expression
page: query-syntax
section: SELECT expression.*
SELECT (IF(x > 1, STRUCT(x AS p, 'big' AS q), STRUCT(0 AS p, 'small' AS q))).* EXCEPT (p) FROM UNNEST([1, 2]) AS x ORDER BY q
-->
q STRING
"big"
"small"

== The row of a table alias
page: query-syntax
section: Range variables
SELECT t FROM (SELECT 1 AS t, 'x' AS u) AS t
-->
t STRUCT<t INT64, u STRING>
(1, "x")

== AS VALUE
page: query-syntax
section: SELECT AS VALUE
SELECT v.b FROM (SELECT AS VALUE STRUCT(1 AS a, 'x' AS b)) AS v
-->
b STRING
"x"

== DISTINCT takes NULLs for equal, and NaNs, and structs by their fields
page: query-syntax
section: SELECT DISTINCT
SELECT COUNT(*) AS n FROM (SELECT DISTINCT STRUCT(x, y) AS s FROM UNNEST([STRUCT(CAST('NaN' AS FLOAT64) AS x, CAST(NULL AS INT64) AS y), (CAST('NaN' AS FLOAT64), NULL), (1.0, 1)]))
-->
n INT64
2

== NULL comes first, then NaN, then the numbers
page: query-syntax
section: ORDER BY clause
SELECT x FROM UNNEST([1.5, CAST('NaN' AS FLOAT64), NULL, CAST('-inf' AS FLOAT64), CAST('inf' AS FLOAT64)]) AS x ORDER BY x
-->
x FLOAT64
NULL
CAST("nan" AS FLOAT64)
CAST("-inf" AS FLOAT64)
1.5
CAST("inf" AS FLOAT64)

== Descending, the other way round
page: query-syntax
section: ORDER BY clause
SELECT x FROM UNNEST([1.5, CAST('NaN' AS FLOAT64), NULL, CAST('-inf' AS FLOAT64)]) AS x ORDER BY 1 DESC
-->
x FLOAT64
1.5
CAST("-inf" AS FLOAT64)
CAST("nan" AS FLOAT64)
NULL

== NULLS LAST leaves NaN the smallest number
page: query-syntax
section: ORDER BY clause
SELECT DISTINCT x AS y FROM UNNEST([1.5, CAST('NaN' AS FLOAT64), NULL]) AS x ORDER BY y NULLS LAST
-->
y FLOAT64
CAST("nan" AS FLOAT64)
1.5
NULL

== ORDER BY takes the alias where a column has the name too
page: query-syntax
section: ORDER BY clause
SELECT -x AS x FROM UNNEST([1, 3, 2]) AS x ORDER BY x
-->
x INT64
-3
-2
-1

== LIMIT of an array takes its first elements
page: query-syntax
section: LIMIT and OFFSET clause
SELECT x FROM UNNEST([5, 3, 9, 1]) AS x ORDER BY x LIMIT 2 OFFSET 1
-->
x INT64
3
5

== A set operation brings columns to one type
page: query-syntax
section: Set operators
SELECT 1 AS x UNION ALL SELECT 2.5 UNION ALL SELECT NULL ORDER BY x
-->
x FLOAT64
NULL
1.0
2.5

== EXCEPT and INTERSECT look at different rows, NULLs are equal
page: query-syntax
section: EXCEPT
(SELECT x FROM UNNEST([1, 1, NULL, 2]) AS x EXCEPT DISTINCT SELECT 2) INTERSECT DISTINCT (SELECT x FROM UNNEST([1, NULL, 3]) AS x) ORDER BY x
-->
x INT64
NULL
1

== Columns matched by name
page: query-syntax
section: BY NAME or CORRESPONDING
SELECT 1 AS a, 'x' AS b UNION ALL BY NAME SELECT 'y' AS b, 2 AS a ORDER BY a
-->
a INT64 | b STRING
1       | "x"
2       | "y"

== Columns that one side lacks
page: query-syntax
section: BY NAME or CORRESPONDING
SELECT 1 AS a, 'x' AS b FULL UNION ALL BY NAME SELECT 2 AS a, 3 AS c ORDER BY a
-->
a INT64 | b STRING | c INT64
1       | "x"      | NULL
2       | NULL     | 3

== Structs in a union meet by place
page: query-syntax
section: Set operators
SELECT STRUCT(1 AS a, 'x' AS b) AS s UNION ALL SELECT STRUCT(2 AS c, 'y' AS d)
-->
s STRUCT<a INT64, b STRING>
(1, "x")
(2, "y")

== Rows that are structs meet by place
page: query-syntax
section: Set operators
SELECT ARRAY(SELECT AS STRUCT 1 AS a, 2 AS b UNION ALL SELECT AS STRUCT 3 AS c, 4.5 AS d) AS r
-->
r ARRAY<STRUCT<a INT64, b FLOAT64>>
[(1, 2.0), (3, 4.5)]

== A NULL in a struct takes the type of the other side of a set operation
page: conversion_rules
section: Supertypes
SELECT STRUCT(1 AS p, 'x' AS q) AS s UNION ALL SELECT STRUCT(2, NULL)
-->
s STRUCT<p INT64, q STRING>
(1, "x")
(2, NULL)

== A sample of so many rows
page: query-syntax
section: TABLESAMPLE operator
SELECT COUNT(*) AS n FROM (SELECT x FROM UNNEST([1, 2, 3]) AS x) AS t TABLESAMPLE RESERVOIR (2 ROWS)
-->
n INT64
2

== A sample of more rows than there are, and one of all
page: query-syntax
section: TABLESAMPLE operator
SELECT (SELECT COUNT(*) FROM (SELECT x FROM UNNEST([1, 2, 3]) AS x) TABLESAMPLE RESERVOIR (5 ROWS)) AS n,
  (SELECT COUNT(*) FROM (SELECT x FROM UNNEST([1, 2, 3]) AS x) TABLESAMPLE BERNOULLI (100 PERCENT)) AS m
-->
n INT64 | m INT64
3 | 3

== What is not come to does not fail, also where it stands twice
page: conditional_expressions
section: COALESCE
SELECT COALESCE(a, DIV(10, b)) AS x, COALESCE(c, DIV(10, b)) AS y, IFNULL(a + c, DIV(b, b)) AS z
FROM UNNEST([STRUCT(1 AS a, 0 AS b, 2 AS c), (NULL, 5, 7), (NULL, 2, NULL)]) ORDER BY b
-->
x INT64 | y INT64 | z INT64
1 | 2 | 3
5 | 5 | 1
2 | 7 | 1
