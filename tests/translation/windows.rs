//! Queries with windows.

use super::QueryCase;

pub const CASES: &[QueryCase] = &[
    (
        "SELECT id FROM d.pings QUALIFY ROW_NUMBER() OVER (PARTITION BY country ORDER BY moment DESC) = 1 ORDER BY id",
        "id INT64",
        &["1", "2", "3"],
    ),
    (
        "SELECT id, ROW_NUMBER() OVER w AS n FROM d.pings QUALIFY n = 1 WINDOW w AS (PARTITION BY country ORDER BY moment DESC) ORDER BY id",
        "id INT64, n INT64",
        &["1 | 1", "2 | 1", "3 | 1"],
    ),
    (
        "SELECT id, SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM d.pings ORDER BY id",
        "id INT64, s INT64",
        &["1 | 1", "2 | 3", "3 | 5", "4 | 7"],
    ),
    (
        "SELECT id, SUM(id) OVER (ORDER BY id) AS s FROM d.pings ORDER BY id",
        "id INT64, s INT64",
        &["1 | 1", "2 | 3", "3 | 6", "4 | 10"],
    ),
    (
        "SELECT id, LAST_VALUE(country IGNORE NULLS) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s FROM d.pings ORDER BY id",
        "id INT64, s STRING",
        &["1 | DE", "2 | FR", "3 | FR", "4 | DE"],
    ),
    (
        "SELECT id, FIRST_VALUE(id) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS s FROM d.pings WINDOW w AS (PARTITION BY country ORDER BY id) ORDER BY id",
        "id INT64, s INT64",
        &["1 | 1", "2 | 2", "3 | 3", "4 | 1"],
    ),
    (
        "SELECT id, LAG(id) OVER (ORDER BY id) AS a, LEAD(id, 1, 0) OVER (ORDER BY id) AS b, NTILE(2) OVER (ORDER BY id) AS n, RANK() OVER (ORDER BY country) AS r, DENSE_RANK() OVER (ORDER BY country) AS dr, CUME_DIST() OVER (ORDER BY country) AS c, PERCENT_RANK() OVER (ORDER BY country) AS p FROM d.pings ORDER BY id",
        "id INT64, a INT64, b INT64, n INT64, r INT64, dr INT64, c FLOAT64, p FLOAT64",
        &[
            "1 | NULL | 2 | 1 | 2 | 2 | 0.75 | 0.3333333333333333",
            "2 | 1 | 3 | 1 | 4 | 3 | 1.0 | 1.0",
            "3 | 2 | 4 | 2 | 1 | 1 | 0.25 | 0.0",
            "4 | 3 | 0 | 2 | 2 | 2 | 0.75 | 0.3333333333333333",
        ],
    ),
    (
        "SELECT id, SUM(id) OVER (ORDER BY UNIX_SECONDS(moment) RANGE BETWEEN 86400 PRECEDING AND CURRENT ROW) AS s FROM d.pings WHERE moment IS NOT NULL ORDER BY id",
        "id INT64, s INT64",
        &["1 | 1", "2 | 2", "4 | 4"],
    ),
    (
        "SELECT PERCENTILE_CONT(id, 0.5) OVER () AS m, PERCENTILE_DISC(id, 0.5) OVER () AS n, NTH_VALUE(id, 2) OVER (ORDER BY id) AS k FROM d.pings LIMIT 1",
        "m FLOAT64, n INT64, k INT64",
        &["2.5 | 2 | NULL"],
    ),
    (
        "SELECT COUNTIF(ok) AS b, COUNTIF(score > 100) OVER () AS w FROM d.pings WHERE FALSE GROUP BY ok, score",
        "b INT64, w INT64",
        &[],
    ),
    (
        "SELECT id, SUM(id) OVER w2 AS s FROM d.pings WINDOW w AS (PARTITION BY country), w2 AS (w ORDER BY id) ORDER BY id",
        "id INT64, s INT64",
        &["1 | 1", "2 | 2", "3 | 3", "4 | 5"],
    ),
    (
        "SELECT country, SUM(SUM(id)) OVER (ORDER BY country) AS running FROM d.pings GROUP BY country ORDER BY country",
        "country STRING, running INT64",
        &["NULL | 3", "DE | 8", "FR | 10"],
    ),
    (
        "SELECT id, COUNT(*) OVER (PARTITION BY country) AS n FROM d.pings ORDER BY id",
        "id INT64, n INT64",
        &["1 | 2", "2 | 1", "3 | 1", "4 | 2"],
    ),
    (
        "SELECT id, ARRAY_AGG(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a FROM d.pings ORDER BY id",
        "id INT64, a ARRAY<INT64>",
        &["1 | [1]", "2 | [1,2]", "3 | [2,3]", "4 | [3,4]"],
    ),
    (
        "SELECT id, LAG(score, 2, -1.0) OVER (ORDER BY id) AS a FROM d.pings ORDER BY id",
        "id INT64, a FLOAT64",
        &["1 | -1.0", "2 | -1.0", "3 | 1.5", "4 | 2.5"],
    ),
    (
        "SELECT id, RANK() OVER (ORDER BY score DESC) AS r FROM d.pings ORDER BY id",
        "id INT64, r INT64",
        &["1 | 2", "2 | 1", "3 | 4", "4 | 3"],
    ),
    (
        "SELECT id, LAST_VALUE(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS l FROM d.pings ORDER BY id",
        "id INT64, l INT64",
        &["1 | 2", "2 | 3", "3 | 4", "4 | 4"],
    ),
    (
        "SELECT id, FIRST_VALUE(country IGNORE NULLS) OVER (ORDER BY id DESC ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING) AS f FROM d.pings ORDER BY id",
        "id INT64, f STRING",
        &["1 | FR", "2 | FR", "3 | DE", "4 | DE"],
    ),
];
