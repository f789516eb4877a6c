== Yesterday's and today's days of use make one row for each client, whichever of the two knows it
page: query-syntax
section: SELECT expression.*
CREATE TEMP FUNCTION shift_one_day(x INT64) AS (IFNULL((x << 1) & ((1 << 28) - 1), 0));
CREATE TEMP FUNCTION combine(before INT64, now INT64) AS (shift_one_day(before) + IFNULL(now, 0));
WITH days AS (
  SELECT DATE '2026-11-20' AS submission_date, 'a' AS client_id, 7 AS sample_id, 1 AS days_seen_bits, 'DE' AS country
  UNION ALL SELECT DATE '2026-11-20', 'b', 8, 134217728, 'FR'
  UNION ALL SELECT DATE '2026-11-20', 'c', 9, 5, 'US'
), _current AS (
  SELECT client_id, sample_id, 1 AS days_seen_bits, country FROM UNNEST([STRUCT('a' AS client_id, 7 AS sample_id, 'AT' AS country), ('d', 1, 'PL')])
), _previous AS (
  SELECT * EXCEPT (submission_date) FROM days
  WHERE submission_date = DATE_SUB(DATE '2026-11-21', INTERVAL 1 DAY) AND shift_one_day(days_seen_bits) > 0
)
SELECT
  DATE '2026-11-21' AS submission_date,
  IF(_current.client_id IS NOT NULL, _current, _previous).* REPLACE (
    combine(_previous.days_seen_bits, _current.days_seen_bits) AS days_seen_bits
  )
FROM _current FULL OUTER JOIN _previous USING (sample_id, client_id)
ORDER BY client_id
-->
submission_date DATE | client_id STRING | sample_id INT64 | days_seen_bits INT64 | country STRING
DATE "2026-11-21"    | "a"              | 7               | 3                    | "AT"
DATE "2026-11-21"    | "c"              | 9               | 10                   | "US"
DATE "2026-11-21"    | "d"              | 1               | 1                    | "PL"

== What a pattern of bits says about days
page: operators
section: Bitwise operators
CREATE TEMP FUNCTION pos_of_trailing_set_bit(bits INT64) AS (CAST(SAFE.LOG(bits & -bits, 2) AS INT64));
CREATE TEMP FUNCTION active_in(bits INT64, start_offset INT64, n INT64) AS (
  BIT_COUNT((bits >> -(start_offset + n - 1)) & ((1 << n) - 1)) > 0
);
CREATE TEMP FUNCTION to_dates(bits INT64, day DATE) AS (
  (SELECT ARRAY_AGG(DATE_SUB(day, INTERVAL bit DAY) ORDER BY bit DESC)
   FROM UNNEST(GENERATE_ARRAY(0, 27)) AS bit WHERE BIT_COUNT(bits >> bit & 1) > 0)
);
CREATE TEMP FUNCTION to_string(bits INT64) AS (
  (SELECT STRING_AGG(CAST(bits >> bit & 0x1 AS STRING), '' ORDER BY bit DESC) FROM UNNEST(GENERATE_ARRAY(0, 27)) AS bit)
);
CREATE TEMP FUNCTION from_string(s STRING) AS (
  (SELECT IF(REGEXP_CONTAINS(s, r'^[01]{1,28}$'), SUM(CAST(SUBSTR(REVERSE(s), n + 1, 1) AS INT64) << n), NULL) FROM UNNEST(GENERATE_ARRAY(0, LENGTH(s) - 1)) AS n)
);
SELECT bits, pos_of_trailing_set_bit(bits) AS days_since_seen, active_in(bits, -13, 7) AS week_before,
  to_dates(bits, DATE '2026-11-21') AS dates, to_string(bits) AS text, from_string('1001') AS parsed
FROM UNNEST([0, 1, 9, 128]) AS bits ORDER BY bits
-->
bits INT64 | days_since_seen INT64 | week_before BOOL | dates ARRAY<DATE> | text STRING | parsed INT64
0   | NULL | false | NULL | "0000000000000000000000000000" | 9
1   | 0    | false | [DATE "2026-11-21"] | "0000000000000000000000000001" | 9
9   | 0    | false | [DATE "2026-11-18", DATE "2026-11-21"] | "0000000000000000000000001001" | 9
128 | 7    | true  | [DATE "2026-11-14"] | "0000000000000000000010000000" | 9

