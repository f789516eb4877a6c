//! Datasets that read each other, or what is not there, or without bounds.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

fn dataset(name: &str, sql: &str, more: &str) -> String {
    format!("dataset: {name}\ndescription: Rows.\nstart: 2026-11-20\nsql: {sql}\n{more}\n")
}

fn one(sql: &str, more: &str) -> String {
    refused_with(&[("datasets/x.yaml", &dataset("tide_derived.x_v1", sql, more))])
}

#[test]
fn a_cycle() {
    let read =
        |from: &str| format!("SELECT submission_date FROM `{from}` WHERE submission_date = @submission_date");
    let files = [
        ("datasets/a.yaml", dataset("tide_derived.a_v1", &read("tide_derived.b_v1"), "")),
        ("datasets/b.yaml", dataset("tide_derived.b_v1", &read("tide.c"), "")),
        ("datasets/d.yaml", dataset("tide_derived.d_v1", &read("tide_derived.a_v1"), "")),
        (
            "datasets/c.yaml",
            "view: tide.c\ndescription: Rows.\nsql: SELECT * FROM `tide_derived.a_v1`\n".to_owned(),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_snapshot!(refused_with(&files), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0204]: a cycle: tide.c reads tide_derived.a_v1 reads tide_derived.b_v1 reads tide.c
     --> datasets/c.yaml:1:7
      |
    1 | view: tide.c
      |       ^^^^^^ reads `tide_derived.a_v1`
      |
     ::: datasets/a.yaml:1:10
      |
    1 | dataset: tide_derived.a_v1
      |          ----------------- reads `tide_derived.b_v1`
      |
     ::: datasets/b.yaml:1:10
      |
    1 | dataset: tide_derived.b_v1
      |          ----------------- reads `tide.c`
      |
      = hint: let one of them read what the other reads, or move the shared part to a dataset of its own

    1 error; `tidemill explain TM0204` says more
    "#);
}

#[test]
fn a_view_that_reads_itself() {
    let view = "view: tide.c\ndescription: Rows.\nsql: SELECT * FROM `tide.c`\n";
    assert_snapshot!(refused_with(&[("datasets/c.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0204]: a cycle: tide.c reads tide.c
     --> datasets/c.yaml:3:20
      |
    3 | sql: SELECT * FROM `tide.c`
      |                    ^^^^^^^^
      |
      = note: compiled: generated/tide/c/view.sql:8:15
      = hint: a view stands for a query over other tables

    1 error; `tidemill explain TM0204` says more
    "#);
}

#[test]
fn a_declared_read_that_is_not_made() {
    assert_snapshot!(one("SELECT @submission_date AS submission_date", "reads: {tide_stable.baseline_v1: same_day}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: `reads` names `tide_stable.baseline_v1`, which the query does not read
     --> datasets/x.yaml:5:9
      |
    5 | reads: {tide_stable.baseline_v1: same_day}
      |         ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: take it out, or read the table in the query

    1 error; `tidemill explain TM0201` says more
    "#);
}

#[test]
fn a_read_in_other_words() {
    assert_snapshot!(one("SELECT @submission_date AS submission_date FROM `tide_stable.baseline_v1`", "reads: {tide_stable.baseline_v1: today}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0205]: the read of `tide_stable.baseline_v1` is not bounded by the partition
     --> datasets/x.yaml:4:54
      |
    4 | sql: SELECT @submission_date AS submission_date FROM `tide_stable.baseline_v1`
      |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:49
      = hint: compare `submission_timestamp` with @submission_date in WHERE, or state `reads: {tide_stable.baseline_v1: {last: 28 days}}`

    error[TM0109]: `reads` is `today`
     --> datasets/x.yaml:5:34
      |
    5 | reads: {tide_stable.baseline_v1: today}
      |                                  ^^^^^
      |
      = hint: write `same_day`, `all_before` or `{last: 28 days}`

    2 errors; `tidemill explain TM0205` says more
    "#);
}

#[test]
fn a_read_that_is_not_bounded() {
    assert_snapshot!(one("SELECT @submission_date AS submission_date FROM `tide_stable.baseline_v1`", ""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0205]: the read of `tide_stable.baseline_v1` is not bounded by the partition
     --> datasets/x.yaml:4:54
      |
    4 | sql: SELECT @submission_date AS submission_date FROM `tide_stable.baseline_v1`
      |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:49
      = hint: compare `submission_timestamp` with @submission_date in WHERE, or state `reads: {tide_stable.baseline_v1: {last: 28 days}}`

    1 error; `tidemill explain TM0205` says more
    "#);
}

#[test]
fn a_read_through_a_view_that_is_not_bounded() {
    assert_snapshot!(one("SELECT @submission_date AS submission_date FROM `tide.baseline`", ""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0205]: the read of `tide_stable.baseline_v1` through `tide.baseline` is not bounded by the partition
     --> datasets/x.yaml:4:54
      |
    4 | sql: SELECT @submission_date AS submission_date FROM `tide.baseline`
      |                                                      ^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:49
      = hint: compare `submission_timestamp` with @submission_date in WHERE, or state `reads: {tide.baseline: {last: 28 days}}`

    1 error; `tidemill explain TM0205` says more
    "#);
}

#[test]
fn no_first_day() {
    let text =
        "dataset: tide_derived.x_v1\ndescription: Rows.\nsql: SELECT @submission_date AS submission_date\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a dataset that reads nothing needs `start`
     --> datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ^^^^^^^^^^^^^^^^^
      |
      = hint: write the first day to build: `start: 2026-01-01`

    1 error; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn duplicate_names() {
    let stable = dataset("tide_stable.baseline_v1", "SELECT @submission_date AS submission_date", "");
    let pings =
        dataset("tide_derived.pings_v1", "SELECT @submission_date AS submission_date", "view: tide.baseline");
    assert_snapshot!(refused_with(&[("datasets/x.yaml", &stable), ("datasets/y.yaml", &pings)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: the dataset and the stable dataset of a source are both named `tide_stable.baseline_v1`
     --> datasets/x.yaml:1:10
      |
    1 | dataset: tide_stable.baseline_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/baseline.yaml:1:9
      |
    1 | source: tide.baseline_v1
      |         ---------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    error[TM0111]: two datasets are named `tide_derived.pings_v1`
     --> datasets/y.yaml:1:10
      |
    1 | dataset: tide_derived.pings_v1
      |          ^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/pings.yaml:1:10
      |
    1 | dataset: tide_derived.pings_v1
      |          --------------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    error[TM0111]: two views are named `tide.baseline`
     --> datasets/y.yaml:5:7
      |
    5 | view: tide.baseline
      |       ^^^^^^^^^^^^^
      |
     ::: datasets/baseline.yaml:1:9
      |
    1 | source: tide.baseline_v1
      |         ---------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    3 errors; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn readers_of_what_is_broken_are_not_blamed() {
    let broken = dataset("tide_derived.a_v1", "SELECT nothing AS submission_date", "");
    let reader = dataset(
        "tide_derived.b_v1",
        "SELECT submission_date FROM `tide_derived.a_v1` WHERE submission_date = @submission_date",
        "",
    );
    assert_snapshot!(refused_with(&[("datasets/a.yaml", &broken), ("datasets/b.yaml", &reader)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `nothing` here
     --> datasets/a.yaml:4:13
      |
    4 | sql: SELECT nothing AS submission_date
      |             ^^^^^^^
      |
      = note: compiled: generated/tide_derived/a_v1/query.sql:9:8

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn readers_of_what_cannot_be_read_are_not_blamed() {
    let source =
        "source: tide.baseline_v1\nkind: ping\ndescription: Pings.\nstart: soon\nschema: {glean: []}\n";
    let view = "view: tide.seen\ndescription: Pings.\nsql: SELECT * FROM `tide.baseline`\n";
    assert_snapshot!(refused_with(&[("datasets/baseline.yaml", source), ("datasets/seen.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `start` is `soon`
     --> datasets/baseline.yaml:4:8
      |
    4 | start: soon
      |        ^^^^
      |
      = hint: dates are written YYYY-MM-DD, for example 2026-11-22

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_read_through_a_view_that_names_its_common_table_twice() {
    let view = "view: tide.pairs\ndescription: Rows.\nsql: WITH a AS (SELECT * FROM `tide_stable.baseline_v1`) SELECT x.submission_timestamp FROM a AS x JOIN a AS y ON x.document_id = y.document_id\n";
    let reader = dataset(
        "tide_derived.x_v1",
        "SELECT @submission_date AS submission_date FROM `tide.pairs` WHERE DATE(submission_timestamp) = @submission_date",
        "",
    );
    let refused = refused_with(&[("datasets/pairs.yaml", view), ("datasets/x.yaml", &reader)]);
    let expected = "error[TM0205]: the read of `tide_stable.baseline_v1` through `tide.pairs` is not bounded by the partition";
    assert!(refused.contains(expected), "{refused}");
}

#[test]
fn a_read_of_more_days_than_stated() {
    let read = |condition: &str, stated: &str| {
        let sql = format!(
            "SELECT @submission_date AS submission_date FROM `tide_stable.baseline_v1` WHERE {condition}"
        );
        let file =
            dataset("tide_derived.x_v1", &sql, &format!("reads: {{tide_stable.baseline_v1: {stated}}}"));
        TestProject::with(&[("datasets/x.yaml", &file)]).run("compile")
    };
    let week = "DATE(submission_timestamp) BETWEEN @submission_date - 6 AND @submission_date";
    let refused = read(week, "same_day");
    assert!(
        refused.contains("error[TM0208]: `reads` leaves out days of `tide_stable.baseline_v1`"),
        "{refused}"
    );
    assert!(refused.contains("--> datasets/x.yaml:5:9"), "{refused}");
    assert!(refused.contains("the query reads 6 days before to the day"), "{refused}");
    assert!(read(week, "{last: 7 days}").contains("exit code: 0"));
    let month = "DATE(submission_timestamp) >= DATE_TRUNC(@submission_date, MONTH) AND DATE(submission_timestamp) <= @submission_date";
    assert!(read(month, "{last: 31 days}").contains("exit code: 0"));
}
