//! Templates that are asked for what they do not take.

use insta::assert_snapshot;

use crate::project::refused_with;

/// The standard dataset with other lines from `template:` on.
fn pings(lines: &str) -> String {
    let text = format!(
        "
        dataset: tide_derived.x_v1
        description: Pings.
        from: tide_stable.baseline_v1
        {lines}
        "
    );
    refused_with(&[("datasets/x.yaml", &text)])
}

#[test]
fn an_unknown_template() {
    assert_snapshot!(pings("template: tidemill/agregate"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0301]: no template `tidemill/agregate`
     --> datasets/x.yaml:4:11
      |
    4 | template: tidemill/agregate
      |           ^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `tidemill/aggregate`?

    1 error; `tidemill explain TM0301` says more
    "#);
}

#[test]
fn an_unknown_parameter() {
    assert_snapshot!(pings("template: tidemill/aggregate\n        with: {measures: {pings: count(*)}, dimension: [country]}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0302]: the template `tidemill/aggregate` has no parameter `dimension`
     --> datasets/x.yaml:5:37
      |
    5 | with: {measures: {pings: count(*)}, dimension: [country]}
      |                                     ^^^^^^^^^
      |
      = hint: did you mean `dimensions`?

    1 error; `tidemill explain TM0302` says more
    "#);
}

#[test]
fn a_missing_parameter() {
    assert_snapshot!(pings("template: tidemill/aggregate"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0302]: the template `tidemill/aggregate` needs the parameter `measures`
     --> datasets/x.yaml:4:11
      |
    4 | template: tidemill/aggregate
      |           ^^^^^^^^^^^^^^^^^^
      |
      = hint: under `with:` write a mapping of names to expressions: Aggregates by name, such as `pings: count(*)`.

    1 error; `tidemill explain TM0302` says more
    "#);
}

#[test]
fn a_parameter_of_the_wrong_type() {
    assert_snapshot!(pings("template: tidemill/aggregate\n        with: {measures: [count(*)], dimensions: country}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0302]: `measures` is a mapping of names to expressions, not a list
     --> datasets/x.yaml:5:18
      |
    5 | with: {measures: [count(*)], dimensions: country}
      |                  ^
      |
      = hint: Aggregates by name, such as `pings: count(*)`.

    error[TM0302]: `dimensions` is a list of columns or `name: expression`, not a text
     --> datasets/x.yaml:5:42
      |
    5 | with: {measures: [count(*)], dimensions: country}
      |                                          ^^^^^^^
      |
      = hint: The columns to group by.

    2 errors; `tidemill explain TM0302` says more
    "#);
}

#[test]
fn parameters_that_are_no_mapping() {
    assert_snapshot!(pings("template: tidemill/aggregate\n        with: [measures]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `with` is a mapping, not a list
     --> datasets/x.yaml:5:7
      |
    5 | with: [measures]
      |       ^
      |
      = hint: write `with: {parameter: value}`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn parameters_beside_own_sql() {
    assert_snapshot!(pings("sql: SELECT @submission_date AS submission_date\n        with: {limit: 5}"), @r#"
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

    error[TM0302]: `with` holds parameters of a template; this dataset has `sql` of its own
     --> datasets/x.yaml:5:7
      |
    5 | with: {limit: 5}
      |       ^
      |
      = hint: write the values into the SQL, or move it to a template that declares them

    2 errors; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn a_template_and_own_sql() {
    assert_snapshot!(pings("template: tidemill/aggregate\n        sql: SELECT 1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: a query comes from a `template` or is `sql` of its own, not both
     --> datasets/x.yaml:5:6
      |
    5 | sql: SELECT 1
      |      ^^^^^^^^
      |
      = hint: keep one of them

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn neither_template_nor_sql() {
    assert_snapshot!(pings("tags: [core]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a dataset needs `template` or `sql`
     --> datasets/x.yaml:1:1
      |
    1 | dataset: tide_derived.x_v1
      | ^^^^^^^
      |
      = hint: `tidemill template` lists the built-in templates

    1 error; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn an_undefined_name_in_own_sql() {
    assert_snapshot!(pings("sql: |\n          SELECT\n            {{ colum }} AS submission_date"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: the SQL: `colum` is undefined
     --> datasets/x.yaml:6:8
      |
    6 |     {{ colum }} AS submission_date
      |        ^^^^^
      |
      = hint: did you mean `column`?

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_required_list_that_is_empty() {
    let dataset = "
        dataset: tide_derived.history_v1
        description: What was when.
        from: tide_stable.baseline_v1
        template: tidemill/history
        partition_by: none
        with: {key: []}
        ";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", dataset)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0302]: `key` is empty: it takes a list of columns or `name: expression`
     --> datasets/x.yaml:6:13
      |
    6 | with: {key: []}
      |             ^
      |
      = hint: The columns that identify what changes.

    error[TM0203]: no column or shortcut `snapshot_date` in `tide_stable.baseline_v1`
     --> tidemill/history:8:32
      |
    8 |   day: {type: column, default: snapshot_date, description: The day of a snapshot.}
      |                                ^^^^^^^^^^^^^ read by template `tidemill/history`, line 18
      |
      = hint: its columns are: additional_properties, client_info, document_id, events, metadata, metrics, normalized_app_name, normalized_channel, normalized_country_code, normalized_os, normalized_os_version, ping_info, sample_id, submission_timestamp; shortcuts are: app_build, app_channel, app_version, architecture, city, client_id, country, device_manufacturer, device_model, distribution, first_run_date, locale, os, os_version, reason, seq, subdivision

    2 errors; `tidemill explain TM0302` says more
    "#);
}
