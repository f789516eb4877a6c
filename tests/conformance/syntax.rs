//! The constructs of the query language, each with a query: what the analyser and the translation make of it.

use std::fmt::Write;

use tidemill::schema::{Field, Type};
use tidemill::sql::{self, Catalogue, Table};

#[rustfmt::skip]
const CONSTRUCTS: &[(&str, &str)] = &[
    ("common tables", "WITH a AS (SELECT 1 AS x) SELECT x FROM a"),
    ("recursive common tables", "WITH RECURSIVE a AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM a WHERE x < 3) SELECT x FROM a"),
    ("set operations", "SELECT 1 AS x UNION ALL SELECT 2"),
    ("set operations by name", "SELECT 1 AS a, 2 AS b UNION ALL BY NAME SELECT 3 AS b, 4 AS a"),
    ("joins, USING", "SELECT x FROM (SELECT 1 AS x) AS a JOIN (SELECT 1 AS x) AS b USING (x)"),
    ("correlated subqueries", "SELECT (SELECT MAX(e) FROM UNNEST(a.list) AS e) AS m FROM (SELECT [1, 2] AS list) AS a"),
    ("UNNEST WITH OFFSET", "SELECT e, place FROM UNNEST([1, 2]) AS e WITH OFFSET AS place"),
    ("implicit array joins", "SELECT e FROM (SELECT [1, 2] AS list) AS t, t.list AS e"),
    ("SELECT AS STRUCT", "SELECT ARRAY(SELECT AS STRUCT 1 AS a, 'x' AS b) AS r"),
    ("SELECT AS VALUE", "SELECT ARRAY(SELECT AS VALUE STRUCT(1 AS a)) AS r"),
    ("stars with EXCEPT and REPLACE", "SELECT * EXCEPT (b) REPLACE (a + 1 AS a) FROM (SELECT 1 AS a, 2 AS b)"),
    ("fields of an expression", "SELECT t.s.* FROM (SELECT STRUCT(1 AS a) AS s) AS t"),
    ("QUALIFY", "SELECT x FROM UNNEST([1, 2]) AS x QUALIFY ROW_NUMBER() OVER (ORDER BY x) = 1"),
    ("named windows", "SELECT SUM(x) OVER w AS s FROM UNNEST([1, 2]) AS x WINDOW w AS (ORDER BY x)"),
    ("GROUP BY ALL", "SELECT x, COUNT(*) AS n FROM UNNEST([1, 2]) AS x GROUP BY ALL"),
    ("ROLLUP, CUBE, GROUPING SETS", "SELECT x, COUNT(*) AS n FROM UNNEST([1, 2]) AS x GROUP BY ROLLUP (x)"),
    ("PIVOT", "SELECT * FROM (SELECT 'a' AS k, 1 AS v) PIVOT (SUM(v) FOR k IN ('a', 'b'))"),
    ("UNPIVOT", "SELECT k, v FROM (SELECT 1 AS a, 2 AS b) UNPIVOT (v FOR k IN (a, b))"),
    ("TABLESAMPLE", "SELECT x FROM d.numbers TABLESAMPLE SYSTEM (10 PERCENT)"),
    ("wildcard tables", "SELECT x, _TABLE_SUFFIX AS suffix FROM `d.num*`"),
    ("FOR SYSTEM_TIME AS OF", "SELECT x FROM d.numbers FOR SYSTEM_TIME AS OF TIMESTAMP '2026-11-22 00:00:00+00'"),
    ("collations in ORDER BY", "SELECT x FROM UNNEST(['a', 'B']) AS x ORDER BY x COLLATE 'und:ci'"),
    ("pipe syntax", "FROM UNNEST([1, 2]) AS x |> WHERE x > 1 |> SELECT x"),
    ("LIKE ANY", "SELECT 'a' LIKE ANY ('a', 'b') AS r"),
    ("typed constructors", "SELECT ARRAY<STRUCT<a INT64, b STRING>>[(1, 'x')] AS r"),
    ("WITH expressions", "SELECT WITH(a AS 1, a + 1) AS r"),
    ("lambdas", "SELECT ARRAY_FILTER([1, 2], e -> e > 1) AS r"),
    ("named arguments", "SELECT PARSE_JSON('1', wide_number_mode => 'round') AS r"),
    ("CAST with a format", "SELECT CAST(DATE '2026-11-22' AS STRING FORMAT 'YYYY') AS r"),
    ("EXTRACT with a time zone", "SELECT EXTRACT(HOUR FROM TIMESTAMP '2026-11-22 00:00:00' AT TIME ZONE 'UTC') AS r"),
    ("intervals", "SELECT DATE '2026-11-22' + INTERVAL '1-2' YEAR TO MONTH AS r"),
    ("ranges", "SELECT RANGE<DATE> '[2026-01-01, 2026-02-01)' AS r"),
    ("JSON fields and subscripts", "SELECT PARSE_JSON('{\"a\": [1]}').a[0] AS r"),
    ("SAFE. calls", "SELECT SAFE.SUBSTR('abc', 1, 2) AS r"),
    ("system variables", "SELECT @@time_zone AS r"),
];

struct Tables;

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        let columns = vec![Field::new("x", Type::Int64)];
        (name == "d.numbers").then(|| Table { name: name.to_owned(), columns: columns.into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.numbers".to_owned()]
    }
}

/// A row for each construct.
pub fn table() -> String {
    let mut table = "| construct | example | typed | DuckDB |\n| --- | --- | --- | --- |\n".to_owned();
    for (construct, query) in CONSTRUCTS {
        let analysis = sql::analyse(query, &Tables);
        let runs = analysis.as_ref().is_ok_and(|analysis| sql::duckdb::translate(analysis).is_ok());
        let word = |holds: bool| if holds { "yes" } else { "no" };
        let typed = word(analysis.is_ok());
        let shown = query.replace('|', "\\|");
        let _ = writeln!(table, "| {construct} | `{shown}` | {typed} | {} |", word(runs));
    }
    table
}
