//! Axes that stand for nothing, for too much, or for something else than is meant.

use insta::assert_snapshot;

use super::{DATASET, matrix};
use crate::project::refused_with;

#[test]
fn an_axis_without_values() {
    assert_snapshot!(matrix("{country: []}", DATASET), @r#"
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

#[test]
fn no_axes_at_all() {
    assert_snapshot!(matrix("{}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: `for` has no axes
     --> datasets/x.yaml:1:6
      |
    1 | for: {}
      |      ^
      |
      = hint: write `for: {country: [de, fr]}`, or take the key out

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn a_ping_that_no_application_has() {
    assert_snapshot!(matrix("{app: {with_ping: baselin}}", "dataset: '{app}_derived.x_v1'\nsql: SELECT 1 AS one"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: no application has the ping `baselin`, so the matrix has no members
     --> datasets/x.yaml:1:24
      |
    1 | for: {app: {with_ping: baselin}}
      |                        ^^^^^^^
      |
      = hint: did you mean `baseline`?

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn an_axis_of_another_form() {
    assert_snapshot!(matrix("{country: germany, year: 3, month: [1, 1]}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0121]: the axis `country` cannot be read
     --> datasets/x.yaml:1:16
      |
    1 | for: {country: germany, year: 3, month: [1, 1]}
      |                ^^^^^^^
      |
      = hint: an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`

    error[TM0121]: the axis `year` cannot be read
     --> datasets/x.yaml:1:31
      |
    1 | for: {country: germany, year: 3, month: [1, 1]}
      |                               ^
      |
      = hint: an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`

    error[TM0121]: `1` stands twice in the axis `month`
     --> datasets/x.yaml:1:45
      |
    1 | for: {country: germany, year: 3, month: [1, 1]}
      |                                             ^
      |
      = hint: keep one of them

    3 errors; `tidemill explain TM0121` says more
    "#);
}

#[test]
fn channels_of_what_is_no_application() {
    assert_snapshot!(matrix("{app: [tide_fokus], channel: app.channels, other: ap.channels}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0121]: the axis `app` has the value `tide_fokus`, which is no application
     --> datasets/x.yaml:1:35
      |
    1 | for: {app: [tide_fokus], channel: app.channels, other: ap.channels}
      |                                   ^^^^^^^^^^^^
      |
      = hint: did you mean `tide_focus`?

    error[TM0123]: `ap` is neither an axis before this one nor an application
     --> datasets/x.yaml:1:56
      |
    1 | for: {app: [tide_fokus], channel: app.channels, other: ap.channels}
      |                                                        ^^^^^^^^^^^
      |
      = hint: did you mean `app`?

    2 errors; `tidemill explain TM0121` says more
    "#);
}

#[test]
fn names_in_braces_that_are_no_axes() {
    let lines = "dataset: '{contry}_{channel.name}_derived.x_v1'\nsql: |\n  SELECT\n    '{country}' AS country, '{year}' AS year, '\\{year}' AS text\n";
    assert_snapshot!(matrix("{country: [de, fr], channel: tide_focus.channels}", lines), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0123]: the matrix has no axis `contry`
     --> datasets/x.yaml:4:11
      |
    4 | dataset: '{contry}_{channel.name}_derived.x_v1'
      |           ^^^^^^^^
      |
      = hint: did you mean `country`?

    error[TM0123]: the axis `channel` has no `name` at all of its values
     --> datasets/x.yaml:4:20
      |
    4 | dataset: '{contry}_{channel.name}_derived.x_v1'
      |                    ^^^^^^^^^^^^^^
      |
      = hint: it has: id

    error[TM0123]: the matrix has no axis `year`
     --> datasets/x.yaml:7:30
      |
    7 |     '{country}' AS country, '{year}' AS year, '\{year}' AS text
      |                              ^^^^^^
      |
      = hint: declare it under `for:`, or write `\{year}` for the text itself

    3 errors; `tidemill explain TM0123` says more
    "#);
}

#[test]
fn an_axis_that_is_not_in_the_name() {
    assert_snapshot!(matrix("{country: [de, fr], year: [2025, 2026]}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0124]: two members of the matrix are named `de_derived.x_v1`
     --> datasets/x.yaml:4:10
      |
    4 | dataset: '{country}_derived.x_v1'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: one is for country de, year 2025, the other for country de, year 2026
      = hint: they differ in `year`: put it into the name as `{year}`, or take the axis out

    1 error; `tidemill explain TM0124` says more
    "#);
}

#[test]
fn an_axis_beside_a_column_of_its_name() {
    let text = "for: {country: [de]}\ndescription: One row.\nstart: 2026-11-20\ndataset: '{country}_derived.x_v1'\nsql: SELECT @submission_date AS submission_date, '{country}' AS country\n";
    let view = "view: tide.all\ndescription: Rows.\ntemplate: tidemill/union\nfrom: {each: '{country}_derived.x_v1'}\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text), ("datasets/y.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0212]: `de_derived.x_v1` has a column `country` of its own, beside the axis of that name
     --> datasets/y.yaml:4:14
      |
    4 | from: {each: '{country}_derived.x_v1'}
      |              ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: say which axes become columns: `from: {each: …, columns: [app]}`, or rename the axis

    1 error; `tidemill explain TM0212` says more
    "#);
}
