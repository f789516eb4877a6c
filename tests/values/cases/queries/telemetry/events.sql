== Events of Glean pings, a row each
page: query-syntax
section: UNNEST operator
WITH pings AS (
  SELECT 'doc' AS document_id, TIMESTAMP '2026-11-21 10:00:00' AS submission_timestamp, STRUCT('a' AS client_id, '120.0.1' AS app_display_version) AS client_info,
    STRUCT(STRUCT('de' AS locale) AS string) AS metrics,
    [STRUCT('nav' AS category, 'click' AS name, 50 AS timestamp, [STRUCT('button' AS key, 'left' AS value), ('tab', '1')] AS extra), ('nav', 'close', 70, [])] AS events
  UNION ALL SELECT 'empty', '2026-11-21 11:00:00', STRUCT('b', '121.0'), NULL, []
)
SELECT e.* EXCEPT (events, metrics, client_info, submission_timestamp), e.client_info.client_id, event.timestamp AS event_timestamp, CONCAT(event.category, '_', event.name) AS event_name,
  (SELECT value FROM UNNEST(event.extra) WHERE key = 'tab') AS tab, metrics.string.locale,
  TIMESTAMP_ADD(submission_timestamp, INTERVAL event.timestamp MILLISECOND) AS happened_at
FROM pings AS e CROSS JOIN UNNEST(e.events) AS event ORDER BY event_timestamp
-->
document_id STRING | client_id STRING | event_timestamp INT64 | event_name STRING | tab STRING | locale STRING | happened_at TIMESTAMP
"doc" | "a" | 50 | "nav_click" | "1" | "de" | TIMESTAMP "2026-11-21 10:00:00.050+00"
"doc" | "a" | 70 | "nav_close" | NULL | "de" | TIMESTAMP "2026-11-21 10:00:00.070+00"

== Extras of an event as JSON
page: json_functions
section: JSON_OBJECT
CREATE TEMP FUNCTION from_map(input ANY TYPE) AS (
  IF(ARRAY_LENGTH(input) = 0, JSON '{}', JSON_OBJECT(ARRAY(SELECT key FROM UNNEST(input) WITH OFFSET AS o ORDER BY o), ARRAY(SELECT value FROM UNNEST(input) WITH OFFSET AS o ORDER BY o)))
);
SELECT n, from_map(extra) AS extra, JSON_VALUE(from_map(extra).b) AS b, JSON_VALUE(from_map(extra), '$.a') AS a, TO_JSON_STRING(from_map(extra)) AS text, LAX_INT64(from_map(extra).a) + 1 AS next
FROM UNNEST([STRUCT(1 AS n, [STRUCT('a' AS key, '7' AS value), ('b', 'x')] AS extra), (2, [])]) ORDER BY n
-->
n INT64 | extra JSON | b STRING | a STRING | text STRING | next INT64
1 | JSON '{"a":"7","b":"x"}' | "x" | "7" | '{"a":"7","b":"x"}' | 8
2 | JSON '{}' | NULL | NULL | "{}" | NULL

== Events of a client packed into a text in their order
page: aggregate_functions
section: STRING_AGG
WITH events AS (
  SELECT * FROM UNNEST([STRUCT('a' AS client_id, 'nav' AS category, 'click' AS event, 2 AS timestamp), ('a', 'nav', 'open', 1), ('b', 'nav', 'other', 1), ('b', 'nav', 'click', 3)])
), event_types AS (SELECT * FROM UNNEST([STRUCT('nav' AS category, 'click' AS event, '!' AS index), ('nav', 'open', '"')])),
joined AS (SELECT CONCAT('x', index) AS index, events.* EXCEPT (category, event) FROM events INNER JOIN event_types USING (category, event))
SELECT client_id, CONCAT(STRING_AGG(index, ',' ORDER BY timestamp ASC), ',') AS events FROM joined GROUP BY client_id ORDER BY client_id
-->
client_id STRING | events STRING
"a" | 'x",x!,'
"b" | "x!,"

== Sessions end after half an hour of nothing
page: navigation_functions
section: LAG
WITH hits AS (
  SELECT user, TIMESTAMP_ADD(TIMESTAMP '2026-11-21 00:00:00', INTERVAL minutes MINUTE) AS hit
  FROM UNNEST([STRUCT('a' AS user, 0 AS minutes), ('a', 30), ('a', 61), ('b', 5)])
), starts AS (
  SELECT *, IFNULL(TIMESTAMP_DIFF(hit, LAG(hit) OVER (PARTITION BY user ORDER BY hit), MINUTE) > 30, TRUE) AS is_start FROM hits
), numbered AS (SELECT *, COUNTIF(is_start) OVER (PARTITION BY user ORDER BY hit) AS session FROM starts)
SELECT user, session, COUNT(*) AS hits, TIMESTAMP_DIFF(MAX(hit), MIN(hit), SECOND) AS seconds, MAX(hit) - MIN(hit) AS lasted
FROM numbered GROUP BY user, session ORDER BY user, session
-->
user STRING | session INT64 | hits INT64 | seconds INT64 | lasted INTERVAL
"a" | 1 | 2 | 1800 | INTERVAL "0-0 0 0:30:0" YEAR TO SECOND
"a" | 2 | 1 | 0 | INTERVAL "0-0 0 0:0:0" YEAR TO SECOND
"b" | 1 | 1 | 0 | INTERVAL "0-0 0 0:0:0" YEAR TO SECOND

