--- clients of a day
SELECT DATE(submission_timestamp) AS submission_date, client_info.client_id, sample_id, ANY_VALUE(metadata.geo.country) AS country, COUNT(*) AS pings, SUM(metrics.timespan.glean_baseline_duration.value) AS duration, MIN(SAFE.PARSE_DATE('%F', SUBSTR(client_info.first_run_date, 1, 10))) AS first_run_date FROM org_mozilla_fenix_stable.baseline_v1 WHERE DATE(submission_timestamp) = @submission_date GROUP BY submission_date, client_id, sample_id

--- a struct's fields beside its client
WITH base AS (SELECT DATE(submission_timestamp) AS submission_date, client_info.client_id AS cid, client_info.* EXCEPT (client_id), metrics.timespan.glean_baseline_duration.value AS duration, sample_id FROM org_mozilla_fenix_stable.baseline_v1) SELECT * FROM base

--- the newest row of each client, as columns
SELECT client_id, ARRAY_AGG(STRUCT(submission_date, os, country) ORDER BY submission_date DESC LIMIT 1)[OFFSET(0)].* FROM telemetry_derived.clients_daily_v6 GROUP BY client_id

--- the last row of each client by its number
SELECT * EXCEPT (rn) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY submission_date DESC) AS rn FROM telemetry_derived.clients_last_seen_v2 WHERE submission_date = @submission_date) WHERE rn = 1

--- the first day of each client
SELECT client_id, submission_date FROM telemetry_derived.clients_daily_v6 WHERE submission_date >= DATE_SUB(@submission_date, INTERVAL 28 DAY) QUALIFY ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY submission_date) = 1

--- a star with two columns replaced
SELECT * REPLACE (COALESCE(country, '??') AS country, CAST(sample_id AS STRING) AS sample_id) FROM telemetry_derived.clients_last_seen_v2

--- the row of either side
WITH _current AS (SELECT client_id, sample_id, 1 AS days_seen_bits FROM telemetry_derived.clients_daily_v6), _previous AS (SELECT client_id, sample_id, days_seen_bits FROM telemetry_derived.clients_last_seen_v2) SELECT @submission_date AS submission_date, IF(_current.client_id IS NOT NULL, _current, _previous).* REPLACE (_current.days_seen_bits + _previous.days_seen_bits AS days_seen_bits) FROM _current FULL JOIN _previous USING (client_id)

--- parameters of an event by subqueries
SELECT event_name, (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'page_location') AS page, (SELECT COALESCE(value.int_value, SAFE_CAST(value.string_value AS INT64)) FROM UNNEST(event_params) WHERE key = 'ga_session_id' LIMIT 1) AS session_id, _TABLE_SUFFIX AS suffix FROM `ga.events_*` WHERE _TABLE_SUFFIX = FORMAT_DATE('%Y%m%d', @submission_date)

--- days, browsers and distinct visits
SELECT PARSE_DATE('%Y%m%d', event_date) AS day, TIMESTAMP_MICROS(event_timestamp) AS ts, device.web_info.browser, ARRAY_AGG(DISTINCT event_name IGNORE NULLS) AS names, COUNT(DISTINCT CONCAT(user_pseudo_id, CAST(event_timestamp AS STRING))) AS n FROM `ga.events_*` GROUP BY day, ts, browser

--- parameters and items side by side
SELECT e.event_name, p.key, p.value.*, i.item_id, offset FROM `ga.events_*` AS e, UNNEST(event_params) AS p LEFT JOIN UNNEST(e.items) AS i WITH OFFSET ON i.item_id = p.value.string_value

--- parameters with their places
SELECT event_name, params FROM ga.`events_*`, UNNEST(event_params) AS params WITH OFFSET AS pos WHERE params.key IN ('a', 'b') AND pos < 3

--- a server's log lines
SELECT jsonPayload.fields.event, jsonPayload.fields.user_id, JSON_VALUE(jsonPayload.fields.event_properties, '$.service') AS service, JSON_EXTRACT_SCALAR(jsonPayload.fields.user_properties, '$.ua_browser') AS browser, TIMESTAMP_MILLIS(CAST(jsonPayload.fields.time AS INT64)) AS event_time, `timestamp` FROM fxa_prod_logs.stderr WHERE jsonPayload.type = 'amplitudeEvent' AND DATE(`timestamp`) = @submission_date

