== Hits of a web session, with what its parameters say
page: query-syntax
section: UNNEST operator
WITH events AS (
  SELECT '20261121' AS event_date, 'u' AS user_pseudo_id, 'page_view' AS event_name, 1000000 AS event_timestamp,
    [STRUCT('ga_session_id' AS key, STRUCT(CAST(NULL AS STRING) AS string_value, 7 AS int_value) AS value), ('page_location', ('https://www.mozilla.org/de/firefox/new/?x=1', NULL)), ('entrances', (NULL, 1))] AS event_params
  UNION ALL SELECT '20261121', 'u', 'click', 3500000, [('ga_session_id', (CAST(NULL AS STRING), 7))]
), starts AS (
  SELECT SAFE.PARSE_DATE('%Y%m%d', a.event_date) AS date,
    a.user_pseudo_id || '-' || CAST((SELECT `value` FROM UNNEST(event_params) WHERE key = 'ga_session_id' LIMIT 1).int_value AS STRING) AS visit_identifier,
    MIN(event_timestamp) AS visit_start_time
  FROM events a JOIN UNNEST(event_params) e
  WHERE e.key = 'ga_session_id' AND e.value.int_value IS NOT NULL AND event_date = SAFE.FORMAT_DATE('%Y%m%d', DATE '2026-11-21')
  GROUP BY date, visit_identifier
), staged AS (
  SELECT SAFE.PARSE_DATE('%Y%m%d', a.event_date) AS date,
    a.user_pseudo_id || '-' || CAST((SELECT `value` FROM UNNEST(event_params) WHERE key = 'ga_session_id' LIMIT 1).int_value AS string) AS visit_identifier, event_name, event_timestamp,
    (SELECT `value` FROM UNNEST(event_params) WHERE key = 'page_location' LIMIT 1).string_value AS page_location,
    COALESCE((SELECT `value` FROM UNNEST(event_params) WHERE key = 'entrances' LIMIT 1).int_value, 0) AS is_entrance
  FROM events a
), numbered AS (
  SELECT * EXCEPT (page_location), SPLIT(page_location, '?')[OFFSET(0)] AS page_location, DENSE_RANK() OVER (PARTITION BY visit_identifier ORDER BY event_timestamp ASC) AS hit_number FROM staged
)
SELECT s.date, s.visit_identifier, SPLIT(REGEXP_REPLACE(e.page_location, '^https://www.mozilla.org', ''), '/')[SAFE_OFFSET(2)] AS level_1,
  CAST(e.is_entrance AS bool) AS is_entrance, e.hit_number, (e.event_timestamp - s.visit_start_time) / 1000000 AS hit_time, CAST(e.hit_number AS float64) AS number,
  ARRAY_TO_STRING(['', SPLIT(e.page_location, '/')[SAFE_OFFSET(3)], NULL, 'x'], '/') AS path
FROM starts s LEFT OUTER JOIN numbered e ON s.date = e.date AND s.visit_identifier = e.visit_identifier ORDER BY hit_number
-->
date DATE | visit_identifier STRING | level_1 STRING | is_entrance BOOL | hit_number INT64 | hit_time FLOAT64 | number FLOAT64 | path STRING
DATE "2026-11-21" | "u-7" | "firefox" | true | 1 | 0.0 | 1.0 | "/de/x"
DATE "2026-11-21" | "u-7" | NULL | false | 2 | 2.5 | 2.0 | "/x"

== Landing pages, named as the table's own columns are
page: query-syntax
section: GROUP BY clause
WITH sessions AS (
  SELECT '20261121' AS date, 5 AS fullVisitorId, 6 AS visitId, [STRUCT(STRUCT('/a?b' AS pagePath) AS page, TRUE AS isEntrance), (STRUCT('/c'), NULL)] AS hits
)
SELECT PARSE_DATE('%Y%m%d', date) AS date, CONCAT(CAST(fullVisitorId AS string), CAST(visitId AS string)) AS visit_identifier, hits.page.pagePath AS landing_page,
  SPLIT(hits.page.pagePath, '?')[OFFSET(0)] AS cleaned, SUM(IF(hits.isEntrance IS NOT NULL, 1, 0)) AS page_sessions,
FROM sessions CROSS JOIN UNNEST(hits) AS hits
GROUP BY date, visit_identifier, landing_page, cleaned
HAVING page_sessions != 0
-->
date DATE | visit_identifier STRING | landing_page STRING | cleaned STRING | page_sessions INT64
DATE "2026-11-21" | "56" | "/a?b" | "/a" | 1

== Where a download came from, the last touch that says anything
page: navigation_functions
section: LAST_VALUE
WITH touches AS (
  SELECT * FROM UNNEST([STRUCT('u' AS user, 1 AS n, 'news' AS source), ('u', 2, NULL), ('u', 3, 'ad'), ('v', 1, NULL)])
)
SELECT user, n, LAST_VALUE(source IGNORE NULLS) OVER (PARTITION BY user ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS last_touch,
  FIRST_VALUE(source IGNORE NULLS) OVER (PARTITION BY user ORDER BY n ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next_touch
FROM touches ORDER BY user, n
-->
user STRING | n INT64 | last_touch STRING | next_touch STRING
"u" | 1 | "news" | "news"
"u" | 2 | "news" | "ad"
"u" | 3 | "ad" | "ad"
"v" | 1 | NULL | NULL
