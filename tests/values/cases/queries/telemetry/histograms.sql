== A histogram of a main ping is JSON in a text
page: json_functions
section: JSON_EXTRACT
CREATE TEMP FUNCTION extract_histogram(input STRING) AS (
  CASE
    WHEN STARTS_WITH(TRIM(input), '{') THEN
      STRUCT(
        CAST(JSON_EXTRACT_SCALAR(input, '$.bucket_count') AS INT64) AS bucket_count,
        CAST(JSON_EXTRACT_SCALAR(input, '$.histogram_type') AS INT64) AS histogram_type,
        CAST(JSON_EXTRACT_SCALAR(input, '$.sum') AS INT64) AS `sum`,
        ARRAY(SELECT CAST(bound AS INT64) FROM UNNEST(SPLIT(TRIM(JSON_EXTRACT(input, '$.range'), '[]'), ',')) AS bound) AS `range`,
        ARRAY(
          SELECT AS STRUCT
            CAST(SPLIT(entry, ':')[OFFSET(0)] AS INT64) AS key,
            CAST(SPLIT(entry, ':')[OFFSET(1)] AS INT64) AS value
          FROM UNNEST(SPLIT(REPLACE(TRIM(JSON_EXTRACT(input, '$.values'), '{}'), '"', ''), ',')) AS entry
          WHERE LENGTH(entry) > 0
        ) AS `values`
      )
    WHEN ARRAY_LENGTH(SPLIT(input, ';')) = 5 THEN
      STRUCT(
        CAST(SPLIT(input, ';')[SAFE_OFFSET(0)] AS INT64), CAST(SPLIT(input, ';')[SAFE_OFFSET(1)] AS INT64), CAST(SPLIT(input, ';')[SAFE_OFFSET(2)] AS INT64),
        ARRAY(SELECT CAST(bound AS INT64) FROM UNNEST(SPLIT(SPLIT(input, ';')[SAFE_OFFSET(3)], ',')) AS bound),
        ARRAY(SELECT STRUCT(CAST(SPLIT(entry, ':')[OFFSET(0)] AS INT64), CAST(SPLIT(entry, ':')[OFFSET(1)] AS INT64)) FROM UNNEST(SPLIT(SPLIT(input, ';')[SAFE_OFFSET(4)], ',')) AS entry)
      )
    WHEN ARRAY_LENGTH(SPLIT(input, ',')) = 1 THEN STRUCT(3, 4, CAST(input AS INT64), [1, 2], [STRUCT(0, CAST(input AS INT64)), (1, 0)])
    ELSE NULL
  END
);
SELECT n, h.bucket_count, h.sum AS total, ARRAY_TO_STRING(ARRAY(SELECT CAST(r AS STRING) FROM UNNEST(h.range) AS r WITH OFFSET AS o ORDER BY o), '-') AS bounds,
  (SELECT SUM(value) FROM UNNEST(h.values)) AS entries, (SELECT value FROM UNNEST(h.values) WHERE key = 2) AS second, h IS NULL AS none
FROM (SELECT n, extract_histogram(text) AS h FROM UNNEST([
  STRUCT(1 AS n, '{"bucket_count":10,"histogram_type":1,"sum":2628,"range":[1,100],"values":{"0":12434,"1":297,"2":65}}' AS text),
  (2, '5;1;9;1,50;1:3,2:3'), (3, '17'), (4, NULL), (5, '{"bucket_count":3,"histogram_type":4,"sum":0,"range":[1,2],"values":{}}')]))
ORDER BY n
-->
n INT64 | bucket_count INT64 | total INT64 | bounds STRING | entries INT64 | second INT64 | none BOOL
1 | 10 | 2628 | "1-100" | 12796 | 65 | false
2 | 5 | 9 | "1-50" | 6 | 3 | false
3 | 3 | 17 | "1-2" | 17 | NULL | false
4 | NULL | NULL | "" | NULL | NULL | true
5 | 3 | 0 | "1-2" | NULL | NULL | false

