--- comma join with an array of structs
SELECT document_id, event.name, event.timestamp + 1 AS later
FROM telemetry.main, UNNEST(events) AS event

--- implicit array join by path, without UNNEST
SELECT m.document_id, e.category
FROM telemetry.main AS m, m.events AS e

--- implicit array join, its alias from the path
SELECT events.category, main.sample_id
FROM telemetry.main, main.events

--- with offset, named and unnamed
SELECT tag, position, offset
FROM telemetry.main, UNNEST(tags) AS tag WITH OFFSET AS position, UNNEST(events) WITH OFFSET

--- left join keeps rows without elements
SELECT document_id, tag
FROM telemetry.main LEFT JOIN UNNEST(tags) AS tag

--- left join with a condition
SELECT document_id, e.name
FROM telemetry.main AS m LEFT JOIN UNNEST(m.events) AS e ON e.category = 'shutdown'

--- fields of an element stand for themselves
SELECT category, name, timestamp
FROM telemetry.main, UNNEST(events)

--- an array inside an element
SELECT e.name, x.key, x.value
FROM telemetry.main, UNNEST(events) AS e, UNNEST(e.extra) AS x

--- cross join unnest of a literal
SELECT n * 2 AS doubled FROM UNNEST([1, 2, 3]) AS n

--- unnest of typed literals
SELECT a, b FROM UNNEST(ARRAY<STRUCT<a INT64, b STRING>>[(1, 'x'), (2, NULL)])

--- subquery over an array of the row
SELECT
  document_id,
  (SELECT value.branch FROM UNNEST(experiments) WHERE key = 'one') AS branch,
  (SELECT COUNT(*) FROM UNNEST(events) AS e WHERE e.name IS NOT NULL) AS named
FROM telemetry.main

--- array of a subquery, in order
SELECT ARRAY(SELECT e.name FROM UNNEST(events) AS e ORDER BY e.timestamp DESC LIMIT 3) AS latest
FROM telemetry.main

--- array of structs of a subquery
SELECT ARRAY(SELECT AS STRUCT e.name, e.timestamp AS at_time FROM UNNEST(events) AS e) AS short
FROM telemetry.main

--- exists and in over arrays
SELECT EXISTS(SELECT 1 FROM UNNEST(tags) AS t WHERE t = 'a') AS has_a, 'b' IN UNNEST(tags) AS has_b
FROM telemetry.main

--- a star over an element
SELECT e.* EXCEPT (extra) FROM telemetry.main AS m CROSS JOIN UNNEST(m.events) AS e

--- generated days
SELECT day FROM UNNEST(GENERATE_DATE_ARRAY(DATE '2026-01-01', DATE '2026-01-31', INTERVAL 1 WEEK)) AS day

--- an alias of an array of scalars is the value itself
SELECT tags AS tag FROM telemetry.main AS m, m.tags
