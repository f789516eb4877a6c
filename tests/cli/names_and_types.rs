//! SQL that parses and does not fit: names, types, groups, the partition column.

use insta::assert_snapshot;

use crate::project::refused_with;

/// A dataset with its own SQL over several lines.
fn block(sql: &str) -> String {
    let lines: Vec<String> = sql.lines().map(|line| format!("          {line}")).collect();
    let text = format!(
        "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        sql: |
{}
        ",
        lines.join("\n")
    );
    refused_with(&[("datasets/x.yaml", &text)])
}

fn line(sql: &str) -> String {
    let text = format!(
        "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        sql: {sql}
        "
    );
    refused_with(&[("datasets/x.yaml", &text)])
}

#[test]
fn an_unknown_function() {
    assert_snapshot!(block("SELECT\n  @submission_date AS submission_date,\n  CUONT(1) AS pings"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0405]: no function `CUONT` is known
     --> datasets/x.yaml:7:5
      |
    7 |     CUONT(1) AS pings
      |     ^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:11:3
      = hint: did you mean `COUNT`?

    1 error; `tidemill explain TM0405` says more
    "#);
}

#[test]
fn types_that_do_not_fit() {
    assert_snapshot!(line("SELECT @submission_date AS submission_date, 'a' + 1 AS x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: `+` does not take STRING and INT64
     --> datasets/x.yaml:4:50
      |
    4 | sql: SELECT @submission_date AS submission_date, 'a' + 1 AS x
      |                                                  ^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:45

    1 error; `tidemill explain TM0404` says more
    "#);
}

#[test]
fn an_unknown_parameter() {
    assert_snapshot!(line("SELECT @submision_date AS submission_date"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: no query parameter `@submision_date`
     --> datasets/x.yaml:4:13
      |
    4 | sql: SELECT @submision_date AS submission_date
      |             ^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:8
      = hint: did you mean `submission_date`?

    1 error; `tidemill explain TM0409` says more
    "#);
}

#[test]
fn a_column_without_a_name() {
    assert_snapshot!(line("SELECT @submission_date AS submission_date, 1 + 1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0407]: column 2 has no name
     --> datasets/x.yaml:4:50
      |
    4 | sql: SELECT @submission_date AS submission_date, 1 + 1
      |                                                  ^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:45
      = hint: give the expression an alias: `… AS name`

    1 error; `tidemill explain TM0407` says more
    "#);
}

#[test]
fn two_columns_of_one_name() {
    assert_snapshot!(line("SELECT @submission_date AS submission_date, 1 AS a, 2 AS A"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0407]: two columns are named `A`
     --> datasets/x.yaml:4:58
      |
    4 | sql: SELECT @submission_date AS submission_date, 1 AS a, 2 AS A
      |                                                          ^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:53
      = hint: rename one of them with `AS`

    1 error; `tidemill explain TM0407` says more
    "#);
}

#[test]
fn grouped_and_ungrouped_columns() {
    assert_snapshot!(line("SELECT @submission_date AS submission_date, a, COUNT(*) AS n FROM (SELECT 1 AS a, 2 AS b) GROUP BY b"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0408]: `a` is neither grouped nor aggregated
     --> datasets/x.yaml:4:50
      |
    4 | sql: SELECT @submission_date AS submission_date, a, COUNT(*) AS n FROM (SELECT 1 AS a, 2 AS b) GROUP BY b
      |                                                  ^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:45
      = hint: add `a` to GROUP BY, or aggregate it, for example with MAX

    1 error; `tidemill explain TM0408` says more
    "#);
}

#[test]
fn several_mistakes_in_one_query() {
    assert_snapshot!(block("SELECT\n  @submission_date AS submission_date,\n  one,\n  NOTHING(1) AS two\nFROM\n  (SELECT 1 AS a)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `one` here
     --> datasets/x.yaml:7:5
      |
    7 |     one,
      |     ^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:11:3

    error[TM0405]: no function `NOTHING` is known
     --> datasets/x.yaml:8:5
      |
    8 |     NOTHING(1) AS two
      |     ^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:12:3

    2 errors; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn no_partition_column() {
    assert_snapshot!(line("SELECT 1 AS a"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: the query gives no column `submission_date` to partition by
     --> datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ^^^^^^^^^^^^^^^^^
      |
      = hint: select `@submission_date AS submission_date`, name the column with `partition_by`, or write `partition_by: none`

    1 error; `tidemill explain TM0501` says more
    "#);
}

#[test]
fn a_partition_column_that_is_no_date() {
    assert_snapshot!(line("SELECT 1 AS submission_date"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: the partition column `submission_date` is INT64, not DATE or TIMESTAMP
     --> datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ^^^^^^^^^^^^^^^^^
      |
      = hint: select `@submission_date` under that name, or convert the column with DATE(…)

    1 error; `tidemill explain TM0501` says more
    "#);
}

#[test]
fn a_stated_partition_column_that_is_not_there() {
    assert_snapshot!(line("SELECT @submission_date AS submission_date\n        partition_by: submision_date"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: the query gives no column `submision_date` to partition by
     --> datasets/x.yaml:5:15
      |
    5 | partition_by: submision_date
      |               ^^^^^^^^^^^^^^
      |
      = hint: did you mean `submission_date`?

    1 error; `tidemill explain TM0501` says more
    "#);
}

#[test]
fn a_view_with_parameters() {
    let view = "
        view: tide.seen
        description: What was seen.
        sql: SELECT 'CAST($1, a@b' AS text, @submission_date AS day
        ";
    assert_snapshot!(refused_with(&[("datasets/view.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: a view has no query parameters; its readers bring the dates
     --> datasets/view.yaml:3:37
      |
    3 | sql: SELECT 'CAST($1, a@b' AS text, @submission_date AS day
      |                                     ^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide/seen/view.sql:8:32
      = hint: a template that reads one partition makes datasets; views take `tidemill/union` or SQL without parameters

    1 error; `tidemill explain TM0409` says more
    "#);
}
