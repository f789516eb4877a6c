//! `tidemill schedule`: what it says, what it builds, and how it stops.

use crate::project::TestProject;

/// The standard project with a ping on each of two days.
fn with_pings() -> TestProject {
    let project = TestProject::standard();
    let ping = |number: u32, day: &str| {
        format!(
            "{{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-{number:012}\", \"received_at\": \"{day}T08:00:00Z\", \"geo\": {{\"country\": \"DE\"}}, \"body\": {{}}}}"
        )
    };
    project.file("pings.ndjson", &[ping(1, "2026-11-20"), ping(2, "2026-11-21")].join("\n"));
    project.run("ingest pings.ndjson");
    project
}

#[test]
fn it_builds_what_is_due_and_stops_when_asked_to() {
    let project = with_pings();
    let said = project.run_until_stopped(20, "schedule");
    for line in [
        "exit code: 0",
        "each day is due at 00:00 UTC after it; a look every 1 minute; all missed days are built",
        "this scheduler works",
        "2026-11-21 is due; next 2026-11-22 at 2026-11-23 00:00 UTC",
        "2026-11-21: 4 partitions to build, 0 current",
        "stopped",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}\n{said}");
    }
    assert!(project.run("plan --date 2026-11-21").contains("0 partitions to build, 4 current"));
    assert!(project.run("verify").starts_with("exit code: 0"));
}

#[test]
fn times_and_intervals_are_judged() {
    let project = TestProject::standard();
    for (arguments, hint) in [
        ("schedule --at 25:00", "write hours and minutes in UTC"),
        ("schedule --every soon", "write up to a day"),
        ("schedule --catch-up some", "write `all`, `latest 3` or `none`"),
    ] {
        let said = project.run(arguments);
        assert!(!said.starts_with("exit code: 0") && said.contains(hint), "{said}");
    }
    let project = TestProject::with(&[(
        "tidemill.yaml",
        "
        project: tide
        targets:
          dev: {engine: duckdb, path: .tidemill/dev.duckdb}
        defaults: {owners: [data@example.com]}
        schedule: {at: noon, every: 1 day, catch_up: some}
        ",
    )]);
    let said = project.run("check");
    for problem in ["`at` is `noon`", "`every` is `1 day`", "`catch_up` is `some`"] {
        assert!(said.contains(problem), "{said}");
    }
}
