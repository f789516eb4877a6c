//! Datasets that read their own past.

use insta::assert_snapshot;

use crate::project::refused_with;

fn dataset(name: &str, sql: &str, more: &str) -> String {
    format!("dataset: {name}\ndescription: Rows.\nstart: 2026-11-20\nsql: {sql}\n{more}\n")
}

const BEFORE: &str = "SELECT @submission_date AS submission_date, n FROM `tide_derived.x_v1` WHERE submission_date < @submission_date";

fn one(sql: &str, more: &str) -> String {
    refused_with(&[("datasets/x.yaml", &dataset("tide_derived.x_v1", sql, more))])
}

#[test]
fn a_self_read_that_is_not_declared() {
    assert_snapshot!(one(BEFORE, ""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0202]: `tide_derived.x_v1` reads itself
     --> datasets/x.yaml:4:57
      |
    4 | sql: SELECT @submission_date AS submission_date, n FROM `tide_derived.x_v1` WHERE submission_date < @submission_date
      |                                                         ^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:52
      = hint: state how far back: `reads_self: {last: 27 days}` or `reads_self: all_before`

    1 error; `tidemill explain TM0202` says more
    "#);
}

#[test]
fn a_self_read_that_is_declared_but_not_made() {
    assert_snapshot!(one("SELECT @submission_date AS submission_date", "reads_self: {last: 27 days}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0207]: `reads_self` is stated, but the query does not read its own table
     --> datasets/x.yaml:5:13
      |
    5 | reads_self: {last: 27 days}
      |             ^
      |
      = hint: take it out, or read the dataset's own past as `{{ this }}`

    1 error; `tidemill explain TM0207` says more
    "#);
}

#[test]
fn a_self_read_further_back_than_declared() {
    assert_snapshot!(one(BEFORE, "reads_self: {last: 27 days}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0207]: `tide_derived.x_v1` reads itself all days before, further than `reads_self` states
     --> datasets/x.yaml:5:13
      |
    5 | reads_self: {last: 27 days}
      |             ^
      |
      = hint: bound the read in WHERE, or state all that is read: `reads_self: all_before`

    1 error; `tidemill explain TM0207` says more
    "#);
}

#[test]
fn a_self_read_of_the_day_itself() {
    let sql = BEFORE.replace('<', "=");
    assert_snapshot!(one(&sql, "reads_self: all_before"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0207]: `tide_derived.x_v1` reads its own partition, the one that is being built
     --> datasets/x.yaml:4:57
      |
    4 | sql: SELECT @submission_date AS submission_date, n FROM `tide_derived.x_v1` WHERE submission_date = @submission_date
      |                                                         ^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:52
      = hint: a partition can read only those before it: compare with `<` or DATE_SUB

    1 error; `tidemill explain TM0207` says more
    "#);
}

#[test]
fn a_self_read_without_a_condition() {
    assert_snapshot!(one("SELECT @submission_date AS submission_date, n FROM `tide_derived.x_v1`", "reads_self: all_before"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0205]: the read of `tide_derived.x_v1` itself is not bounded by the partition
     --> datasets/x.yaml:4:57
      |
    4 | sql: SELECT @submission_date AS submission_date, n FROM `tide_derived.x_v1`
      |                                                         ^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:52
      = hint: compare its partition column with @submission_date or @partition_start in WHERE

    1 error; `tidemill explain TM0205` says more
    "#);
}

#[test]
fn a_self_read_in_other_words() {
    assert_snapshot!(one(BEFORE, "reads_self: always"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0202]: `tide_derived.x_v1` reads itself
     --> datasets/x.yaml:4:57
      |
    4 | sql: SELECT @submission_date AS submission_date, n FROM `tide_derived.x_v1` WHERE submission_date < @submission_date
      |                                                         ^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:52
      = hint: state how far back: `reads_self: {last: 27 days}` or `reads_self: all_before`

    error[TM0109]: `reads_self` is `always`
     --> datasets/x.yaml:5:13
      |
    5 | reads_self: always
      |             ^^^^^^
      |
      = hint: write `all_before` or `{last: 27 days}`

    2 errors; `tidemill explain TM0202` says more
    "#);
}

#[test]
fn a_dataset_made_of_itself() {
    let text = "dataset: tide_derived.x_v1\ndescription: Rows.\nfrom: tide_derived.x_v1\ntemplate: tidemill/aggregate\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0202]: `tide_derived.x_v1` reads itself with `from`
     --> datasets/x.yaml:3:7
      |
    3 | from: tide_derived.x_v1
      |       ^^^^^^^^^^^^^^^^^
      |
      = hint: name the table that it is made of; its own past is `{{ this }}`, with `reads_self`

    1 error; `tidemill explain TM0202` says more
    "#);
}

#[test]
fn a_self_read_without_a_unit() {
    assert_snapshot!(one(BEFORE, "reads_self: {last: 27}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0202]: `tide_derived.x_v1` reads itself
     --> datasets/x.yaml:4:57
      |
    4 | sql: SELECT @submission_date AS submission_date, n FROM `tide_derived.x_v1` WHERE submission_date < @submission_date
      |                                                         ^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:52
      = hint: state how far back: `reads_self: {last: 27 days}` or `reads_self: all_before`

    error[TM0109]: `last` is `27`, without a unit
     --> datasets/x.yaml:5:20
      |
    5 | reads_self: {last: 27}
      |                    ^^
      |
      = hint: write `27 days`

    2 errors; `tidemill explain TM0202` says more
    "#);
}
