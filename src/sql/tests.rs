//! Queries that are refused, with code and message, and texts that must not bring the parser down.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Catalogue, Parsed, Problem, Table, analyse, canonical, duckdb, infer_reads};
use crate::schema::{Field, Type};

struct Tables;

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        let columns = match name {
            "d.pings" => vec![
                Field::new("id", Type::Int64),
                Field::new("country", Type::String),
                Field::new("day", Type::Date),
                Field::new("tags", Type::array(Type::String)),
                Field::new("info", Type::structure(vec![Field::new("os", Type::String)])),
            ],
            "d.names" => vec![Field::new("country", Type::String), Field::new("label", Type::String)],
            _ => return None,
        };
        Some(Table { name: name.to_owned(), columns: columns.into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.names".to_owned(), "d.pings".to_owned()]
    }
}

fn refused(sql: &str) -> Vec<Problem> {
    match analyse(sql, &Tables) {
        Ok(analysis) => duckdb::translate(&analysis).err().unwrap_or_default(),
        Err(problems) => problems,
    }
}

/// A query, the place and text of its first problem, its hint.
const REFUSED: &[(&str, &str, &str)] = &[
    // Names.
    ("SELECT cuontry FROM d.pings", "TM0203 1:8 no column `cuontry` here", "did you mean `country`?"),
    (
        "SELECT p.cuontry FROM d.pings AS p",
        "TM0203 1:8 no column `p.cuontry` here",
        "did you mean `country`?",
    ),
    ("SELECT info.oz FROM d.pings", "TM0203 1:13 `info` has no field `oz`", "did you mean `os`?"),
    ("SELECT id FROM d.ping", "TM0201 1:16 nothing declares the table `d.ping`", "did you mean `d.pings`?"),
    (
        "SELECT country FROM d.pings AS a JOIN d.names AS b ON a.country = b.country",
        "TM0406 1:8 `country` is a column of a and of b",
        "write `a.country`",
    ),
    (
        "SELECT id FROM d.pings, d.pings",
        "TM0406 1:27 two tables are named `pings` here",
        "give one of them an alias",
    ),
    ("SELECT * EXCEPT (nope) FROM d.names", "TM0203 1:18 the star has no column `nope`", ""),
    ("SELECT tags.x FROM d.pings", "TM0203 1:13 `tags` is an ARRAY; UNNEST it to reach `x`", ""),
    (
        "SELECT id FROM d.pings JOIN d.names USING (id)",
        "TM0203 1:44 `id` is not a column of both sides of the join",
        "",
    ),
    (
        "SELECT id FROM d.pings WHERE day = @day",
        "TM0409 1:36 no query parameter `@day`",
        "the parameters are @submission_date, @partition_start and @partition_end",
    ),
    // Columns of the result.
    (
        "SELECT id, country AS id FROM d.pings",
        "TM0407 1:12 two columns are named `id`",
        "rename one of them with `AS`",
    ),
    (
        "SELECT id + 1 FROM d.pings",
        "TM0407 1:8 column 1 has no name",
        "give the expression an alias: `… AS name`",
    ),
    // Grouping.
    (
        "SELECT country, COUNT(*) AS n FROM d.pings",
        "TM0408 1:8 `country` is neither grouped nor aggregated",
        "add `country` to GROUP BY, or aggregate it, for example with MAX",
    ),
    (
        "SELECT country, id FROM d.pings GROUP BY country",
        "TM0408 1:17 `id` is neither grouped nor aggregated",
        "add `id` to GROUP BY, or aggregate it, for example with MAX",
    ),
    (
        "SELECT id FROM d.pings WHERE COUNT(*) > 1",
        "TM0408 1:30 WHERE cannot hold an aggregate, and COUNT is one",
        "HAVING is applied to groups, WHERE to rows",
    ),
    ("SELECT id FROM d.pings GROUP BY 2", "TM0401 1:33 GROUP BY 2: there is no such column", ""),
    ("SELECT id FROM d.pings ORDER BY 2", "TM0401 1:33 ORDER BY 2: there is no such column", ""),
    // Types.
    ("SELECT id + country AS x FROM d.pings", "TM0404 1:8 `+` does not take INT64 and STRING", ""),
    ("SELECT id FROM d.pings WHERE id", "TM0404 1:30 WHERE takes a BOOL, not INT64", ""),
    ("SELECT id FROM d.pings WHERE id = 'x'", "TM0404 1:30 INT64 cannot be compared with STRING", ""),
    ("SELECT id FROM d.pings WHERE day = country", "TM0404 1:30 DATE cannot be compared with STRING", ""),
    (
        "SELECT UPPER(id) AS x FROM d.pings",
        "TM0404 1:8 UPPER: argument 1 is INT64, not STRING or BYTES",
        "it is UPPER(STRING) -> STRING or UPPER(BYTES) -> BYTES",
    ),
    (
        "SELECT CASE WHEN TRUE THEN 1 ELSE 'a' END AS x",
        "TM0404 1:8 the results of CASE are INT64 and STRING, which do not mix",
        "",
    ),
    (
        "SELECT DATE_ADD(country, INTERVAL 1 DAY) AS x FROM d.pings",
        "TM0404 1:8 DATE_ADD: argument 1 is STRING, not DATE, DATETIME or TIMESTAMP",
        "it is DATE_ADD(DATE, INTERVAL) -> DATE or DATE_ADD(DATETIME, INTERVAL) -> DATETIME or DATE_ADD(TIMESTAMP, INTERVAL) -> TIMESTAMP",
    ),
    (
        "SELECT LEFT('a') AS x",
        "TM0404 1:8 LEFT takes 2 arguments, not 1",
        "it is LEFT(STRING, INT64) -> STRING or LEFT(BYTES, INT64) -> BYTES",
    ),
    ("SELECT 1 AS a UNION ALL SELECT 1, 2", "TM0404 1:25 UNION of 1 and 2 columns", ""),
    ("SELECT 1 AS a UNION ALL SELECT 'x'", "TM0404 1:25 UNION of column `a` INT64 with STRING", ""),
    ("SELECT id FROM d.pings, UNNEST(country)", "TM0404 1:32 UNNEST takes an ARRAY, not STRING", ""),
    // Functions.
    ("SELECT UPER('a') AS x", "TM0405 1:8 no function `UPER` is known", "did you mean `UPPER`?"),
    (
        "SELECT SESSION_USER() AS x",
        "TM0403 1:8 SESSION_USER is known, and has no exact form on DuckDB",
        "a rerun must give the same rows: use @submission_date instead of the clock",
    ),
    ("SELECT RANK() AS r FROM d.pings", "TM0401 1:8 RANK needs a window: `RANK(…) OVER (…)`", ""),
    ("SELECT UPPER('a') OVER () AS x", "TM0401 1:8 UPPER takes no OVER", ""),
    ("SELECT CORR(DISTINCT id, id) AS x FROM d.pings", "TM0401 1:8 CORR takes no DISTINCT", ""),
    // Statements.
    (
        "SELECT 1 AS a; SELECT 2 AS b",
        "TM0402 1:16 a dataset is one query, with functions before it at most",
        "let what is not one query fill a `kind: table` source",
    ),
    (
        "CREATE TABLE t (a INT64)",
        "TM0402 1:1 a dataset is one query, with functions before it at most",
        "let what is not one query fill a `kind: table` source",
    ),
    (
        "DELETE FROM d.pings WHERE TRUE",
        "TM0402 1:1 a dataset is one query, with functions before it at most",
        "let what is not one query fill a `kind: table` source",
    ),
    ("", "TM0402 1:1 there is no query in the SQL", ""),
    ("SELECT FROM WHERE", "TM0401 1:8 SQL syntax: expected an expression, found `FROM`", ""),
    (
        "SELECT 'open",
        "TM0401 1:8 SQL syntax: a literal is not closed on its line",
        "a quote within it is written `\\'`; several lines stand in triple quotes",
    ),
    // What is not understood yet is named.
    (
        "SELECT id FROM d.pings UNION SELECT id FROM d.pings",
        "TM0401 1:30 SQL syntax: expected `ALL` or `DISTINCT`, found `SELECT`",
        "`UNION ALL` keeps all rows, `UNION DISTINCT` equal rows once",
    ),
];

