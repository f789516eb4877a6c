//! Queries whose rows are aggregated.

use super::QueryCase;

pub const CASES: &[QueryCase] = &[
    (
        "SELECT ARRAY_AGG(p ORDER BY id DESC LIMIT 1)[OFFSET(0)].id AS r FROM (SELECT id, ok FROM d.pings) AS p",
        "r INT64",
        &["4"],
    ),
    (
        "SELECT (ARRAY_AGG(p ORDER BY id DESC LIMIT 1)[OFFSET(0)]).* FROM (SELECT id, ok FROM d.pings) AS p",
        "id INT64, ok BOOL",
        &["4 | true"],
    ),
    (
        "SELECT country, ARRAY_AGG(score IGNORE NULLS ORDER BY moment DESC LIMIT 1)[SAFE_OFFSET(0)] AS s FROM d.pings GROUP BY country ORDER BY country",
        "country STRING, s FLOAT64",
        &["NULL | NULL", "DE | 1.5", "FR | 2.5"],
    ),
    (
        "SELECT ARRAY_AGG(DISTINCT country IGNORE NULLS ORDER BY country) AS a FROM d.pings",
        "a ARRAY<STRING>",
        &[r#"["DE","FR"]"#],
    ),
    ("SELECT ARRAY_AGG(score IGNORE NULLS) AS a FROM d.pings WHERE id = 3", "a ARRAY<FLOAT64>", &["NULL"]),
    ("SELECT STRING_AGG(country, '-' ORDER BY id DESC) AS s FROM d.pings", "s STRING", &["DE-FR-DE"]),
    ("SELECT STRING_AGG(country) AS s FROM d.pings", "s STRING", &["DE,FR,DE"]),
    ("SELECT STRING_AGG(DISTINCT country, ',' ORDER BY country) AS s FROM d.pings", "s STRING", &["DE,FR"]),
    ("SELECT STRING_AGG(country, ',' ORDER BY id LIMIT 2) AS s FROM d.pings", "s STRING", &["DE,FR"]),
    (
        "SELECT country, COUNT(*) AS n FROM d.pings LEFT JOIN d.names USING (country) GROUP BY country ORDER BY country",
        "country STRING, n INT64",
        &["NULL | 1", "DE | 2", "FR | 1"],
    ),
    (
        "SELECT UPPER(LEFT(country, 1)) AS country, COUNT(*) AS n FROM d.pings GROUP BY country ORDER BY country",
        "country STRING, n INT64",
        &["NULL | 1", "D | 2", "F | 1"],
    ),
    (
        "SELECT LOWER(country) AS country, ok, COUNT(*) AS n FROM d.pings GROUP BY ALL ORDER BY 1, 2",
        "country STRING, ok BOOL, n INT64",
        &["NULL | NULL | 1", "de | true | 2", "fr | false | 1"],
    ),
    (
        "SELECT country, COUNT(*) AS n FROM d.pings GROUP BY country HAVING n > 1",
        "country STRING, n INT64",
        &["DE | 2"],
    ),
    (
        "SELECT country, COUNT(*) AS n FROM d.pings GROUP BY country HAVING COUNT(*) > 1 ORDER BY n",
        "country STRING, n INT64",
        &["DE | 2"],
    ),
    (
        "SELECT COUNT(DISTINCT country) AS a, COUNTIF(ok) AS b, LOGICAL_OR(ok) AS c, LOGICAL_AND(ok) AS d, COUNT(*) AS e, SUM(id) AS f, SUM(amount) AS g, AVG(amount) AS h, AVG(id) AS i, MAX(country) AS j, MIN(moment) AS k, ANY_VALUE(country) AS l, SUM(score) AS m FROM d.pings",
        "a INT64, b INT64, c BOOL, d BOOL, e INT64, f INT64, g NUMERIC, h NUMERIC, i FLOAT64, j STRING, k TIMESTAMP, l STRING, m FLOAT64",
        &["2 | 2 | true | false | 4 | 10 | 9.6 | 3.2 | 2.5 | FR | 2026-11-15 23:59:59.999 | DE | 1.5"],
    ),
    (
        "SELECT COUNTIF(ok) AS b, SUM(id) AS s, ARRAY_AGG(id) AS a, STRING_AGG(country) AS t, COUNT(*) AS n, LOGICAL_OR(ok) AS o FROM d.pings WHERE FALSE",
        "b INT64, s INT64, a ARRAY<INT64>, t STRING, n INT64, o BOOL",
        &["0 | NULL | NULL | NULL | 0 | NULL"],
    ),
    (
        "SELECT APPROX_QUANTILES(id, 2) AS q, APPROX_COUNT_DISTINCT(country) AS c, STDDEV(id) AS s, STDDEV_SAMP(id) AS ss, VARIANCE(id) AS v, VAR_SAMP(id) AS vs, MAX_BY(country, id) AS mb, MIN_BY(id, country) AS m, BIT_OR(id) AS bo, BIT_XOR(id) AS bx FROM d.pings",
        "q ARRAY<INT64>, c INT64, s FLOAT64, ss FLOAT64, v FLOAT64, vs FLOAT64, mb STRING, m INT64, bo INT64, bx INT64",
        &[
            "[1,2,4] | 2 | 1.2909944487358056 | 1.2909944487358056 | 1.6666666666666667 | 1.6666666666666667 | DE | 1 | 7 | 4",
        ],
    ),
    ("SELECT MAX(IF(ok, id, NULL)) AS m FROM d.pings", "m INT64", &["4"]),
    (
        "SELECT country AS c, COUNT(*) AS n FROM d.pings GROUP BY c ORDER BY COUNT(*) DESC, c",
        "c STRING, n INT64",
        &["DE | 2", "NULL | 1", "FR | 1"],
    ),
    ("SELECT COUNTIF(ok) AS b FROM d.pings WHERE FALSE", "b INT64", &["0"]),
    (
        "SELECT STRING_AGG(country, ',' ORDER BY id LIMIT 2) AS s, STRING_AGG(DISTINCT country ORDER BY country DESC LIMIT 1) AS t, MAX_BY(country, id) AS m, MAX_BY(country, 10 - ABS(id - 3)) AS null_at_3, MIN_BY(id, country) AS n, CORR(id, score) AS c, STDDEV_POP(id) AS sp, VAR_POP(id) AS vp FROM d.pings",
        "s STRING, t STRING, m STRING, null_at_3 STRING, n INT64, c FLOAT64, sp FLOAT64, vp FLOAT64",
        &["DE,FR | FR | DE | NULL | 1 | -0.8660254037844385 | 1.118033988749895 | 1.25"],
    ),
    (
        "SELECT (SELECT COUNT(*) FROM d.names WHERE names.country = pings.country) AS c FROM d.pings ORDER BY id",
        "c INT64",
        &["1", "1", "0", "1"],
    ),
    (
        "SELECT IF(id > 2, 1, 2.5) AS b, COUNT(*) AS n FROM d.pings GROUP BY IF(id > 2, 1, 2.5) ORDER BY b",
        "b FLOAT64, n INT64",
        &["1.0 | 2", "2.5 | 2"],
    ),
    (
        "SELECT DATE(moment) AS day, COUNT(DISTINCT IF(ok, country, NULL)) AS c FROM d.pings GROUP BY day ORDER BY day",
        "day DATE, c INT64",
        &["NULL | 0", "2026-11-15 | 1", "2026-11-21 | 0", "2026-11-22 | 1"],
    ),
    ("SELECT id FROM d.pings, (SELECT MAX(id) AS top FROM d.pings) WHERE id = top", "id INT64", &["4"]),
    (
        "SELECT HAVING_N FROM (SELECT COUNT(*) AS having_n FROM d.pings HAVING COUNT(*) > 1)",
        "HAVING_N INT64",
        &["4"],
    ),
    (
        "SELECT country, COUNT(*) AS n FROM d.pings GROUP BY country HAVING ANY_VALUE(id) > 0 ORDER BY n DESC, country LIMIT 1",
        "country STRING, n INT64",
        &["DE | 2"],
    ),
    (
        "SELECT MAX(moment) AS moment, country FROM d.pings GROUP BY country ORDER BY moment DESC",
        "moment TIMESTAMP, country STRING",
        &["2026-11-22 13:45:10.123456 | DE", "2026-11-21 00:00:00 | FR", "NULL | NULL"],
    ),
    (
        "WITH x AS (SELECT 1 AS a UNION ALL SELECT 2), y AS (SELECT a FROM x WHERE a > 1) SELECT (SELECT COUNT(*) FROM y) AS n, a FROM x ORDER BY a",
        "n INT64, a INT64",
        &["1 | 1", "1 | 2"],
    ),
    (
        "SELECT APPROX_COUNT_DISTINCT(country) AS a, APPROX_QUANTILES(score, 4)[OFFSET(2)] AS median FROM d.pings",
        "a INT64, median FLOAT64",
        &["2 | 1.5"],
    ),
    ("SELECT COUNT(*) AS n FROM d.pings HAVING n > 100", "n INT64", &[]),
    ("SELECT ANY_VALUE(country HAVING MAX id) AS s FROM d.pings", "s STRING", &["DE"]),
    (
        "SELECT ANY_VALUE(country HAVING MAX id) AS s, ANY_VALUE(country HAVING MIN id) AS t FROM d.pings WHERE id < 3",
        "s STRING, t STRING",
        &["FR | DE"],
    ),
    (
        "SELECT UPPER(LEFT(country, 1)) AS country, COUNT(*) AS n FROM d.pings AS a JOIN d.names AS b USING (country) WHERE country = 'DE' GROUP BY country ORDER BY country",
        "country STRING, n INT64",
        &["D | 2"],
    ),
    (
        "SELECT LOWER(country) AS country, MIN(id) AS m FROM d.pings JOIN d.names USING (country) GROUP BY country HAVING country IS NOT NULL ORDER BY country DESC",
        "country STRING, m INT64",
        &["fr | 2", "de | 1"],
    ),
    (
        "SELECT p.country, (SELECT label FROM d.names AS n WHERE n.country = p.country) AS l FROM d.pings AS p GROUP BY p.country ORDER BY l",
        "country STRING, l STRING",
        &["NULL | NULL", "FR | France", "DE | Germany"],
    ),
    ("SELECT COUNT(country) AS a, COUNT(DISTINCT info) AS b FROM d.pings", "a INT64, b INT64", &["3 | 3"]),
    (
        "SELECT country FROM d.pings AS p WHERE id = (SELECT MAX(id) FROM d.pings AS q WHERE q.country = p.country) ORDER BY id",
        "country STRING",
        &["FR", "DE"],
    ),
    ("SELECT MIN(ok) AS a, MAX(raw) AS b FROM d.pings", "a BOOL, b BYTES", &[r"false | \xFF"]),
    (
        "SELECT MAX(moment) AS moment, country FROM d.pings GROUP BY country ORDER BY MAX(pings.moment) DESC",
        "moment TIMESTAMP, country STRING",
        &["2026-11-22 13:45:10.123456 | DE", "2026-11-21 00:00:00 | FR", "NULL | NULL"],
    ),
    (
        "SELECT country AS c, SUM(id) AS id FROM d.pings GROUP BY c HAVING SUM(pings.id) > 2 ORDER BY id",
        "c STRING, id INT64",
        &["NULL | 3", "DE | 5"],
    ),
];
