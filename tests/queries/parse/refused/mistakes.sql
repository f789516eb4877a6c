--- a comma is missing between columns
SELECT a b c FROM d.t
-- error: 1:12 expected `;` or the end of the text, found `c`
-- hint: a comma or an operator may be missing in front of `c`
--- a comma is missing in front of a call
SELECT a COUNT(*) FROM d.t
-- error: 1:15 expected `;` or the end of the text, found `(`
-- hint: a comma or an operator may be missing in front of `COUNT`
--- a comma stands twice
SELECT a,, b FROM d.t
-- error: 1:10 expected an expression, found `,`
-- hint: take out the comma in front of it
--- a comma stands in front
SELECT , a FROM d.t
-- error: 1:8 expected an expression, found `,`
-- hint: take out the comma
--- nothing is selected
SELECT FROM d.t
-- error: 1:8 expected an expression, found `FROM`
--- a bracket is missing at the end
SELECT COUNT(a FROM d.t
-- error: 1:16 expected `)`, found `FROM`
-- hint: `COUNT(` is not closed
--- a bracket is missing at the end of the text
SELECT (1 + 2
-- error: 1:13 expected `)`, but the text ends here
-- hint: `(` is not closed
--- a bracket too many
SELECT (1 + 2)) FROM d.t
-- error: 1:15 expected `;` or the end of the text, found `)`
-- hint: no bracket is open that it might close
--- a bracket of another kind
SELECT f(a] FROM d.t
-- error: 1:11 expected `)`, found `]`
-- hint: `f(` is not closed
--- a typing error in SELECT
SELCT a FROM d.t
-- error: 1:1 expected a statement, found `SELCT`
-- hint: did you mean `SELECT` for `SELCT`?
--- a typing error in FROM
SELECT a FORM d.t
-- error: 1:15 expected `;` or the end of the text, found `d`
-- hint: did you mean `FROM` for `FORM`?
--- a typing error in WHERE
SELECT a FROM d.t WEHRE b = 1
-- error: 1:25 expected `;` or the end of the text, found `b`
-- hint: did you mean `WHERE` for `WEHRE`?
--- a typing error in GROUP BY
SELECT a FROM d.t GROPU BY a
-- error: 1:25 expected `;` or the end of the text, found `BY`
-- hint: did you mean `GROUP` for `GROPU`?
--- a typing error in ORDER BY
SELECT a FROM d.t ORDER YB a
-- error: 1:25 expected `BY`, found `YB`
--- BY is missing
SELECT a FROM d.t ORDER a
-- error: 1:25 expected `BY`, found `a`
--- GROUP without BY
SELECT a FROM d.t GROUP a
-- error: 1:25 expected `BY`, found `a`
--- clauses in the wrong order
SELECT a FROM d.t ORDER BY a WHERE a = 1
-- error: 1:30 expected `;` or the end of the text, found `WHERE`
-- hint: clauses come in the order FROM, WHERE, GROUP BY, HAVING, QUALIFY, WINDOW, ORDER BY, LIMIT
--- WHERE behind GROUP BY
SELECT a FROM d.t GROUP BY a WHERE a = 1
-- error: 1:30 expected `;` or the end of the text, found `WHERE`
-- hint: clauses come in the order FROM, WHERE, GROUP BY, HAVING, QUALIFY, WINDOW, ORDER BY, LIMIT
--- HAVING in front of GROUP BY
SELECT a FROM d.t HAVING a = 1 GROUP BY a
-- error: 1:32 expected `;` or the end of the text, found `GROUP`
-- hint: clauses come in the order FROM, WHERE, GROUP BY, HAVING, QUALIFY, WINDOW, ORDER BY, LIMIT
--- LIMIT in front of ORDER BY
SELECT a FROM d.t LIMIT 1 ORDER BY a
-- error: 1:27 expected `;` or the end of the text, found `ORDER`
-- hint: clauses come in the order FROM, WHERE, GROUP BY, HAVING, QUALIFY, WINDOW, ORDER BY, LIMIT
--- a text is not closed
SELECT 'abc FROM d.t
-- error: 1:8 a literal is not closed on its line
-- hint: a quote within it is written `\'`; several lines stand in triple quotes
--- a text in double quotes is not closed
SELECT "abc
FROM d.t
-- error: 1:8 a literal is not closed on its line
-- hint: a quote within it is written `\'`; several lines stand in triple quotes
--- a text in triple quotes is not closed
SELECT """abc
FROM d.t
-- error: 1:8 a literal in triple quotes is not closed
-- hint: write the three quotes where it ends
--- a name in backticks is not closed
SELECT * FROM `d.t
-- error: 1:15 a name in backticks is not closed on its line
-- hint: write a backtick where it ends
--- a comment is not closed
SELECT 1 /* one
-- error: 1:10 a comment that is opened here is not closed
-- hint: write `*/` where it ends
--- a quote within a text
SELECT 'it's' FROM d.t
-- error: 1:13 a literal is not closed on its line
-- hint: a quote within it is written `\'`; several lines stand in triple quotes
--- a quote is written twice
SELECT 'it''s'
-- error: 1:12 a quote within a literal is written `\'`
--- a backslash alone
SELECT '\d+'
-- error: 1:8 `\d` is no escape; write `\\` for a backslash, or r'…'
--- AS is missing in a cast
SELECT CAST(a INT64) FROM d.t
-- error: 1:15 expected `AS`, found `INT64`
-- hint: write `CAST(value AS type)`
--- a comma in a cast
SELECT CAST(a, INT64) FROM d.t
-- error: 1:14 expected `AS`, found `,`
-- hint: write `CAST(value AS type)`
--- a type that is none
SELECT CAST(a AS VARCHAR) FROM d.t
-- error: 1:18 `VARCHAR` is no type
-- hint: write `STRING`
--- AND at the end
SELECT a FROM d.t WHERE a = 1 AND
-- error: 1:31 expected an expression, but the text ends here
-- hint: nothing stands behind `AND`
--- AND in front of the next clause
SELECT a FROM d.t WHERE a = 1 AND GROUP BY a
-- error: 1:35 expected an expression, found `GROUP`
-- hint: nothing stands behind `AND`
--- AND twice
SELECT a FROM d.t WHERE a AND AND b
-- error: 1:31 expected an expression, found `AND`
-- hint: nothing stands behind `AND`
--- an operator without an operand
SELECT a + FROM d.t
-- error: 1:12 expected an expression, found `FROM`
-- hint: nothing stands behind `+`
--- equality of other languages
SELECT a == b FROM d.t
-- error: 1:10 expected `;` or the end of the text, found `==`
-- hint: write `=`
--- and of other languages
SELECT a && b FROM d.t
-- error: 1:10 expected `;` or the end of the text, found `&&`
-- hint: write `AND`
--- not of other languages
SELECT !a FROM d.t
-- error: 1:8 expected an expression, found `!`
-- hint: write `NOT`
--- modulo of other languages
SELECT a % b FROM d.t
-- error: 1:10 expected `;` or the end of the text, found `%`
-- hint: write `MOD(a, b)`
--- a cast of other languages
SELECT a::INT64 FROM d.t
-- error: 1:9 expected `;` or the end of the text, found `::`
-- hint: write `CAST(value AS type)`
--- ILIKE of other languages
SELECT a FROM d.t WHERE a ILIKE 'x%'
-- error: 1:27 expected `;` or the end of the text, found `ILIKE`
-- hint: write `LOWER(value) LIKE 'pattern'`
--- comparisons in a chain
SELECT 1 < a < 3 FROM d.t
-- error: 1:14 comparisons do not chain
-- hint: join them with AND, or put one of them in brackets
--- IS with a value
SELECT a IS 1 FROM d.t
-- error: 1:13 expected `NULL`, `TRUE`, `FALSE` or `DISTINCT FROM`, found `1`
--- IN without brackets
SELECT a IN 1, 2 FROM d.t
-- error: 1:13 expected `(`, found `1`
--- IN of nothing
SELECT a IN () FROM d.t
-- error: 1:14 expected an expression, found `)`
--- BETWEEN without AND
SELECT a BETWEEN 1, 2 FROM d.t
-- error: 1:19 expected `AND`, found `,`
--- CASE without END
SELECT CASE WHEN a THEN 1 FROM d.t
-- error: 1:27 expected `END`, found `FROM`
--- CASE without WHEN
SELECT CASE a ELSE 1 END FROM d.t
-- error: 1:15 expected `WHEN`, found `ELSE`
--- ELSE IF in a CASE
SELECT CASE WHEN a THEN 1 ELSE IF b THEN 2 END FROM d.t
-- error: 1:32 expected an expression, found `IF`
--- a join without a condition's word
SELECT * FROM d.t JOIN d.u t.a = u.a
-- error: 1:29 expected `;` or the end of the text, found `.`
-- hint: `t` is read as an alias; a keyword or comma may be missing before it
--- USING without brackets
SELECT * FROM d.t JOIN d.u USING a
-- error: 1:34 expected `(`, found `a`
--- two words for a join
SELECT * FROM d.t OUTER JOIN d.u USING (a)
-- error: 1:19 expected `;` or the end of the text, found `OUTER`
-- hint: write `LEFT`, `RIGHT` or `FULL` in front of it
--- a natural join
SELECT * FROM d.t NATURAL JOIN d.u
-- error: 1:19 there is no NATURAL JOIN
-- hint: name the columns that both sides share: `JOIN … USING (a, b)`
--- a comma at the end of FROM
SELECT * FROM d.t, WHERE a = 1
-- error: 1:20 expected a table, found `WHERE`
-- hint: take out the comma in front of it
--- a comma at the end of GROUP BY
SELECT a FROM d.t GROUP BY a, ORDER BY a
-- error: 1:31 expected an expression, found `ORDER`
-- hint: take out the comma in front of it
--- a comma behind the last common table
WITH a AS (SELECT 1 AS x), SELECT * FROM a
-- error: 1:28 expected a common table's name, found `SELECT`
-- hint: take out the comma in front of it
--- a common table without brackets
WITH a AS SELECT 1 AS x SELECT * FROM a
-- error: 1:11 expected `(`, found `SELECT`
--- a common table without a query behind it
WITH a AS (SELECT 1 AS x)
-- error: 1:25 expected a query, but the text ends here
--- WITH twice
WITH a AS (SELECT 1 AS x) WITH b AS (SELECT 2 AS x) SELECT * FROM b
-- error: 1:27 expected a query, found `WITH`
-- hint: one WITH names all common tables, parted by commas
--- UNION without ALL or DISTINCT
SELECT 1 UNION SELECT 2
-- error: 1:16 expected `ALL` or `DISTINCT`, found `SELECT`
-- hint: `UNION ALL` keeps all rows, `UNION DISTINCT` equal rows once
--- MINUS
SELECT 1 MINUS SELECT 2
-- error: 1:16 expected `;` or the end of the text, found `SELECT`
-- hint: write `EXCEPT DISTINCT`
--- different set operations side by side
SELECT 1 UNION ALL SELECT 2 EXCEPT DISTINCT SELECT 3
-- error: 1:29 different set operations stand side by side
-- hint: put the one that is done first in brackets
--- ORDER BY in front of UNION
SELECT 1 ORDER BY 1 UNION ALL SELECT 2
-- error: 1:21 expected `;` or the end of the text, found `UNION`
-- hint: a query with ORDER BY or LIMIT stands in brackets there
--- an alias that is a reserved word
SELECT a AS group FROM d.t
-- error: 1:13 expected a name, found `group`
-- hint: `group` is reserved; as a name it stands in backticks: `` `group` ``
--- a column that is a reserved word
SELECT order FROM d.t
-- error: 1:8 expected an expression, found `order`
-- hint: `order` is reserved; as a name it stands in backticks: `` `order` ``
--- a table that is a reserved word
SELECT * FROM select
-- error: 1:15 expected a table, found `select`
-- hint: `select` is reserved; as a name it stands in backticks: `` `select` ``
--- an alias that is a text
SELECT a AS 'b' FROM d.t
-- error: 1:13 expected a name, found `'b'`
--- an alias of several words
SELECT a AS b c FROM d.t
-- error: 1:15 expected `;` or the end of the text, found `c`
-- hint: a comma or an operator may be missing in front of `c`
--- TOP
SELECT TOP 10 a FROM d.t
-- error: 1:12 expected `;` or the end of the text, found `10`
-- hint: write `LIMIT n` at the end of the query
--- LIMIT with a comma
SELECT a FROM d.t LIMIT 1, 2
-- error: 1:26 expected `;` or the end of the text, found `,`
-- hint: write `LIMIT rows OFFSET skipped`
--- OFFSET in front of LIMIT
SELECT a FROM d.t OFFSET 1 LIMIT 2
-- error: 1:26 expected `;` or the end of the text, found `1`
-- hint: a comma or an operator may be missing in front of `1`
--- FETCH FIRST
SELECT a FROM d.t FETCH FIRST 1 ROWS ONLY
-- error: 1:19 expected `;` or the end of the text, found `FETCH`
-- hint: write `LIMIT n` at the end of the query
--- a query in brackets without brackets
SELECT a IN SELECT b FROM d.u
-- error: 1:13 expected `(`, found `SELECT`
--- EXISTS without a query
SELECT EXISTS (a) FROM d.t
-- error: 1:16 expected a query, found `a`
--- a window without OVER's brackets
SELECT SUM(a) OVER PARTITION BY b FROM d.t
-- error: 1:20 expected a window, found `PARTITION`
--- an order in front of the partition
SELECT SUM(a) OVER (ORDER BY b PARTITION BY c) FROM d.t
-- error: 1:32 expected `)`, found `PARTITION`
-- hint: `(` is not closed
--- a frame that does not end
SELECT SUM(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING) FROM d.t
-- error: 1:56 expected `AND`, found `)`
--- IGNORE NULLS behind the brackets
SELECT LAG(a) IGNORE NULLS OVER (ORDER BY b) FROM d.t
-- error: 1:15 IGNORE NULLS stands within the brackets of a call
-- hint: write `LAG(… IGNORE NULLS) OVER …`
--- FILTER
SELECT COUNT(*) FILTER (WHERE a) FROM d.t
-- error: 1:24 expected `;` or the end of the text, found `(`
-- hint: write `COUNTIF(condition)`, or `IF(condition, value, NULL)` within the aggregate
--- a number with a letter
SELECT 1a FROM d.t WHERE 2x = 3
-- error: 1:8 a name does not begin with a digit
-- hint: put the name in backticks, or a space behind the number
--- a number that is too large
SELECT 99999999999999999999
-- error: 1:8 `99999999999999999999` does not fit an INT64; write NUMERIC '99999999999999999999' for a larger number
--- a date part that is none
SELECT EXTRACT(DAYS FROM a) FROM d.t
-- error: 1:16 `DAYS` is no date part
-- hint: did you mean `DAY`?
--- a comma in EXTRACT
SELECT EXTRACT(DAY, a) FROM d.t
-- error: 1:19 expected `FROM`, found `,`
--- an interval without a part
SELECT a + INTERVAL 1 FROM d.t
-- error: 1:23 `FROM` is no date part
--- an interval of many parts
SELECT INTERVAL '1 day'
-- error: 1:17 expected a date part, but the text ends here
--- a date in brackets
SELECT DATE_ADD(a, INTERVAL 1 DAYS) FROM d.t
-- error: 1:31 `DAYS` is no date part
-- hint: did you mean `DAY`?
--- a star in an expression
SELECT * + 1 FROM d.t
-- error: 1:10 expected `;` or the end of the text, found `+`
--- a star with a name
SELECT * AS a FROM d.t
-- error: 1:10 expected `;` or the end of the text, found `AS`
--- EXCEPT without brackets
SELECT * EXCEPT a FROM d.t
-- error: 1:10 columns without brackets, or behind REPLACE
-- hint: write `* EXCEPT (columns) REPLACE (value AS column)`
--- REPLACE without AS
SELECT * REPLACE (1 a) FROM d.t
-- error: 1:21 expected `AS`, found `a`
--- REPLACE in front of EXCEPT
SELECT * REPLACE (1 AS a) EXCEPT (b) FROM d.t
-- error: 1:27 columns without brackets, or behind REPLACE
-- hint: write `* EXCEPT (columns) REPLACE (value AS column)`
--- a parameter as a table
SELECT * FROM @t
-- error: 1:15 a parameter cannot stand for a table
--- a name with a dash
SELECT a-b.c, d FROM t WHERE x = my-table.
-- error: 1:42 expected a field, but the text ends here
-- hint: nothing stands behind `.`
--- a dot at the end
SELECT t. FROM d.t
-- error: 1:17 expected `;` or the end of the text, found `.`
-- hint: `d` is read as an alias; a keyword or comma may be missing before it
--- two dots
SELECT t..a FROM d.t
-- error: 1:10 expected a field, found `.`
--- an empty name
SELECT `` FROM d.t
-- error: 1:8 a name in backticks that is empty or no Unicode
--- a curly bracket
SELECT {a} FROM d.t
-- error: 1:8 expected an expression, found `{`
-- hint: `{{ … }}` and `{% … %}` are of templates, which are not filled in here
--- a template that is left
SELECT * FROM {{ table }}
-- error: 1:15 expected a table, found `{`
-- hint: `{{ … }}` and `{% … %}` are of templates, which are not filled in here
--- letters of other alphabets without backticks
SELECT größe FROM d.t
-- error: 1:10 expected `;` or the end of the text, found `ö`
-- hint: letters other than a to z stand in backticks, or within a literal
--- quotes of a word processor
SELECT “a” FROM d.t
-- error: 1:8 expected an expression, found `“`
-- hint: quotes are `'` or `"`
--- an array of nothing between commas
SELECT [1,, 2]
-- error: 1:11 expected an expression, found `,`
-- hint: take out the comma in front of it
--- a comma at the end of arguments
SELECT f(a, ) FROM d.t
-- error: 1:13 expected an expression, found `)`
-- hint: take out the comma in front of it
--- an angle bracket is missing
SELECT ARRAY<INT64[1]
-- error: 1:19 expected `>`, found `[`
--- a struct of types without brackets
SELECT STRUCT<a INT64>
-- error: 1:22 expected `(`, but the text ends here
--- a struct's field without a name behind AS
SELECT STRUCT(1 AS)
-- error: 1:19 expected a field's name, found `)`
--- PIVOT without FOR
SELECT * FROM d.t PIVOT(SUM(a) IN ('x'))
-- error: 1:40 expected `FOR`, found `)`
--- UNPIVOT of expressions
SELECT * FROM d.t UNPIVOT(a FOR b IN (c + 1))
-- error: 1:41 expected `)`, found `+`
-- hint: `(` is not closed
--- brackets around a table
SELECT * FROM (d.t)
-- error: 1:19 expected a join, found `)`
-- hint: brackets hold a join or a query
--- a pipe operator that is none
FROM d.t |> FILTER a = 1
-- error: 1:13 `FILTER` is no pipe operator
-- hint: write `|> WHERE …`
--- a pipe without an operator
FROM d.t |>
-- error: 1:10 expected a pipe operator, but the text ends here
-- hint: nothing stands behind `|>`
--- GROUP BY without AGGREGATE in a pipe
FROM d.t |> GROUP BY a
-- error: 1:13 `GROUP` is no pipe operator
-- hint: write `|> AGGREGATE … GROUP BY …`
--- HAVING in a pipe
FROM d.t |> HAVING a
-- error: 1:13 `HAVING` is no pipe operator
-- hint: write `|> WHERE …`
--- tests without brackets in a chain
SELECT a IS NULL IS NULL FROM d.t
-- error: 1:18 comparisons do not chain
-- hint: join them with AND, or put one of them in brackets
--- IN behind IN
SELECT a IN (1) IN (2) FROM d.t
-- error: 1:17 comparisons do not chain
-- hint: join them with AND, or put one of them in brackets
--- IN behind a comparison
SELECT a = b IN (1) FROM d.t
-- error: 1:14 comparisons do not chain
-- hint: join them with AND, or put one of them in brackets
--- BETWEEN behind BETWEEN
SELECT a BETWEEN 1 AND 2 NOT BETWEEN 3 AND 4 FROM d.t
-- error: 1:26 comparisons do not chain
-- hint: join them with AND, or put one of them in brackets
--- a reserved word among the columns of a star
SELECT * EXCEPT (group) FROM d.t
-- error: 1:18 expected a column, found `group`
-- hint: `group` is reserved; as a name it stands in backticks: `` `group` ``
--- a reserved word as the name of a field
SELECT STRUCT(1 AS group)
-- error: 1:20 expected a field's name, found `group`
-- hint: `group` is reserved; as a name it stands in backticks: `` `group` ``
--- a reserved word in USING
SELECT * FROM d.t JOIN d.u USING (order)
-- error: 1:35 expected a column, found `order`
-- hint: `order` is reserved; as a name it stands in backticks: `` `order` ``
--- a typing error in a pipe
FROM d.t |> SELET a
-- error: 1:13 `SELET` is no pipe operator
-- hint: did you mean `SELECT`?
--- OFFSET alone in a pipe
FROM d.t |> OFFSET 1
-- error: 1:13 `OFFSET` is no pipe operator
-- hint: write `|> LIMIT … OFFSET …`
--- a condition behind comma joins
SELECT * FROM d.t, d.u ON TRUE
-- error: 1:24 expected `;` or the end of the text, found `ON`
--- an alias behind a star with columns
SELECT a.* EXCEPT (x) AS y FROM d.t
-- error: 1:23 expected `;` or the end of the text, found `AS`
--- a time zone that is missing
SELECT EXTRACT(DAY FROM a AT TIME ZONE) FROM d.t
-- error: 1:39 expected an expression, found `)`
