//! Whole queries: their clauses, joins, set operations and common tables.

use super::QueryCase;

pub const CASES: &[QueryCase] = &[
    (
        "SELECT (IF(id = 1, info, info)).* FROM d.pings",
        "os STRING, version INT64",
        &["Linux | 3", "Mac | NULL", "NULL | NULL", "NULL | 5"],
    ),
    (
        "SELECT country, id, label FROM d.pings FULL JOIN d.names USING (country) ORDER BY country, id",
        "country STRING, id INT64, label STRING",
        &["NULL | 3 | NULL", "DE | 1 | Germany", "DE | 4 | Germany", "FR | 2 | France", "XX | NULL | NULL"],
    ),
    (
        "SELECT id, score FROM d.pings ORDER BY score",
        "id INT64, score FLOAT64",
        &["3 | NULL", "4 | -2.5", "1 | 1.5", "2 | 2.5"],
    ),
    (
        "SELECT id, score FROM d.pings ORDER BY score DESC",
        "id INT64, score FLOAT64",
        &["2 | 2.5", "1 | 1.5", "4 | -2.5", "3 | NULL"],
    ),
    (
        "SELECT id, score FROM d.pings ORDER BY score DESC NULLS FIRST LIMIT 2 OFFSET 1",
        "id INT64, score FLOAT64",
        &["2 | 2.5", "1 | 1.5"],
    ),
    ("SELECT 1 AS a UNION ALL SELECT 2.5", "a FLOAT64", &["1.0", "2.5"]),
    ("SELECT 1 AS a UNION DISTINCT SELECT 1", "a INT64", &["1"]),
    ("SELECT id FROM d.pings INTERSECT DISTINCT SELECT key FROM d.names", "id INT64", &["1", "2"]),
    ("SELECT id FROM d.pings EXCEPT DISTINCT SELECT key FROM d.names ORDER BY id", "id INT64", &["3", "4"]),
    (
        "WITH a AS (SELECT id FROM d.pings), b AS (SELECT id + 1 AS id FROM a) SELECT a.id FROM a JOIN b ON a.id = b.id ORDER BY id",
        "id INT64",
        &["2", "3", "4"],
    ),
    (
        "SELECT id, # comment\n country, -- more\n /* x */ FROM d.pings LIMIT 1",
        "id INT64, country STRING",
        &["1 | DE"],
    ),
    (
        "SELECT key, value, type, date, offset FROM (SELECT 'k' AS key, 1 AS value, 't' AS type, DATE '2026-01-01' AS date, 5 AS offset)",
        "key STRING, value INT64, type STRING, date DATE, offset INT64",
        &["k | 1 | t | 2026-01-01 | 5"],
    ),
    ("SELECT country FROM d.pings WHERE id IN (SELECT key FROM d.names)", "country STRING", &["DE", "FR"]),
    ("SELECT id FROM d.pings WHERE id NOT IN (SELECT key FROM d.names)", "id INT64", &[]),
    (
        "SELECT id FROM d.pings WHERE id NOT IN (SELECT key FROM d.names WHERE key IS NOT NULL) ORDER BY id",
        "id INT64",
        &["3", "4"],
    ),
    (
        "SELECT id FROM d.pings AS p WHERE EXISTS (SELECT 1 FROM d.names AS n WHERE n.country = p.country) ORDER BY id",
        "id INT64",
        &["1", "2", "4"],
    ),
    ("SELECT DISTINCT country FROM d.pings ORDER BY country", "country STRING", &["NULL", "DE", "FR"]),
    (
        "SELECT a.id, b.id AS other FROM d.pings AS a, d.pings AS b WHERE a.id = b.id - 1 ORDER BY 1",
        "id INT64, other INT64",
        &["1 | 2", "2 | 3", "3 | 4"],
    ),
    (
        "SELECT JSON_VALUE(payload, '$.a.b') AS v, JSON_QUERY(payload, '$.a') AS q, JSON_VALUE(payload.a.b) AS w FROM d.pings ORDER BY id",
        "v STRING, q JSON, w STRING",
        &[r#"x | {"b":"x"} | x"#, "NULL | NULL | NULL", "NULL | NULL | NULL", "NULL | NULL | NULL"],
    ),
    ("SELECT FORMAT('%d-%s', id, country) AS f FROM d.pings", "f STRING", &["1-DE", "2-FR", "NULL", "4-DE"]),
    (
        "SELECT id, CASE country WHEN 'DE' THEN 1 WHEN 'FR' THEN 2 END AS c FROM d.pings ORDER BY id",
        "id INT64, c INT64",
        &["1 | 1", "2 | 2", "3 | NULL", "4 | 1"],
    ),
    ("SELECT DATE_ADD('2026-11-20', INTERVAL 1 DAY) AS x", "x DATE", &["2026-11-21"]),
    (
        "SELECT id << id AS a, (-id) << 62 AS b, -id >> id AS c, -id >> 0 AS d, id << 64 AS e, (0-id) << (63 + id - id) AS f, (-id) >> (id + 60) AS g FROM d.pings ORDER BY id",
        "a INT64, b INT64, c INT64, d INT64, e INT64, f INT64, g INT64",
        &[
            "2 | -4611686018427387904 | 9223372036854775807 | -1 | 0 | -9223372036854775808 | 7",
            "8 | -9223372036854775808 | 4611686018427387903 | -2 | 0 | 0 | 3",
            "24 | 4611686018427387904 | 2305843009213693951 | -3 | 0 | -9223372036854775808 | 1",
            "64 | 0 | 1152921504606846975 | -4 | 0 | 0 | 0",
        ],
    ),
    ("SELECT NULL AS a UNION ALL SELECT 'x'", "a STRING", &["NULL", "x"]),
    ("SELECT DATE '2026-01-01' AS d UNION ALL SELECT '2026-01-02'", "d DATE", &["2026-01-01", "2026-01-02"]),
    (
        "SELECT 1 AS n, [1] AS a UNION ALL (SELECT 2.5, [] LIMIT 1) ORDER BY n",
        "n FLOAT64, a ARRAY<INT64>",
        &["1.0 | [1]", "2.5 | []"],
    ),
    ("SELECT -id AS id FROM d.pings ORDER BY id + 0", "id INT64", &["-4", "-3", "-2", "-1"]),
    (
        "SELECT payload.a.b, payload.n AS n, JSON_VALUE(payload.a.b) AS w FROM d.pings ORDER BY id",
        "b JSON, n JSON, w STRING",
        &["x | 1 | x", "NULL | NULL | NULL", "NULL | NULL | NULL", "NULL | NULL | NULL"],
    ),
    (
        "SELECT a.id, country, b.id AS i2, c.label FROM d.pings AS a FULL JOIN d.pings AS b USING (country) LEFT JOIN d.names AS c USING (country) ORDER BY country, a.id, b.id",
        "id INT64, country STRING, i2 INT64, label STRING",
        &[
            "NULL | NULL | 3 | NULL",
            "3 | NULL | NULL | NULL",
            "1 | DE | 1 | Germany",
            "1 | DE | 4 | Germany",
            "4 | DE | 1 | Germany",
            "4 | DE | 4 | Germany",
            "2 | FR | 2 | France",
        ],
    ),
    (
        "SELECT id FROM d.pings WHERE @submission_date = day AND moment >= @partition_start AND moment < @partition_end",
        "id INT64",
        &["1"],
    ),
    (
        "SELECT * REPLACE (UPPER(label) AS label), key AS k FROM d.names ORDER BY k",
        "country STRING, label STRING, key INT64, k INT64",
        &["XX | NULL | NULL | NULL", "DE | GERMANY | 1 | 1", "FR | FRANCE | 2 | 2"],
    ),
    (
        "SELECT a.country FROM (SELECT country FROM d.pings) a JOIN d.names b ON a.country = b.country AND b.key > 1",
        "country STRING",
        &["FR"],
    ),
    ("(SELECT 1 AS a) UNION ALL (SELECT 2) ORDER BY a DESC LIMIT 1", "a INT64", &["2"]),
    (
        "SELECT id FROM d.pings WHERE country LIKE 'D%' OR country IS NULL ORDER BY id DESC",
        "id INT64",
        &["4", "3", "1"],
    ),
    (
        "SELECT CAST(score AS STRING) AS s, CAST(amount AS STRING) AS a, CAST(ok AS STRING) AS o FROM d.pings ORDER BY id",
        "s STRING, a STRING, o STRING",
        &["1.5 | 12.5 | true", "2.5 | 0.1 | false", "NULL | NULL | NULL", "-2.5 | -3 | true"],
    ),
    (
        "SELECT DATE_DIFF(@submission_date, day, DAY) AS age FROM d.pings ORDER BY id",
        "age INT64",
        &["0", "1", "NULL", "7"],
    ),
    (
        "SELECT DATE(moment) = @submission_date AS today FROM d.pings ORDER BY id",
        "today BOOL",
        &["true", "false", "NULL", "false"],
    ),
    (
        "SELECT TIMESTAMP_TRUNC(moment, HOUR) AS h, EXTRACT(DATE FROM moment) AS d FROM d.pings ORDER BY id LIMIT 1",
        "h TIMESTAMP, d DATE",
        &["2026-11-22 13:00:00 | 2026-11-22"],
    ),
    (
        "SELECT x.* FROM (SELECT id, country FROM d.pings) AS x, d.names AS y WHERE x.country = y.country AND y.key = 2",
        "id INT64, country STRING",
        &["2 | FR"],
    ),
    (
        "SELECT id, CASE WHEN score > 2 THEN 'high' WHEN score > 0 THEN 'low' END AS level FROM d.pings ORDER BY id",
        "id INT64, level STRING",
        &["1 | low", "2 | high", "3 | NULL", "4 | NULL"],
    ),
];
