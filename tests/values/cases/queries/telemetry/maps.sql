== The sum of a map's values by key
page: user-defined-functions
section: Templated SQL UDF parameters
CREATE TEMP FUNCTION map_sum(entries ANY TYPE) AS (
  ARRAY(SELECT AS STRUCT key, SUM(value) AS value FROM UNNEST(entries) GROUP BY key)
);
CREATE TEMP FUNCTION get_key(map ANY TYPE, k ANY TYPE) AS ((SELECT key_value.value FROM UNNEST(map) AS key_value WHERE key_value.key = k LIMIT 1));
SELECT client_id, get_key(map_sum(ARRAY_CONCAT_AGG(counts)), 'google') AS google, get_key(map_sum(ARRAY_CONCAT_AGG(counts)), 'none') AS none,
  ARRAY_LENGTH(map_sum(ARRAY_CONCAT_AGG(counts))) AS keys, get_key(map_sum(ARRAY_CONCAT_AGG(shares)), 1) AS share
FROM (
  SELECT 'a' AS client_id, [STRUCT('google' AS key, 1 AS value), ('bing', 2)] AS counts, [STRUCT(1 AS key, 0.5 AS value)] AS shares
  UNION ALL SELECT 'a', [STRUCT('google', 5)], [(1, 0.25)]
  UNION ALL SELECT 'a', [], NULL
) GROUP BY client_id
-->
client_id STRING | google INT64 | none INT64 | keys INT64 | share FLOAT64
"a" | 6 | NULL | 2 | 0.75

== The last value that most entries of a key have
page: arrays
section: Converting elements in an array to rows in a table
CREATE TEMP FUNCTION mode_last(list ANY TYPE) AS (
  (SELECT _value FROM UNNEST(list) AS _value WITH OFFSET AS _offset GROUP BY _value ORDER BY COUNT(_value) DESC, MAX(_offset) DESC LIMIT 1)
);
CREATE TEMP FUNCTION map_mode_last(entries ANY TYPE) AS (
  ARRAY(SELECT AS STRUCT key, mode_last(ARRAY_AGG(value)) AS value FROM UNNEST(entries) GROUP BY key)
);
SELECT e.key, e.value
FROM (SELECT map_mode_last(ARRAY_CONCAT_AGG(experiments)) AS experiments FROM (
  SELECT [STRUCT('one' AS key, 'control' AS value), ('two', 'a')] AS experiments UNION ALL SELECT [('one', 'control')] UNION ALL SELECT [('two', NULL)]
)), UNNEST(experiments) AS e
ORDER BY e.key
-->
key STRING | value STRING
"one" | "control"
"two" | "a"

== Experiments of Glean pings become keys and branches
page: subqueries
section: ARRAY subqueries
CREATE TEMP FUNCTION normalize_experiments(experiments ANY TYPE) AS (
  ARRAY(SELECT AS STRUCT key, value.branch AS value, FROM UNNEST(experiments))
);
CREATE TEMP FUNCTION add_search_type(list ANY TYPE, search_type STRING) AS (ARRAY(SELECT AS STRUCT *, search_type, FROM UNNEST(list)));
SELECT normalize_experiments(experiments) AS experiments, add_search_type(counts, 'sap') AS searches,
  (SELECT ARRAY_AGG(STRUCT(key, value.branch AS value)) FROM UNNEST(experiments)) AS again
FROM (
  SELECT [STRUCT('one' AS key, STRUCT('control' AS branch, STRUCT('x' AS type) AS extra) AS value)] AS experiments, [STRUCT('urlbar' AS key, 3 AS value)] AS counts
)
-->
experiments ARRAY<STRUCT<key STRING, value STRING>> | searches ARRAY<STRUCT<key STRING, value INT64, search_type STRING>> | again ARRAY<STRUCT<key STRING, value STRING>>
[("one", "control")] | [("urlbar", 3, "sap")] | [("one", "control")]

