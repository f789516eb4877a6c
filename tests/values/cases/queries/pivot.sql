== PIVOT groups by what it does not name
page: query-syntax
section: PIVOT operator
SELECT * FROM (SELECT 'kale' AS product, 51 AS sales, 'Q1' AS quarter UNION ALL SELECT 'kale', 4, 'Q1' UNION ALL SELECT 'kale', 23, 'Q2' UNION ALL SELECT 'apple', 77, 'Q1') PIVOT(SUM(sales) FOR quarter IN ('Q1', 'Q2')) ORDER BY product
-->
product STRING | Q1 INT64 | Q2 INT64
"apple"        | 77       | NULL
"kale"         | 55       | 23

== PIVOT with two aggregates and names
page: query-syntax
section: PIVOT operator
SELECT * FROM (SELECT 51 AS sales, 'Q1' AS quarter UNION ALL SELECT 4, 'Q1' UNION ALL SELECT 23, 'Q2') PIVOT(SUM(sales) AS total, COUNT(*) AS n FOR quarter IN ('Q1' AS first, 'Q2' AS second))
-->
total_first INT64 | n_first INT64 | total_second INT64 | n_second INT64
55                | 2             | 23                 | 1

== PIVOT of nothing has one row
page: query-syntax
section: PIVOT operator
SELECT * FROM (SELECT 1 AS x, 'a' AS k FROM UNNEST(ARRAY<INT64>[])) PIVOT(COUNT(x) FOR k IN ('a'))
-->
a INT64
0

== UNPIVOT makes rows of columns, NULLs left out
page: query-syntax
section: UNPIVOT operator
SELECT * FROM (SELECT 'kale' AS product, 51 AS Q1, 23 AS Q2, CAST(NULL AS INT64) AS Q3) UNPIVOT(sales FOR quarter IN (Q1, Q2, Q3)) ORDER BY quarter
-->
product STRING | sales INT64 | quarter STRING
"kale"         | 51          | "Q1"
"kale"         | 23          | "Q2"

== UNPIVOT with NULLs
page: query-syntax
section: UNPIVOT operator
SELECT * FROM (SELECT 'kale' AS product, 51 AS Q1, CAST(NULL AS INT64) AS Q2) UNPIVOT INCLUDE NULLS (sales FOR quarter IN (Q1 AS 1, Q2 AS 2)) ORDER BY quarter
-->
product STRING | sales INT64 | quarter INT64
"kale"         | 51          | 1
"kale"         | NULL        | 2

== UNPIVOT of sets of columns
page: query-syntax
section: UNPIVOT operator
SELECT * FROM (SELECT 'kale' AS product, 51 AS Q1, 23 AS Q2, 45 AS Q3, 3 AS Q4) UNPIVOT((first_half, second_half) FOR semester IN ((Q1, Q2) AS 'one', (Q3, Q4) AS 'two')) ORDER BY semester
-->
product STRING | first_half INT64 | second_half INT64 | semester STRING
"kale"         | 51               | 23                | "one"
"kale"         | 45               | 3                 | "two"

== A test of NULL turned into columns
page: query-syntax
section: PIVOT operator
SELECT * FROM (SELECT a FROM UNNEST([1, NULL, 2]) AS a) PIVOT(COUNT(*) FOR a IS NULL IN (TRUE AS missing, FALSE AS known))
-->
missing INT64 | known INT64
1 | 2