== A funnel's steps, each only after the one before
page: conditional_expressions
section: IF
WITH steps AS (
  SELECT * FROM UNNEST([STRUCT('a' AS flow, 'view' AS step, 1 AS n), ('a', 'signup', 2), ('a', 'done', 3), ('b', 'view', 1), ('b', 'done', 2), ('c', 'view', 5), ('c', 'signup', 4)])
), times AS (
  SELECT flow, MIN(IF(step = 'view', n, NULL)) AS viewed, MIN(IF(step = 'signup', n, NULL)) AS signed, MIN(IF(step = 'done', n, NULL)) AS done FROM steps GROUP BY flow
)
SELECT COUNTIF(viewed IS NOT NULL) AS views, COUNTIF(signed > viewed) AS signups, COUNTIF(signed > viewed AND done > signed) AS completions,
  ROUND(SAFE_DIVIDE(COUNTIF(signed > viewed), COUNT(*)) * 100, 1) AS percent
FROM times
-->
views INT64 | signups INT64 | completions INT64 | percent FLOAT64
3 | 1 | 1 | 33.3

== Kinds of events become columns
page: query-syntax
section: PIVOT operator
WITH counts AS (SELECT * FROM UNNEST([STRUCT('a' AS client_id, 'sap' AS type, 1 AS n), ('a', 'organic', 2), ('a', 'sap', 4), ('b', 'ad-click', 8)]))
SELECT client_id, COALESCE(sap, 0) AS sap, organic, ad_click
FROM (SELECT client_id, type, n FROM counts)
PIVOT (SUM(n) FOR type IN ('sap', 'organic', 'ad-click' AS ad_click))
ORDER BY client_id
-->
client_id STRING | sap INT64 | organic INT64 | ad_click INT64
"a" | 5 | 2 | NULL
"b" | 0 | NULL | 8

== Several aggregates in one PIVOT
page: query-syntax
section: PIVOT operator
SELECT * FROM (SELECT 'a' AS id, 1 AS day, 5 AS n UNION ALL SELECT 'a', 7, 9)
PIVOT (SUM(n) AS total, COUNT(*) AS rows_ FOR day IN (1 AS first, 7 AS seventh))
-->
id STRING | total_first INT64 | rows__first INT64 | total_seventh INT64 | rows__seventh INT64
"a" | 5 | 1 | 9 | 1

== A crash's version, and half a user where no dump came
page: query-syntax
section: Group rows by GROUP BY ALL
WITH crashes AS (
  SELECT client_id, SAFE_CAST(REGEXP_SUBSTR(version, "[0-9]*") AS INT) AS major_version, process_type, minidump_hash = 'e3' OR minidump_hash IS NULL AS no_minidump
  FROM UNNEST([STRUCT('a' AS client_id, '120.0a1' AS version, 'main' AS process_type, 'e3' AS minidump_hash), ('b', '120.0', 'main', 'ff'), ('c', 'x', 'gpu', NULL), ('a', '120', 'main', NULL)])
)
SELECT major_version, process_type,
  COUNT(DISTINCT IF(no_minidump AND process_type = 'main', client_id, NULL)) / 2 + COUNT(DISTINCT IF(no_minidump AND process_type = 'main', NULL, client_id)) AS crashing_users
FROM crashes GROUP BY ALL ORDER BY major_version
-->
major_version INT64 | process_type STRING | crashing_users FLOAT64
NULL | "gpu" | 1.0
120 | "main" | 1.5

== Addons and an expression that is unnested to have a name
page: query-syntax
section: UNNEST operator
WITH main AS (
  SELECT 'a' AS client_id, STRUCT(STRUCT([STRUCT('x@shield.mozilla.org' AS key, STRUCT(0 AS foreign_install, FALSE AS is_system, 20000 AS install_day) AS value), ('own', (NULL, FALSE, 20778)), ('old', (1, FALSE, 1))] AS active_addons) AS addons, STRUCT('20770' AS creation_date) AS profile, STRUCT('de' AS locale) AS settings) AS environment,
    STRUCT('78.0' AS version) AS application
)
SELECT client_id, SUBSTR(application.version, 1, 2) AS app_version, environment.settings.locale,
  COUNTIF(is_self_install) AS self_installed, COUNTIF(key LIKE "%@shield.mozilla%") AS shield, COUNTIF(value.foreign_install > 0) AS foreign_installed,
  MIN(IF(is_self_install, FORMAT_DATE("%Y%m%d", SAFE.DATE_FROM_UNIX_DATE(value.install_day)), NULL)) AS first_install,
  FORMAT_DATE("%Y%m%d", SAFE.DATE_FROM_UNIX_DATE(MIN(SAFE_CAST(environment.profile.creation_date AS INT64)))) AS profile_created
FROM main, UNNEST(environment.addons.active_addons),
  UNNEST([key IS NOT NULL AND NOT value.is_system AND NOT IFNULL(value.foreign_install, 0) > 0 AND NOT key LIKE '%mozilla%']) AS is_self_install
GROUP BY client_id, app_version, locale
-->
client_id STRING | app_version STRING | locale STRING | self_installed INT64 | shield INT64 | foreign_installed INT64 | first_install STRING | profile_created STRING
"a" | "78" | "de" | 1 | 1 | 1 | "20261121" | "20261113"