== A counter's old and new values of each key are merged by what the key aggregates
page: conditional_expressions
section: CASE expr
CREATE TEMP FUNCTION merge_scalars(aggs ARRAY<STRUCT<metric STRING, agg_type STRING, value FLOAT64>>)
RETURNS ARRAY<STRUCT<metric STRING, agg_type STRING, value FLOAT64>> AS (
  (
    WITH unnested AS (SELECT * FROM UNNEST(aggs) WHERE agg_type != 'avg'),
    aggregated AS (
      SELECT metric, agg_type,
        CASE agg_type WHEN 'max' THEN MAX(value) WHEN 'min' THEN MIN(value) WHEN 'count' THEN SUM(value) WHEN 'sum' THEN SUM(value) END AS value
      FROM unnested WHERE value IS NOT NULL GROUP BY metric, agg_type
    ),
    averages AS (
      SELECT metric, 'avg' AS agg_type, SUM(CASE WHEN agg_type = 'sum' THEN value ELSE 0 END) / SUM(CASE WHEN agg_type = 'count' THEN value ELSE 0 END) AS value
      FROM aggregated WHERE agg_type IN ('sum', 'count') GROUP BY metric
    ),
    merged AS (SELECT * FROM aggregated UNION ALL SELECT * FROM averages)
    SELECT ARRAY_AGG((metric, agg_type, value) ORDER BY metric, agg_type) FROM merged
  )
);
WITH old_and_new AS (
  SELECT 'a' AS client_id, [STRUCT('tabs' AS metric, 'max' AS agg_type, 4.0 AS value), ('tabs', 'count', 2), ('tabs', 'sum', 6)] AS old_aggs,
    ARRAY<STRUCT<metric STRING, agg_type STRING, value FLOAT64>>[('tabs', 'max', 9), ('tabs', 'count', 1), ('tabs', 'sum', 3)] AS new_aggs
)
SELECT client_id, s.* FROM (SELECT client_id, merge_scalars(ARRAY_CONCAT(old_aggs, new_aggs)) AS aggs FROM old_and_new), UNNEST(aggs) AS s ORDER BY agg_type
-->
client_id STRING | metric STRING | agg_type STRING | value FLOAT64
"a" | "tabs" | "avg" | 3.0
"a" | "tabs" | "count" | 3.0
"a" | "tabs" | "max" | 9.0
"a" | "tabs" | "sum" | 9.0

== A templated function whose result's type is stated merges two arrays of structs
page: user-defined-functions
section: Templated SQL UDF parameters
CREATE TEMP FUNCTION map_sum(entries ANY TYPE) AS (ARRAY(SELECT AS STRUCT key, SUM(value) AS value FROM UNNEST(entries) GROUP BY key ORDER BY key));
CREATE TEMP FUNCTION merged_user_data(old_aggs ANY TYPE, new_aggs ANY TYPE)
RETURNS ARRAY<STRUCT<first_bucket INT64, metric STRING, aggregates ARRAY<STRUCT<key STRING, value INT64>>>> AS (
  (
    WITH unnested AS (SELECT * FROM UNNEST(old_aggs) UNION ALL SELECT * FROM UNNEST(new_aggs)),
    aggregated_data AS (
      SELECT AS STRUCT first_bucket, metric, map_sum(ARRAY_CONCAT_AGG(aggregates)) AS histogram_aggregates
      FROM unnested GROUP BY first_bucket, metric
    )
    SELECT ARRAY_AGG((first_bucket, metric, histogram_aggregates) ORDER BY metric) FROM aggregated_data
  )
);
SELECT merged_user_data(
  [STRUCT(1 AS first_bucket, 'gc' AS metric, [STRUCT('0' AS key, 2 AS value)] AS aggregates)],
  ARRAY(SELECT AS STRUCT first_bucket, metric, aggregates FROM UNNEST([STRUCT(1 AS first_bucket, 'gc' AS metric, [STRUCT('0' AS key, 3 AS value), ('1', 1)] AS aggregates), (1, 'tab', [])]))
) AS merged
-->
merged ARRAY<STRUCT<first_bucket INT64, metric STRING, aggregates ARRAY<STRUCT<key STRING, value INT64>>>>
[(1, "gc", [("0", 5), ("1", 1)]), (1, "tab", [])]
