--- WHERE cannot hold a window: ROW_NUMBER … OVER
SELECT client_id FROM telemetry.main_ping WHERE ROW_NUMBER() OVER (ORDER BY client_id) = 1

--- GROUP BY comes before ROW_NUMBER, which looks at groups
SELECT COUNT(*) AS n FROM telemetry.main_ping GROUP BY ROW_NUMBER() OVER (ORDER BY client_id)

--- SUM cannot aggregate what COUNT has aggregated
SELECT SUM(COUNT(*)) AS n FROM telemetry.main_ping GROUP BY client_id

--- SUM cannot aggregate what MAX has aggregated
SELECT SUM(MAX(sample_id)) AS n FROM telemetry.main_ping

--- WHERE cannot hold an aggregate, and COUNT is one
SELECT client_id FROM telemetry.main_ping WHERE COUNT(*) > 1

--- ON cannot hold an aggregate, and MAX is one
SELECT 1 AS a FROM telemetry.main_ping AS m JOIN static.country_codes_v1 AS c ON MAX(m.client_id) = c.code

--- ON cannot hold a window: ROW_NUMBER … OVER
SELECT 1 AS a FROM telemetry.main_ping AS m JOIN static.country_codes_v1 AS c ON ROW_NUMBER() OVER () = 1

--- GROUP BY takes no JSON
SELECT payload, COUNT(*) AS n FROM experiments.live_v1 GROUP BY payload

--- SELECT DISTINCT takes no JSON
SELECT DISTINCT payload FROM experiments.live_v1

--- ORDER BY takes no JSON
SELECT experiment FROM experiments.live_v1 ORDER BY payload

--- GROUP BY takes no GEOGRAPHY
SELECT location FROM experiments.live_v1 GROUP BY location

--- SELECT DISTINCT takes no GEOGRAPHY
SELECT DISTINCT location FROM experiments.live_v1

--- ORDER BY takes no ARRAY<STRUCT<key STRING, value STRING>>
SELECT client_id FROM telemetry_derived.clients_daily_v6 ORDER BY experiments

--- ORDER BY takes no STRUCT<source STRING, medium STRING, campaign STRING, content STRING>
SELECT client_id FROM telemetry_derived.clients_daily_v6 ORDER BY attribution

--- DISTINCT takes no JSON
SELECT COUNT(DISTINCT payload) AS n FROM experiments.live_v1

--- MAX: STRUCT<source STRING, medium STRING, campaign STRING, content STRING> has no order
SELECT MAX(attribution) AS n FROM telemetry_derived.clients_daily_v6

--- MAX: ARRAY<STRUCT<key STRING, value STRING>> has no order
SELECT MAX(experiments) AS n FROM telemetry_derived.clients_daily_v6

--- MIN: JSON has no order
SELECT MIN(payload) AS n FROM experiments.live_v1

--- PARTITION BY takes no JSON
SELECT ROW_NUMBER() OVER (PARTITION BY payload) AS n FROM experiments.live_v1

--- ORDER BY takes no ARRAY<STRUCT<key STRING, value STRING>>, 2
SELECT ROW_NUMBER() OVER (ORDER BY experiments) AS n FROM telemetry_derived.clients_daily_v6

--- ORDER BY takes no JSON, 2
SELECT ROW_NUMBER() OVER (ORDER BY payload) AS n FROM experiments.live_v1

--- PARTITION BY takes no FLOAT64
SELECT ROW_NUMBER() OVER (PARTITION BY active_hours_sum) AS n FROM telemetry_derived.clients_daily_v6

--- WHERE needs a FROM clause
SELECT 1 AS a WHERE TRUE

--- COUNT needs a FROM clause
SELECT COUNT(*) AS a

--- ORDER BY needs a FROM clause
SELECT 1 AS a ORDER BY 1

--- GROUP BY needs a FROM clause
SELECT 1 AS a GROUP BY 1

--- DISTINCT needs a FROM clause
SELECT DISTINCT 1 AS a

--- HAVING needs a FROM clause
SELECT 1 AS a HAVING TRUE

--- QUALIFY needs a FROM clause
SELECT 1 AS a QUALIFY TRUE

