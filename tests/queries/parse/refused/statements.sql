--- INSERT without values
INSERT INTO d.t (a)
--- VALUES without brackets
INSERT INTO d.t (a) VALUES 1, 2
--- UPDATE without SET
UPDATE d.t WHERE a = 1
--- UPDATE with two equal signs
UPDATE d.t SET a == 1 WHERE TRUE
--- UPDATE with AND between assignments
UPDATE d.t SET a = 1, WHERE TRUE
--- DELETE of columns
DELETE a FROM d.t WHERE TRUE
--- MERGE without ON
MERGE d.t USING d.u WHEN MATCHED THEN DELETE
--- MERGE without an action
MERGE d.t USING d.u ON a = b WHEN MATCHED THEN
--- MERGE that inserts without a word
MERGE d.t USING d.u ON a = b WHEN NOT MATCHED THEN (a) VALUES (1)
--- a table without a type
CREATE TABLE d.t (a, b INT64)
--- a table of other systems' types
CREATE TABLE d.t (a VARCHAR(10))
--- a view without AS
CREATE VIEW d.v SELECT 1
--- a function without brackets around its body
CREATE FUNCTION d.f(a INT64) AS a + 1
--- a function of a bare query
CREATE FUNCTION d.f(a INT64) AS SELECT a
--- a function without a type
CREATE FUNCTION d.f(a) AS (a)
--- a function of JavaScript without a text
CREATE FUNCTION d.f(a INT64) RETURNS INT64 LANGUAGE js AS (a)
--- a function without a body
CREATE FUNCTION d.f(a INT64) RETURNS INT64
--- a procedure without BEGIN
CREATE PROCEDURE d.p() SELECT 1
--- RETURN in a function
CREATE FUNCTION d.f(a INT64) RETURNS INT64 RETURN a
--- no semicolon between statements
SELECT 1 SELECT 2
--- no semicolon between statements of other kinds
CREATE TABLE d.t AS SELECT 1 INSERT INTO d.t VALUES (2)
--- IF without THEN
IF a SELECT 1; END IF;
--- IF without END IF
IF a THEN SELECT 1;
--- IF that ends in END
IF a THEN SELECT 1; END;
--- ELSE IF in two words
IF a THEN SELECT 1; ELSE IF b THEN SELECT 2; END IF;
--- a statement in a block without a semicolon
BEGIN SELECT 1 END;
--- WHILE without DO
WHILE a SET b = 1; END WHILE;
--- LOOP without END LOOP
LOOP SELECT 1;
--- FOR without brackets
FOR r IN SELECT 1 DO SELECT 2; END FOR;
--- DECLARE without a type
DECLARE a;
--- DECLARE with a value behind an equal sign
DECLARE a INT64 = 1;
--- SET without a value
SET a;
--- SET with a colon
SET a := 1;
--- EXECUTE without IMMEDIATE
EXECUTE 'SELECT 1';
--- CALL without brackets
CALL d.p;
--- a name alone
abc
--- a number alone
1;
--- EXPLAIN
EXPLAIN SELECT 1
--- SHOW
SHOW TABLES
