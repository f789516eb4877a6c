== Intervals sort and group by their length
page: data-types
section: Interval type
SELECT MIN(i) AS shortest, COUNT(*) AS n FROM UNNEST([INTERVAL 1 MONTH, INTERVAL 1 MONTH, INTERVAL 25 HOUR, INTERVAL 1 DAY]) AS i GROUP BY i ORDER BY i DESC
-->
shortest INTERVAL                          | n INT64
INTERVAL "0-1 0 0:0:0" YEAR TO SECOND      | 2
INTERVAL "0-0 0 25:0:0" YEAR TO SECOND     | 1
INTERVAL "0-0 1 0:0:0" YEAR TO SECOND      | 1

== A query has one clock
page: timestamp_functions
section: CURRENT_TIMESTAMP
SELECT COUNT(DISTINCT t) AS times FROM (SELECT CURRENT_TIMESTAMP() AS t FROM UNNEST(GENERATE_ARRAY(1, 5000)) UNION ALL SELECT CURRENT_TIMESTAMP())
-->
times INT64
1

== Days of two time zones
page: date_functions
section: DATE
SELECT DATE(moment, 'Asia/Tokyo') AS day, COUNT(*) AS n FROM UNNEST([TIMESTAMP '2024-01-01 14:59:59', TIMESTAMP '2024-01-01 15:00:00', NULL]) AS moment GROUP BY day ORDER BY day
-->
day DATE          | n INT64
NULL              | 1
DATE "2024-01-01" | 1
DATE "2024-01-02" | 1

== The sum of intervals of each group
page: aggregate_functions
section: SUM
SELECT k, SUM(i) AS total, AVG(i) AS mean FROM UNNEST([STRUCT(1 AS k, INTERVAL 1 DAY AS i), (1, INTERVAL 1 HOUR), (2, NULL)]) GROUP BY k ORDER BY k
-->
k INT64 | total INTERVAL                        | mean INTERVAL
1       | INTERVAL "0-0 1 1:0:0" YEAR TO SECOND | INTERVAL "0-0 0 12:30:0" YEAR TO SECOND
2       | NULL                                  | NULL

== Ranges in arrays and structs
page: range-functions
section: RANGE
SELECT RANGE_START(r) AS first, RANGE_END(r) AS last FROM UNNEST([RANGE(DATE '2024-01-01', DATE '2024-02-01'), RANGE(DATE '2024-01-01', NULL)]) AS r WHERE RANGE_CONTAINS(r, DATE '2024-03-01')
-->
first DATE        | last DATE
DATE "2024-01-01" | NULL

== Ranges sort by their starts, then by their ends, and what has no bound is outmost
page: data-types
section: Range type
SELECT r FROM UNNEST([RANGE(DATE '2024-01-01', NULL), RANGE(DATE '2024-01-01', DATE '2024-02-01'), RANGE(NULL, DATE '2024-02-01'), NULL]) AS r ORDER BY r
-->
r RANGE<DATE>
NULL
RANGE<DATE> "[UNBOUNDED, 2024-02-01)"
RANGE<DATE> "[2024-01-01, 2024-02-01)"
RANGE<DATE> "[2024-01-01, UNBOUNDED)"