--- ROW_NUMBER needs a FROM clause
SELECT ROW_NUMBER() OVER () AS a

--- a SELECT without columns
SELECT *

--- two tables are named main_ping here
SELECT 1 AS a FROM telemetry.main_ping, telemetry.main_ping

--- two tables are named m here
SELECT 1 AS a FROM telemetry.main_ping AS m, telemetry.events AS m

--- HAVING needs GROUP BY, or an aggregate in the select list
SELECT client_id FROM telemetry.main_ping HAVING client_id = 'a'

--- HAVING needs GROUP BY, or an aggregate in the select list, 2
SELECT client_id FROM telemetry.main_ping HAVING COUNT(*) > 1

--- HAVING needs GROUP BY, or an aggregate in the select list, 3
SELECT 1 AS a FROM telemetry.main_ping HAVING COUNT(*) > 1

--- HAVING needs GROUP BY, or an aggregate in the select list, 4
SELECT 1 AS a FROM telemetry.main_ping HAVING TRUE

--- sample_id is neither grouped nor aggregated
SELECT client_id, COUNT(*) AS n FROM telemetry.main_ping GROUP BY client_id ORDER BY sample_id

--- sample_id is neither grouped nor aggregated, 2
SELECT client_id, COUNT(*) AS n FROM telemetry.main_ping GROUP BY client_id QUALIFY ROW_NUMBER() OVER (ORDER BY sample_id) = 1

--- sample_id is neither grouped nor aggregated, 3
SELECT client_id, ROW_NUMBER() OVER (ORDER BY sample_id) AS n FROM telemetry.main_ping GROUP BY client_id

--- sample_id is neither grouped nor aggregated, 4
SELECT client_id, ROW_NUMBER() OVER (PARTITION BY sample_id) AS n FROM telemetry.main_ping GROUP BY client_id

--- sample_id is neither grouped nor aggregated, 5
SELECT client_id, ROW_NUMBER() OVER w AS n FROM telemetry.main_ping GROUP BY client_id WINDOW w AS (ORDER BY sample_id)

--- ORDER BY of a query that groups nothing cannot hold an aggregate, and COUNT is one
SELECT client_id FROM telemetry.main_ping ORDER BY COUNT(*)

--- client_id is neither grouped nor aggregated
SELECT COUNT(*) AS n FROM telemetry.main_ping ORDER BY client_id

--- document_id is not a column of both sides of the join
SELECT m.client_id FROM telemetry.main_ping AS m JOIN telemetry.events AS e USING (document_id)

--- nothing is not a column of both sides of the join
SELECT m.client_id FROM telemetry.main_ping AS m JOIN telemetry.events AS e USING (nothing)

--- GROUP BY 2: there is no such column
SELECT client_id FROM telemetry.main_ping GROUP BY 2

--- GROUP BY 0: there is no such column
SELECT client_id FROM telemetry.main_ping GROUP BY 0

--- ORDER BY 2: there is no such column
SELECT client_id FROM telemetry.main_ping ORDER BY 2

--- ORDER BY -1: there is no such column
SELECT client_id FROM telemetry.main_ping ORDER BY -1

--- no column sample_id here
SELECT client_id FROM telemetry.main_ping LIMIT sample_id

--- LIMIT takes a whole number that is not negative, or a parameter
SELECT client_id FROM telemetry.main_ping LIMIT 1 + 1

--- LIMIT takes a whole number that is not negative, or a parameter, 2
SELECT client_id FROM telemetry.main_ping LIMIT -1

--- LIMIT takes a whole number that is not negative, or a parameter, 3
SELECT client_id FROM telemetry.main_ping LIMIT 'a'

--- DISTINCT leaves no sample_id to order by
SELECT DISTINCT client_id FROM telemetry.main_ping ORDER BY sample_id

--- no column m.client_id here
SELECT client_id FROM telemetry.main_ping AS m, (SELECT e.client_id AS c FROM telemetry.events AS e WHERE e.client_id = m.client_id)

--- ARRAY_AGG cannot aggregate what COUNT has aggregated
SELECT client_id, ARRAY_AGG(sample_id ORDER BY COUNT(*)) AS x FROM telemetry.main_ping AS m GROUP BY client_id

