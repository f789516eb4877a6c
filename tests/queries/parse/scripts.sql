--- declarations
DECLARE a INT64; DECLARE b, c STRING DEFAULT 'x'; DECLARE d DEFAULT (SELECT MAX(x) FROM d.t); DECLARE e ARRAY<STRUCT<x INT64, y STRING>> DEFAULT[]; DECLARE f NUMERIC(10, 2); DECLARE g DATE DEFAULT CURRENT_DATE; DECLARE h STRUCT<category STRING, name STRING>; SELECT a, b, @@error.message;
--- assignments
DECLARE a, b INT64; SET a = 1; SET (a, b) = (1, 2); SET (a, b) = (SELECT AS STRUCT 1, 2); SET @@query_label = 'a:b'; SET @@time_zone = 'UTC'; SET a = (SELECT COUNT(*) FROM d.t);
--- conditions
IF a > 1 THEN SELECT 1; ELSEIF b THEN SELECT 2; SELECT 3; ELSE SELECT 4; END IF; IF EXISTS (SELECT 1 FROM d.t) THEN SELECT 1; END IF; IF (SELECT COUNT(*) FROM d.t) > 1 THEN END IF;
--- cases
CASE WHEN a THEN SELECT 1; WHEN b THEN SELECT 2; ELSE SELECT 3; END CASE; CASE a WHEN 1 THEN SELECT 1; END CASE;
--- loops
LOOP SET i = i + 1; IF i > 10 THEN LEAVE; END IF; IF i > 5 THEN BREAK; END IF; CONTINUE; ITERATE; END LOOP; WHILE i < 10 DO SET i = i + 1; END WHILE; REPEAT SET i = i + 1; UNTIL i > 10 END REPEAT;
--- rows
FOR r IN (SELECT a, b FROM d.t ORDER BY a) DO SELECT r.a; INSERT d.u VALUES (r.b); END FOR;
--- the words of an end stand on two lines
WHILE TRUE DO BREAK; END
WHILE;
--- blocks
BEGIN SELECT 1; BEGIN SELECT 2; END; EXCEPTION WHEN ERROR THEN SELECT @@error.message, @@error.statement_text; RAISE; END; BEGIN END;
--- labels
outer_loop: LOOP inner_loop: WHILE TRUE DO LEAVE outer_loop; CONTINUE inner_loop; END WHILE inner_loop; END LOOP outer_loop; block: BEGIN LEAVE block; END block;
--- statements of texts
EXECUTE IMMEDIATE 'SELECT 1'; EXECUTE IMMEDIATE CONCAT('SELECT ', a) INTO b, c USING 1, x AS y; EXECUTE IMMEDIATE FORMAT("""SELECT '%s' FROM `%s`""", a, b); EXECUTE IMMEDIATE '''
  SELECT "''' || names[
    ORDINAL(i)
  ] || '''" AS x''';
--- calls
CALL d.p(); CALL `p-1`.d.p(a, 1, [STRUCT('x' AS y)], result); CALL BQ.ABORT_SESSION(); CALL p(a[ORDINAL(i)].b, DATE '2026-01-01');
--- errors, assertions and ends
RAISE USING MESSAGE = CONCAT('a', b); ASSERT (SELECT COUNT(*) FROM d.t) > 0 AS 'empty'; ASSERT a = 1; ASSERT EXISTS(SELECT 1) AS "x"; RETURN;
--- a check that warns or fails is a comment and an ASSERT or SELECT
#warn
WITH n AS (SELECT COUNT(*) AS c FROM d.t WHERE day = @submission_date) SELECT IF((SELECT c FROM n) > 0, ERROR('Empty'), NULL);
#fail
SELECT IF(COUNT(*) = 0, ERROR(CONCAT('a', 'b')), NULL) FROM d.t;
--- a function, a temporary table, a query
CREATE TEMP FUNCTION f(a INT64) AS (a + 1); CREATE TEMP TABLE t AS SELECT f(1) AS a; INSERT INTO d.u SELECT a FROM t; DROP TABLE t; SELECT * FROM d.u;
--- a table of columns with a query in brackets
CREATE TEMP TABLE flows(a DATE, b ARRAY<STRUCT<source STRUCT<category STRING, timestamp TIMESTAMP>, target STRUCT<name STRING>>>) AS (WITH x AS (SELECT DISTINCT @submission_date AS a, ext.value AS b FROM `p-1.d.events`, UNNEST(extra) AS ext) SELECT * FROM x);
--- comments between statements
SELECT 1; -- one
/* two */ SELECT 2; # three

-- the end
--- variables in a query
DECLARE days INT64 DEFAULT 7; SELECT * FROM d.t WHERE day > DATE_SUB(@submission_date, INTERVAL days DAY) LIMIT days;
--- nothing but comments
-- a
