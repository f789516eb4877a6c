-- Searches of clients by day, country and train, and how many came back.
WITH pings AS (
  SELECT
    ping.client_id,
    ping.country,
    ping.channel,
    ping.sent,
    ping.searches,
    DATE(ping.sent) AS submission_date,
    DATE_TRUNC(DATE(ping.sent), ISOWEEK) AS week,
    FORMAT_DATE('%Y-%m', DATE(ping.sent)) AS month,
    EXTRACT(HOUR FROM ping.sent AT TIME ZONE 'Europe/Berlin') AS hour,
    REGEXP_EXTRACT(ping.version, r'^(\d+)') AS major,
    SAFE_CAST(SPLIT(ping.version, '.')[SAFE_OFFSET(1)] AS INT64) AS minor,
    IF(ping.channel IN ('release', 'esr'), 'stable', COALESCE(ping.channel, '??')) AS train,
  FROM
    UNNEST([
      STRUCT(
        'a' AS client_id, 'DE' AS country, 'release' AS channel, TIMESTAMP '2026-11-20 10:00:00+00' AS sent,
        [STRUCT('one' AS engine, 3 AS count), ('two', 4)] AS searches, '120.1' AS version
      ),
      ('b', 'FR', 'beta', TIMESTAMP '2026-11-20 11:00:00+00', [('one', 1)], '121.0'),
      ('b', NULL, 'beta', TIMESTAMP '2026-11-21 11:00:00+00', [], '121.0.1')
    ]) AS ping
  WHERE
    ping.client_id IS NOT NULL
    AND DATE(ping.sent) BETWEEN DATE '2026-11-01' AND DATE '2026-11-30'
),
searched AS (
  SELECT
    client_id,
    submission_date,
    search.engine,
    SUM(search.count) AS searches,
    COUNT(*) AS pings,
    MAX(sent) AS last_sent,
  FROM
    pings
  CROSS JOIN
    UNNEST(searches) AS search
  GROUP BY
    client_id,
    submission_date,
    search.engine
),
daily AS (
  SELECT
    client_id,
    submission_date,
    ANY_VALUE(week) AS week,
    ANY_VALUE(month) AS month,
    ARRAY_AGG(country IGNORE NULLS ORDER BY sent DESC LIMIT 1)[SAFE_OFFSET(0)] AS country,
    ARRAY_AGG(train IGNORE NULLS ORDER BY sent DESC LIMIT 1)[SAFE_OFFSET(0)] AS train,
    STRING_AGG(DISTINCT major, ',' ORDER BY major) AS majors,
    COUNTIF(hour BETWEEN 8 AND 17) AS office_pings,
    APPROX_COUNT_DISTINCT(channel) AS channels,
    SUM((SELECT SUM(one.count) FROM UNNEST(searches) AS one WHERE one.engine != 'none')) AS searches,
    LOGICAL_OR(minor > 0) AS has_minor,
  FROM
    pings
  GROUP BY
    client_id,
    submission_date
),
ranked AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY submission_date) AS nth_day,
    LAG(submission_date) OVER (PARTITION BY client_id ORDER BY submission_date) AS day_before,
    SUM(searches) OVER (
      PARTITION BY client_id
      ORDER BY submission_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW
    ) AS searches_of_a_week,
  FROM
    daily
)
SELECT
  ranked.submission_date,
  ranked.country,
  ranked.train,
  COUNT(DISTINCT ranked.client_id) AS clients,
  SUM(ranked.searches) AS searches,
  SAFE_DIVIDE(SUM(ranked.searches), COUNT(*)) AS searches_per_client,
  ROUND(AVG(ranked.searches_of_a_week), 2) AS mean_of_a_week,
  COUNTIF(DATE_DIFF(ranked.submission_date, ranked.day_before, DAY) = 1) AS returned,
  CONCAT(ANY_VALUE(ranked.month), '-', LOWER(IFNULL(ANY_VALUE(engine), ''))) AS label,
  CASE
    WHEN SUM(ranked.office_pings) > 10 THEN 'office'
    WHEN MAX(ranked.nth_day) > 1 THEN 'home'
    ELSE 'new'
  END AS kind,
FROM
  ranked
LEFT JOIN
  searched
  USING (client_id, submission_date)
WHERE ranked.country IS NOT NULL OR ranked.majors LIKE '12%'
GROUP BY 1, 2, 3
HAVING COUNT(*) > 0
ORDER BY 1, 2 DESC
