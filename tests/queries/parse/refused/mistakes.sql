--- a comma is missing between columns
SELECT a b c FROM d.t
--- a comma is missing in front of a call
SELECT a COUNT(*) FROM d.t
--- a comma stands twice
SELECT a,, b FROM d.t
--- a comma stands in front
SELECT , a FROM d.t
--- nothing is selected
SELECT FROM d.t
--- a bracket is missing at the end
SELECT COUNT(a FROM d.t
--- a bracket is missing at the end of the text
SELECT (1 + 2
--- a bracket too many
SELECT (1 + 2)) FROM d.t
--- a bracket of another kind
SELECT f(a] FROM d.t
--- a typing error in SELECT
SELCT a FROM d.t
--- a typing error in FROM
SELECT a FORM d.t
--- a typing error in WHERE
SELECT a FROM d.t WEHRE b = 1
--- a typing error in GROUP BY
SELECT a FROM d.t GROPU BY a
--- a typing error in ORDER BY
SELECT a FROM d.t ORDER YB a
--- BY is missing
SELECT a FROM d.t ORDER a
--- GROUP without BY
SELECT a FROM d.t GROUP a
--- clauses in the wrong order
SELECT a FROM d.t ORDER BY a WHERE a = 1
--- WHERE behind GROUP BY
SELECT a FROM d.t GROUP BY a WHERE a = 1
--- HAVING in front of GROUP BY
SELECT a FROM d.t HAVING a = 1 GROUP BY a
--- LIMIT in front of ORDER BY
SELECT a FROM d.t LIMIT 1 ORDER BY a
--- a text is not closed
SELECT 'abc FROM d.t
--- a text in double quotes is not closed
SELECT "abc
FROM d.t
--- a text in triple quotes is not closed
SELECT """abc
FROM d.t
--- a name in backticks is not closed
SELECT * FROM `d.t
--- a comment is not closed
SELECT 1 /* one
--- a quote within a text
SELECT 'it's' FROM d.t
--- a quote is written twice
SELECT 'it''s'
--- a backslash alone
SELECT '\d+'
--- AS is missing in a cast
SELECT CAST(a INT64) FROM d.t
--- a comma in a cast
SELECT CAST(a, INT64) FROM d.t
--- a type that is none
SELECT CAST(a AS VARCHAR) FROM d.t
--- AND at the end
SELECT a FROM d.t WHERE a = 1 AND
--- AND in front of the next clause
SELECT a FROM d.t WHERE a = 1 AND GROUP BY a
--- AND twice
SELECT a FROM d.t WHERE a AND AND b
--- an operator without an operand
SELECT a + FROM d.t
--- equality of other languages
SELECT a == b FROM d.t
--- and of other languages
SELECT a && b FROM d.t
--- not of other languages
SELECT !a FROM d.t
--- modulo of other languages
SELECT a % b FROM d.t
--- a cast of other languages
SELECT a::INT64 FROM d.t
--- ILIKE of other languages
SELECT a FROM d.t WHERE a ILIKE 'x%'
--- comparisons in a chain
SELECT 1 < a < 3 FROM d.t
--- IS with a value
SELECT a IS 1 FROM d.t
--- IN without brackets
SELECT a IN 1, 2 FROM d.t
--- IN of nothing
SELECT a IN () FROM d.t
--- BETWEEN without AND
SELECT a BETWEEN 1, 2 FROM d.t
--- CASE without END
SELECT CASE WHEN a THEN 1 FROM d.t
--- CASE without WHEN
SELECT CASE a ELSE 1 END FROM d.t
--- ELSE IF in a CASE
SELECT CASE WHEN a THEN 1 ELSE IF b THEN 2 END FROM d.t
--- a join without a condition's word
SELECT * FROM d.t JOIN d.u t.a = u.a
--- USING without brackets
SELECT * FROM d.t JOIN d.u USING a
--- two words for a join
SELECT * FROM d.t OUTER JOIN d.u USING (a)
--- a natural join
SELECT * FROM d.t NATURAL JOIN d.u
--- a comma at the end of FROM
SELECT * FROM d.t, WHERE a = 1
--- a comma at the end of GROUP BY
SELECT a FROM d.t GROUP BY a, ORDER BY a
--- a comma behind the last common table
WITH a AS (SELECT 1 AS x), SELECT * FROM a
--- a common table without brackets
WITH a AS SELECT 1 AS x SELECT * FROM a
--- a common table without a query behind it
WITH a AS (SELECT 1 AS x)
--- WITH twice
WITH a AS (SELECT 1 AS x) WITH b AS (SELECT 2 AS x) SELECT * FROM b
--- UNION without ALL or DISTINCT
SELECT 1 UNION SELECT 2
--- INTERSECT of ALL
SELECT 1 INTERSECT ALL SELECT 2
--- MINUS
SELECT 1 MINUS SELECT 2
--- different set operations side by side
SELECT 1 UNION ALL SELECT 2 EXCEPT DISTINCT SELECT 3
--- ORDER BY in front of UNION
SELECT 1 ORDER BY 1 UNION ALL SELECT 2
--- an alias that is a reserved word
SELECT a AS group FROM d.t
--- a column that is a reserved word
SELECT order FROM d.t
--- a table that is a reserved word
SELECT * FROM select
--- an alias that is a text
SELECT a AS 'b' FROM d.t
--- an alias of several words
SELECT a AS b c FROM d.t
--- TOP
SELECT TOP 10 a FROM d.t
--- LIMIT with a comma
SELECT a FROM d.t LIMIT 1, 2
--- OFFSET in front of LIMIT
SELECT a FROM d.t OFFSET 1 LIMIT 2
--- FETCH FIRST
SELECT a FROM d.t FETCH FIRST 1 ROWS ONLY
--- a query in brackets without brackets
SELECT a IN SELECT b FROM d.u
--- EXISTS without a query
SELECT EXISTS (a) FROM d.t
--- a window without OVER's brackets
SELECT SUM(a) OVER PARTITION BY b FROM d.t
--- an order in front of the partition
SELECT SUM(a) OVER (ORDER BY b PARTITION BY c) FROM d.t
--- a frame that does not end
SELECT SUM(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING) FROM d.t
--- IGNORE NULLS behind the brackets
SELECT LAG(a) IGNORE NULLS OVER (ORDER BY b) FROM d.t
--- FILTER
SELECT COUNT(*) FILTER (WHERE a) FROM d.t
--- a number with a letter
SELECT 1a FROM d.t WHERE 2x = 3
--- a number that is too large
SELECT 99999999999999999999
--- a date part that is none
SELECT EXTRACT(DAYS FROM a) FROM d.t
--- a comma in EXTRACT
SELECT EXTRACT(DAY, a) FROM d.t
--- an interval without a part
SELECT a + INTERVAL 1 FROM d.t
--- an interval of many parts
SELECT INTERVAL '1 day'
--- a date in brackets
SELECT DATE_ADD(a, INTERVAL 1 DAYS) FROM d.t
--- a star in an expression
SELECT * + 1 FROM d.t
--- a star with a name
SELECT * AS a FROM d.t
--- EXCEPT without brackets
SELECT * EXCEPT a FROM d.t
--- REPLACE without AS
SELECT * REPLACE (1 a) FROM d.t
--- REPLACE in front of EXCEPT
SELECT * REPLACE (1 AS a) EXCEPT (b) FROM d.t
--- a parameter as a table
SELECT * FROM @t
--- a name with a dash
SELECT a-b.c, d FROM t WHERE x = my-table.
--- a dot at the end
SELECT t. FROM d.t
--- two dots
SELECT t..a FROM d.t
--- an empty name
SELECT `` FROM d.t
--- a curly bracket
SELECT {a} FROM d.t
--- a template that is left
SELECT * FROM {{ table }}
--- a semicolon within a query
SELECT a; FROM d.t
--- letters of other alphabets without backticks
SELECT größe FROM d.t
--- quotes of a word processor
SELECT “a” FROM d.t
--- an array of nothing between commas
SELECT [1,, 2]
--- a comma at the end of arguments
SELECT f(a, ) FROM d.t
--- an angle bracket is missing
SELECT ARRAY<INT64[1]
--- a struct of types without brackets
SELECT STRUCT<a INT64>
--- a struct's field without a name behind AS
SELECT STRUCT(1 AS)
--- PIVOT without FOR
SELECT * FROM d.t PIVOT(SUM(a) IN ('x'))
--- UNPIVOT of expressions
SELECT * FROM d.t UNPIVOT(a FOR b IN (c + 1))
--- brackets around a table
SELECT * FROM (d.t)
--- a pipe operator that is none
FROM d.t |> FILTER a = 1
--- a pipe without an operator
FROM d.t |>
--- GROUP BY without AGGREGATE in a pipe
FROM d.t |> GROUP BY a
--- HAVING in a pipe
FROM d.t |> HAVING a
