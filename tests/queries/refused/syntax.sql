--- an unterminated text
SELECT 'x AS a

--- an unterminated comment
SELECT 1 AS a /* never closed

--- an unterminated name
SELECT `x AS a

--- a bad escape
SELECT '\d' AS a

--- a bracket that is not closed
SELECT (1 + 2 AS a

--- a bracket too many
SELECT 1 + 2) AS a

--- no select list
SELECT FROM telemetry.main

--- two commas
SELECT 1,, 2

--- a keyword out of place
SELECT 1 AS a FROM WHERE

--- doubled quotes
SELECT 'it''s' AS a

--- an unknown type
SELECT CAST(1 AS NUMBER) AS a

--- an empty query

--- clauses in the wrong order
SELECT client_id FROM telemetry.main ORDER BY client_id WHERE TRUE

--- a chain of comparisons
SELECT 1 < 2 < 3 AS a

--- double equals
SELECT 1 == 2 AS a

--- a cast with two colons
SELECT 1::STRING AS a

--- group by nothing
SELECT COUNT(*) AS n FROM telemetry.main GROUP BY

--- an end without a case
SELECT 1 END AS a

--- case without end
SELECT CASE WHEN TRUE THEN 1 AS a

--- hexadecimal without digits
SELECT 0x AS a

--- a comma that ends EXCEPT
SELECT * EXCEPT (client_id,) FROM telemetry.main
--- a comma that ends REPLACE
SELECT * REPLACE (1 AS client_id,) FROM telemetry.main

--- a natural join
SELECT 1 AS a FROM telemetry.main NATURAL JOIN telemetry.countries
--- a right join behind a comma
SELECT * FROM (SELECT 1 AS a) AS x, (SELECT 2 AS b) AS y RIGHT JOIN (SELECT 3 AS c) AS z ON TRUE

--- a full join behind a comma
SELECT * FROM (SELECT 1 AS a) AS x, (SELECT 2 AS b) AS y FULL JOIN (SELECT 3 AS c) AS z ON b = c

--- an argument of one's own function behind those with a name
CREATE TEMP FUNCTION f(a INT64, b STRING) AS (CONCAT(b, a)); SELECT f(b => 'x', 1) AS x