--- HAVING cannot hold a window: ROW_NUMBER … OVER
SELECT client_id, COUNT(*) AS n FROM telemetry.main_ping AS m GROUP BY client_id HAVING n > 1 AND ROW_NUMBER() OVER () = 1

--- client_id is neither grouped nor aggregated, 2
SELECT client_id FROM telemetry.main_ping QUALIFY COUNT(*) > 1

--- ORDER BY of a window cannot hold a window: RANK … OVER
SELECT client_id, ROW_NUMBER() OVER (ORDER BY RANK() OVER (ORDER BY sample_id)) AS x FROM telemetry.main_ping

--- SUM cannot take what a window gives: RANK … OVER
SELECT SUM(RANK() OVER (ORDER BY sample_id)) AS x FROM telemetry.main_ping

--- expected an expression, found UNNEST
SELECT client_id, UNNEST([1]) AS x FROM telemetry.main_ping

--- no column client_id2 here
SELECT client_id, sample_id AS client_id2, client_id2 AS x FROM telemetry.main_ping

--- no column c here
SELECT client_id AS c FROM telemetry.main_ping WHERE c = 'a'

--- submission_timestamp is neither grouped nor aggregated
SELECT DATE(submission_timestamp) AS d, submission_timestamp AS y, COUNT(*) AS n FROM telemetry.main_ping GROUP BY d

--- a query used as a value has one column, not 2
SELECT client_id FROM telemetry.main_ping WHERE client_id IN (SELECT client_id, sample_id FROM telemetry.main_ping)

--- STRING cannot be compared with INT64
SELECT client_id FROM telemetry.main_ping WHERE client_id IN UNNEST([1, 2])

--- expected ALL or DISTINCT, found SELECT
SELECT client_id FROM telemetry.main_ping UNION SELECT client_id FROM telemetry.main_ping

--- UNION of column client_id STRING with INT64
SELECT client_id FROM telemetry.main_ping UNION ALL SELECT sample_id FROM telemetry.main_ping

--- UNION of 1 and 2 columns
SELECT client_id FROM telemetry.main_ping UNION ALL SELECT client_id, sample_id FROM telemetry.main_ping

--- a set operation on DISTINCT rows takes no JSON
SELECT payload FROM experiments.live_v1 UNION DISTINCT SELECT payload FROM experiments.live_v1

--- a set operation on DISTINCT rows takes no JSON, 2
SELECT payload FROM experiments.live_v1 EXCEPT DISTINCT SELECT payload FROM experiments.live_v1

--- two common tables are named a
WITH a AS (SELECT 1 AS x), a AS (SELECT 2 AS x) SELECT * FROM a

--- nothing declares the table b
WITH a AS (SELECT * FROM b), b AS (SELECT 2 AS x) SELECT * FROM a

--- a query used as a value has one column, not 2, 2
SELECT (SELECT 1, 2) AS a

--- UNNEST takes an ARRAY, not STRING
SELECT client_id FROM telemetry.main_ping, UNNEST(client_id) AS x

--- the element and its offset are both named x
SELECT x FROM UNNEST([1,2]) AS x WITH OFFSET AS x

--- MAX cannot aggregate what MAX has aggregated
SELECT SUM(x) AS s FROM UNNEST([1,2]) AS x GROUP BY x HAVING x > MAX(MAX(x))

--- JSON has no equality
SELECT payload = payload AS x FROM experiments.live_v1

--- ARRAY<STRUCT<key STRING, value STRING>> has no equality
SELECT experiments = experiments AS x FROM telemetry_derived.clients_daily_v6

--- STRUCT<source STRING, medium STRING, campaign STRING, content STRING> has no order, so < does not take it
SELECT attribution < attribution AS x FROM telemetry_derived.clients_daily_v6

--- STRING cannot be compared with INT64, 2
SELECT client_id IN (1, 2) AS x FROM telemetry_derived.clients_daily_v6

--- the star has no column nothing
SELECT m.* EXCEPT (nothing) FROM telemetry_derived.clients_daily_v6 AS m

--- EXCEPT and REPLACE name client_id twice
SELECT m.* EXCEPT (client_id, client_id) FROM telemetry_derived.clients_first_seen_v2 AS m

