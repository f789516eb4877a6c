--- dotted names of functions
SELECT mozfun.map.get_key(a, 'b'), `p-1`.udf.f(a), `p-1.udf.f`(a), udf.f(), p.d.f(g(h(a))), SAFE.SUBSTR(a, 0), NET.HOST(a), KEYS.NEW_KEYSET('x'), AEAD.ENCRYPT(a, b, c), HLL_COUNT.MERGE(a), safe.net.host(a) FROM d.t
--- what aggregates may take
SELECT COUNT(*), COUNT(DISTINCT a), COUNT(DISTINCT a + b), SUM(DISTINCT a), ARRAY_AGG(a IGNORE NULLS ORDER BY b DESC, c LIMIT 10), ARRAY_AGG(DISTINCT a IGNORE NULLS ORDER BY a), ARRAY_AGG(a RESPECT NULLS), STRING_AGG(DISTINCT a, ',' ORDER BY a LIMIT 2), STRING_AGG(a ORDER BY b), ANY_VALUE(a HAVING MAX b), ANY_VALUE(a HAVING MIN b), ARRAY_CONCAT_AGG(a ORDER BY b), APPROX_QUANTILES(a, 100 IGNORE NULLS), ARRAY_AGG(STRUCT(a, b) ORDER BY c ASC NULLS LAST)[OFFSET(0)].a, COUNT(DISTINCT IF(a, b, NULL)), MAX_BY(a, b) FROM d.t
--- brackets behind DISTINCT
SELECT COUNT(DISTINCT(a)), COUNT(DISTINCT(a, b)), ARRAY_AGG(DISTINCT(a) IGNORE NULLS) FROM d.t
--- star with more of a call
SELECT COUNT( * ), COUNT(*) * 2, COUNT(*) OVER (), COUNTIF(a) / COUNT(*) FROM d.t
--- arguments by name
SELECT PARSE_JSON('1', wide_number_mode => 'round'), f(a, b => 1, c => [1]), BOOL(a), FLOAT64(a, wide_number_mode=>'exact'), INT64(j), STRING(j), DATE(a), TIMESTAMP(a, 'UTC'), DATETIME(a), TIME(a) FROM d.t
--- date parts as arguments
SELECT DATE_TRUNC(a, MONTH), DATE_TRUNC(a, WEEK(MONDAY)), DATE_DIFF(a, b, DAY), TIMESTAMP_TRUNC(a, HOUR, 'UTC'), DATE_ADD(a, INTERVAL 1 DAY), LAST_DAY(a, ISOWEEK), TIMESTAMP_DIFF(a, b, microsecond), GENERATE_DATE_ARRAY(a, b, INTERVAL 1 WEEK), DATETIME_TRUNC(a, Quarter) FROM d.t
--- windows
SELECT SUM(a) OVER (), SUM(a) OVER w, SUM(a) OVER (w), SUM(a) OVER (PARTITION BY b, c ORDER BY d DESC NULLS FIRST), SUM(a) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), ROW_NUMBER() OVER (ORDER BY a), FIRST_VALUE(a IGNORE NULLS) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING), SUM(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), SUM(a) OVER (ORDER BY b RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING), SUM(a) OVER (ORDER BY b ROWS BETWEEN @n PRECEDING AND 1 + 1 FOLLOWING), LAG(a, 1, 0) OVER (PARTITION BY b ORDER BY c), PERCENTILE_CONT(a, 0.5 RESPECT NULLS) OVER (PARTITION BY b), LAST_VALUE(a IGNORE NULLS) OVER w FROM d.t WINDOW w AS (PARTITION BY b ORDER BY c), v AS (w), u AS w
--- a frame of one bound
SELECT SUM(a) OVER (ORDER BY b ROWS 3 PRECEDING), SUM(a) OVER (ORDER BY b ROWS CURRENT ROW), SUM(a) OVER (RANGE UNBOUNDED PRECEDING) FROM d.t
--- a field of a window's value
SELECT (ARRAY_AGG(a) OVER (ORDER BY b))[0], LAST_VALUE(s) OVER (ORDER BY b).c, FIRST_VALUE(s) OVER w.c FROM d.t WINDOW w AS (ORDER BY a)
--- models and tables as arguments
SELECT * FROM ML.PREDICT(MODEL `p-1.d.m`, (SELECT * FROM d.t), STRUCT(0.5 AS threshold)), ML.FORECAST(MODEL d.m, STRUCT<horizon INT64, confidence_level FLOAT64>(24, 0.99)), ML.EVALUATE(MODEL m), ML.PREDICT(MODEL d.m, TABLE d.t)
--- more table functions
SELECT * FROM d.f(1, 'a', @x), d.f(), EXTERNAL_QUERY('connection', 'SELECT 1'), VECTOR_SEARCH(TABLE d.t, 'embedding', (SELECT a FROM d.q), top_k => 5, distance_type => 'COSINE'), GAP_FILL(TABLE d.t, ts_column => 'time', bucket_width => INTERVAL 1 MINUTE), APPENDS(TABLE d.t, NULL, NULL), RANGE_SESSIONIZE(TABLE d.t, 'period', ['id']), d.f(TABLE d.t), AI.GENERATE_TEXT(MODEL d.m, (SELECT a AS prompt FROM d.t), STRUCT(0.2 AS temperature, TRUE AS flatten_json_output)), ML.GENERATE_EMBEDDING(MODEL d.m, TABLE d.t) AS e
--- a query of a table function that begins with WITH
SELECT * FROM ML.PREDICT(MODEL d.m, (WITH x AS (SELECT 1 AS a) SELECT a FROM x)) AS p
--- a function of a model within a SELECT
SELECT AI.GENERATE(('Say ', a), connection_id => 'us.c', endpoint => 'gemini', model_params => JSON '{}').result, ML.DISTANCE(a, b, 'COSINE') FROM d.t
--- a lambda
SELECT ARRAY_FILTER(a, e -> e > 1), ARRAY_TRANSFORM(a, (e, i) -> e + i) FROM d.t
--- a call over several lines
SELECT
  COALESCE(
    a,
    NULL
  ) AS b
FROM
  d.t
--- a struct without brackets of its own is no argument but a field
SELECT f((a, b)), f(STRUCT(a, b AS c)), f([STRUCT(a AS x), (b)]) FROM d.t
--- scalar functions of the formats
SELECT FORMAT('%t %T %d', a, b, c), FORMAT("%'d", a), FORMAT_DATE('%F', a), SAFE.PARSE_DATE('%Y%m%d', a), `format`(a) FROM d.t