== A year of days in bytes
page: operators
section: Bitwise operators
CREATE TEMP FUNCTION one_as_365_bits() AS (CONCAT(REPEAT(b'\x00', 45), b'\x01'));
CREATE TEMP FUNCTION zero_as_365_bits() AS (REPEAT(b'\x00', 46));
CREATE TEMP FUNCTION bool_to_365_bits(val BOOL) AS (IF(val, one_as_365_bits(), zero_as_365_bits()));
CREATE TEMP FUNCTION shift_365_bits_one_day(x BYTES) AS (COALESCE(x << 1 & CONCAT(b'\x1F', REPEAT(b'\xFF', 45)), zero_as_365_bits()));
CREATE TEMP FUNCTION combine_365(prev BYTES, curr BYTES) AS (shift_365_bits_one_day(prev) | COALESCE(curr, zero_as_365_bits()));
SELECT n, BIT_COUNT(combined) AS days, TO_HEX(SUBSTR(combined, -2)) AS tail, LENGTH(combined) AS bytes
FROM (
  SELECT n, combine_365(IF(n = 2, NULL, bool_to_365_bits(n > 0)), bool_to_365_bits(n > 1 OR n = 1)) AS combined FROM UNNEST([0, 1, 2]) AS n
) ORDER BY n
-->
n INT64 | days INT64 | tail STRING | bytes INT64
0 | 0 | "0000" | 46
1 | 2 | "0003" | 46
2 | 1 | "0001" | 46

== The value that is there most often, the last of those that are as often
page: user-defined-functions
section: Templated SQL UDF parameters
CREATE TEMP FUNCTION mode_last(list ANY TYPE) AS (
  (SELECT _value FROM UNNEST(list) AS _value WITH OFFSET AS _offset GROUP BY _value ORDER BY COUNT(_value) DESC, MAX(_offset) DESC LIMIT 1)
);
SELECT client_id, mode_last(ARRAY_AGG(country ORDER BY ts)) AS country, mode_last(ARRAY_AGG(n ORDER BY ts)) AS n,
  mode_last(ARRAY_AGG(STRUCT(country, n) ORDER BY ts)).country AS both
FROM UNNEST([STRUCT('a' AS client_id, 1 AS ts, 'DE' AS country, 1 AS n), ('a', 2, 'FR', 2), ('a', 3, 'DE', 2), ('b', 1, NULL, 5), ('b', 2, 'PL', NULL)])
GROUP BY client_id ORDER BY client_id
-->
client_id STRING | country STRING | n INT64 | both STRING
"a" | "DE" | 2 | "DE"
"b" | "PL" | 5 | "PL"

