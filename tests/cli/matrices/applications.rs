//! Applications that lack something, or that are there twice.

use insta::assert_snapshot;

use super::{FOCUS, application};
use crate::project::refused_with;

#[test]
fn an_application_without_what_it_needs() {
    assert_snapshot!(refused_with(&[(FOCUS.0, "application: tide_focus\nchanels: {}\nowners: [a@example.com]\n")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: an application needs `channels`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: `{release: org_tide_focus, beta: org_tide_focus_beta}`

    error[TM0108]: an application needs `description`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: say what the application is

    error[TM0108]: an application needs `pings`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: the pings that every channel sends: `[baseline, metrics]`

    error[TM0108]: an application needs `schema`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: `{glean: metrics.yaml}`, `{bigquery: ping.bq}` or `{columns: {…}}`

    error[TM0108]: an application needs `start`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: the first day that the pings have

    error[TM0105]: an application has no key `chanels`
     --> datasets/focus.yaml:2:1
      |
    2 | chanels: {}
      | ^^^^^^^
      |
      = hint: did you mean `channels`?

    6 errors; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn channels_of_one_id_and_of_none() {
    assert_snapshot!(application("{release: org_tide_focus, beta: org_tide_focus_beta}", "{release: org_x, beta: org_x, nightly: org-x}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: the channels `release` and `beta` both have the id `org_x`
     --> datasets/focus.yaml:3:34
      |
    3 | channels: {release: org_x, beta: org_x, nightly: org-x}
      |                                  ^^^^^
      |
      = hint: give each channel an id of its own; their pings would fall into one table

    error[TM0109]: `channels` is `org-x`
     --> datasets/focus.yaml:3:50
      |
    3 | channels: {release: org_x, beta: org_x, nightly: org-x}
      |                                                  ^^^^^
      |
      = hint: an id is the schema prefix of the channel's tables: lower-case letters, digits and underscores

    2 errors; `tidemill explain TM0111` says more
    "#);
    assert_snapshot!(application("{release: org_tide_focus, beta: org_tide_focus_beta}", "{}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `channels` is empty
     --> datasets/focus.yaml:3:11
      |
    3 | channels: {}
      |           ^
      |
      = hint: write `channels: {release: org_tide_focus}`

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn pings_that_stand_twice_or_cannot_be_named() {
    assert_snapshot!(application("[baseline]", "[baseline, baseline, Main Ping]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: the ping `baseline` stands twice
     --> datasets/focus.yaml:4:19
      |
    4 | pings: [baseline, baseline, Main Ping]
      |                   ^^^^^^^^
      |
      = hint: keep one of them

    error[TM0109]: `pings` is `Main Ping`
     --> datasets/focus.yaml:4:29
      |
    4 | pings: [baseline, baseline, Main Ping]
      |                             ^^^^^^^^^
      |
      = hint: write the ping's name as Glean has it, for example `deletion-request`

    2 errors; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(application("[baseline]", "[]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `pings` is empty
     --> datasets/focus.yaml:4:8
      |
    4 | pings: []
      |        ^
      |
      = hint: write `pings: [baseline]`

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_schema_of_an_application_that_cannot_be_read() {
    assert_snapshot!(application("pings: [baseline]\n    schema: {glean: []}", "pings: [baseline, metrics]\n    schema: {glean: none.metrics.yaml}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: there is no file datasets/none.metrics.yaml
     --> datasets/focus.yaml:5:17
      |
    5 | schema: {glean: none.metrics.yaml}
      |                 ^^^^^^^^^^^^^^^^^

    1 error; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn two_applications_of_one_name() {
    assert_snapshot!(refused_with(&[FOCUS, ("datasets/other.yaml", &FOCUS.1.replace("org_", "net_"))]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: two applications are named `tide_focus`
     --> datasets/other.yaml:1:14
      |
    1 | application: tide_focus
      |              ^^^^^^^^^^
      |
     ::: datasets/focus.yaml:1:14
      |
    1 | application: tide_focus
      |              ---------- the other one
      |
      = hint: rename one of them

    1 error; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn an_application_beside_a_source_of_its_tables() {
    let source = "source: org_tide_focus_beta.baseline_v1\nkind: ping\ndescription: Pings.\nschema: {glean: []}\nstart: 2026-11-20\n";
    assert_snapshot!(refused_with(&[FOCUS, ("datasets/x.yaml", source)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: two sources are named `org_tide_focus_beta_live.baseline_v1`
     --> datasets/focus.yaml:3:43
      |
    3 | channels: {release: org_tide_focus, beta: org_tide_focus_beta}
      |                                           ^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:9
      |
    1 | source: org_tide_focus_beta.baseline_v1
      |         ------------------------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    1 error; `tidemill explain TM0111` says more
    "#);
}
