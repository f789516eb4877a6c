//! `tidemill query` and `tidemill translate`.

mod limits;
mod parameters;

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn a_query_with_mistakes() {
    let project = TestProject::standard();
    assert_snapshot!(project.run_with(&["query", "SELECT pigns FROM tide_derived.pings_v1"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `pigns` here
     --> query:1:8
      |
    1 | SELECT pigns FROM tide_derived.pings_v1
      |        ^^^^^
      |
      = hint: did you mean `pings`?

    1 error; `tidemill explain TM0203` says more
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT 1; DROP TABLE x"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: one query is run, with functions before it at most, and nothing that writes
     --> query:1:11
      |
    1 | SELECT 1; DROP TABLE x
      |           ^^^^
      |
      = hint: the warehouse changes by `tidemill ingest` and `tidemill run` alone

    1 error; `tidemill explain TM0402` says more
    "#);
    assert_snapshot!(project.run_with(&["query", ""]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: there is no query in the SQL
     --> query:1:1
      |
    1 |
      | ^

    1 error; `tidemill explain TM0402` says more
    "#);
}

#[test]
fn a_file_to_translate_that_is_not_there() {
    assert_snapshot!(TestProject::standard().refused("translate --file nothing.sql"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: reading nothing.sql: No such file or directory (os error 2)
    "#);
}

/// Asks outside of any project.
fn ask(arguments: &[&str]) -> String {
    let folder = TestProject::empty();
    let said = folder.run_with(&[&["query"], arguments].concat());
    assert!(folder.tree().is_empty(), "something was written");
    said
}

#[test]
fn a_query_outside_of_any_project() {
    // The Monday of the week that ends with 2026-11-22, a Sunday.
    assert_snapshot!(ask(&["SELECT DATE_TRUNC(DATE '2026-11-22', ISOWEEK)"]), @r#"
    exit code: 0
    ----- stdout -----
     f0_
     DATE
     2026-11-16
    ----- stderr -----
    "#);
    assert_snapshot!(ask(&["SELECT n, [n, NULL] AS list, ('a\"b', n / 2) AS pair FROM UNNEST([1, 2]) AS n ORDER BY n"]), @r#"
    exit code: 0
    ----- stdout -----
     n      list          pair
     INT64  ARRAY<INT64>  STRUCT<STRING, FLOAT64>
     1      [1, NULL]     ('a"b', 0.5)
     2      [2, NULL]     ('a"b', 1.0)
    ----- stderr -----
    "#);
    assert_snapshot!(ask(&["SELECT 'two\\nlines\\u001b[31m' AS text"]), @r#"
    exit code: 0
    ----- stdout -----
     text
     STRING
     two\nlines\u{1b}[31m
    ----- stderr -----
    "#);
}

#[test]
fn a_target_or_a_folder_that_is_asked_for_must_be_there() {
    assert_snapshot!(ask(&["SELECT 1", "--target", "prod"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0101]: there is no tidemill.yaml here, nor in a folder above
      = hint: write a project with `tidemill init`, or give its folder with --project-dir

    1 error; `tidemill explain TM0101` says more
    "#);
}

#[test]
fn numbers_in_json_lose_no_digit_and_names_no_value() {
    let sql = "SELECT 9007199254740992 AS fits, 9007199254740993 AS wide, NUMERIC '0.1' AS tenth,
      NUMERIC '12345678901234567890.123456789' AS long, IEEE_DIVIDE(1, 0) AS endless, b'\\x00\\xff' AS raw,
      TIMESTAMP '2026-11-22 10:00:00.5+02' AS moment, JSON '{\"b\": 1.50, \"a\": 1234567890123456789}' AS document,
      STRUCT(1 AS n, 2 AS m) AS named, (1, 'x') AS unnamed, CAST(NULL AS DATE) AS day";
    assert_snapshot!(ask(&["--json", sql]), @r#"
    exit code: 0
    ----- stdout -----
    {
      "columns": [
        {"name": "fits", "type": "INT64"},
        {"name": "wide", "type": "INT64"},
        {"name": "tenth", "type": "NUMERIC"},
        {"name": "long", "type": "NUMERIC"},
        {"name": "endless", "type": "FLOAT64"},
        {"name": "raw", "type": "BYTES"},
        {"name": "moment", "type": "TIMESTAMP"},
        {"name": "document", "type": "JSON"},
        {"name": "named", "type": "STRUCT<n INT64, m INT64>"},
        {"name": "unnamed", "type": "STRUCT<INT64, STRING>"},
        {"name": "day", "type": "DATE"}
      ],
      "rows": [
        {"fits": 9007199254740992, "wide": "9007199254740993", "tenth": 0.1, "long": "12345678901234567890.123456789", "endless": "Infinity", "raw": "AP8=", "moment": "2026-11-22T08:00:00.500Z", "document": {"a":1234567890123456789,"b":1.5}, "named": {"n": 1, "m": 2}, "unnamed": [1, "x"], "day": null}
      ],
      "more": false
    }
    ----- stderr -----
    "#);
    assert_snapshot!(ask(&["--json", "SELECT 1 AS a, 2 AS A"]), @r#"
    exit code: 0
    ----- stdout -----
    {
      "columns": [
        {"name": "a", "type": "INT64"},
        {"name": "A", "type": "INT64"}
      ],
      "rows": [
        [1, 2]
      ],
      "more": false
    }
    ----- stderr -----
    "#);
    assert_snapshot!(ask(&["--json", "SELECT x FROM UNNEST(CAST([] AS ARRAY<STRING>)) AS x"]), @r#"
    exit code: 0
    ----- stdout -----
    {
      "columns": [
        {"name": "x", "type": "STRING"}
      ],
      "rows": [],
      "more": false
    }
    ----- stderr -----
    "#);
}

#[test]
fn csv_tells_null_from_an_empty_text() {
    let sql = "SELECT 'a,b' AS comma, 'say \"x\"' AS quote, '' AS empty, CAST(NULL AS STRING) AS nothing, 'two\\nlines' AS lines,
      ' x' AS blank, 1.0 AS one, [1, 2] AS list, STRUCT('a' AS k) AS pair, b'\\xff' AS raw, TRUE AS truth";
    assert_snapshot!(ask(&["--csv", sql]), @r#"
    exit code: 0
    ----- stdout -----
    comma,quote,empty,nothing,lines,blank,one,list,pair,raw,truth
    "a,b","say ""x""","",,"two
    lines"," x",1,"[1, 2]","{""k"": ""a""}",/w==,true
    ----- stderr -----
    "#);
    assert_snapshot!(ask(&["--csv", "--json", "SELECT 1"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the argument '--csv' cannot be used with '--json'

    Usage: tidemill query --csv <SQL|--file <FILE>>

    For more information, try '--help'.
    "#);
}

#[test]
fn nothing_but_a_query_is_run() {
    for sql in [
        "DELETE FROM d.t WHERE TRUE",
        "CREATE TABLE d.t AS SELECT 1",
        "SELECT 1; SELECT 2",
        "CREATE TEMP FUNCTION f() AS (1); DROP TABLE d.t",
    ] {
        let said = ask(&[sql]);
        assert!(said.starts_with("exit code: 1\n") && said.contains("nothing that writes"), "{sql}: {said}");
    }
}

#[test]
fn what_a_query_fails_with() {
    assert_snapshot!(ask(&["SELECT 1 / x AS y FROM UNNEST([1, 0]) AS x"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0607]: division by zero

    1 error; `tidemill explain TM0607` says more
    "#);
    assert_snapshot!(ask(&["--json", "SELECT ERROR('of its own')"]), @r#"
    exit code: 1
    ----- stdout -----
    {
      "diagnostics": [
        {
          "code": "TM0607",
          "severity": "error",
          "message": "of its own",
          "position": null,
          "compiled": null,
          "label": "",
          "related": [],
          "notes": [],
          "hint": null
        }
      ]
    }
    ----- stderr -----
    "#);
}

#[test]
fn a_query_makes_no_warehouse() {
    let project = TestProject::standard();
    let before = project.tree();
    assert_snapshot!(project.run_with(&["query", "SELECT 1 AS n"]), @r#"
    exit code: 0
    ----- stdout -----
     n
     INT64
     1
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM tide_derived.pings_v1"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0606]: a table that the query reads is not there yet
      = hint: `tidemill ingest FILE…` fills ping tables, `tidemill run --date D` builds datasets

    1 error; `tidemill explain TM0606` says more
    "#);
    assert!(project.tree() == before);
}

#[test]
fn a_query_of_a_file_and_of_standard_input() {
    let project = TestProject::empty();
    project.file("q.sql", "-- A comment\nSELECT 1 AS n;");
    assert_snapshot!(project.run("query --file q.sql"), @r#"
    exit code: 0
    ----- stdout -----
     n
     INT64
     1
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_reading("query -", "SELECT 2 AS n"), @r#"
    exit code: 0
    ----- stdout -----
     n
     INT64
     2
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("query --file nothing.sql"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: reading nothing.sql: No such file or directory (os error 2)
    "#);
    assert_snapshot!(project.run("query"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the following required arguments were not provided:
      <SQL|--file <FILE>>

    Usage: tidemill query <SQL|--file <FILE>>

    For more information, try '--help'.
    "#);
}

#[test]
fn translations() {
    let project = TestProject::empty();
    assert_snapshot!(project.run_with(&["translate", "SELECT @n << 2 AS n", "--param", "n:INT64:1"]), @r#"
    exit code: 0
    ----- stdout -----
    SELECT CAST((((CAST($1 AS BIGINT) & 2305843009213693951) << 2) + CASE WHEN ((CAST($1 AS BIGINT) >> 61) & 1) = 1 THEN -9223372036854775808 ELSE 0 END) AS BIGINT) AS "n"
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["translate", "--json", "SELECT @submission_date AS day"]), @r#"
    exit code: 0
    ----- stdout -----
    {
      "duckdb": "SELECT CAST($1 AS DATE) AS \"day\"",
      "columns": [
        {
          "name": "day",
          "type": "DATE"
        }
      ],
      "functions": []
    }
    ----- stderr -----
    "#);
}
