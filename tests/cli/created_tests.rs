//! `tidemill test --create`: a test of real rows, in which nobody is found again.

use insta::assert_snapshot;

use crate::project::TestProject;

const CREATE: &str = "test --create my_app_derived.clients_daily_v1 --date 2026-11-20";

#[test]
fn a_test_is_made_of_real_rows_and_passes() {
    let project = TestProject::empty();
    for command in ["init", "compile", "ingest sample-pings.ndjson", "run --date 2026-11-22"] {
        assert!(project.run(command).starts_with("exit code: 0"));
    }
    assert_snapshot!(project.run(CREATE), @r#"
    exit code: 0
    ----- stdout -----
    written  tests/datasets/my_app/clients_daily.2026-11-20.yaml
    given    3 rows of my_app_stable.baseline_v1
    expected 2 rows
    replaced 5 identifiers by made-up values

    Look through it before you commit it: only columns that are tagged as identifiers are made up.
    Then give the test a name that says what it states.
    ----- stderr -----
    "#);
    let text = project.read("tests/datasets/my_app/clients_daily.2026-11-20.yaml");
    assert_snapshot!(text, @r#"
    dataset: my_app_derived.clients_daily_v1
    tests:
      - name: real rows of 2026-11-20, made anonymous
        parameters: {submission_date: 2026-11-20}
        given:
          my_app_stable.baseline_v1:
            - client_info: {app_display_version: '1.0', client_id: '00000000-0000-4000-8000-000000000002'}
              metadata: {geo: {country: DE}}
              metrics: {timespan: {glean_baseline_duration: {value: 150}}}
              normalized_channel: release
              submission_timestamp: 2026-11-20 10:15:00
            - client_info: {app_display_version: '1.0', client_id: '00000000-0000-4000-8000-000000000001'}
              metadata: {geo: {country: FR}}
              metrics: {timespan: {glean_baseline_duration: {value: 240}}}
              normalized_channel: release
              submission_timestamp: 2026-11-20 11:15:00
            - client_info: {app_display_version: '1.0', client_id: '00000000-0000-4000-8000-000000000002'}
              metadata: {geo: {country: DE}}
              metrics: {timespan: {glean_baseline_duration: {value: 120}}}
              normalized_channel: release
              submission_timestamp: 2026-11-20 08:15:00
        expect:
          - submission_date: 2026-11-20
            client_id: '00000000-0000-4000-8000-000000000001'
            pings: 1
            country: FR
            app_version: '1.0'
            normalized_channel: release
            duration_seconds: 240
          - submission_date: 2026-11-20
            client_id: '00000000-0000-4000-8000-000000000002'
            pings: 2
            country: DE
            app_version: '1.0'
            normalized_channel: release
            duration_seconds: 270
    "#);
    // The clients of the pings.
    let pings = project.read("sample-pings.ndjson");
    let clients = pings.split("\"client_id\":\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    assert!(clients.clone().count() >= 10);
    for client in clients {
        assert!(!text.contains(client), "{client}");
    }
    assert_snapshot!(project.run("test --verbose"), @r#"
    exit code: 0
    ----- stdout -----
    passed   my_app_derived.clients_daily_v1: real rows of 2026-11-20, made anonymous
    passed   my_app_derived.clients_daily_v1: the pings of a client's day become one row
    2 tests passed
    ----- stderr -----
    "#);
    assert_snapshot!(project.run(&format!("{CREATE} --json")), @r#"
    exit code: 0
    ----- stdout -----
    {
      "written": "tests/datasets/my_app/clients_daily.clients_daily_v1.2026-11-20.yaml",
      "given": [
        {
          "table": "my_app_stable.baseline_v1",
          "rows": 3
        }
      ],
      "expected_rows": 2,
      "identifiers_replaced": 5
    }
    ----- stderr -----
    "#);
    let again = "tests/datasets/my_app/clients_daily.clients_daily_v1.2026-11-20.yaml";
    assert_eq!(project.read(again), text);
    assert_snapshot!(project.run("test --create my_app_stable.baseline_v1 --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    written  tests/datasets/my_app/baseline.yaml
    given    4 rows of my_app_live.baseline_v1
    expected 4 rows
    replaced 7 identifiers by made-up values

    Look through it before you commit it: only columns that are tagged as identifiers are made up.
    Then give the test a name that says what it states.
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("test"), @r#"
    exit code: 0
    ----- stdout -----
    4 tests passed
    ----- stderr -----
    "#);
}

#[test]
fn what_no_test_can_be_made_of() {
    let project = TestProject::empty();
    project.run("init");
    assert_snapshot!(project.run(CREATE), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0606]: [folder]/.tidemill/dev.duckdb is not there yet
      = hint: `tidemill ingest FILE…` fills ping tables, `tidemill run --date D` builds datasets

    1 error; `tidemill explain TM0606` says more
    "#);
    assert_snapshot!(project.run("test --create my_app_derived.clients_daily --date 2026-11-20"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: no dataset `my_app_derived.clients_daily` in the project
      = hint: did you mean `my_app_derived.clients_daily_v1`?

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project.run("test --create my_app_derived.clients_daily_v1 --date yesterday"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0602]: `yesterday` names no partition of my_app_derived.clients_daily_v1
      = hint: write a day: `--date 2026-11-22`

    1 error; `tidemill explain TM0602` says more
    "#);
    assert_snapshot!(project.run("test --create my_app_derived.clients_daily_v1"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the following required arguments were not provided:
      --date <D>

    Usage: tidemill test --create <DATASET> --date <D> [SELECT]...

    For more information, try '--help'.
    "#);
    project.run("ingest sample-pings.ndjson");
    assert_snapshot!(project.run(CREATE), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0606]: no rows stand that my_app_derived.clients_daily_v1 reads for 2026-11-20
      = hint: `tidemill status` shows which days there are

    1 error; `tidemill explain TM0606` says more
    "#);
}
