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
    assert_snapshot!(project.run(CREATE), @"");
    let text = project.read("tests/datasets/my_app/clients_daily.yaml");
    assert_snapshot!(text, @"");
    // The clients of the pings.
    let pings = project.read("sample-pings.ndjson");
    let clients = pings.split("\"client_id\":\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    assert!(clients.clone().count() >= 10);
    for client in clients {
        assert!(!text.contains(client), "{client}");
    }
    assert_snapshot!(project.run("test --verbose"), @"");
    assert_snapshot!(project.run(&format!("{CREATE} --json")), @"");
    assert_eq!(project.read("tests/datasets/my_app/clients_daily.2026-11-20.yaml"), text);
    assert_snapshot!(project.run("test --create my_app_stable.baseline_v1 --date 2026-11-21"), @"");
    assert_snapshot!(project.run("test"), @"");
}

#[test]
fn what_no_test_can_be_made_of() {
    let project = TestProject::empty();
    project.run("init");
    assert_snapshot!(project.run(CREATE), @"");
    assert_snapshot!(project.run("test --create my_app_derived.clients_daily --date 2026-11-20"), @"");
    assert_snapshot!(project.run("test --create my_app_derived.clients_daily_v1 --date yesterday"), @"");
    assert_snapshot!(project.run("test --create my_app_derived.clients_daily_v1"), @"");
    project.run("ingest sample-pings.ndjson");
    assert_snapshot!(project.run(CREATE), @"");
}
