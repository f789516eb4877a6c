--- too few arguments
CREATE TEMP FUNCTION twice(x INT64) AS (x * 2); SELECT twice() AS a

--- a text for a number
CREATE TEMP FUNCTION twice(x INT64) AS (x * 2); SELECT twice('x') AS a

--- a body of another type than declared
CREATE TEMP FUNCTION twice(x INT64) RETURNS DATE AS (x * 2); SELECT twice(1) AS a

--- an unknown name in the body
CREATE TEMP FUNCTION twice(x INT64) AS (y * 2); SELECT twice(1) AS a

--- any type that the body cannot take
CREATE TEMP FUNCTION total(x ANY TYPE) AS ((SELECT SUM(v) FROM UNNEST(x) AS v)); SELECT total(['x']) AS a

--- an argument by a name that the function has not
CREATE TEMP FUNCTION twice(x INT64) AS (x * 2); SELECT twice(y => 1) AS a

--- an argument that is given twice
CREATE TEMP FUNCTION less(a INT64, b INT64) AS (a - b); SELECT less(1, a => 1) AS a

--- an argument without a name behind one that has a name
CREATE TEMP FUNCTION less(a INT64, b INT64) AS (a - b); SELECT less(a => 1, 2) AS a

--- a name for one argument, and none for the other
CREATE TEMP FUNCTION less(a INT64, b INT64) AS (a - b); SELECT less(b => 1) AS a
