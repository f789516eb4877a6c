== Days after and before, to the ends of the calendar
page: date_functions
section: DATE_ADD
SELECT DATE_ADD(first, INTERVAL 3652058 DAY) AS a, DATE_SUB(last, INTERVAL 3652058 DAY) AS b, DATE_ADD(last, INTERVAL -1 DAY) AS c, DATE_SUB(first, INTERVAL -1 WEEK) AS d, first + 30 AS e, last - 31 AS f, DATE_ADD(missing, INTERVAL 1 DAY) AS g FROM (SELECT DATE '0001-01-01' AS first, DATE '9999-12-31' AS last, CAST(NULL AS DATE) AS missing)
-->
a DATE            | b DATE            | c DATE            | d DATE            | e DATE            | f DATE            | g DATE
DATE "9999-12-31" | DATE "0001-01-01" | DATE "9999-12-30" | DATE "0001-01-08" | DATE "0001-01-31" | DATE "9999-11-30" | NULL

== A day after the last one
page: date_functions
section: DATE_ADD
SELECT DATE_ADD(last, INTERVAL 1 DAY) FROM (SELECT DATE '9999-12-31' AS last)
--> error: out of range

== A day before the first one
page: date_functions
section: DATE_SUB
SELECT first - 1 FROM (SELECT DATE '0001-01-01' AS first)
--> error: out of range

== A week that starts before the calendar does
page: date_functions
section: DATE_TRUNC
SELECT DATE_TRUNC(first, WEEK) FROM (SELECT DATE '0001-01-06' AS first)
--> error: out of range

== Weeks that start on other days
page: date_functions
section: DATE_TRUNC
SELECT DATE_TRUNC(day, WEEK) AS a, DATE_TRUNC(day, WEEK(TUESDAY)) AS b, DATE_TRUNC(day, WEEK(SATURDAY)) AS c FROM (SELECT DATE '2024-02-29' AS day)
-->
a DATE            | b DATE            | c DATE
DATE "2024-02-25" | DATE "2024-02-27" | DATE "2024-02-24"

== Numbers of weeks
page: date_functions
section: EXTRACT
SELECT EXTRACT(WEEK FROM day) AS a, EXTRACT(WEEK(MONDAY) FROM day) AS b, EXTRACT(WEEK(SATURDAY) FROM day) AS c, EXTRACT(WEEK FROM CAST(day AS DATETIME)) AS d FROM (SELECT DATE '2024-01-01' AS day UNION ALL SELECT DATE '2023-01-01' UNION ALL SELECT DATE '2022-12-31' UNION ALL SELECT DATE '2024-01-07' UNION ALL SELECT NULL)
-->
a INT64 | b INT64 | c INT64 | d INT64
0       | 1       | 0       | 0
1       | 0       | 0       | 1
52      | 52      | 53      | 52
1       | 1       | 1       | 1
NULL    | NULL    | NULL    | NULL

== Seconds and milliseconds are whole ones that have begun
page: timestamp_functions
section: UNIX_SECONDS
SELECT UNIX_SECONDS(t) AS a, UNIX_MILLIS(t) AS b FROM (SELECT TIMESTAMP '1969-12-31 23:59:59.999500+00' AS t UNION ALL SELECT TIMESTAMP '1970-01-01 00:00:01.999999+00' UNION ALL SELECT TIMESTAMP '0001-01-01 00:00:00+00' UNION ALL SELECT TIMESTAMP '9999-12-31 23:59:59.999999+00' UNION ALL SELECT NULL)
-->
a INT64       | b INT64
-1            | -1
1             | 1999
-62135596800  | -62135596800000
253402300799  | 253402300799999
NULL          | NULL

== Remainders by what is no literal
page: mathematical_functions
section: MOD
SELECT MOD(a, b) AS r FROM (SELECT -7 AS a, 3 AS b UNION ALL SELECT 7, -3 UNION ALL SELECT -9223372036854775808, -1 UNION ALL SELECT NULL, 3 UNION ALL SELECT 3, NULL UNION ALL SELECT NULL, -1)
-->
r INT64
-1
1
0
NULL
NULL
NULL

== A remainder by zero
page: mathematical_functions
section: MOD
SELECT MOD(a, b) FROM (SELECT 1 AS a, 0 AS b)
--> error: division by zero

== Quotients of columns
page: mathematical_functions
section: SAFE_DIVIDE
SELECT SAFE_DIVIDE(a, b) AS q, SAFE_DIVIDE(x, a) AS r FROM (SELECT 6 AS a, 4 AS b, 3.0 AS x UNION ALL SELECT 1, 0, NULL UNION ALL SELECT 0, NULL, 1.0)
-->
q FLOAT64 | r FLOAT64
1.5       | 0.5
NULL      | NULL
NULL      | NULL

== The first of an aggregated array
page: aggregate_functions
section: ARRAY_AGG
SELECT ARRAY_AGG(x ORDER BY y DESC LIMIT 1)[OFFSET(0)] AS a, ARRAY_AGG(x IGNORE NULLS ORDER BY y DESC)[ORDINAL(1)] AS b, ARRAY_AGG(x ORDER BY y LIMIT 2)[OFFSET(1)] AS c, ARRAY_AGG(z IGNORE NULLS)[OFFSET(0)] AS d FROM (SELECT 'p' AS x, 1 AS y, CAST(NULL AS INT64) AS z UNION ALL SELECT 'q', 2, NULL UNION ALL SELECT NULL, 3, NULL)
-->
a STRING | b STRING | c STRING | d INT64
NULL     | "q"      | "q"      | NULL

== The first of nothing
page: aggregate_functions
section: ARRAY_AGG
SELECT ARRAY_AGG(x)[OFFSET(0)] AS a, ARRAY_AGG(x ORDER BY x LIMIT 1)[SAFE_OFFSET(0)] AS b FROM UNNEST(ARRAY<INT64>[]) AS x
-->
a INT64 | b INT64
NULL    | NULL

== Hashes in hexadecimal digits
page: string_functions
section: TO_HEX
SELECT TO_HEX(MD5(a)) AS m, TO_HEX(SHA1(a)) AS s, TO_HEX(SHA256(b)) AS t, TO_HEX(MD5(LOWER(c))) AS u FROM (SELECT 'abc' AS a, b'' AS b, CAST(NULL AS STRING) AS c)
-->
m STRING                           | s STRING                                   | t STRING                                                           | u STRING
"900150983cd24fb0d6963f7d28e17f72" | "a9993e364706816aba3e25717850c26c9cd0d89d" | "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" | NULL

== White space around a text
page: string_functions
section: TRIM
SELECT TRIM(a) AS a, LTRIM(a) = 'x y\t\u00a0' AS b, RTRIM(a) = '\u2003 x y' AS c, TRIM(b) AS d, TRIM(c) AS e FROM (SELECT '\u2003 x y\t\u00a0' AS a, ' \n' AS b, CAST(NULL AS STRING) AS c)
-->
a STRING | b BOOL | c BOOL | d STRING | e STRING
"x y"    | true   | true   | ""       | NULL
