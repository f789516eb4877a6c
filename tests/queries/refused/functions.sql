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