--- EXCEPT and REPLACE name client_id twice, 2
SELECT m.* REPLACE (1 AS client_id, 2 AS client_id) FROM telemetry_derived.clients_first_seen_v2 AS m

--- EXCEPT and REPLACE name client_id twice, 3
SELECT m.* EXCEPT (client_id) REPLACE (2 AS client_id) FROM telemetry_derived.clients_first_seen_v2 AS m

--- PIVOT takes an aggregate: PIVOT(SUM(x) FOR …)
SELECT * FROM (SELECT client_id, os FROM telemetry_derived.clients_daily_v6) PIVOT(os FOR os IN ('a'))

--- STRING cannot be compared with INT64, 3
SELECT * FROM (SELECT client_id, os FROM telemetry_derived.clients_daily_v6) PIVOT(COUNT(*) FOR os IN (1))

--- UNPIVOT of sample_id, which is INT64 and not STRING
SELECT * FROM (SELECT client_id, sample_id FROM telemetry_derived.clients_daily_v6) UNPIVOT(v FOR k IN (client_id, sample_id))

--- the frame of the window ends before it begins
SELECT COUNT(*) OVER (ORDER BY client_id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) AS x FROM telemetry.main_ping

--- RANGE with a distance needs an ORDER BY of one number
SELECT COUNT(*) OVER (ORDER BY client_id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- ROW_NUMBER takes no frame
SELECT ROW_NUMBER() OVER (ORDER BY client_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- RANK needs an ORDER BY in its window
SELECT RANK() OVER () AS x FROM telemetry.main_ping

--- LAG needs an ORDER BY in its window
SELECT LAG(client_id) OVER () AS x FROM telemetry.main_ping

--- no window is named w here
SELECT COUNT(*) OVER w AS x FROM telemetry.main_ping

--- a window that is based on another has no PARTITION BY of its own
SELECT COUNT(*) OVER (w PARTITION BY client_id) AS x FROM telemetry.main_ping WINDOW w AS (PARTITION BY sample_id)

--- a window that is based on another cannot order anew
SELECT COUNT(*) OVER (w ORDER BY client_id) AS x FROM telemetry.main_ping WINDOW w AS (ORDER BY sample_id)

--- COUNT of DISTINCT values takes no ORDER BY in its window
SELECT COUNT(DISTINCT client_id) OVER (PARTITION BY sample_id ORDER BY client_id) AS x FROM telemetry.main_ping

--- STRING_AGG of DISTINCT values is ordered by those values only
SELECT STRING_AGG(DISTINCT client_id ORDER BY sample_id) AS x FROM telemetry.main_ping

--- ARRAY_AGG: an array cannot hold arrays; wrap it in a STRUCT
SELECT ARRAY_AGG(DISTINCT experiments) AS x FROM telemetry_derived.clients_daily_v6

--- ARRAY_AGG: an array cannot hold arrays; wrap it in a STRUCT, 2
SELECT ARRAY_AGG(experiments) AS x FROM telemetry_derived.clients_daily_v6

--- ORDER BY takes no STRUCT<source STRING, medium STRING, campaign STRING, content STRING>, 2
SELECT ARRAY_AGG(attribution IGNORE NULLS ORDER BY submission_date DESC LIMIT 1) AS x, ARRAY_AGG(client_id ORDER BY attribution) AS y FROM telemetry_derived.clients_daily_v6

--- no column x.y.z here
SELECT x.y.z AS a FROM telemetry.main_ping AS x

--- no column main here
SELECT main AS a FROM telemetry.main_ping LIMIT 1

--- no column telemetry.main_ping.client_id here
SELECT telemetry.main_ping.client_id FROM telemetry.main_ping

--- no column telemetry.main_ping.client_id here, 2
SELECT `telemetry.main_ping`.client_id FROM `telemetry.main_ping`

--- nothing declares the table p.telemetry.main_ping
SELECT p.telemetry.main_ping.client_id FROM p.telemetry.main_ping

--- SUM cannot aggregate what SUM has aggregated
SELECT client_id, SUM(sample_id) AS sample_id FROM telemetry.main_ping GROUP BY client_id ORDER BY SUM(sample_id)

--- SUM cannot aggregate what SUM has aggregated, 2
SELECT client_id, SUM(sample_id) AS sample_id FROM telemetry.main_ping GROUP BY client_id QUALIFY RANK() OVER (ORDER BY SUM(sample_id)) = 1

--- SUM cannot aggregate what SUM has aggregated, 3
SELECT client_id, SUM(sample_id) AS sample_id FROM telemetry.main_ping GROUP BY client_id HAVING SUM(sample_id) > 1

--- FIRST_VALUE needs an ORDER BY in its window
SELECT FIRST_VALUE(client_id) OVER () AS a, ROW_NUMBER() OVER () AS b FROM telemetry.main_ping

--- NTILE needs an ORDER BY in its window
SELECT NTILE(4) OVER () AS a FROM telemetry.main_ping

--- CUME_DIST needs an ORDER BY in its window
SELECT CUME_DIST() OVER () AS a FROM telemetry.main_ping

--- LAST_VALUE needs an ORDER BY in its window
SELECT LAST_VALUE(client_id) OVER (PARTITION BY sample_id) AS a FROM telemetry.main_ping

--- NTH_VALUE needs an ORDER BY in its window
SELECT NTH_VALUE(client_id, 2) OVER (PARTITION BY sample_id) AS a FROM telemetry.main_ping

--- PERCENTILE_CONT takes no ORDER BY in its window
SELECT PERCENTILE_CONT(sample_id, 0.5) OVER (ORDER BY client_id) AS a FROM telemetry.main_ping

--- RANGE with a distance needs an ORDER BY of one number, 2
SELECT COUNT(*) OVER (ORDER BY client_id, sample_id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- a frame is bounded by a number that is not negative
SELECT COUNT(*) OVER (ORDER BY submission_timestamp RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- RANGE with a distance needs an ORDER BY of one number, 3
SELECT COUNT(*) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- the frame of the window ends before it begins, 2
SELECT COUNT(*) OVER (ORDER BY sample_id ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) AS x FROM telemetry.main_ping

--- the frame of the window ends before it begins, 3
SELECT COUNT(*) OVER (ORDER BY sample_id ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- the frame of the window ends before it begins, 4
SELECT COUNT(*) OVER (ORDER BY sample_id ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- a frame is bounded by a number that is not negative, 2
SELECT COUNT(*) OVER (ORDER BY sample_id ROWS BETWEEN 1.5 PRECEDING AND CURRENT ROW) AS x FROM telemetry.main_ping

--- a window that is based on another cannot add to a frame
SELECT COUNT(*) OVER (w ROWS 1 PRECEDING) AS x FROM telemetry.main_ping WINDOW w AS (PARTITION BY sample_id ORDER BY client_id ROWS 2 PRECEDING)

--- no window is named w here, 2
SELECT COUNT(*) OVER v AS x FROM telemetry.main_ping WINDOW v AS (w ORDER BY client_id), w AS (PARTITION BY sample_id)

--- two windows are named w
SELECT COUNT(*) OVER w AS x FROM telemetry.main_ping WINDOW w AS (PARTITION BY sample_id), w AS (ORDER BY client_id)

--- GROUP BY comes before SUM, which looks at groups
SELECT SUM(sample_id) AS x FROM telemetry.main_ping GROUP BY x

--- GROUP BY comes before SUM, which looks at groups, 2
SELECT SUM(sample_id) AS x FROM telemetry.main_ping GROUP BY 1

--- GROUP BY comes before SUM, which looks at groups, 3
SELECT 1 AS x FROM telemetry.main_ping GROUP BY SUM(sample_id)

--- DISTINCT leaves no sample_id to order by, 2
SELECT DISTINCT client_id, COUNT(*) AS n FROM telemetry.main_ping GROUP BY client_id, sample_id ORDER BY MAX(sample_id)

--- LIMIT takes a whole number that is not negative, or a parameter, 4
SELECT client_id FROM telemetry.main_ping LIMIT NULL

--- LIMIT takes a whole number that is not negative, or a parameter, 5
SELECT client_id FROM telemetry.main_ping LIMIT 3.0

--- SUM needs a FROM clause
SELECT (SELECT SUM(m.sample_id)) AS a FROM telemetry.main_ping AS m

--- WHERE needs a FROM clause, 2
SELECT (SELECT 1 WHERE m.sample_id > 1) AS a FROM telemetry.main_ping AS m

--- an expression over a grouped expression
SELECT LOWER(UPPER(client_id)) AS a FROM telemetry.main GROUP BY UPPER(client_id)
--- a grouped expression within HAVING
SELECT UPPER(client_id) AS a FROM telemetry.main GROUP BY a HAVING UPPER(client_id) = 'x'
--- a grouped expression within a window
SELECT UPPER(client_id) AS a, RANK() OVER (ORDER BY UPPER(client_id)) AS n FROM telemetry.main GROUP BY 1
--- an ungrouped array in a correlated subquery
SELECT client_id, EXISTS(SELECT 1 FROM UNNEST(tags)) AS a FROM telemetry.main GROUP BY client_id
--- an ungrouped column in the condition of a correlated join
SELECT client_id, (SELECT MAX(y) FROM UNNEST([1]) AS y JOIN telemetry.main AS o ON o.sample_id = m.sample_id) AS a FROM telemetry.main AS m GROUP BY client_id
--- an ungrouped column in a correlated subquery of HAVING
SELECT client_id FROM telemetry.main GROUP BY client_id HAVING (SELECT sample_id) > 1
--- an aggregate of an ungrouped column in a correlated subquery
SELECT a, (SELECT AVG(sample_id) FROM UNNEST([1])) AS b FROM (SELECT sample_id, client_id AS a FROM telemetry.main) GROUP BY a
--- a column that DISTINCT leaves out in a subquery of ORDER BY
SELECT DISTINCT client_id AS a FROM telemetry.main ORDER BY (SELECT sample_id)
--- an aggregate within UNNEST
SELECT (SELECT COUNT(*) FROM UNNEST(ARRAY_AGG(client_id))) AS a FROM telemetry.main GROUP BY sample_id
--- group by a literal
SELECT client_id FROM telemetry.main GROUP BY client_id, 'x'

--- two aggregates of a pivot, one without an alias
SELECT * FROM (SELECT code, population FROM telemetry.countries) PIVOT (COUNT(*) AS n, MAX(population) FOR code IN ('DE', 'FR'))

--- ORDER BY of a literal NULL
SELECT n FROM UNNEST([1, 2]) AS n ORDER BY NULL

--- ORDER BY of a literal array
SELECT n FROM UNNEST([1, 2]) AS n ORDER BY [1, 2]

--- GROUP BY of a literal struct
SELECT COUNT(*) AS n FROM UNNEST([1, 2]) GROUP BY (1, 'a')

--- ORDER BY of an aggregate behind DISTINCT
SELECT DISTINCT n FROM UNNEST([1, 2]) AS n GROUP BY n ORDER BY COUNT(*)

--- ORDER BY of a window behind DISTINCT
SELECT DISTINCT n FROM UNNEST([1, 2]) AS n ORDER BY SUM(n) OVER ()

--- GROUPING of what is no key
SELECT n, GROUPING(n + 1) AS g FROM UNNEST([1, 2]) AS n GROUP BY n

--- PARTITION BY of a struct with a FLOAT64
SELECT COUNT(*) OVER (PARTITION BY (n, 0.5)) AS c FROM UNNEST([1, 2]) AS n

--- RANGE up to the current row without an order
SELECT SUM(n) OVER (RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS total FROM UNNEST([1, 2]) AS n

--- LIMIT of a NULL that has a type
SELECT n FROM UNNEST([1, 2]) AS n LIMIT CAST(NULL AS INT64)

--- a set operation ordered by an array
SELECT [1] AS a UNION ALL SELECT [2] ORDER BY a

--- HAVING MAX over a window
SELECT ANY_VALUE(n HAVING MAX n) OVER () AS v FROM UNNEST([1, 2]) AS n

--- GROUP BY of a literal with a sign
SELECT COUNT(*) AS n FROM UNNEST([1, 2]) GROUP BY -0.5

--- a set operation ordered by an array's place
SELECT [1] AS a UNION ALL SELECT [2] ORDER BY 1