== A client's pings of a day, aggregated over windows and cut to one row each
page: query-syntax
section: QUALIFY clause
CREATE TEMP FUNCTION mode_last(list ANY TYPE) AS (
  (SELECT _value FROM UNNEST(list) AS _value WITH OFFSET AS _offset GROUP BY _value ORDER BY COUNT(_value) DESC, MAX(_offset) DESC LIMIT 1)
);
WITH pings AS (
  SELECT 'a' AS client_id, TIMESTAMP '2026-11-21 10:00:00' AS submission_timestamp, STRUCT(STRUCT('DE' AS country, '??' AS city) AS geo) AS metadata, 'release' AS channel, 5 AS duration
  UNION ALL SELECT 'a', '2026-11-21 11:00:00', STRUCT(STRUCT('FR', 'Paris')), 'release', NULL
  UNION ALL SELECT 'a', '2026-11-21 09:00:00', STRUCT(STRUCT('FR', NULL)), 'beta', 7
  UNION ALL SELECT 'b', '2026-11-21 23:59:59', NULL, NULL, NULL
), windowed AS (
  SELECT
    DATE(submission_timestamp) AS submission_date,
    client_id,
    ROW_NUMBER() OVER w1_unframed AS _n,
    SUM(duration) OVER w1 AS durations,
    mode_last(ARRAY_AGG(metadata.geo.country) OVER w1) AS country,
    mode_last(ARRAY_AGG(IF(metadata.geo.city != '??', metadata.geo.city, NULL)) OVER w1) AS city,
    mode_last(ARRAY_AGG(channel) OVER w1) AS channel,
    LOGICAL_OR(channel = 'beta') OVER w1 AS ever_beta
  FROM pings
  WHERE DATE(submission_timestamp) = '2026-11-21'
  WINDOW
    w1 AS (
      PARTITION BY client_id, DATE(submission_timestamp) ORDER BY submission_timestamp
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ),
    w1_unframed AS (PARTITION BY client_id, DATE(submission_timestamp) ORDER BY submission_timestamp)
)
SELECT * EXCEPT (_n) FROM windowed WHERE _n = 1 ORDER BY client_id
-->
submission_date DATE | client_id STRING | durations INT64 | country STRING | city STRING | channel STRING | ever_beta BOOL
DATE "2026-11-21" | "a" | 12 | "FR" | "Paris" | "release" | true
DATE "2026-11-21" | "b" | NULL | NULL | NULL | NULL | NULL

== QUALIFY stands before WINDOW, and what a function takes may be an analytic call
page: query-syntax
section: WINDOW clause
CREATE TEMP FUNCTION tier1(x ANY TYPE) AS (EXISTS(SELECT country FROM UNNEST(x) AS country WHERE country IN ('Germany', 'France')));
CREATE TEMP FUNCTION count_distinct(arr ANY TYPE) AS ((SELECT COUNT(DISTINCT x) FROM UNNEST(arr) AS x));
WITH events AS (
  SELECT 'u' AS user_id, 'sync' AS service, TIMESTAMP '2026-11-21 01:00:00' AS ts, 'Germany' AS country, 'login_complete' AS event_name, STRUCT('Firefox' AS browser, 'Linux' AS os) AS agent
  UNION ALL SELECT 'u', 'sync', '2026-11-21 02:00:00', NULL, 'reg_complete', STRUCT('Firefox', NULL)
  UNION ALL SELECT 'v', 'mail', '2026-11-21 02:00:00', 'Peru', 'login_complete', STRUCT('Firefox', NULL)
)
SELECT user_id, service, tier1(ARRAY_AGG(country) OVER w1) AS seen_in_tier1, LOGICAL_OR(event_name = 'reg_complete') OVER w1 AS registered,
  count_distinct(ARRAY_AGG(CONCAT(COALESCE(agent.browser, ''), '_', COALESCE(agent.os, ''))) OVER w1) AS devices
