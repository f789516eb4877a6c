--- numbering
SELECT
  ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY submission_timestamp DESC) AS a, RANK() OVER (ORDER BY score) AS b,
  NTILE(4) OVER (ORDER BY score) AS c, PERCENT_RANK() OVER (ORDER BY score) AS d, LAG(client_id, 1, 'none') OVER (ORDER BY score) AS e,
  FIRST_VALUE(score IGNORE NULLS) OVER (PARTITION BY client_id ORDER BY score) AS f, NTH_VALUE(score, 2) OVER (ORDER BY score) AS g,
  PERCENTILE_CONT(score, 0.5) OVER (PARTITION BY client_id) AS h
FROM telemetry.main

--- frames
SELECT
  SUM(sample_id) OVER (ORDER BY submission_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS a,
  COUNT(*) OVER (ORDER BY UNIX_DATE(submission_date) RANGE BETWEEN 27 PRECEDING AND 1 FOLLOWING) AS b,
  AVG(score) OVER () AS c, ARRAY_AGG(client_id) OVER (PARTITION BY sample_id) AS d
FROM telemetry.main

--- named windows
SELECT ROW_NUMBER() OVER newest AS a, SUM(score) OVER (newest ROWS UNBOUNDED PRECEDING) AS b
FROM telemetry.main
WINDOW by_client AS (PARTITION BY client_id), newest AS (by_client ORDER BY submission_timestamp DESC)

--- qualify without where
SELECT client_id FROM telemetry.main QUALIFY ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY submission_date) = 1

--- qualify by alias
SELECT client_id, RANK() OVER (ORDER BY score) AS place FROM telemetry.main WHERE TRUE QUALIFY place < 3

--- a window over aggregates
SELECT submission_date, COUNT(*) AS n, SUM(COUNT(*)) OVER (ORDER BY submission_date) AS until_then
FROM telemetry.main
GROUP BY submission_date

--- a share of the whole
SELECT client_id, COUNT(*) / SUM(COUNT(*)) OVER () AS share FROM telemetry.main GROUP BY client_id

--- a window that nothing is over is not looked at
SELECT COUNT(*) OVER used AS c FROM UNNEST([1, 2]) AS n WINDOW used AS (ORDER BY n), unused AS (PARTITION BY n / 2)
