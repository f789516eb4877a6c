//! Declared query parameters: typed values that a query names, with mistakes at their places.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

const TWO_TARGETS: &str = "
    project: tide
    targets:
      dev: {engine: duckdb, path: .tidemill/dev.duckdb}
      prod: {engine: duckdb, path: .tidemill/prod.duckdb}
    defaults: {owners: [data@example.com]}
    ";

/// A dataset with parameters that selects an expression.
fn with(parameters: &str, expression: &str) -> String {
    format!(
        "
        dataset: tide_derived.own_v1
        description: With parameters.
        start: 2026-11-20
        parameters: {parameters}
        sql: SELECT @submission_date AS submission_date, {expression} AS result
        "
    )
}

fn refused(parameters: &str, expression: &str) -> String {
    refused_with(&[("tidemill.yaml", TWO_TARGETS), ("datasets/own.yaml", &with(parameters, expression))])
}

#[test]
fn a_value_for_each_target() {
    let dataset = with(
        "{least: {type: INT64, value: 3, targets: {prod: 5}}, word: {type: STRING, value: \"it's $1\"}, days: {type: ARRAY<DATE>, value: [2026-11-20]}}",
        "CONCAT(CAST(@least AS STRING), @word, CAST(@Days[0] AS STRING))",
    );
    let project = TestProject::with(&[("tidemill.yaml", TWO_TARGETS), ("datasets/own.yaml", &dataset)]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view: generated/ written, 9 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("generated/tide_derived/own_v1/query.sql"), @r#"
    -- tide_derived.own_v1
    --
    -- With parameters.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Parameter: @least INT64 is 3, 5 in prod.
    -- Parameter: @word STRING is it's $1.
    -- Parameter: @days ARRAY<DATE> is [2026-11-20].
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT @submission_date AS submission_date, CONCAT(CAST(@least AS STRING), @word, CAST(@Days[0] AS STRING)) AS result
    "#);
    assert_snapshot!(project.run("compile --check --target prod"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view: generated/ is current
    ----- stderr -----
    "#);
    for target in ["dev", "prod"] {
        project.run(&format!("run --date 2026-11-20 --target {target}"));
    }
    let query = "SELECT result FROM tide_derived.own_v1";
    assert_snapshot!(project.run_with(&["query", query]), @r#"
    exit code: 0
    ----- stdout -----
     result
     STRING
     3it's $12026-11-20
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", query, "--target", "prod"]), @r#"
    exit code: 0
    ----- stdout -----
     result
     STRING
     5it's $12026-11-20
    ----- stderr -----
    "#);
}

#[test]
fn a_parameter_that_is_not_declared_or_not_used() {
    assert_snapshot!(refused("{least: {type: INT64, value: 3}}", "@lest"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: no query parameter `@lest`
     --> datasets/own.yaml:5:50
      |
    5 | sql: SELECT @submission_date AS submission_date, @lest AS result
      |                                                  ^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:10:45
      = hint: did you mean `least`?

    1 error; `tidemill explain TM0409` says more
    "#);
    let project = TestProject::with(&[("datasets/own.yaml", &with("{least: {type: INT64, value: 3}}", "1"))]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view: generated/ written, 9 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0454]: the query does not name the parameter `@least`
     --> datasets/own.yaml:4:14
      |
    4 | parameters: {least: {type: INT64, value: 3}}
      |              ^^^^^
      |
      = hint: take it out, or name it in the query
    "#);
}

#[test]
fn values_that_do_not_fit_their_types() {
    assert_snapshot!(
        refused(
            "{a: {type: INT64, value: three}, b: {type: DATE, value: 2026-02-30, targets: {prod: 7}}, c: {type: TEXT, value: x}, d: {type: INT64}}",
            "1"
        ),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0150]: the value does not fit INT64
     --> datasets/own.yaml:4:38
      |
    4 | parameters: {a: {type: INT64, value: three}, b: {type: DATE, value: 2026-02-30, targets: {prod: 7}}, c: {type: TEXT, value: x}, d: {t...
      |                                      ^^^^^
      |
      = hint: write it without quotes; INT64 is no text

    error[TM0150]: the value does not fit DATE
     --> datasets/own.yaml:4:69
      |
    4 | parameters: {a: {type: INT64, value: three}, b: {type: DATE, value: 2026-02-30, targets: {prod: 7}}, c: {type: TEXT, value: x}, d: {t...
      |                                                                     ^^^^^^^^^^
      |
      = hint: a DATE is written YYYY-MM-DD and exists

    error[TM0150]: the value does not fit DATE
     --> datasets/own.yaml:4:97
      |
    4 | parameters: {a: {type: INT64, value: three}, b: {type: DATE, value: 2026-02-30, targets: {prod: 7}}, c: {type: TEXT, value: x}, d: {t...
      |                                                                                                 ^
      |
      = hint: a whole number is no DATE

    error[TM0109]: `type` is `TEXT`
     --> datasets/own.yaml:4:112
      |
    4 | parameters: {a: {type: INT64, value: three}, b: {type: DATE, value: 2026-02-30, targets: {prod: 7}}, c: {type: TEXT, value: x}, d: {t...
      |                                                                                                                ^^^^
      |
      = hint: `TEXT` is no type; scalars are STRING, INT64, FLOAT64, NUMERIC, BOOL, BYTES, DATE, DATETIME, TIME, TIMESTAMP, JSON

    error[TM0108]: the parameter `d` needs `value`
     --> datasets/own.yaml:4:133
      |
    4 | ...26-02-30, targets: {prod: 7}}, c: {type: TEXT, value: x}, d: {type: INT64}}
      |                                                                  ^^^^
      |
      = hint: what the parameter is, where a target does not say otherwise

    5 errors; `tidemill explain TM0150` says more
    "#
    );
}

#[test]
fn names_and_targets_that_cannot_be() {
    assert_snapshot!(
        refused(
            "{submission_date: {type: DATE, value: 2026-11-20}, Least: {type: INT64, value: 1}, most: {type: INT64, value: 1, targets: {production: 2}}}",
            "@most"
        ),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `@submission_date` is at hand in every query; it cannot be declared
     --> datasets/own.yaml:4:14
      |
    4 | parameters: {submission_date: {type: DATE, value: 2026-11-20}, Least: {type: INT64, value: 1}, most: {type: INT64, value: 1, targets:...
      |              ^^^^^^^^^^^^^^^
      |
      = hint: use lower-case letters, digits and underscores, and a name of its own

    error[TM0109]: `Least` cannot name a parameter
     --> datasets/own.yaml:4:64
      |
    4 | parameters: {submission_date: {type: DATE, value: 2026-11-20}, Least: {type: INT64, value: 1}, most: {type: INT64, value: 1, targets:...
      |                                                                ^^^^^
      |
      = hint: use lower-case letters, digits and underscores, and a name of its own

    error[TM0604]: no target `production` in tidemill.yaml
     --> datasets/own.yaml:4:136
      |
    4 | ... INT64, value: 1}, most: {type: INT64, value: 1, targets: {production: 2}}}
      |                                                               ^^^^^^^^^^
      |
      = hint: the targets are: dev, prod

    3 errors; `tidemill explain TM0109` says more
    "#
    );
}

#[test]
fn a_text_is_no_date_and_a_number_no_ordinal() {
    assert_snapshot!(refused("{day: {type: STRING, value: 2026-11-20}}", "@submission_date = @day"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: DATE cannot be compared with STRING
     --> datasets/own.yaml:5:50
      |
    5 | sql: SELECT @submission_date AS submission_date, @submission_date = @day AS result
      |                                                  ^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:10:45

    1 error; `tidemill explain TM0404` says more
    "#);
    let dataset = "
        dataset: tide_derived.own_v1
        description: With parameters.
        start: 2026-11-20
        parameters: {least: {type: INT64, value: 2}}
        sql: |
          SELECT @submission_date AS submission_date, n
          FROM UNNEST([3, 1, 2]) AS n
          WHERE n >= @least
          ORDER BY @least, n
          LIMIT @least
        ";
    let project = TestProject::with(&[("datasets/own.yaml", dataset)]);
    project.run("run --date 2026-11-20");
    assert_snapshot!(project.run_with(&["query", "SELECT n FROM tide_derived.own_v1 ORDER BY n"]), @r#"
    exit code: 0
    ----- stdout -----
     n
     INT64
     2
     3
    ----- stderr -----
    "#);
}