FROM events
WHERE DATE(ts) = DATE '2026-11-21'
QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id, service, DATE(ts) ORDER BY ts) = 1
WINDOW w1 AS (PARTITION BY user_id, service, DATE(ts) ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY user_id
-->
user_id STRING | service STRING | seen_in_tier1 BOOL | registered BOOL | devices INT64
"u" | "sync" | true | true | 2
"v" | "mail" | false | false | 1

== The first and the second day of a client, over several kinds of pings
page: aggregate_functions
section: ANY_VALUE
CREATE TEMP FUNCTION earliest(values_and_dates ARRAY<STRUCT<value STRING, source STRING, ts DATETIME>>) AS (
  (SELECT AS STRUCT value AS earliest_value, source AS earliest_source, ts AS earliest_date
   FROM UNNEST(values_and_dates) WHERE value IS NOT NULL ORDER BY ts LIMIT 1)
);
WITH new_profile AS (
  SELECT 'a' AS client_id, TIMESTAMP '2026-11-20 10:00:00' AS submission_timestamp, 'x86' AS architecture, 3 AS sample_id
), main AS (
  SELECT 'a' AS client_id, DATE '2026-11-21' AS submission_date, CAST(NULL AS STRING) AS architecture, 3 AS sample_id
  UNION ALL SELECT 'b', '2026-11-22', 'arm', 4
), unioned AS (
  SELECT client_id, submission_timestamp, architecture, sample_id, 'new_profile' AS source FROM new_profile
  UNION ALL
  SELECT client_id, TIMESTAMP(ANY_VALUE(submission_date HAVING MIN submission_date)), ANY_VALUE(architecture HAVING MIN submission_date), sample_id, 'main'
  FROM main GROUP BY client_id, sample_id
)
SELECT client_id,
  CAST(earliest(ARRAY_AGG(STRUCT(CAST(sample_id AS STRING), source, DATETIME(submission_timestamp)))).earliest_value AS INT) AS sample_id,
  DATE(earliest(ARRAY_AGG(STRUCT(CAST(submission_timestamp AS STRING), source, DATETIME(submission_timestamp)))).earliest_date) AS first_seen_date,
  ARRAY_AGG(DISTINCT DATE(submission_timestamp) IGNORE NULLS ORDER BY DATE(submission_timestamp) ASC)[SAFE_OFFSET(1)] AS second_seen_date,
  earliest(ARRAY_AGG((architecture, source, DATETIME(submission_timestamp)))).earliest_source AS architecture_source
FROM unioned GROUP BY client_id ORDER BY client_id
-->
client_id STRING | sample_id INT64 | first_seen_date DATE | second_seen_date DATE | architecture_source STRING
"a" | 3 | DATE "2026-11-20" | DATE "2026-11-21" | "new_profile"
"b" | 4 | DATE "2026-11-22" | NULL | "main"

== How many of a cohort come back each day
page: array_functions
section: GENERATE_DATE_ARRAY
WITH first_seen AS (
  SELECT * FROM UNNEST([STRUCT('a' AS client_id, DATE '2026-11-01' AS cohort_date), ('b', '2026-11-01'), ('c', '2026-11-02')])
), active AS (
  SELECT * FROM UNNEST([STRUCT('a' AS client_id, DATE '2026-11-01' AS submission_date), ('b', '2026-11-01'), ('a', '2026-11-02'), ('c', '2026-11-03')])
), sizes AS (SELECT cohort_date, COUNT(DISTINCT client_id) AS num_clients_in_cohort FROM first_seen GROUP BY cohort_date)
SELECT cohort_date, activity_date, num_clients_in_cohort, COUNT(DISTINCT active.client_id) AS active,
  ROUND(SAFE_DIVIDE(COUNT(DISTINCT active.client_id), num_clients_in_cohort), 2) AS share
FROM sizes
CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(cohort_date, DATE_ADD(cohort_date, INTERVAL 1 DAY))) AS activity_date
LEFT JOIN first_seen USING (cohort_date)
LEFT JOIN active ON active.client_id = first_seen.client_id AND active.submission_date = activity_date
GROUP BY ALL
ORDER BY 1, 2
-->
cohort_date DATE | activity_date DATE | num_clients_in_cohort INT64 | active INT64 | share FLOAT64
DATE "2026-11-01" | DATE "2026-11-01" | 2 | 2 | 1.0
DATE "2026-11-01" | DATE "2026-11-02" | 2 | 1 | 0.5
DATE "2026-11-02" | DATE "2026-11-02" | 1 | 0 | 0.0
DATE "2026-11-02" | DATE "2026-11-03" | 1 | 1 | 1.0

== The day of a profile's birth as bits
page: date_functions
section: DATE_FROM_UNIX_DATE
CREATE TEMP FUNCTION profile_bits(days_since_created_profile INT64) AS (
  IF(days_since_created_profile BETWEEN 0 AND 6, 1 << days_since_created_profile, 0)
);
SELECT id, profile_bits(DATE_DIFF(DATE '2026-11-21', SAFE.DATE_FROM_UNIX_DATE(created), DAY)) AS days_created_profile_bits
FROM UNNEST([STRUCT(1 AS id, 20778 AS created), (2, 20775), (3, 99999999999), (4, NULL), (5, 0)]) ORDER BY id
-->
id INT64 | days_created_profile_bits INT64
1 | 1
2 | 8
3 | 0
4 | 0
5 | 0
