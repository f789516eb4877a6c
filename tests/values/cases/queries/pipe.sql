== ASSERT lets rows through for which it holds
page: pipe-syntax
section: ASSERT pipe operator
FROM UNNEST([1, 2]) AS x |> ASSERT x > 0, 'must be positive' |> AGGREGATE SUM(x) AS s
-->
s INT64
3

== ASSERT fails the query where a row does not hold
page: pipe-syntax
section: ASSERT pipe operator
FROM UNNEST([1, 2]) AS x |> ASSERT x > 1, 'must be larger'
--> error: Assert failed: must be larger

== ASSERT fails the query where it is NULL
page: pipe-syntax
section: ASSERT pipe operator
FROM UNNEST([1, NULL]) AS x |> ASSERT x > 0
--> error: Assert failed

== An element keeps its name through steps that choose no columns
page: pipe-syntax
section: LIMIT pipe operator
FROM UNNEST([3, 1, 2]) AS x |> ORDER BY x |> LIMIT 2 |> SELECT x + 1 AS y |> ORDER BY y
-->
y INT64
2
3

== An element that is a struct keeps its name and its fields
page: pipe-syntax
section: LIMIT pipe operator
FROM UNNEST([STRUCT(1 AS a, 2 AS b)]) AS x |> LIMIT 1 |> SELECT x.b, a
-->
b INT64 | a INT64
2       | 1

== Behind SELECT a name means the column, and no longer the table
page: pipe-syntax
section: SELECT pipe operator
FROM UNNEST([1, 2]) AS x |> SELECT x |> JOIN (SELECT 2 AS y) ON x = y
-->
x INT64 | y INT64
2       | 2
