//! Bodies that are no expression of their arguments, or call themselves.

use insta::assert_snapshot;

use super::{refused_body, selecting};
use crate::project::refused_with;

#[test]
fn a_body_that_names_what_is_no_argument() {
    assert_snapshot!(refused_body("x +\n          COALESCE(y, submission_date)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `y` here
     --> datasets/mine.yaml:6:12
      |
    6 |   COALESCE(y, submission_date)
      |            ^
      |
      = note: compiled: generated/tide/mine/function.sql:12:12

    error[TM0203]: no column `submission_date` here
     --> datasets/mine.yaml:6:15
      |
    6 |   COALESCE(y, submission_date)
      |               ^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide/mine/function.sql:12:15

    2 errors; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_body_with_a_query_parameter() {
    assert_snapshot!(refused_body("@submission_date"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: a function has no query parameter `@submission_date`
     --> datasets/mine.yaml:5:3
      |
    5 |   @submission_date
      |   ^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide/mine/function.sql:11:3
      = hint: hand it the value as an argument

    1 error; `tidemill explain TM0409` says more
    "#);
}

#[test]
fn a_body_that_is_a_query_or_reads_a_table() {
    assert_snapshot!(refused_body("SELECT x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0450]: a body is an expression, not a query
     --> datasets/mine.yaml:5:3
      |
    5 |   SELECT x
      |   ^
      |
      = note: compiled: generated/tide/mine/function.sql:11:3
      = hint: put the query in parentheses: `(SELECT …)`

    1 error; `tidemill explain TM0450` says more
    "#);
    assert_snapshot!(refused_body("(SELECT MAX(pings) FROM tide_derived.pings_v1)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0450]: a function reads no tables, and this body reads `tide_derived.pings_v1`
     --> datasets/mine.yaml:5:27
      |
    5 |   (SELECT MAX(pings) FROM tide_derived.pings_v1)
      |                           ^^^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide/mine/function.sql:11:27
      = hint: hand the function the values that it needs as arguments

    1 error; `tidemill explain TM0450` says more
    "#);
}

#[test]
fn a_body_that_is_two_expressions_or_aggregates() {
    assert_snapshot!(refused_body("x, x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: an expression ends before this comma
     --> datasets/mine.yaml:5:4
      |
    5 |   x, x
      |    ^
      |
      = note: compiled: generated/tide/mine/function.sql:11:4
      = hint: write one expression; columns go one by one

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(refused_body("x) + (x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: a bracket closes that the expression did not open
     --> datasets/mine.yaml:5:4
      |
    5 |   x) + (x
      |    ^
      |
      = note: compiled: generated/tide/mine/function.sql:11:4
      = hint: write one expression; columns go one by one

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(refused_body("SUM(x)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0450]: a function works on the values of one row; it holds no aggregate and no window
     --> datasets/mine.yaml:5:3
      |
    5 |   SUM(x)
      |   ^^^
      |
      = note: compiled: generated/tide/mine/function.sql:11:3
      = hint: hand it an aggregate as an argument, or UNNEST an array in a query

    1 error; `tidemill explain TM0450` says more
    "#);
}

#[test]
fn a_function_that_calls_itself_directly_and_in_a_ring() {
    let one = |name: &str, called: &str| {
        format!(
            "
            function: tide.{name}
            description: Calls another one.
            arguments: {{x: INT64}}
            body: tide.{called}(x) + 1
            "
        )
    };
    assert_snapshot!(
        refused_with(&[
            ("datasets/own.yaml", &one("own", "own")),
            ("datasets/a.yaml", &one("a", "b")),
            ("datasets/b.yaml", &one("b", "c")),
            ("datasets/c.yaml", &one("c", "a")),
            ("datasets/behind.yaml", &one("behind", "a")),
            ("datasets/called.yaml", &selecting("tide.behind(1)")),
        ]),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0204]: a function that calls itself: tide.a calls tide.b calls tide.c calls tide.a
     --> datasets/a.yaml:4:7
      |
    4 | body: tide.b(x) + 1
      |       ^^^^^^ calls `tide.b`
      |
     ::: datasets/b.yaml:4:7
      |
    4 | body: tide.c(x) + 1
      |       ------ calls `tide.c`
      |
     ::: datasets/c.yaml:4:7
      |
    4 | body: tide.a(x) + 1
      |       ------ calls `tide.a`
      |
      = hint: a body is written out where it is called, so it must end

    error[TM0204]: a function that calls itself: tide.own calls tide.own
     --> datasets/own.yaml:4:7
      |
    4 | body: tide.own(x) + 1
      |       ^^^^^^^^ calls `tide.own`
      |
      = hint: a body is written out where it is called, so it must end

    2 errors; `tidemill explain TM0204` says more
    "#
    );
}
