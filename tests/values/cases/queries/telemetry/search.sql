== Search counts of all kinds become one list, and a client without searches keeps a row
page: subqueries
section: ARRAY subqueries
CREATE TEMP FUNCTION add_access_point(entries ARRAY<STRUCT<key STRING, value INT64>>, access_point STRING) AS (
  ARRAY(SELECT AS STRUCT CONCAT(key, '.', access_point) AS key, value, FROM UNNEST(entries))
);
WITH clients_daily AS (
  SELECT 'a' AS client_id, [STRUCT('google' AS engine, 'in-content:sap:x' AS source, 3 AS count), ('bing', 'urlbar', 1)] AS search_counts,
    [STRUCT('google:tagged:ff' AS key, 2 AS value), ('bing:organic:none', 4)] AS urlbar_sum, ARRAY<STRUCT<key STRING, value INT64>>[] AS menu_sum
  UNION ALL SELECT 'b', [], [], []
), combined AS (
  SELECT *, ARRAY_CONCAT(add_access_point(urlbar_sum, 'urlbar'), add_access_point(menu_sum, 'menu')) AS in_content_with_sap FROM clients_daily
), augmented AS (
  SELECT *, ARRAY_CONCAT(
    ARRAY(
      SELECT AS STRUCT element.source AS source, element.engine AS engine, element.count AS count,
        CASE WHEN element.source IN ('searchbar', 'urlbar') OR element.source IS NULL THEN 'sap'
          WHEN STARTS_WITH(element.source, 'in-content:sap:') OR STARTS_WITH(element.source, 'sap:') THEN 'tagged-sap' ELSE 'unknown' END AS type
      FROM UNNEST(search_counts) AS element
      WHERE ARRAY_LENGTH(in_content_with_sap) = 0 OR NOT STARTS_WITH(element.source, 'in-content:')
    ),
    ARRAY(
      SELECT AS STRUCT CONCAT('in-content:', SUBSTR(key, STRPOS(key, ':') + 1)) AS source, SPLIT(key, ':')[OFFSET(0)] AS engine, value AS count,
        CASE WHEN REGEXP_CONTAINS(key, ':tagged:') THEN 'tagged-sap' WHEN REGEXP_CONTAINS(key, ':organic:') THEN 'organic' ELSE 'unknown' END AS type
      FROM UNNEST(in_content_with_sap)
    )) AS _searches
  FROM combined
), flattened AS (
  SELECT * FROM augmented
  CROSS JOIN UNNEST(IF(ARRAY_LENGTH(_searches) > 0, _searches, [(CAST(NULL AS STRING), CAST(NULL AS STRING), NULL, CAST(NULL AS STRING))]))
), counted AS (
  SELECT ROW_NUMBER() OVER w1 AS _n, client_id, engine, source, SUM(IF(type = 'organic', count, 0)) OVER w1 AS organic, SUM(IF(type = 'tagged-sap', count, 0)) OVER w1 AS tagged_sap, SUM(IF(type = 'sap', count, 0)) OVER w1 AS sap
  FROM flattened WHERE count < 10000 OR count IS NULL
  WINDOW w1 AS (PARTITION BY client_id, engine, source, type)
)
SELECT * EXCEPT (_n) FROM counted WHERE _n = 1 ORDER BY client_id, engine, source
-->
client_id STRING | engine STRING | source STRING | organic INT64 | tagged_sap INT64 | sap INT64
"a" | "bing" | "in-content:organic:none.urlbar" | 4 | 0 | 0
"a" | "bing" | "urlbar" | 0 | 0 | 1
"a" | "google" | "in-content:tagged:ff.urlbar" | 0 | 2 | 0
"b" | NULL | NULL | 0 | 0 | 0

== Keys of searches in their several spellings
page: conditional_expressions
section: CASE
CREATE TEMP FUNCTION normalize_fenix_key(key STRING) AS (
  (CASE WHEN ARRAY_LENGTH(SPLIT(key, '_')) = 2 THEN SPLIT(key, '_') WHEN ARRAY_LENGTH(SPLIT(key, '.')) = 2 THEN SPLIT(key, '.') ELSE [] END)
);
CREATE TEMP FUNCTION normalize_core_key(key STRING) AS (
  CASE WHEN ARRAY_LENGTH(SPLIT(key, '.')) != 2 THEN []
    WHEN SPLIT(key, '.')[OFFSET(0)] IN UNNEST(['actionbar', 'listitem']) THEN ARRAY_REVERSE(SPLIT(key, '.'))
    ELSE SPLIT(key, '.') END
);
CREATE TEMP FUNCTION null_search() AS ([STRUCT<key STRING, value INT64>(NULL, 0)]);
CREATE TEMP FUNCTION provider(list ARRAY<STRUCT<key STRING, value INT64>>) AS (
  ARRAY(SELECT STRUCT(SPLIT(key, '-')[SAFE_OFFSET(1)] AS key, value AS value) FROM UNNEST(list))
);
WITH core AS (
  SELECT 1 AS n, [STRUCT('actionbar.google' AS key, 2 AS value), ('bing.urlbar', 3), ('odd', 4)] AS searches UNION ALL SELECT 2, []
)
SELECT n, searches.value AS search_count, normalize_core_key(searches.key) AS core, normalize_fenix_key(searches.key) AS fenix, provider([(CONCAT('x-', searches.key), 1)])[OFFSET(0)].key AS provided
FROM core CROSS JOIN UNNEST(IF(ARRAY_LENGTH(searches) = 0, null_search(), searches)) AS searches
ORDER BY n, search_count
-->
n INT64 | search_count INT64 | core ARRAY<STRING> | fenix ARRAY<STRING> | provided STRING
1 | 2 | ["google", "actionbar"] | ["actionbar", "google"] | "actionbar.google"
1 | 3 | ["bing", "urlbar"] | ["bing", "urlbar"] | "bing.urlbar"
1 | 4 | [] | [] | "odd"
2 | 0 | NULL | [] | NULL

== Searches of each engine over months
page: user-defined-functions
section: SQL UDFs
CREATE TEMP FUNCTION zeros() AS (ARRAY(SELECT 0 FROM UNNEST(GENERATE_ARRAY(1, 3))));
CREATE TEMP FUNCTION add_month(prev ARRAY<INT64>, curr ARRAY<INT64>, day DATE) AS (
  IF(EXTRACT(DAY FROM day) = 1,
    ARRAY_CONCAT(ARRAY(SELECT v FROM UNNEST(COALESCE(prev, zeros())) AS v WITH OFFSET AS o WHERE o > 0 ORDER BY o), [COALESCE(curr, zeros())[OFFSET(2)]]),
    ARRAY(SELECT v + COALESCE(curr, zeros())[OFFSET(o)] FROM UNNEST(COALESCE(prev, zeros())) AS v WITH OFFSET AS o ORDER BY o))
);
SELECT day, add_month(prev, curr, day) AS months
FROM UNNEST([STRUCT(DATE '2026-11-01' AS day, [1, 2, 3] AS prev, [0, 0, 7] AS curr), (DATE '2026-11-02', [1, 2, 3], [0, 0, 7]), (DATE '2026-11-03', NULL, [0, 0, 7])]) ORDER BY day
-->
day DATE | months ARRAY<INT64>
DATE "2026-11-01" | [2, 3, 7]
DATE "2026-11-02" | [1, 2, 10]
DATE "2026-11-03" | [0, 0, 7]
