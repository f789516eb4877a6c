//! `tidemill plan`, `run`, `backfill`: what a user reads before and after.

use insta::assert_snapshot;

use crate::project::TestProject;

/// Two days of the standard project, built.
fn built() -> TestProject {
    let project = TestProject::standard();
    let ping = |number: u32, day: &str| {
        format!(
            "{{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-{number:012}\", \"received_at\": \"{day}T08:00:00Z\", \"geo\": {{\"country\": \"DE\"}}, \"body\": {{}}}}"
        )
    };
    project.file("first.ndjson", &[ping(1, "2026-11-20"), ping(2, "2026-11-21")].join("\n"));
    project.file("late.ndjson", &ping(3, "2026-11-20"));
    project.run("ingest first.ndjson");
    project.run("run --date 2026-11-21");
    project
}

#[test]
fn before_anything_arrived_everything_waits() {
    assert_snapshot!(TestProject::standard().run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 0 partitions to build, 0 current
      wait   tide_derived.pings_v1    2026-11-20 to 2026-11-21  tide_stable.baseline_v1 of 2026-11-20 to 2026-11-21 waits too
      wait   tide_stable.baseline_v1  2026-11-20 to 2026-11-21  source tide_live.baseline_v1: no rows yet for 2026-11-20 to 2026-11-21
    nothing to do now, 4 partitions waiting
    ----- stderr -----
    "#);
}

#[test]
fn late_pings_make_their_day_due() {
    let project = built();
    project.run("ingest late.ndjson");
    assert_snapshot!(project.run("plan --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 1 partition to build, 2 current, 1 to rebuild if an input changes
      build  tide_stable.baseline_v1  2026-11-20  input changed: tide_live.baseline_v1
      maybe  tide_derived.pings_v1    2026-11-20  if it changes: tide_stable.baseline_v1
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 1 partition to build, 2 current, 1 to rebuild if an input changes
      build  tide_stable.baseline_v1  2026-11-20  input changed: tide_live.baseline_v1
      maybe  tide_derived.pings_v1    2026-11-20  if it changes: tide_stable.baseline_v1
    2 partitions built, 3 rows
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("plan --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 0 partitions to build, 4 current
    ----- stderr -----
    "#);
}

#[test]
fn a_changed_measure_is_reported_and_backfilled_on_request() {
    let project = built();
    project.file(
        "datasets/pings.yaml",
        "
        dataset: tide_derived.pings_v1
        description: Pings per day and country.
        from: tide_stable.baseline_v1
        template: tidemill/aggregate
        with:
          dimensions: [country]
          measures: {pings: count(*), documents: count(distinct document_id)}
        ",
    );
    assert_snapshot!(project.run("plan --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 0 partitions to build, 2 current
    2 stale, not due: tide_derived.pings_v1 2026-11-20 to 2026-11-21 (the definition changed): tidemill backfill --from 2026-11-20 --to 2026-11-21 --downstream tide_derived.pings_v1
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("backfill --from 2026-11-20 --to 2026-11-21 pings_v1"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 2 partitions to build, 2 current
      build  tide_derived.pings_v1  2026-11-20 to 2026-11-21  the definition changed
    2 partitions built, 2 rows
    ----- stderr -----
    tide_derived.pings_v1: column documents added
    "#);
    assert_snapshot!(project.run("status"), @r#"
    exit code: 0
    ----- stdout -----
     source                 first day   last day    days  rows
     tide_live.baseline_v1  2026-11-20  2026-11-21  2     2

     dataset                  first       last        partitions  rows  standing
     tide_stable.baseline_v1  2026-11-20  2026-11-21  2           2     current
     tide_derived.pings_v1    2026-11-20  2026-11-21  2           2     current
    ----- stderr -----
    "#);
}

#[test]
fn the_machine_form_of_a_run() {
    let project = built();
    assert_snapshot!(project.run("run --date 2026-11-21 --json"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "built": 0,
      "rows": 0,
      "failed": 0,
      "blocked": 0,
      "tasks": [],
      "plan": {
        "until": "2026-11-21",
        "current": 4,
        "build": [],
        "wait": [],
        "stale": [],
        "recheck": [],
        "switch": []
      },
      "checks": [],
      "diagnostics": []
    }
    ----- stderr -----
    "#);
}

#[test]
fn a_day_that_has_not_come_and_days_far_away_are_refused() {
    let project = TestProject::standard();
    let said = project.run("run --date 2026-11-23");
    assert!(said.contains("exit code: 2") && said.contains("--date 2026-11-23 has not come yet"), "{said}");
    let said = project.run("backfill --from 2026-11-20 --to 2026-12-01");
    assert!(said.contains("exit code: 2") && said.contains("--to 2026-12-01 has not come yet"), "{said}");
    for command in ["plan --date 9999-12-31", "backfill --from 0001-01-01 --to 2026-11-22"] {
        let said = project.run(command);
        assert!(said.contains("exit code: 2") && said.contains("days lie between 1970 and 2199"), "{said}");
    }
}
