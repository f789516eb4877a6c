== EXCEPT DISTINCT takes out each row and its copies
page: query-syntax
section: EXCEPT
SELECT * FROM UNNEST([1, 1, 2, 3]) AS x EXCEPT DISTINCT SELECT * FROM UNNEST([2, 4]) AS x
-->
x INT64
1
3

== INTERSECT DISTINCT gives a row once
page: query-syntax
section: INTERSECT
SELECT * FROM UNNEST([1, 1, 2, 3]) AS x INTERSECT DISTINCT SELECT * FROM UNNEST([1, 1, 2]) AS x
-->
x INT64
1
2

== HAVING MIN in ARRAY_AGG takes the rows with the least value
page: aggregate-function-calls
section: Restrict aggregation by a maximum or minimum value
SELECT ARRAY_AGG(x HAVING MIN y) AS least, ARRAY_AGG(x HAVING MAX y) AS most FROM UNNEST([STRUCT('a' AS x, 1 AS y), ('b', 2), ('c', NULL)])
-->
least ARRAY<STRING> | most ARRAY<STRING>
["a"] | ["b"]

== Ranks of peers
page: numbering_functions
section: RANK
SELECT x, RANK() OVER (ORDER BY x) AS r, DENSE_RANK() OVER (ORDER BY x) AS d, ROW_NUMBER() OVER (ORDER BY x) AS n FROM UNNEST([10, 10, 20]) AS x
-->
x INT64 | r INT64 | d INT64 | n INT64
10 | 1 | 1 | 1
10 | 1 | 1 | 2
20 | 3 | 2 | 3
