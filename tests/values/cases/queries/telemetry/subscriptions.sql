== The newest state of a subscription and its periods
page: query-syntax
section: SELECT expression.*
WITH events AS (
  SELECT 'd' AS document_id, NULLIF(TIMESTAMP '2026-01-01 00:00:00', "1970-01-01 00:00:00") AS event_timestamp, TIMESTAMP '2026-01-01 00:00:00' AS start_time, TIMESTAMP '2026-02-01 00:00:00' AS expiry_time, 'p.monthly' AS sku, 4990000 AS micros
  UNION ALL SELECT 'd', '2026-02-03 00:00:00', '2026-01-01 00:00:00', '2026-02-01 00:00:00', 'p.monthly', 4990000
  UNION ALL SELECT 'd', '2026-03-01 00:00:00', '2026-01-01 00:00:00', '2026-04-01 00:00:00', 'p.6_month_subscription', 9990000
), aggregates AS (
  SELECT document_id, MIN(event_timestamp) AS created,
    ARRAY_CONCAT(ARRAY_CONCAT_AGG(IF(event_timestamp >= expiry_time, [expiry_time], [])), [MAX(expiry_time)]) AS end_times,
    ARRAY_CONCAT([MIN(start_time)], ARRAY_CONCAT_AGG(IF(event_timestamp < expiry_time, [event_timestamp], []))) AS start_times,
    ARRAY_AGG(STRUCT(sku, micros, event_timestamp) ORDER BY event_timestamp DESC LIMIT 1)[OFFSET(0)].*,
  FROM events GROUP BY document_id
)
SELECT
  IF(n > 0, document_id || "-" || n, document_id) AS subscription_id, IF(n > 0, document_id, NULL) AS original, start_time, end_time, DIV(micros, 10000) AS amount,
  (CASE WHEN CONTAINS_SUBSTR(sku, ".monthly") THEN STRUCT("month" AS plan_interval, 1 AS plan_interval_count) WHEN CONTAINS_SUBSTR(sku, ".6_month_subscription") THEN ("month", 6) END).*,
  1 = ROW_NUMBER() OVER (PARTITION BY document_id ORDER BY n DESC) AS is_last,
  IF(n = 1, INTERVAL 1 MONTH, INTERVAL 0 DAY) AS grace
FROM aggregates
LEFT JOIN UNNEST(ARRAY(
  SELECT AS STRUCT (SELECT MIN(end_time) FROM UNNEST(end_times) AS end_time WHERE end_time > start_time) AS end_time, MIN(start_time) AS start_time,
  FROM UNNEST(start_times) AS start_time GROUP BY end_time ORDER BY start_time
)) WITH OFFSET AS n
ORDER BY n
-->
subscription_id STRING | original STRING | start_time TIMESTAMP | end_time TIMESTAMP | amount INT64 | plan_interval STRING | plan_interval_count INT64 | is_last BOOL | grace INTERVAL
"d" | NULL | TIMESTAMP "2026-01-01 00:00:00+00" | TIMESTAMP "2026-02-01 00:00:00+00" | 999 | "month" | 6 | false | INTERVAL "0-0 0 0:0:0" YEAR TO SECOND
"d-1" | "d" | TIMESTAMP "2026-03-01 00:00:00+00" | TIMESTAMP "2026-04-01 00:00:00+00" | 999 | "month" | 6 | true | INTERVAL "0-1 0 0:0:0" YEAR TO SECOND

== A history of changes, with what is known only later filled in
page: navigation_functions
section: FIRST_VALUE
WITH history AS (
  SELECT CONCAT(id, '-', FORMAT_TIMESTAMP('%FT%H:%M:%E6S', start)) AS key, id, start, active, PARSE_JSON(metadata) AS metadata
  FROM UNNEST([STRUCT('s' AS id, TIMESTAMP '2026-11-01 00:00:00.25' AS start, FALSE AS active, '{}' AS metadata), ('s', TIMESTAMP '2026-11-02 00:00:00', FALSE, '{"previous_plan_id": "old"}'), ('s', TIMESTAMP '2026-11-03 00:00:00', TRUE, '{"previous_plan_id": "old"}')])
), plans AS (
  SELECT *, JSON_VALUE(metadata.previous_plan_id) AS previous_plan_id, LEAD(JSON_VALUE(metadata.previous_plan_id)) OVER (PARTITION BY id ORDER BY start) AS next_plan_id FROM history
), ends AS (
  SELECT h.*, CASE WHEN h.active THEN 'new' WHEN h.next_plan_id IS DISTINCT FROM h.previous_plan_id THEN h.next_plan_id ELSE NULL END AS end_plan_id FROM plans AS h
)
SELECT key, FIRST_VALUE(end_plan_id IGNORE NULLS) OVER (PARTITION BY id ORDER BY start ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS plan_id,
  [STRUCT(id, STRUCT(previous_plan_id AS id, active) AS plan)] AS items, COALESCE(IF(active, ['x'], NULL), []) AS rates
FROM ends ORDER BY key
-->
key STRING | plan_id STRING | items ARRAY<STRUCT<id STRING, plan STRUCT<id STRING, active BOOL>>> | rates ARRAY<STRING>
"s-2026-11-01T00:00:00.250000" | "old" | [("s", (NULL, false))] | []
"s-2026-11-02T00:00:00.000000" | "new" | [("s", ("old", false))] | []
"s-2026-11-03T00:00:00.000000" | "new" | [("s", ("old", true))] | ["x"]

== Tables that an array of names or NULL may stand for
page: query-syntax
section: LEFT [OUTER] JOIN
WITH jobs AS (
  SELECT 'j' AS job, [STRUCT('p' AS project_id, 't' AS table_id)] AS referenced, STRUCT([STRUCT(STRUCT('p' AS project_id, 'mv' AS table_id) AS table_reference)] AS materialized_view) AS statistics, TIMESTAMP '2026-11-01 00:00:00' AS start_time, TIMESTAMP '2026-11-01 01:30:00' AS end_time, 'Username: me, Query ID: q1, ' AS query, 3298534883328 AS bytes
  UNION ALL SELECT 'k', [], NULL, NULL, NULL, NULL, NULL
)
SELECT DISTINCT job, referenced_table.table_id, end_time - start_time AS task_duration, ROUND(bytes / 1024 / 1024 / 1024 / 1024, 4) AS terabytes, REGEXP_EXTRACT(query, r'Username: (.*?),') AS username, REGEXP_EXTRACT(query, r'Query ID: (\w+), ') AS query_id
FROM jobs
LEFT JOIN UNNEST(ARRAY_CONCAT(referenced, (IFNULL((
  SELECT ARRAY_AGG(STRUCT(v.table_reference.project_id AS project_id, v.table_reference.table_id AS table_id)) FROM UNNEST(statistics.materialized_view) AS v), [])))) AS referenced_table
ORDER BY job, table_id
-->
job STRING | table_id STRING | task_duration INTERVAL | terabytes FLOAT64 | username STRING | query_id STRING
"j" | "mv" | INTERVAL "0-0 0 1:30:0" YEAR TO SECOND | 3.0 | "me" | "q1"
"j" | "t" | INTERVAL "0-0 0 1:30:0" YEAR TO SECOND | 3.0 | "me" | "q1"
"k" | NULL | NULL | NULL | NULL | NULL