--- the last event of each user
WITH fxa_events AS (SELECT 'auth' AS source, `timestamp` AS ts, jsonPayload.fields.* EXCEPT (time, ecosystemanonid) FROM fxa_prod_logs.stderr), grouped AS (SELECT user_id, ARRAY_AGG(STRUCT(service, country) IGNORE NULLS ORDER BY ts DESC LIMIT 1)[SAFE_OFFSET(0)] AS last, MAX(ts) AS last_ts FROM fxa_events GROUP BY user_id) SELECT user_id, last.service, last.country, last_ts, @submission_date AS submission_date FROM grouped

--- counts, sketches and their extracts
SELECT submission_date, country, COUNT(DISTINCT client_id) AS dau, APPROX_COUNT_DISTINCT(client_id) AS approx, HLL_COUNT.INIT(client_id) AS sketch, HLL_COUNT.EXTRACT(HLL_COUNT.INIT(client_id, 20)) AS card FROM telemetry_derived.clients_daily_v6 GROUP BY 1, 2

--- sketches merged
SELECT experiment, HLL_COUNT.MERGE(sketch) AS n, HLL_COUNT.MERGE_PARTIAL(sketch) AS s FROM experiments.live_v1 GROUP BY experiment

--- quantiles and most frequent values
SELECT submission_date, APPROX_QUANTILES(active_hours_sum, 100)[OFFSET(50)] AS p50, APPROX_TOP_COUNT(country, 5) AS top, APPROX_TOP_SUM(os, sample_id, 3) AS tops, PERCENTILE_CONT(1.5, 0.5) OVER () AS pc FROM telemetry_derived.clients_daily_v6 GROUP BY submission_date

--- positions within a partition
SELECT client_id, PERCENTILE_CONT(active_hours_sum, 0.5) OVER (PARTITION BY country) AS med, PERCENTILE_DISC(os, 0.5) OVER (PARTITION BY country) AS disc, NTILE(10) OVER (ORDER BY active_hours_sum) AS decile, CUME_DIST() OVER (ORDER BY sample_id) AS cd, PERCENT_RANK() OVER (ORDER BY sample_id) AS pr, DENSE_RANK() OVER (ORDER BY sample_id) AS dr FROM telemetry_derived.clients_daily_v6