== Histograms of several pings are summed by bucket
page: subqueries
section: ARRAY subqueries
CREATE TEMP FUNCTION extract_values(input STRING) AS (
  STRUCT(ARRAY(
    SELECT AS STRUCT CAST(SPLIT(entry, ':')[OFFSET(0)] AS INT64) AS key, CAST(SPLIT(entry, ':')[OFFSET(1)] AS INT64) AS value
    FROM UNNEST(SPLIT(REPLACE(TRIM(JSON_EXTRACT(input, '$.values'), '{}'), '"', ''), ',')) AS entry WHERE LENGTH(entry) > 0
  ) AS `values`)
);
CREATE TEMP FUNCTION aggregate_json_sum(histograms ARRAY<STRING>) AS (
  ARRAY(
    SELECT AS STRUCT FORMAT('%d', values_entry.key) AS key, SUM(values_entry.value) AS value
    FROM UNNEST(histograms) AS histogram, UNNEST(extract_values(histogram).values) AS values_entry
    WHERE histogram IS NOT NULL
    GROUP BY values_entry.key
    ORDER BY values_entry.key
  )
);
WITH pings AS (
  SELECT 'a' AS client_id, STRUCT(STRUCT('{"values":{"1":2,"10":1}}' AS gc_ms, CAST(NULL AS STRING) AS tab_ms) AS histograms) AS payload
  UNION ALL SELECT 'a', STRUCT(STRUCT('{"values":{"10":4,"2":1}}', '{"values":{"0":7}}'))
), per_ping AS (
  SELECT client_id, ARRAY<STRUCT<metric STRING, metric_type STRING, value STRING, bucket_range STRUCT<first_bucket INT64, last_bucket INT64, num_buckets INT64>>>[
    ('gc_ms', 'histogram-exponential', payload.histograms.gc_ms, (1, 10000, 50)),
    ('tab_ms', 'histogram-linear', payload.histograms.tab_ms, (1, 100, 10))
  ] AS histograms FROM pings
), grouped AS (
  SELECT client_id, metric, metric_type, bucket_range, ARRAY_AGG(value) AS value
  FROM per_ping CROSS JOIN UNNEST(histograms) WHERE value IS NOT NULL GROUP BY client_id, metric, metric_type, bucket_range
)
SELECT client_id, metric, bucket_range.num_buckets, aggregate_json_sum(value) AS aggregates FROM grouped ORDER BY metric
-->
client_id STRING | metric STRING | num_buckets INT64 | aggregates ARRAY<STRUCT<key STRING, value INT64>>
"a" | "gc_ms" | 50 | [("1", 2), ("2", 1), ("10", 5)]
"a" | "tab_ms" | 10 | [("0", 7)]

== Shares of a histogram, normalised
page: arrays
section: Creating arrays from subqueries
CREATE TEMP FUNCTION normalise(arrs ARRAY<STRUCT<key STRING, value INT64>>) RETURNS ARRAY<STRUCT<key STRING, value FLOAT64>> AS (
  (
    SELECT ARRAY_AGG(STRUCT<key STRING, value FLOAT64>(key, SAFE_DIVIDE(1.0 * value, total)) ORDER BY key)
    FROM UNNEST(arrs), (SELECT SUM(value) AS total FROM UNNEST(arrs))
  )
);
SELECT normalise([('a', 1), ('b', 3)]) AS shares, normalise([('a', 0)]) AS nothing
-->
shares ARRAY<STRUCT<key STRING, value FLOAT64>> | nothing ARRAY<STRUCT<key STRING, value FLOAT64>>
[("a", 0.25), ("b", 0.75)] | [("a", NULL)]

