--- INSERT without values
INSERT INTO d.t (a)
-- error: 1:19 expected `VALUES` or a query, but the text ends here
--- VALUES without brackets
INSERT INTO d.t (a) VALUES 1, 2
-- error: 1:28 expected `(`, found `1`
--- UPDATE without SET
UPDATE d.t WHERE a = 1
-- error: 1:12 expected `SET`, found `WHERE`
--- UPDATE with two equal signs
UPDATE d.t SET a == 1 WHERE TRUE
-- error: 1:18 expected `=`, found `==`
-- hint: write `=`
--- UPDATE with AND between assignments
UPDATE d.t SET a = 1, WHERE TRUE
-- error: 1:23 expected a column, found `WHERE`
-- hint: take out the comma in front of it
--- DELETE of columns
DELETE a FROM d.t WHERE TRUE
-- error: 1:10 expected `;` or the end of the text, found `FROM`
-- hint: clauses come in the order FROM, WHERE, GROUP BY, HAVING, QUALIFY, WINDOW, ORDER BY, LIMIT
--- MERGE without ON
MERGE d.t USING d.u WHEN MATCHED THEN DELETE
-- error: 1:21 expected `ON`, found `WHEN`
--- MERGE without an action
MERGE d.t USING d.u ON a = b WHEN MATCHED THEN
-- error: 1:43 expected `INSERT`, `UPDATE` or `DELETE`, but the text ends here
--- MERGE that inserts without a word
MERGE d.t USING d.u ON a = b WHEN NOT MATCHED THEN (a) VALUES (1)
-- error: 1:52 expected `INSERT`, `UPDATE` or `DELETE`, found `(`
--- a table without a type
CREATE TABLE d.t (a, b INT64)
-- error: 1:20 expected a type, found `,`
--- a table of other systems' types
CREATE TABLE d.t (a VARCHAR(10))
-- error: 1:21 `VARCHAR` is no type
-- hint: write `STRING`
--- a view without AS
CREATE VIEW d.v SELECT 1
-- error: 1:17 expected `AS`, found `SELECT`
--- a function without brackets around its body
CREATE FUNCTION d.f(a INT64) AS a + 1
-- error: 1:33 expected `(`, found `a`
-- hint: an expression stands in brackets, a query in two pairs of them
--- a function of a bare query
CREATE FUNCTION d.f(a INT64) AS SELECT a
-- error: 1:33 expected `(`, found `SELECT`
-- hint: an expression stands in brackets, a query in two pairs of them
--- a function without a type
CREATE FUNCTION d.f(a) AS (a)
-- error: 1:22 expected a type, found `)`
--- a function of JavaScript without a text
CREATE FUNCTION d.f(a INT64) RETURNS INT64 LANGUAGE js AS (a)
-- error: 1:60 the body of a JavaScript function is a literal text
--- a function without a body
CREATE FUNCTION d.f(a INT64) RETURNS INT64
-- error: 1:38 expected `AS` and the function's body, but the text ends here
--- a procedure without BEGIN
CREATE PROCEDURE d.p() SELECT 1
-- error: 1:24 expected `BEGIN`, found `SELECT`
--- RETURN in a function
CREATE FUNCTION d.f(a INT64) RETURNS INT64 RETURN a
-- error: 1:44 expected `AS` and the function's body, found `RETURN`
--- no semicolon between statements
SELECT 1 SELECT 2
-- error: 1:10 expected `;` or the end of the text, found `SELECT`
-- hint: statements are parted by `;`
--- no semicolon between statements of other kinds
CREATE TABLE d.t AS SELECT 1 INSERT INTO d.t VALUES (2)
-- error: 1:37 expected `;` or the end of the text, found `INTO`
--- IF without THEN
IF a SELECT 1; END IF;
-- error: 1:6 expected `THEN`, found `SELECT`
--- IF without END IF
IF a THEN SELECT 1;
-- error: 1:19 expected `END`, but the text ends here
-- hint: a block ends in `END`, an IF in `END IF` and so on; `ELSEIF` is one word
--- IF that ends in END
IF a THEN SELECT 1; END;
-- error: 1:24 expected `IF`, found `;`
--- ELSE IF in two words
IF a THEN SELECT 1; ELSE IF b THEN SELECT 2; END IF;
-- error: 1:52 expected `END`, but the text ends here
-- hint: a block ends in `END`, an IF in `END IF` and so on; `ELSEIF` is one word
--- a statement in a block without a semicolon
BEGIN SELECT 1 END;
-- error: 1:16 expected `;`, found `END`
-- hint: every statement of a block ends in `;`
--- WHILE without DO
WHILE a SET b = 1; END WHILE;
-- error: 1:9 expected `DO`, found `SET`
--- LOOP without END LOOP
LOOP SELECT 1;
-- error: 1:14 expected `END`, but the text ends here
-- hint: a block ends in `END`, an IF in `END IF` and so on; `ELSEIF` is one word
--- FOR without brackets
FOR r IN SELECT 1 DO SELECT 2; END FOR;
-- error: 1:10 expected `(`, found `SELECT`
--- DECLARE without a type
DECLARE a;
-- error: 1:10 expected a type, found `;`
--- DECLARE with a value behind an equal sign
DECLARE a INT64 = 1;
-- error: 1:17 expected `DEFAULT`, found `=`
--- SET without a value
SET a;
-- error: 1:6 expected `=`, found `;`
--- SET with a colon
SET a := 1;
-- error: 1:7 expected `=`, found `:`
-- hint: write `=` to assign, and `value.field` for a field
--- EXECUTE without IMMEDIATE
EXECUTE 'SELECT 1';
-- error: 1:9 expected `IMMEDIATE`, found `'SELECT 1'`
--- CALL without brackets
CALL d.p;
-- error: 1:9 expected `(`, found `;`
--- a name alone
abc
-- error: 1:1 expected a statement, found `abc`
--- a number alone
1;
-- error: 1:1 expected a statement, found `1`
--- EXPLAIN
EXPLAIN SELECT 1
-- error: 1:1 expected a statement, found `EXPLAIN`
--- SHOW
SHOW TABLES
-- error: 1:1 expected a statement, found `SHOW`
--- a column that is a reserved word
CREATE TABLE d.t (group INT64)
-- error: 1:19 expected a column, found `group`
-- hint: `group` is reserved; as a name it stands in backticks: `` `group` ``
--- an argument that is a reserved word
CREATE FUNCTION d.f(group INT64) AS (1)
-- error: 1:21 expected an argument, found `group`
-- hint: `group` is reserved; as a name it stands in backticks: `` `group` ``
--- an update of a reserved word
UPDATE d.t SET order = 1 WHERE TRUE
-- error: 1:16 expected a column, found `order`
-- hint: `order` is reserved; as a name it stands in backticks: `` `order` ``
--- an exception without ERROR
BEGIN SELECT 1; EXCEPTION WHEN THEN SELECT 2; END;
-- error: 1:17 expected `END`, found `EXCEPTION`
--- REPEAT without UNTIL
REPEAT SELECT 1; END REPEAT;
-- error: 1:18 expected `UNTIL`, found `END`
--- CASE without END CASE
CASE WHEN a THEN SELECT 1; END;
-- error: 1:31 expected `CASE`, found `;`
