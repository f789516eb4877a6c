== Aggregates of the rows where another value is largest or smallest
page: aggregate-function-calls
section: HAVING MAX clause
SELECT SUM(x HAVING MAX y) AS largest, SUM(x HAVING MIN y) AS smallest, COUNTIF(x > 1 HAVING MAX y) AS above, COUNTIF(x > 1 HAVING MIN y) AS below,
  BIT_OR(x HAVING MAX y) AS bits, BIT_OR(x HAVING MIN y) AS few
FROM UNNEST([STRUCT(1 AS x, 1 AS y), (2, 2), (4, 2), (8, 3)]) WHERE y < 3
-->
largest INT64 | smallest INT64 | above INT64 | below INT64 | bits INT64 | few INT64
6 | 1 | 2 | 0 | 6 | 1
