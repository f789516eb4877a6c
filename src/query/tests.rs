//! What a session does with results that are not what was inferred, and with queries that do not end.

use std::time::Duration;

use super::*;
use crate::schema::Type;

/// Runs DuckDB's SQL as the translation of a query with one column of a type.
fn run(duckdb: &str, ty: Type) -> Result<Value<'static>, Failure> {
    let mut translated = translate("SELECT 1 AS r", &NoTables).unwrap();
    translated.columns = vec![Field::new("r", ty)];
    let answer = Session::in_memory().unwrap().run(&translated, duckdb, &[], &Limits::default())?;
    Ok(answer.rows.concat().remove(0))
}

#[test]
fn another_type_than_was_inferred_is_our_fault_and_both_are_named() {
    for (duckdb, ty, names) in [
        ("SELECT 1.5::DOUBLE", Type::Int64, ["INT64", "Float64"]),
        ("SELECT 1::BIGINT", Type::Float64, ["FLOAT64", "Int64"]),
        ("SELECT 1.5::DECIMAL(3, 1)", Type::Float64, ["FLOAT64", "Decimal128"]),
        ("SELECT 'x'", Type::Bytes, ["BYTES", "Utf8"]),
        ("SELECT TIMESTAMP '2026-11-22'", Type::Date, ["DATE", "Timestamp"]),
        ("SELECT TIMESTAMPTZ '2026-11-22 00:00:00+00'", Type::Datetime, ["DATETIME", "Timestamp"]),
        ("SELECT 1.5::DECIMAL(38, 18)", Type::Numeric, ["NUMERIC", "Decimal128(38, 18)"]),
        ("SELECT ['x']", Type::array(Type::Int64), ["ARRAY<INT64>", "Utf8"]),
        (
            "SELECT {'a': 1, 'b': 2}",
            Type::structure(vec![Field::new("a", Type::Int64)]),
            ["STRUCT", "Struct"],
        ),
    ] {
        match run(duckdb, ty) {
            Err(Failure::Internal(said)) => assert!(names.iter().all(|name| said.contains(name)), "{said}"),
            other => panic!("{duckdb}: {other:?}"),
        }
    }
    assert!(matches!(run("SELECT 1::BIGINT, 2", Type::Int64), Err(Failure::Internal(_))));
}

#[test]
fn what_fits_is_taken_and_what_is_out_of_range_is_an_error_of_the_query() {
    for (duckdb, ty, value) in [
        ("SELECT 1::TINYINT", Type::Int64, Value::Int64(1)),
        ("SELECT 9223372036854775807::HUGEINT", Type::Int64, Value::Int64(i64::MAX)),
        ("SELECT 1.5::DECIMAL(3, 1)", Type::Numeric, Value::Numeric(1_500_000_000)),
        ("SELECT NULL", Type::Bytes, Value::Null),
        ("SELECT []", Type::array(Type::Date), Value::Array(vec![])),
        ("SELECT INTERVAL '-14 months 3 days -0.000001 seconds'", Type::Interval, {
            Value::Interval(crate::value::Interval { months: -14, days: 3, micros: -1 })
        }),
        ("SELECT {'start': DATE '1970-01-02', 'end': NULL}", Type::range(Type::Date), {
            Value::Range(Box::new((Value::Date(1), Value::Null)))
        }),
    ] {
        assert_eq!(run(duckdb, ty).unwrap(), value, "{duckdb}");
    }
    for (duckdb, ty) in [
        ("SELECT 9223372036854775808::HUGEINT", Type::Int64),
        ("SELECT DATE 'infinity'", Type::Date),
        ("SELECT DATE '10000-01-01'", Type::Date),
        ("SELECT TIMESTAMP '10000-01-01'", Type::Timestamp),
        ("SELECT TIMESTAMP '0001-01-01' - INTERVAL 1 MICROSECOND", Type::Datetime),
    ] {
        assert!(matches!(run(duckdb, ty), Err(Failure::Failed(_))), "{duckdb}");
    }
}

#[test]
fn a_session_goes_on_after_a_query_that_was_stopped() {
    let session = Session::in_memory().unwrap();
    let endless =
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION DISTINCT SELECT n + 1 FROM t) SELECT COUNT(*) AS n FROM t";
    let limit = Duration::from_millis(50);
    let limits = Limits { time: Some(limit), ..Limits::default() };
    for _ in 0..3 {
        let stopped = session.query(endless, &NoTables, &limits).unwrap_err();
        assert!(matches!(stopped, Failure::Stopped(Stopped::Time(time)) if time == limit), "{stopped:?}");
        let answer = session.query("SELECT 1 AS n", &NoTables, &Limits::default()).unwrap();
        assert_eq!(answer.rows, [[Value::Int64(1)]]);
    }
}

#[test]
fn a_limit_of_rows_says_whether_there_are_more() {
    let session = Session::in_memory().unwrap();
    let sql = "SELECT n FROM UNNEST(GENERATE_ARRAY(1, 5000)) AS n";
    for (most, rows, more) in [(0, 0, true), (4999, 4999, true), (5000, 5000, false), (5001, 5000, false)] {
        let limits = Limits { rows: Some(most), ..Limits::default() };
        let answer = session.query(sql, &NoTables, &limits).unwrap();
        assert_eq!((answer.rows.len(), answer.more), (rows, more));
    }
}

#[test]
fn nothing_outside_of_the_session_can_be_read() {
    let session = Session::in_memory().unwrap();
    let translated = translate("SELECT 'x' AS r", &NoTables).unwrap();
    let outcome =
        session.run(&translated, "SELECT content FROM read_text('/etc/hostname')", &[], &Limits::default());
    assert!(outcome.is_err());
}

#[test]
fn functions_that_are_first_called_after_a_failure_are_there() {
    let session = Session::in_memory().unwrap();
    let ask = |text: &str| session.query(text, &NoTables, &Limits::default());
    assert!(ask("SELECT DATETIME '0001-01-01 00:00:00' - INTERVAL 1 SECOND").is_err());
    assert!(ask("SELECT FORMAT_DATE('%F', d) FROM UNNEST([DATE '2024-01-01']) AS d").is_ok());
}