--- neighbours, frames and running sums
SELECT client_id, LAG(submission_date) OVER w AS prev, LEAD(submission_date, 2, DATE '2100-01-01') OVER w AS nxt, FIRST_VALUE(os) OVER w AS f, NTH_VALUE(os, 2) OVER w AS n2, SUM(active_hours_sum) OVER (w ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS s7, COUNTIF(is_default_browser) OVER (PARTITION BY client_id ORDER BY UNIX_DATE(submission_date) RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS c28 FROM telemetry_derived.clients_daily_v6 WINDOW w AS (PARTITION BY client_id ORDER BY submission_date)

--- parts and truncations of days
SELECT DATE_TRUNC(submission_date, WEEK(MONDAY)) AS week, DATE_TRUNC(submission_date, MONTH) AS month, EXTRACT(ISOWEEK FROM submission_date) AS iso, EXTRACT(DAYOFWEEK FROM submission_date) AS dow, DATE_DIFF(submission_date, first_seen_date, DAY) AS age, LAST_DAY(submission_date, MONTH) AS ld, DATE_ADD(submission_date, INTERVAL 1 QUARTER) AS q FROM telemetry_derived.clients_daily_v6

--- parts and truncations of moments
SELECT TIMESTAMP_TRUNC(submission_timestamp, HOUR) AS h, TIMESTAMP_DIFF(ping_info.parsed_end_time, ping_info.parsed_start_time, SECOND) AS secs, DATETIME(submission_timestamp, 'America/Los_Angeles') AS dt, TIMESTAMP_SUB(submission_timestamp, INTERVAL MOD(UNIX_SECONDS(submission_timestamp), 300) SECOND) AS five, FORMAT_TIMESTAMP('%FT%T', submission_timestamp) AS txt, EXTRACT(DATE FROM submission_timestamp AT TIME ZONE 'UTC') AS d, EXTRACT(HOUR FROM submission_timestamp) AS hr FROM org_mozilla_fenix_stable.events_v1

--- extra keys of events
SELECT client_info.client_id, event.category, event.name, (SELECT value FROM UNNEST(event.extra) WHERE key = 'source') AS source, SAFE.TIMESTAMP_MILLIS(event.timestamp) AS ts, TO_JSON_STRING(event.extra) AS extra_json, ARRAY(SELECT AS STRUCT key, LOWER(value) AS value FROM UNNEST(event.extra) WHERE value IS NOT NULL ORDER BY key) AS clean FROM org_mozilla_fenix_stable.events_v1 CROSS JOIN UNNEST(events) AS event

--- a star over unnested events
SELECT * EXCEPT (events, metrics, additional_properties) FROM org_mozilla_fenix_stable.events_v1, UNNEST(events) AS event, UNNEST(event.extra) AS extra

--- events beside their ping
SELECT client_info, ping_info, timestamp, category, name, extra FROM firefox_desktop_stable.newtab_v1, UNNEST(events) WHERE category = 'topsites'

--- an array named through its table
SELECT e.* FROM firefox_desktop_stable.newtab_v1 AS e CROSS JOIN e.events LIMIT 10

--- experiments of a ping
SELECT ping_info.experiments[SAFE_OFFSET(0)].value.extra.type AS t, ARRAY_LENGTH(ping_info.experiments) AS n, EXISTS(SELECT 1 FROM UNNEST(ping_info.experiments) AS e WHERE e.key = 'x' AND e.value.branch LIKE 'treat%') AS enrolled, ARRAY(SELECT key FROM UNNEST(ping_info.experiments)) AS slugs, ARRAY_TO_STRING(ARRAY(SELECT CONCAT(key, ':', value.branch) FROM UNNEST(ping_info.experiments)), ',') AS txt FROM firefox_desktop_stable.newtab_v1

--- labels of a counter, summed and ordered
SELECT key AS engine, SUM(value) AS n FROM org_mozilla_fenix_stable.metrics_v1, UNNEST(metrics.labeled_counter.metrics_search_count) GROUP BY engine HAVING n > 10 ORDER BY n DESC LIMIT 100

--- pairs within pairs
SELECT ls.key AS label, inner_pair.key, inner_pair.value FROM org_mozilla_fenix_stable.metrics_v1 AS m CROSS JOIN UNNEST(m.metrics.labeled_string) AS ls CROSS JOIN UNNEST(ls.value) AS inner_pair

--- a distribution and what sums it up
SELECT 'perf_page_load' AS metric, metrics.timing_distribution.perf_page_load.values AS v, (SELECT SUM(value) FROM UNNEST(metrics.timing_distribution.perf_page_load.values)) AS total, (SELECT AS STRUCT MIN(CAST(key AS INT64)) AS lo, MAX(CAST(key AS INT64)) AS hi FROM UNNEST(metrics.timing_distribution.perf_page_load.values)) AS range_of FROM org_mozilla_fenix_stable.metrics_v1

--- an array of typed structs
SELECT ARRAY<STRUCT<name STRING, type STRING, value INT64>>[('a', 'counter', metrics.counter.events_total_uri_count), ('b', 'counter', metrics.counter.metrics_tabs_open_count)] AS m FROM org_mozilla_fenix_stable.metrics_v1

--- metrics turned by name
WITH flat AS (SELECT client_info.client_id, metric.name, metric.value FROM org_mozilla_fenix_stable.metrics_v1 CROSS JOIN UNNEST([STRUCT('uri' AS name, metrics.counter.events_total_uri_count AS value), STRUCT('tabs', metrics.counter.metrics_tabs_open_count)]) AS metric) SELECT * FROM flat PIVOT(SUM(value) AS total, COUNT(*) AS n FOR name IN ('uri', 'tabs' AS open_tabs))

--- days turned by system
SELECT * FROM (SELECT submission_date, country, os FROM telemetry_derived.clients_daily_v6) PIVOT(COUNT(*) FOR os IN ('Windows', 'Linux', 'Mac'))

--- three columns unpivoted
SELECT * FROM (SELECT client_id, tagged_sap, tagged_follow_on, organic FROM search_derived.search_clients_daily_v8) UNPIVOT(n FOR kind IN (tagged_sap, tagged_follow_on, organic))

--- pairs of columns unpivoted
SELECT * FROM (SELECT client_id, tagged_sap, sap, organic, ad_click FROM search_derived.search_clients_daily_v8) UNPIVOT INCLUDE NULLS ((a, b) FOR kind IN ((tagged_sap, sap) AS 'x', (organic, ad_click) AS 'y'))

--- sets of groups
SELECT submission_date, country, os, COUNT(*) AS n, GROUPING(country) AS g FROM telemetry_derived.clients_daily_v6 GROUP BY GROUPING SETS ((submission_date), (submission_date, country), (submission_date, country, os), ())

--- subtotals
SELECT submission_date, IFNULL(country, 'All') AS country, SUM(sap) AS sap FROM search_derived.search_clients_daily_v8 GROUP BY ROLLUP(submission_date, country)

--- all combinations
SELECT country, os, AVG(active_hours_sum) AS a FROM telemetry_derived.clients_daily_v6 GROUP BY CUBE(country, os)

--- grouped by all that is not aggregated
SELECT country, os, AVG(active_hours_sum) AS a, AVG(active_hours_sum) / SUM(sample_id) AS r FROM telemetry_derived.clients_daily_v6 GROUP BY ALL

--- structs or NULL
SELECT client_id, IF(country IS NULL, NULL, STRUCT(country, city)) AS geo, IF(TRUE, STRUCT(1 AS a, 'x' AS b), NULL) AS s, COALESCE(STRUCT(1 AS a), NULL) AS c, NULLIF(STRUCT(1 AS a).a, 2) AS n FROM telemetry_derived.clients_daily_v6

--- JSON, its texts and numbers
SELECT JSON_VALUE(payload, '$.a.b') AS a, payload.x.y[0] AS j, INT64(payload.n) AS n, LAX_STRING(payload.s) AS s, JSON_QUERY_ARRAY(payload, '$.arr') AS arr, JSON_VALUE_ARRAY(payload.arr) AS strs, ARRAY(SELECT STRING(x) FROM UNNEST(JSON_QUERY_ARRAY(payload.arr)) AS x) AS xs, JSON_TYPE(payload) AS t, TO_JSON(STRUCT(experiment, branch)) AS tj, PARSE_JSON('{}') AS pj FROM experiments.live_v1

--- a histogram in a text
SELECT CAST(JSON_EXTRACT_SCALAR(payload.histograms.gc_ms, '$.sum') AS INT64) AS gc, JSON_EXTRACT(payload.histograms.gc_ms, '$.values') AS vals, ARRAY(SELECT AS STRUCT SPLIT(REGEXP_REPLACE(kv, r'["{}]', ''), ':')[SAFE_OFFSET(0)] AS key, SAFE_CAST(SPLIT(kv, ':')[SAFE_OFFSET(1)] AS INT64) AS value FROM UNNEST(SPLIT(JSON_EXTRACT(payload.histograms.gc_ms, '$.values'), ',')) AS kv) AS parsed FROM telemetry.main_ping

--- addresses and domains
SELECT NET.REG_DOMAIN(httpRequest.remoteIp) AS d, NET.HOST('http://x.y') AS h, NET.IP_FROM_STRING('1.2.3.4') AS ip, NET.SAFE_IP_FROM_STRING(httpRequest.remoteIp) AS sip, NET.IPV4_TO_INT64(b'1234') AS i, NET.PUBLIC_SUFFIX('a.co.uk') AS ps FROM fxa_prod_logs.stderr

--- experiments, counted over a window
SELECT client_id, experiment.key AS slug, experiment.value AS branch, COUNT(*) OVER (PARTITION BY experiment.key) AS n FROM telemetry_derived.clients_daily_v6 CROSS JOIN UNNEST(experiments) AS experiment

--- distinct structs
SELECT DISTINCT AS STRUCT client_id, os FROM telemetry_derived.clients_daily_v6

--- a struct for each client
SELECT AS STRUCT client_id, ARRAY_AGG(DISTINCT os) AS oses FROM telemetry_derived.clients_daily_v6 GROUP BY client_id

--- an array of structs and a scalar query
SELECT ARRAY(SELECT AS STRUCT client_id, os FROM telemetry_derived.clients_daily_v6 LIMIT 10) AS a, (SELECT COUNT(*) FROM telemetry_derived.clients_last_seen_v2) AS n

--- a country's name and what else is known of it
SELECT c.submission_date, c.country, cc.name AS country_name, cc.* EXCEPT (name, code) FROM telemetry_derived.clients_daily_v6 AS c LEFT JOIN static.country_codes_v1 AS cc ON c.country = cc.code

--- a union that widens types
SELECT submission_date, 'desktop' AS product, COUNT(*) AS n, NULL AS x FROM telemetry_derived.clients_daily_v6 GROUP BY 1 UNION ALL SELECT DATE(submission_timestamp), normalized_app_name, COUNT(*), 1.5 FROM org_mozilla_fenix_stable.baseline_v1 GROUP BY 1, 2

--- what the other side lacks
(SELECT client_id, 1 AS n FROM telemetry_derived.clients_daily_v6) EXCEPT DISTINCT (SELECT client_id, 2 FROM telemetry_derived.clients_last_seen_v2)

--- a JSON column's texts, and months between two days
SELECT metadata AS m, JSON_VALUE(metadata.fxa_uid) AS uid, IF(JSON_VALUE(metadata, '$.x') IS NULL, 'none', 'some') AS x, GENERATE_DATE_ARRAY(DATE(created), DATE(COALESCE(ended_at, CURRENT_TIMESTAMP())), INTERVAL 1 MONTH) AS months FROM stripe_external.subscription_v1

--- amounts of two precisions
SELECT DATE(c.created) AS day, SUM(amount / 100) AS usd, SUM(amount * exchange_rate) AS local, ROUND(SUM(amount), 2) AS r, CAST(SUM(amount) AS FLOAT64) AS f, MAX(amount) - MIN(amount_refunded) AS diff, SAFE_DIVIDE(SUM(amount), COUNT(*)) AS per FROM stripe_external.charge_v1 AS c GROUP BY day

--- a series of days
SELECT day, COUNT(DISTINCT s.id) AS active FROM stripe_external.subscription_v1 AS s CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(DATE(s.created), @submission_date)) AS day GROUP BY day

--- histograms and longer ones
SELECT a.histogram_aggregates AS h, agg.metric, agg.aggregates, ARRAY_CONCAT(agg.aggregates, [STRUCT('x' AS key, 0 AS value)]) AS more FROM glam_derived.clients_histogram_aggregates_v1 a, a.histogram_aggregates AS agg

--- shares of a bucket within a metric
SELECT metric, key, ARRAY_AGG(STRUCT<key STRING, value FLOAT64>(bucket, share)) AS hist FROM (SELECT agg.metric, agg.key, kv.key AS bucket, kv.value / SUM(kv.value) OVER (PARTITION BY agg.metric) AS share FROM glam_derived.clients_histogram_aggregates_v1, UNNEST(histogram_aggregates) AS agg, UNNEST(agg.aggregates) AS kv) GROUP BY metric, key

--- products and their clicks
SELECT CASE WHEN source = 'topsites' THEN 'tiles' WHEN source LIKE 'suggest%' THEN 'suggest' END AS product, SPLIT(country, '-')[OFFSET(0)] AS c, SUM(CASE event_type WHEN 'click' THEN event_count ELSE 0 END) AS clicks, SUM(IF(event_type = 'impression', event_count, NULL)) AS impressions, LOGICAL_OR(suggest_data_sharing_enabled) AS sharing, COUNTIF(position IS NULL) AS np FROM contextual_services_derived.event_aggregates_v1 GROUP BY product, c

--- hashes and buckets
SELECT TO_HEX(SHA256(client_id)) AS h, FARM_FINGERPRINT(client_id) AS fp, MOD(ABS(FARM_FINGERPRINT(client_id)), 100) AS bucket, TO_BASE64(MD5(client_id)) AS m, SHA1(client_id) AS s1, GENERATE_UUID() AS u, RAND() < 0.5 AS coin FROM telemetry.main_ping

--- parts of texts
SELECT REGEXP_EXTRACT(application.version, r'^(\d+)') AS major, SAFE_CAST(SPLIT(application.version, '.')[SAFE_OFFSET(0)] AS INT64) AS m2, REGEXP_CONTAINS(application.name, '(?i)fire') AS ff, REGEXP_EXTRACT_ALL(application.name, 'e') AS es, NORMALIZE(application.name) AS nn, INITCAP(LOWER(application.channel)) AS ic, STRPOS(application.name, 'f') AS sp, LPAD(application.version, 10, '0') AS lp, FORMAT('%s-%d', application.name, 1) AS fm, application.name || '/' || application.version AS nv FROM telemetry.main_ping

--- addons of a ping
SELECT environment.addons.active_addons AS a, addon.key AS addon_id, addon.value.version, addon.value.* EXCEPT (version) FROM telemetry.main_ping, UNNEST(environment.addons.active_addons) AS addon WHERE NOT addon.value.is_system

--- antivirus products as one text
SELECT (SELECT MAX(screen_width) FROM UNNEST(environment.system.gfx.monitors)) AS w, environment.system.gfx.adapters[OFFSET(0)].vendor_id, (SELECT STRING_AGG(av, ';' ORDER BY av) FROM UNNEST(environment.system.sec) AS sec, UNNEST(sec.antivirus) AS av) AS avs FROM telemetry.main_ping

--- days since the epoch, and safe functions
SELECT client_id, DATE_FROM_UNIX_DATE(environment.profile.creation_date) AS pcd, SAFE.DATE_FROM_UNIX_DATE(environment.profile.creation_date) AS spcd, SAFE.PARSE_TIMESTAMP('%Y%m%d', application.build_id) AS b, PARSE_DATETIME('%Y%m%d%H%M%S', application.build_id) AS dt, SAFE_SUBTRACT(1, 2) AS ss, SAFE.SUBSTR('abc', -1, 2) AS sb, BIT_COUNT(sample_id) AS bc FROM telemetry.main_ping
