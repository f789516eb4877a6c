//! What translated queries cost: translating them, running the demo's datasets side by side with queries that a person
//! wrote for DuckDB, and native functions and JavaScript by the row. `docs/performance.md` holds the figures.

mod side_by_side;

use std::sync::Arc;

use divan::Bencher;
use divan::counter::ItemsCount;
use tidemill::query::{Limits, NoTables, Session, Translated, translate};
use tidemill::schema::{Field, Type};
use tidemill::sql::{Catalogue, Table};

fn main() {
    if std::env::args().all(|argument| argument != "--list") {
        side_by_side::run();
    }
    divan::main();
}

/// A query of a hundred lines: common tables, joins, windows, arrays, conditions, and functions of all families.
const HUNDRED_LINES: &str = include_str!("hundred_lines.sql");

/// Text → tree → types → DuckDB's text.
#[divan::bench(sample_count = 200)]
fn translate_a_hundred_lines(bencher: Bencher) {
    assert_eq!(HUNDRED_LINES.lines().count(), 100);
    bencher.bench_local(|| translate(HUNDRED_LINES, &NoTables).unwrap());
}

const ROWS: usize = 400_000;

/// A column of each kind, of so many rows.
const TABLE: &str = "CREATE TABLE t AS SELECT i::BIGINT AS number, 'Client ' || i || ' of Ümläut' AS text, \
     'https://www.example.com/path/' || i || '?q=1' AS url, '{\"a\": {\"b\": ' || i || '}, \"c\": [1, 2, 3]}' AS document, \
     DATE '2020-01-01' + (i % 3000)::INTEGER AS day, TIMESTAMP '2020-01-01' + INTERVAL (i) MINUTE AS moment, \
     i / 7 AS float, encode('bytes ' || i) AS bytes, [i, i + 1, NULL] AS list FROM range(400000) AS r(i)";

struct Columns;

impl Catalogue for Columns {
    fn table(&self, name: &str) -> Option<Table> {
        let columns = [
            ("number", Type::Int64),
            ("text", Type::String),
            ("url", Type::String),
            ("document", Type::String),
            ("day", Type::Date),
            ("moment", Type::Timestamp),
            ("float", Type::Float64),
            ("bytes", Type::Bytes),
            ("list", Type::array(Type::Int64)),
        ];
        let columns: Vec<Field> = columns.into_iter().map(|(name, ty)| Field::new(name, ty)).collect();
        (name == "t").then(|| Table { name: "t".to_owned(), columns: Arc::from(columns), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["t".to_owned()]
    }
}

/// Native functions of each family, at work on a table of one thread.
const NATIVE: &[&str] = &[
    "REGEXP_INSTR(text, 'of')",
    "REGEXP_EXTRACT(url, r'^https?://([^/]+)')",
    "REGEXP_REPLACE(text, r'(\\d+)', r'<\\1>')",
    "INSTR(text, 'i', -1)",
    "UPPER(text)",
    "LPAD(text, 40, '-')",
    "SUBSTR(text, number)",
    "FORMAT('%d: %s', number, text)",
    "FORMAT_DATE('%Y-%m-%d', day)",
    "PARSE_DATE('%Y', '2024')",
    "FORMAT_TIMESTAMP('%F %T', moment, 'Europe/Berlin')",
    "TIMESTAMP_TRUNC(moment, DAY, 'Europe/Berlin')",
    "EXTRACT(ISOWEEK FROM day)",
    "FARM_FINGERPRINT(text)",
    "NET.HOST(url)",
    "JSON_VALUE(document, '$.a.b')",
    "number << number",
    "CAST(float AS STRING)",
    "SPLIT(text, SUBSTR(text, 1, 1))",
    "TO_CODE_POINTS(text)",
];

/// Rows a second of native functions, what DuckDB does around them included.
#[divan::bench(args = NATIVE, sample_count = 5, sample_size = 1)]
fn native(bencher: Bencher, expression: &str) {
    rows(bencher, &format!("SELECT COUNT(f) FROM (SELECT {expression} AS f FROM t)"));
}

/// The same of functions in JavaScript.
#[divan::bench(args = ["return x + 1;", "let s = 0; for (let i = 0; i < 10; i++) s += x; return s;"], sample_count = 5, sample_size = 1)]
fn javascript_of_a_number(bencher: Bencher, body: &str) {
    let function =
        format!("CREATE TEMP FUNCTION f(x FLOAT64) RETURNS FLOAT64 LANGUAGE js AS r\"\"\"{body}\"\"\";");
    rows(bencher, &format!("{function} SELECT COUNT(f(number)) FROM t"));
}

#[divan::bench(args = ["return x.toUpperCase();"], sample_count = 5, sample_size = 1)]
fn javascript_of_a_text(bencher: Bencher, body: &str) {
    let function =
        format!("CREATE TEMP FUNCTION f(x STRING) RETURNS STRING LANGUAGE js AS r\"\"\"{body}\"\"\";");
    rows(bencher, &format!("{function} SELECT COUNT(f(text)) FROM t"));
}

fn rows(bencher: Bencher, text: &str) {
    let session = Session::in_memory().unwrap();
    session.use_threads(1).unwrap();
    session.execute(TABLE).unwrap();
    let translated: Translated =
        translate(text, &Columns).unwrap_or_else(|found| panic!("{text}: {found:?}"));
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| session.run(&translated, &translated.duckdb, &[], &Limits::default()).unwrap());
}
