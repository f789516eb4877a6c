//! Keys and values of definitions that do not fit.

use insta::assert_snapshot;

use crate::project::refused_with;

/// A dataset with its own SQL, to which mistakes are added.
const DATASET: &str = "
    dataset: tide_derived.x_v1
    description: One row.
    start: 2026-11-20
    sql: SELECT @submission_date AS submission_date
    ";

fn dataset_with(line: &str) -> String {
    let text = format!("{}    {line}\n", DATASET.trim_end_matches(' '));
    refused_with(&[("datasets/x.yaml", &text)])
}

#[test]
fn an_unknown_key_with_a_near_one() {
    assert_snapshot!(dataset_with("ownres: [a@example.com]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0105]: a dataset has no key `ownres`
     --> datasets/x.yaml:5:1
      |
    5 | ownres: [a@example.com]
      | ^^^^^^
      |
      = hint: did you mean `owners`?

    1 error; `tidemill explain TM0105` says more
    "#);
}

#[test]
fn an_unknown_key_with_nothing_near() {
    assert_snapshot!(dataset_with("zebra: 1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0105]: a dataset has no key `zebra`
     --> datasets/x.yaml:5:1
      |
    5 | zebra: 1
      | ^^^^^
      |
      = hint: the keys are: access, allow_empty, checks, cluster_by, columns, dataset, deletion, deprecated, description, end, exceptions, expires, from, init, labels, lookback, on_change, owners, parameters, partition_by, paused, public, reads, reads_self, schema, serves, sql, start, tags, template, view, with

    1 error; `tidemill explain TM0105` says more
    "#);
}

#[test]
fn a_duplicate_key() {
    assert_snapshot!(dataset_with("description: Another."), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0106]: `description` stands twice in a dataset
     --> datasets/x.yaml:5:1
      |
    5 | description: Another.
      | ^^^^^^^^^^^
      |
      = hint: keep one of them

    1 error; `tidemill explain TM0106` says more
    "#);
}

#[test]
fn a_wrong_type() {
    assert_snapshot!(dataset_with("owners: a@example.com"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `owners` is a list, not a text
     --> datasets/x.yaml:5:9
      |
    5 | owners: a@example.com
      |         ^^^^^^^^^^^^^
      |
      = hint: write `owners: [a@example.com]`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn a_boolean_in_words() {
    assert_snapshot!(dataset_with("paused: yes"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `paused` is a boolean, not a text
     --> datasets/x.yaml:5:9
      |
    5 | paused: yes
      |         ^^^
      |
      = hint: write `true` or `false`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn a_key_that_is_no_text() {
    assert_snapshot!(dataset_with("1: one"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: a key is a text, not a whole number
     --> datasets/x.yaml:5:1
      |
    5 | 1: one
      | ^
      |
      = hint: put it in quotes

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn a_date_that_does_not_exist() {
    assert_snapshot!(dataset_with("end: 2026-02-30"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `end` is `2026-02-30`
     --> datasets/x.yaml:5:6
      |
    5 | end: 2026-02-30
      |      ^^^^^^^^^^
      |
      = hint: there is no such day as 2026-02-30

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn an_end_before_the_start() {
    assert_snapshot!(dataset_with("end: 2026-11-01"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0602]: `end` 2026-11-01 lies before `start` 2026-11-20
     --> datasets/x.yaml:5:6
      |
    5 | end: 2026-11-01
      |      ^^^^^^^^^^
      |
      = hint: a dataset runs from `start` to `end`; `paused: true` stops it without a day

    1 error; `tidemill explain TM0602` says more
    "#);
}

#[test]
fn a_duration_without_a_unit() {
    assert_snapshot!(dataset_with("expires: 30"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `expires` is `30`, without a unit
     --> datasets/x.yaml:5:10
      |
    5 | expires: 30
      |          ^^
      |
      = hint: write `30 days`

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn partitions_that_are_not_built() {
    assert_snapshot!(dataset_with("partition_by: {column: submission_date, every: hour}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: the partition column `submission_date` is DATE, not TIMESTAMP
     --> datasets/x.yaml:5:24
      |
    5 | partition_by: {column: submission_date, every: hour}
      |                        ^^^^^^^^^^^^^^^
      |
      = hint: select `@partition_start` under that name

    1 error; `tidemill explain TM0501` says more
    "#);
}
