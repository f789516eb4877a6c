//! Mistakes in what a matrix makes: told once, and of the member that they are about.

use insta::assert_snapshot;

use super::{DATASET, FOCUS, each, matrix};
use crate::project::refused_with;

#[test]
fn members_named_as_another_definition() {
    let other = "dataset: fr_derived.x_v1\ndescription: Rows.\nstart: 2026-11-20\nsql: SELECT @submission_date AS submission_date";
    let text = format!("for: {{country: [de, fr]}}\ndescription: One row.\nstart: 2026-11-20\n{DATASET}\n");
    assert_snapshot!(refused_with(&[("datasets/a.yaml", other), ("datasets/x.yaml", &text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: two datasets are named `fr_derived.x_v1`
     --> datasets/x.yaml:4:10
      |
    4 | dataset: '{country}_derived.x_v1'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/a.yaml:1:10
      |
    1 | dataset: fr_derived.x_v1
      |          --------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    1 error; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn a_mistake_of_all_members_is_told_once() {
    let lines = "dataset: '{country}_derived.x_v1'\nownres: [a@example.com]\nreads: {'{country}.nothing_v1': same_day}\nsql: |\n  SELECT\n    '{country}' AS country, @submission_date AS submission_date, 1 + 'x' AS y, nothing AS z\n";
    assert_snapshot!(matrix("{country: [de, fr, it]}", lines), @r#"
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

    error[TM0404]: `+` does not take INT64 and STRING
     --> datasets/x.yaml:9:66
      |
    9 |     '{country}' AS country, @submission_date AS submission_date, 1 + 'x' AS y, nothing AS z
      |                                                                  ^
      |
      = note: compiled: generated/de_derived/x_v1/query.sql:10:57

    error[TM0203]: no column `nothing` here
     --> datasets/x.yaml:9:80
      |
    9 |     '{country}' AS country, @submission_date AS submission_date, 1 + 'x' AS y, nothing AS z
      |                                                                                ^^^^^^^
      |
      = note: compiled: generated/de_derived/x_v1/query.sql:10:71

    3 errors; `tidemill explain TM0105` says more
    "#);
}

#[test]
fn a_mistake_that_names_its_member_is_told_of_the_first() {
    let lines = "dataset: '{country}_derived.x_v1'\nreads: {'{country}.nothing_v1': same_day}\nsql: SELECT @submission_date AS submission_date";
    assert_snapshot!(matrix("{country: [de, fr, it]}", lines), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: `reads` names `de.nothing_v1`, which the query does not read
     --> datasets/x.yaml:5:9
      |
    5 | reads: {'{country}.nothing_v1': same_day}
      |         ^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: the same holds for 2 other members of the matrix
      = hint: take it out, or read the table in the query

    1 error; `tidemill explain TM0201` says more
    "#);
}

#[test]
fn two_mistakes_of_one_place_stay_two() {
    let text = "for: {country: [de, fr]}\ndataset: '{country}_derived.x_v1'\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a dataset needs `description`
     --> datasets/x.yaml:2:1
      |
    2 | dataset: '{country}_derived.x_v1'
      | ^^^^^^^
      |
      = hint: say what one row is

    error[TM0108]: a dataset needs `template` or `sql`
     --> datasets/x.yaml:2:1
      |
    2 | dataset: '{country}_derived.x_v1'
      | ^^^^^^^
      |
      = hint: `tidemill template` lists the built-in templates

    2 errors; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn a_mistake_of_all_members_in_parameters() {
    let lines = "dataset: '{country}_derived.x_v1'\nfrom: tide_stable.baseline_v1\ntemplate: tidemill/aggregate\nwith: {measures: {n: \"countif('{country}' = '{country}' and nothing)\"}}";
    assert_snapshot!(matrix("{country: [de, fr]}", lines), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `nothing` here
     --> datasets/x.yaml:7:61
      |
    7 | with: {measures: {n: "countif('{country}' = '{country}' and nothing)"}}
      |                                                             ^^^^^^^ read by template `tidemill/aggregate`, line 17
      |
      = note: compiled: generated/de_derived/x_v1/query.sql:12:27

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_mistake_of_all_members_in_a_file_of_sql() {
    let text = "for: {country: [de, fr, it]}\ndataset: '{country}_derived.x_v1'\ndescription: Rows.\nstart: 2026-11-20\nsql: x.sql\nchecks: [not_null(nothing)]\n";
    let sql = "SELECT @submission_date AS submission_date,\n  {{ country | literal }} + 1 AS country, {{ land }} AS land\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text), ("datasets/x.sql", sql)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: the SQL: `land` is undefined
     --> datasets/x.sql:2:46
      |
    2 |   {{ country | literal }} + 1 AS country, {{ land }} AS land
      |                                              ^^^^
      |
     ::: datasets/x.yaml:2:10
      |
    2 | dataset: '{country}_derived.x_v1'
      |          ------------------------ rendered for `de_derived.x_v1`
      |
      = hint: at hand are: column, country, has, histogram_sum, is_view, labeled_total, metric, partition, this; test with `is defined` where a value may be missing

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_matrix_of_too_many_members() {
    let values: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    let axes = format!("{{country: [{0}], year: [{0}]}}", values.join(", "));
    assert_snapshot!(matrix(&axes, "dataset: 'x_derived.x_{country}_{year}_v1'\nsql: SELECT 1 AS one"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0121]: the matrix has 10201 members, more than 10000
     --> datasets/x.yaml:1:6
      |
    1 | for: {country: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,...
      |      ^
      |
      = hint: list the values that are needed, or split the matrix

    1 error; `tidemill explain TM0121` says more
    "#);
}

#[test]
fn a_matrix_that_nobody_defines() {
    assert_snapshot!(each("{each: '{channel.id}_stable.baselin_v1'}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0125]: no matrix is named `{channel.id}_stable.baselin_v1`
     --> datasets/x.yaml:4:14
      |
    4 | from: {each: '{channel.id}_stable.baselin_v1'}
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `{channel.id}_stable.baseline_v1`?

    1 error; `tidemill explain TM0125` says more
    "#);
}

#[test]
fn axes_and_values_that_a_matrix_does_not_have() {
    assert_snapshot!(each("{each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0123]: the matrix `{channel.id}_stable.baseline_v1` has no axis `ap`
     --> datasets/x.yaml:4:57
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}
      |                                                         ^^
      |
      = hint: did you mean `app`?

    error[TM0122]: no member of the matrix has the channel `nightly`
     --> datasets/x.yaml:4:89
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}
      |                                                                                         ^^^^^^^
      |
      = hint: write a value that the axis has

    error[TM0123]: the matrix `{channel.id}_stable.baseline_v1` has no axis `chanel`
     --> datasets/x.yaml:4:110
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}
      |                                                                                                              ^^^^^^
      |
      = hint: did you mean `channel`?

    3 errors; `tidemill explain TM0123` says more
    "#);
}

#[test]
fn values_that_no_member_has_together() {
    let mail = FOCUS.1.replace("tide_focus", "tide_mail").replace("beta", "nightly");
    let text = "view: tide.all\ndescription: Pings.\ntemplate: tidemill/union\nfrom: {each: '{channel.id}_stable.baseline_v1', where: {app: tide_mail, channel: beta}}\n";
    assert_snapshot!(refused_with(&[FOCUS, ("datasets/mail.yaml", &mail), ("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: `where` leaves no member of `{channel.id}_stable.baseline_v1`
     --> datasets/x.yaml:4:7
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {app: tide_mail, channel: beta}}
      |       ^
      |
      = hint: no member has all of these values together

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn a_reader_of_a_broken_matrix_is_not_blamed() {
    let text = "for: {country: []}\ndescription: One row.\nstart: 2026-11-20\ndataset: '{country}_derived.x_v1'\nsql: SELECT 1 AS one\n";
    let view = "view: tide.all\ndescription: Rows.\ntemplate: tidemill/union\nfrom: {each: '{country}_derived.x_v1'}\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text), ("datasets/y.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: the axis `country` has no values, so the matrix has no members
     --> datasets/x.yaml:1:16
      |
    1 | for: {country: []}
      |                ^
      |
      = hint: an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`

    1 error; `tidemill explain TM0122` says more
    "#);
}
