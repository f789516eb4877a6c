//! Functions that stand before a query: the types of their calls, their SQL, and what is wrong with them; and names that might
//! mean several things.

use crate::schema::{Field, Type};
use crate::sql::{Catalogue, Table, analyse, duckdb};

/// Nothing but a table that has a column of its own name.
struct Nothing;

impl Catalogue for Nothing {
    fn table(&self, name: &str) -> Option<Table> {
        let columns = [Field::new("id", Type::Int64), Field::new("events", Type::array(Type::String))];
        name.ends_with("d.events").then(|| Table {
            name: "d.events".to_owned(),
            columns: columns.into(),
            open: false,
        })
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The types of a query's columns, or its first problem.
fn types(sql: &str) -> String {
    match analyse(sql, &Nothing) {
        Ok(analysis) => {
            let types: Vec<String> = analysis.columns.iter().map(|column| column.ty.to_string()).collect();
            types.join(", ")
        }
        Err(problems) => problems.first().map_or(String::new(), |first| {
            format!("{} {}:{} {}", first.code.as_str(), first.span.line, first.span.column, first.message)
        }),
    }
}

#[test]
fn calls_have_the_type_that_the_function_gives() {
    let twice = "CREATE TEMP FUNCTION twice(x INT64) AS (x * 2);";
    assert_eq!(types(&format!("{twice} SELECT twice(1) AS a, TWICE(2) / 1 AS b")), "INT64, FLOAT64");
    let any = "CREATE TEMP FUNCTION larger(x ANY TYPE, y ANY TYPE) AS (IF(x > y, x, y));";
    assert_eq!(types(&format!("{any} SELECT larger(1, 2) AS a, larger('a', 'b') AS b")), "INT64, STRING");
    let script = "CREATE TEMP FUNCTION f(x STRING) RETURNS ARRAY<INT64> LANGUAGE js AS 'return [];';";
    assert_eq!(types(&format!("{script} SELECT f('a') AS a, f('a')[OFFSET(0)] AS b")), "ARRAY<INT64>, INT64");
    let named = "CREATE FUNCTION `p.map.first`(x ANY TYPE) AS (x[SAFE_OFFSET(0)]);";
    assert_eq!(
        types(&format!("{named} SELECT map.first(['a']) AS a, p.Map.first([1]) AS b")),
        "STRING, INT64"
    );
}

#[test]
fn the_last_of_several_may_call_the_others() {
    let sql = "CREATE TEMP FUNCTION f(x INT64) AS (x + 1); CREATE TEMP FUNCTION g(x INT64) AS (f(f(x)));";
    assert_eq!(types(&format!("{sql} SELECT g(1) AS a")), "INT64");
    let early = "CREATE TEMP FUNCTION g(x INT64) AS (f(x)); CREATE TEMP FUNCTION f(x INT64) AS (x);";
    assert_eq!(types(&format!("{early} SELECT g(1) AS a")), "TM0405 1:37 no function `F` is known");
}

#[test]
fn sql_runs_and_what_does_not_run_is_named() {
    let twice = "CREATE TEMP FUNCTION twice(x INT64) AS (x * 2); SELECT twice(3) AS a";
    assert!(duckdb::translate(&analyse(twice, &Nothing).unwrap()).is_ok());
    let script =
        "CREATE TEMP FUNCTION f(x INT64) RETURNS INT64 LANGUAGE python AS 'return x'; SELECT f(1) AS a";
    let problems = duckdb::translate(&analyse(script, &Nothing).unwrap()).unwrap_err();
    assert_eq!(problems[0].message, "`f` is a function in another language, which runs in a later version");
}

#[test]
fn a_function_that_calls_itself_in_a_circle_of_types_ends() {
    let sql = "CREATE TEMP FUNCTION f(x ANY TYPE) AS (f(x) + f(x)); SELECT f(1) AS a";
    assert!(types(sql).contains("functions of ANY TYPE call each other"), "{}", types(sql));
}

#[test]
fn a_column_goes_before_the_name_of_its_table_in_one_pair_of_backticks() {
    assert_eq!(types("SELECT events AS a FROM d.events"), "STRUCT<id INT64, events ARRAY<STRING>>");
    assert_eq!(types("SELECT events AS a FROM `p`.d.events"), "STRUCT<id INT64, events ARRAY<STRING>>");
    assert_eq!(types("SELECT events AS a FROM `p.d.events`"), "ARRAY<STRING>");
    assert_eq!(types("SELECT events.id FROM `p.d.events`, UNNEST(events) AS e"), "INT64");
    assert_eq!(
        types("SELECT events AS a FROM `p.d.events` AS events"),
        "STRUCT<id INT64, events ARRAY<STRING>>"
    );
}

#[test]
fn two_columns_of_one_name_that_full_joins_make_are_not_run() {
    let one =
        |a: &str, b: &str| format!("((SELECT 1 AS id) AS {a} FULL JOIN (SELECT 1 AS id) AS {b} USING (id))");
    let sql = format!("SELECT 1 AS x FROM {} CROSS JOIN {}", one("a", "b"), one("c", "d"));
    let problems = duckdb::translate(&analyse(&sql, &Nothing).unwrap()).unwrap_err();
    assert_eq!(problems[0].message, "DuckDB cannot tell `id` of two joins with USING apart");
}

#[test]
fn what_is_grouped_is_told_apart_where_nothing_runs_it() {
    // None of these has a form on DuckDB, so that a translation would not tell them apart.
    let from = "FROM (SELECT ST_GEOGPOINT(1, 2) AS p, 1 AS n)";
    let told = types(&format!("SELECT ST_X(p) AS x {from} GROUP BY ST_Y(p)"));
    assert!(told.contains("neither grouped nor aggregated"), "{told}");
    let told = types(&format!("SELECT ST_X(p) AS x, n {from} GROUP BY ST_X(p), n"));
    assert!(!told.contains("neither grouped"), "{told}");
    let same = |one: &str, other: &str| {
        let query = format!("SELECT {one} AS a, {other} AS b FROM (SELECT 1 AS x, [1] AS xs)");
        let analysis = analyse(&query, &Nothing).unwrap();
        let crate::sql::tree::Body::Select(select) = &analysis.query.body else { panic!("{query}") };
        crate::sql::same(&select.outputs[0].expression, &select.outputs[1].expression)
    };
    for expression in ["X + 1", "IF(x > 1, x, NULL)", "CAST(x AS STRING)", "xs[OFFSET(0)]", "x IN (1, 2)"] {
        assert!(same(&expression.to_lowercase(), expression), "{expression}");
    }
    for (one, other) in [
        ("x + 1", "x + 2"),
        ("x + 1", "x - 1"),
        ("IF(x > 1, x, NULL)", "IF(x > 1, NULL, x)"),
        ("CAST(x AS STRING)", "SAFE_CAST(x AS STRING)"),
        ("CAST(x AS FLOAT64)", "CAST(x AS NUMERIC)"),
        ("x IN (1, 2)", "x NOT IN (1, 2)"),
        ("xs[OFFSET(0)]", "xs[ORDINAL(0)]"),
        ("STRUCT(x AS a)", "STRUCT(x AS b)"),
        ("(SELECT x)", "(SELECT x)"),
        ("RAND()", "RAND()"),
        ("SUM(x) OVER ()", "SUM(x) OVER (ORDER BY x)"),
        ("SUM(x) OVER (ORDER BY x)", "SUM(x) OVER (ORDER BY x DESC)"),
        ("SUM(x) OVER (ROWS 1 PRECEDING)", "SUM(x) OVER (ROWS 2 PRECEDING)"),
    ] {
        assert!(!same(one, other), "{one}, {other}");
    }
}