#[test]
fn refused_queries_say_why() {
    let mut wrong = Vec::new();
    for (sql, message, hint) in REFUSED {
        let problems = refused(sql);
        let found = problems.first().map(|problem| {
            let Problem { code, span, message, hint, .. } = problem;
            (
                format!("{} {}:{} {message}", code.as_str(), span.line, span.column),
                hint.clone().unwrap_or_default(),
            )
        });
        if found.as_ref().map(|(message, hint)| (message.as_str(), hint.as_str())) != Some((*message, *hint))
        {
            wrong.push(format!("{sql}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Fit that nest deeply or are long: what is repeated, what stands before and after.
#[test]
fn what_is_only_wide_is_understood() {
    let terms = vec!["id = 1"; 900].join(" OR ");
    let unions = vec!["SELECT id FROM d.pings"; 200].join(" UNION ALL ");
    let list: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    for text in [
        format!("SELECT id FROM d.pings WHERE {terms}"),
        unions,
        format!("SELECT id FROM d.pings WHERE id IN ({})", list.join(", ")),
    ] {
        assert!(refused(&text).is_empty());
        let analysis = analyse(&text, &Tables).unwrap();
        assert_eq!(infer_reads(&analysis, &BTreeMap::new(), crate::period::Cadence::Day).len(), 0);
    }
    // Too deep for the passes behind the parser, too short for a stack of its own.
    assert!(!refused(&format!("SELECT {} AS x", vec!["1"; 10_000].join("+"))).is_empty());
    assert!(refused(&format!("SELECT {} AS x", vec!["1"; 240].join("+"))).is_empty());
}

#[test]
fn deep_and_long_texts_are_refused_quickly() {
    let many = 100_000;
    let megabyte = 1 << 20;
    for (name, text) in [
        ("+", format!("SELECT {} AS x", vec!["1"; many].join("+"))),
        ("parentheses", format!("SELECT {}1{} AS x", "(".repeat(many), ")".repeat(many))),
        ("open parentheses", format!("SELECT {}", "(".repeat(many))),
        ("brackets", format!("SELECT {}", "[".repeat(many))),
        ("NOT", format!("SELECT {} TRUE AS x", "NOT ".repeat(many))),
        ("minus", format!("SELECT {} 1 AS x", "- ".repeat(many))),
        ("CASE", format!("SELECT {}", "CASE WHEN ".repeat(many / 4))),
        ("functions", format!("SELECT {}", "ABS(".repeat(many))),
        ("subqueries", format!("SELECT {}", "(SELECT ".repeat(many / 4))),
        ("derived tables", format!("{} d.pings", "SELECT * FROM (".repeat(many / 4))),
        ("array types", format!("SELECT {}", "ARRAY<".repeat(many))),
        ("struct types", format!("SELECT CAST(NULL AS {}", "STRUCT<a ".repeat(many / 4))),
        ("typed arrays", format!("SELECT {}", "ARRAY<INT64>[".repeat(many / 4))),
        ("paths", format!("SELECT a{}", ".a".repeat(many))),
        ("subscripts", format!("SELECT tags{} FROM d.pings", "[0]".repeat(many))),
        ("unions", vec!["SELECT 1 AS a"; many / 4].join(" UNION DISTINCT ")),
        ("joins", format!("SELECT 1 AS a FROM d.pings {}", "CROSS JOIN d.pings ".repeat(many / 4))),
        ("backslashes", format!("SELECT '{}'", "\\".repeat(many))),
        ("one word", "a".repeat(megabyte + 1)),
        ("spaces", " ".repeat(megabyte + 1)),
    ] {
        let start = Instant::now();
        let text = &text[..text.len().min(megabyte + 1)];
        assert!(!refused(text).is_empty(), "{name}");
        let _ = (Parsed::new(text).map(|parsed| parsed.references()), canonical(text));
        assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    }
}

#[test]
fn long_chains_that_may_be_balanced_are_taken() {
    let start = Instant::now();
    for text in [
        format!("SELECT {} AS x", vec!["id = 1"; 100_000].join(" AND ")),
        format!("SELECT {} AS x", vec!["id = 1"; 100_000].join(" OR ")),
        format!("SELECT {} AS x", vec!["country"; 100_000].join(" || ")),
    ] {
        let parsed = Parsed::new(&format!("{text} FROM d.pings")).unwrap();
        assert!(parsed.query.depth < 100, "{}", parsed.query.depth);
    }
    let union = vec!["SELECT 1 AS a"; 25_000].join(" UNION ALL ");
    assert!(Parsed::new(&union).unwrap().query.depth < 100);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn texts_that_fit_the_stack_at_hand_do_not_exhaust_it() {
    let stack = 64 << 20;
    let parse = move || {
        super::announce_stack(stack);
        for part in ["1 + ", "1+", "NOT ", "(", "CASE WHEN ", "ABS(", "f(", "a.", "(SELECT "] {
            let text = format!("SELECT {}", part.repeat(95_000 / part.len()));
            assert!(!refused(&text).is_empty(), "{part}");
            assert!(!refused(&format!("{text} 1 AS x")).is_empty(), "{part}");
        }
    };
    std::thread::Builder::new().stack_size(stack).spawn(parse).unwrap().join().unwrap();
}

/// A query of so many common tables, each made of the one before it, which is `p` in its text.
fn chain(first: &str, step: &str, last: &str, length: usize) -> String {
    let mut text = format!("WITH c0 AS ({first})");
    for index in 1..length {
        text += &format!(", c{index} AS ({} FROM c{} AS p)", step, index - 1);
    }
    format!("{text} {last} FROM c{}", length - 1)
}

#[test]
fn what_doubles_in_every_common_table_is_refused_quickly() {
    let start = Instant::now();
    for (text, message) in [
        (chain("SELECT 1 AS s", "SELECT STRUCT(s AS a, s AS b) AS s", "SELECT s", 40), "30000 fields"),
        (chain("SELECT 1 AS a", "SELECT p AS x, p AS y", "SELECT *", 40), "30000"),
        (chain("SELECT [1] AS a", "SELECT [STRUCT(a AS x, a AS y)] AS a", "SELECT a", 40), "30000"),
        (chain("SELECT 1 AS a", "SELECT p.*, p.*", "SELECT 1 AS a", 40), "30000 columns and fields"),
        (chain("SELECT 1 AS s", "SELECT STRUCT(s AS a) AS s", "SELECT s", 300), "100 deep"),
    ] {
        let problems = refused(&text);
        assert!(problems.iter().any(|one| one.message.contains(message)), "{message}: {problems:?}");
        assert!(problems.len() <= 6, "{problems:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn what_bigquery_lacks_is_shown_and_not_compiled() {
    for text in [
        "SELECT id FROM d.pings EXCEPT ALL SELECT id FROM d.pings",
        "SELECT id FROM d.pings INTERSECT ALL SELECT id FROM d.pings",
        "SELECT a, b FROM UNNEST([1] AS a, [2, 3] AS b)",
    ] {
        let problems = refused(text);
        assert!(
            problems.iter().all(|one| one.code == crate::diagnostic::Code::NotInBigQuery),
            "{text}: {problems:?}"
        );
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        let shown = Parsed::new(text).unwrap().with_named_columns();
        assert!(shown.analyse(&Tables).is_ok(), "{text}");
    }
    assert!(Parsed::new("SELECT 1 AS a EXCEPT DISTINCT SELECT 2").unwrap().analyse(&Tables).is_ok());
}

#[test]
fn a_union_of_a_common_table_with_itself_may_go_on() {
    let union = "SELECT id FROM c0 UNION ALL SELECT id FROM c0".to_owned();
    let mut text = "WITH c0 AS (SELECT id FROM d.pings)".to_owned();
    for index in 1..60 {
        text += &format!(", c{index} AS ({})", union.replace("c0", &format!("c{}", index - 1)));
    }
    assert!(analyse(&format!("{text} SELECT id FROM c59"), &Tables).is_ok());
}

const WORDS: &[&str] = &[
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "BY",
    "ALL",
    "HAVING",
    "QUALIFY",
    "WINDOW",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "WITH",
    "AS",
    "STRUCT",
    "ARRAY",
    "UNNEST",
    "JOIN",
    "LEFT",
    "FULL",
    "CROSS",
    "USING",
    "ON",
    "UNION",
    "DISTINCT",
    "EXCEPT",
    "REPLACE",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "CAST",
    "SAFE_CAST",
    "SAFE",
    "EXTRACT",
    "INTERVAL",
    "DAY",
    "WEEK",
    "DATE",
    "TIMESTAMP",
    "OVER",
    "PARTITION",
    "ROWS",
    "BETWEEN",
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS",
    "NULL",
    "LIKE",
    "TRUE",
    "EXISTS",
    "IF",
    "SUM",
    "COUNT",
    "ARRAY_AGG",
    "IGNORE",
    "NULLS",
    "DATE_TRUNC",
    "DATE_DIFF",
    "SUBSTR",
    "FORMAT_DATE",
    "JSON_VALUE",
    "CONCAT",
    "COALESCE",
    "INT64",
    "STRING",
    "d.pings",
    "d.names",
    "id",
    "country",
    "tags",
    "info",
    "p",
    "@submission_date",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    ">>",
    "<<",
    ",",
    ".",
    "*",
    "+",
    "-",
    "/",
    "=",
    "||",
    ";",
    "#",
    "--",
    "/*",
    "`",
    "'",
    "\"",
    "'a'",
    "r'\\d'",
    "b'x'",
    "'''",
    "'\\x4",
    "0",
    "1",
    "-1",
    "1.5",
    "1e400",
    "0x",
    "99999999999999999999",
    "\n",
    "é",
    "\u{0}",
];

/// Soup from words alone seldom parses, so most of it stands inside of a query.
const FRAMES: &[(&str, &str)] = &[
    ("", ""),
    ("SELECT ", " AS x FROM d.pings AS p"),
    ("SELECT id FROM d.pings AS p WHERE ", ""),
    ("SELECT COUNT(*) AS n FROM d.pings GROUP BY ", ""),
    ("SELECT SUM(", ") OVER (ORDER BY id) AS x FROM d.pings"),
    ("SELECT CAST(", " AS STRING) AS x FROM d.pings, UNNEST(tags) AS t"),
    ("SELECT * FROM ", ""),
    ("WITH a AS (SELECT ", " AS x) SELECT * FROM a"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_of_words_brings_the_resolver_down(
        frame in 0..FRAMES.len(),
        words in prop::collection::vec(prop::sample::select(WORDS), 0..14),
    ) {
        let (before, after) = FRAMES[frame];
        let text = format!("{before}{}{after}", words.join(" "));
        if let Ok(analysis) = analyse(&text, &Tables) {
            let _ = duckdb::translate(&analysis);
        }
        let _ = (Parsed::new(&text).map(|parsed| parsed.references()), canonical(&text));
    }
}

#[test]
fn the_canonical_form_keeps_the_case_of_names_behind_a_dot() {
    assert_eq!(canonical("select j.value, j . Value from t"), "SELECT j . value , j . Value FROM t");
}

#[test]
fn the_canonical_form_does_not_depend_on_how_ends_of_types_are_spaced() {
    let together = "SELECT CAST ( NULL AS ARRAY < STRUCT < a ARRAY < INT64 >>> ) AS x";
    for text in [
        "SELECT CAST(NULL AS ARRAY<STRUCT<a ARRAY<INT64>>>) AS x",
        "SELECT CAST(NULL AS ARRAY<STRUCT<a ARRAY<INT64> > >) AS x",
    ] {
        assert_eq!(canonical(text), together);
        assert_eq!(canonical(&canonical(text)), together);
        assert!(Parsed::new(&canonical(text)).is_ok());
    }
    assert_eq!(canonical("SELECT 8 >> 1 AS x"), "SELECT 8 >> 1 AS x");
}

/// The names of a query's columns, parted by commas.
fn names(sql: &str) -> String {
    let columns = analyse(sql, &Tables).unwrap().columns;
    columns.into_iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

#[test]
fn pivot_names_its_columns_after_values_and_aggregates() {
    let of_id =
        |columns: &str| names(&format!("SELECT * FROM (SELECT id, day FROM d.pings) PIVOT({columns})"));
    assert_eq!(of_id("COUNT(*) FOR id IN (1, -2, NULL, 3 AS three)"), "day, _1, minus_2, NULL, three");
    assert_eq!(of_id("COUNT(*) AS n FOR id IN (1, -2, NULL)"), "day, n_1, n_minus_2, n_NULL");
    assert_eq!(
        of_id("COUNT(*) AS n, MAX(id) AS top FOR day IN (DATE '2026-11-22')"),
        "n_2026_11_22, top_2026_11_22"
    );
    let of_country =
        "SELECT * FROM (SELECT country FROM d.pings) PIVOT(COUNT(*) FOR country IN ('2020', ''))";
    assert_eq!(names(of_country), "2020, _empty_string_value");
    let of_bool =
        "SELECT * FROM (SELECT id > 1 AS big FROM d.pings) PIVOT(COUNT(*) FOR big IN (TRUE, FALSE))";
    assert_eq!(names(of_bool), "true, false");
}

#[test]
fn unpivot_keeps_what_it_does_not_name_and_adds_values_and_names() {
    let turned =
        "SELECT * FROM (SELECT id, country, 2 AS n FROM d.pings) UNPIVOT(amount FOR kind IN (id, n))";
    assert_eq!(names(turned), "country, amount, kind");
}
