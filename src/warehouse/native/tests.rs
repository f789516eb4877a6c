//! Values on their way from DuckDB into native functions and back.

use duckdb::Connection;

use super::*;
use crate::native::Native;
use crate::sql::duckdb::data_type;

/// Gives its one argument back, as it was read.
static SAME: Native =
    Native { name: "same", strict: false, volatile: false, body: |arguments| Ok(arguments[0].clone()) };

/// What comes out of a native function that gives back what it got, for the rows of a table.
fn through(ty: &Type, rows: &str) -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    let call = NativeCall {
        spelled: "same".into(),
        safe: false,
        native: &SAME,
        arguments: vec![ty.clone()],
        result: ty.clone(),
    };
    register(&connection, &call).unwrap();
    let table = format!("CREATE TABLE t (i INTEGER, x {}); INSERT INTO t VALUES {rows}", data_type(ty));
    connection.execute_batch(&table).unwrap();
    let mut statement = connection
        .prepare("SELECT CAST(same(struct_pack(f0_ := x)) AS VARCHAR) || CASE WHEN x IS NOT DISTINCT FROM same(struct_pack(f0_ := x)) THEN '' ELSE ' is not ' || CAST(x AS VARCHAR) END FROM t WHERE i > 0 ORDER BY i")
        .unwrap();
    let texts = statement.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
    texts.map(|text| text.unwrap().unwrap_or_default()).collect()
}

#[test]
fn values_of_all_types_go_through_unchanged() {
    let rows = "(0, NULL), (1, {}), (2, NULL)";
    for (ty, value, shown) in [
        (Type::Int64, "-9223372036854775808", "-9223372036854775808"),
        (Type::Float64, "-0.5", "-0.5"),
        (Type::Bool, "true", "true"),
        (
            Type::Numeric,
            "-99999999999999999999999999999.999999999",
            "-99999999999999999999999999999.999999999",
        ),
        (
            Type::BigNumeric,
            "unhex(rpad('7fff', 64, '01'))",
            "\\x7F\\xFF\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01\\x01",
        ),
        (Type::String, "'longer than twelve bytes: Ünï'", "longer than twelve bytes: Ünï"),
        (Type::String, "''", ""),
        (Type::Json, "'{\"a\":1}'", "{\"a\":1}"),
        (Type::Bytes, "'\\x00\\xFF'::BLOB", "\\x00\\xFF"),
        (Type::Date, "DATE '0001-01-01'", "0001-01-01"),
        (Type::Time, "TIME '23:59:59.999999'", "23:59:59.999999"),
        (Type::Timestamp, "TIMESTAMP '9999-12-31 23:59:59.999999'", "9999-12-31 23:59:59.999999"),
        (
            Type::Interval,
            "INTERVAL '-14 months 3 days 01:02:03.000004'",
            "-1 year -2 months 3 days 01:02:03.000004",
        ),
        (
            Type::range(Type::Date),
            "{'start': NULL, 'end': DATE '2024-02-29'}",
            "{'start': NULL, 'end': 2024-02-29}",
        ),
    ] {
        assert_eq!(through(&ty, &rows.replace("{}", value)), [shown, ""], "{ty}");
    }
}

#[test]
fn nested_values_go_through_unchanged_whatever_stands_beside_them() {
    let inner =
        Type::structure(vec![Field::new("t", Type::String), Field::new("n", Type::array(Type::Int64))]);
    let ty = Type::array(inner);
    let rows = "(0, [{'t': 'left out', 'n': [9, 9]}]),
        (1, [{'t': 'a text of more than twelve bytes', 'n': [1, NULL, 3]}, NULL, {'t': NULL, 'n': NULL}]),
        (0, [{'t': 'left out too', 'n': [8]}]), (2, []), (3, NULL), (4, [{'t': 'b', 'n': []}])";
    assert_eq!(
        through(&ty, rows),
        [
            "[{'t': a text of more than twelve bytes, 'n': [1, NULL, 3]}, NULL, {'t': NULL, 'n': NULL}]",
            "[]",
            "",
            "[{'t': b, 'n': []}]",
        ]
    );
}

#[test]
fn vectors_that_are_no_plain_ones_are_read_right() {
    // Unnested, joined and built on the way, so that DuckDB hands over dictionaries and constants.
    let connection = Connection::open_in_memory().unwrap();
    let ty = Type::array(Type::structure(vec![Field::new("k", Type::String), Field::new("v", Type::Int64)]));
    let call = NativeCall {
        spelled: "same".into(),
        safe: false,
        native: &SAME,
        arguments: vec![ty.clone()],
        result: ty,
    };
    register(&connection, &call).unwrap();
    let wrong: i64 = connection
        .query_row(
            "WITH words AS (SELECT 'word number ' || (i % 7) AS w, i FROM range(5000) t(i)),
                  lists AS (SELECT a.i, [{'k': a.w, 'v': a.i}, {'k': b.w, 'v': 1}, {'k': 'same', 'v': b.i}] AS x
                            FROM words a JOIN words b ON a.i = b.i * 3 WHERE b.i % 2 = 0)
             SELECT count(*) FROM lists
             WHERE same(struct_pack(f0_ := list_filter(x, lambda e: e.v > 1))) IS DISTINCT FROM list_filter(x, lambda e: e.v > 1)
                OR same(struct_pack(f0_ := x[2:])) IS DISTINCT FROM x[2:]
                OR same(struct_pack(f0_ := [x[1], x[3]])) IS DISTINCT FROM [x[1], x[3]]",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(wrong, 0);
}

#[test]
fn an_error_stops_the_query_or_gives_null_where_it_is_asked_to() {
    let connection = Connection::open_in_memory().unwrap();
    let installed = Installed::default();
    let query = |sql: &str| {
        installed.install(&connection, sql).unwrap();
        connection.query_row(sql, [], |row| row.get::<_, Option<i64>>(0))
    };
    let call = |safe| {
        crate::sql::duckdb::native_call(
            "shift_left",
            &["1::BIGINT".into(), "i".into()],
            &[Type::Int64, Type::Int64],
            &Type::Int64,
            safe,
        )
        .unwrap()
    };
    let with = |by: &str, safe| format!("SELECT {} FROM (SELECT {by} AS i)", call(safe));
    assert_eq!(query(&with("3::BIGINT", false)).unwrap(), Some(8));
    assert_eq!(query(&with("NULL::BIGINT", false)).unwrap(), None);
    assert!(query(&with("-1::BIGINT", false)).unwrap_err().to_string().contains("cannot be negative"));
    assert_eq!(query(&with("-1::BIGINT", true)).unwrap(), None);
}
