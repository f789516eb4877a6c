--- keywords that are not reserved are names
SELECT date, timestamp, time, value, key, type, row, rows_, offset, name, language, format, index, view, table, model, function, options, replace, first, last, day, week, month, year, zone, temp, begin, declare, call, loop, while, data, system, percent, pivot, unpivot, qualify_, safe, values, matched, update, delete, insert FROM d.t
--- a column may be called like a type, a function or a date part
SELECT day.date AS month, t.timestamp AS datetime, COUNT(date) AS count, int64 FROM d.t AS t, UNNEST(t.days) AS day
--- any word is a name behind a dot
SELECT t.select, t.from.where, metrics.string.group, a.b.order.by, payload.all FROM d.t
--- any word is a name in backticks
SELECT `select`, `from`.`where` AS `group`, t.`order by` FROM d.t AS t
--- an alias without AS, one of a word that is not reserved too
SELECT 1 one, ARRAY_AGG(t ORDER BY t.n DESC LIMIT 1)[OFFSET(0)] row, x offset FROM d.t t
--- a table whose alias is the name of a type
SELECT DATETIME(timestamp) FROM UNNEST(GENERATE_TIMESTAMP_ARRAY(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-02', INTERVAL 1 HOUR)) AS timestamp
--- dashes in a project's name
SELECT * FROM my-project.dataset.table_v1
--- dashes with digits
SELECT * FROM a-1-b.d.t AS t JOIN x-2.d.u USING (id)
--- the whole path in one pair of backticks, or parts of it
SELECT * FROM `p-1.d.t` JOIN `p-1`.d.t AS u USING (id) JOIN `p-1.d`.t AS v USING (id)
--- a wildcard table
SELECT _TABLE_SUFFIX FROM `p-1.d.events_*` WHERE _TABLE_SUFFIX BETWEEN '1' AND '2'
--- views of the information schema, of a region too
SELECT * FROM d.INFORMATION_SCHEMA.COLUMNS, `region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT, `p-1`.`region-eu`.INFORMATION_SCHEMA.TABLES, region-us.INFORMATION_SCHEMA.JOBS
--- a partition as a table
SELECT * FROM `d.t$20260101`
--- names of other alphabets and with odd signs stand in backticks
SELECT `größe`, `a b`, `1st`, `a-b`, `日本` FROM `d.t`
--- underscores and digits
SELECT _a, a1, __, _1 FROM d._t
--- a part of a path that begins with a digit
SELECT * FROM d.2026_events
--- a field whose name begins with a digit
SELECT t.1st FROM d.t
--- a star behind a path
SELECT t.*, t.a.b.*, mozfun_like.f(x).*, STRUCT(1 AS a).*, (SELECT AS STRUCT 1 AS a).*, IF(TRUE, s, NULL).* FROM d.t
--- a star without some columns, or with others in their place
SELECT * EXCEPT (a, b), * REPLACE (a + 1 AS a, UPPER(b) AS b), t.* EXCEPT (a) REPLACE (b AS b), s.* REPLACE (1 AS x) FROM d.t
--- lists may end in a comma
SELECT a, b, FROM d.t
--- lists may end in a comma, also within brackets
WITH a AS (SELECT 1 AS x,) SELECT (SELECT 1 AS y,), x, FROM a
--- dot and name may stand apart
SELECT t . a . b FROM d . t AS t
--- window is followed by nothing that reads as a clause
SELECT a AS window_ FROM d.t
--- a system variable
SELECT @@project_id, @@dataset_id, @@script.job_id, @@query_label, @@time_zone, @@error.message
--- parameters: named and by place
SELECT @submission_date, @Submission_Date, ?, @date, @select FROM d.t WHERE a = ? AND b IN UNNEST(@list)
--- an alias of one underscore
SELECT a FROM d.t LEFT JOIN d.u AS _ USING (a)
--- a star behind an element of an array
SELECT ARRAY_AGG(STRUCT(a, b) ORDER BY c LIMIT 1)[OFFSET(0)].*, a, ARRAY_AGG(x ORDER BY y DESC)[SAFE_OFFSET(0)].* EXCEPT (z) FROM d.t GROUP BY a
--- dashes and digits in a project's name
SELECT * FROM project-12ab.d.t, p-1.d.u