== Buckets and the bucket of a value
page: mathematical_functions
section: LOG
CREATE TEMP FUNCTION scalar_buckets(min_bucket FLOAT64, max_bucket FLOAT64, num_buckets INT64) AS (
  ARRAY(
    SELECT ROUND(POW(2, (max_bucket - min_bucket) / num_buckets * val + min_bucket), 2)
    FROM UNNEST(GENERATE_ARRAY(0, num_buckets - 1)) AS val ORDER BY val
  )
);
CREATE TEMP FUNCTION bucket_from_value(buckets ARRAY<STRING>, val FLOAT64) AS (
  (SELECT MAX(CAST(bucket AS FLOAT64)) FROM UNNEST(buckets) AS bucket WHERE val >= CAST(bucket AS FLOAT64))
);
WITH scalars AS (
  SELECT * FROM UNNEST([STRUCT('tabs' AS metric, 1.0 AS value), ('tabs', 16), ('tabs', 5), ('zero', 0)])
), log_min_max AS (
  SELECT metric, LOG(IF(MIN(value) <= 0, 1, MIN(value)), 2) log_min, LOG(IF(MAX(value) <= 0, 1, MAX(value)), 2) log_max FROM scalars GROUP BY 1
), buckets_by_metric AS (
  SELECT metric, ARRAY(SELECT FORMAT("%.*f", 2, bucket) FROM UNNEST(scalar_buckets(log_min, log_max, 4)) AS bucket ORDER BY bucket) AS buckets FROM log_min_max
)
SELECT metric, value, ARRAY_TO_STRING(buckets, ' ') AS buckets, SAFE_CAST(FORMAT("%.*f", 2, bucket_from_value(buckets, SAFE_CAST(value AS FLOAT64)) + 0.0001) AS STRING) AS bucket
FROM scalars LEFT JOIN buckets_by_metric USING (metric) ORDER BY metric, value
-->
metric STRING | value FLOAT64 | buckets STRING | bucket STRING
"tabs" | 1.0 | "1.00 2.00 4.00 8.00" | "1.00"
"tabs" | 5.0 | "1.00 2.00 4.00 8.00" | "4.00"
"tabs" | 16.0 | "1.00 2.00 4.00 8.00" | "8.00"
"zero" | 0.0 | "1.00 1.00 1.00 1.00" | NULL

== Buckets in JavaScript
page: user-defined-functions
section: JavaScript UDFs
CREATE TEMP FUNCTION exponential_buckets(min FLOAT64, max FLOAT64, nBuckets FLOAT64) RETURNS ARRAY<FLOAT64> LANGUAGE js AS '''
  let logMax = Math.log(max);
  let current = min;
  if (current === 0) { current = 1; }
  let result = [0, current];
  for (let n = 2; n < Math.min(nBuckets, 10000); n++) {
    let logCurrent = Math.log(current);
    let logNext = logCurrent + (logMax - logCurrent) / (nBuckets - n);
    let next = Math.round(Math.exp(logNext));
    current = next > current ? next : current + 1;
    result.push(current);
  }
  return result;
''';
CREATE TEMP FUNCTION linear_buckets(min FLOAT64, max FLOAT64, nBuckets FLOAT64) RETURNS ARRAY<FLOAT64> LANGUAGE js AS '''
  let result = [0];
  for (let i = 1; i < Math.min(nBuckets, max, 10000); i++) {
    let linearRange = (min * (nBuckets - 1 - i) + max * (i - 1)) / (nBuckets - 2);
    result.push(Math.round(linearRange));
  }
  return result;
''';
SELECT exponential_buckets(0, 8, 5) AS exponential, linear_buckets(1, 3, 4) AS linear, ARRAY(SELECT CAST(b AS INT64) FROM UNNEST(linear_buckets(1, 3, 4)) AS b ORDER BY b) AS whole
-->
exponential ARRAY<FLOAT64> | linear ARRAY<FLOAT64> | whole ARRAY<INT64>
[0.0, 1.0, 2.0, 4.0, 8.0] | [0.0, 1.0, 2.0] | [0, 1, 2]

== JSON read by JavaScript
page: user-defined-functions
section: SQL type encodings in JavaScript
CREATE TEMP FUNCTION json_keys_and_values(input STRING) RETURNS ARRAY<STRUCT<key STRING, value INT64>> DETERMINISTIC LANGUAGE js AS r"""
  if (input == null) { return null; }
  try {
    const parsed = JSON.parse(input);
    return Object.keys(parsed).map(key => ({key, value: parseInt(parsed[key])}));
  } catch (e) { return []; }
""";
SELECT n, json_keys_and_values(text) AS entries
FROM UNNEST([STRUCT(1 AS n, '{"b": 2, "a": "7"}' AS text), (2, NULL), (3, '{')]) ORDER BY n
-->
n INT64 | entries ARRAY<STRUCT<key STRING, value INT64>>
1 | [("b", 2), ("a", 7)]
2 | NULL
3 | []
