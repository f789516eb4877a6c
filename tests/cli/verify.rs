//! `tidemill verify`: what holds, and each way in which it may not.

use insta::assert_snapshot;

use crate::project::TestProject;

/// Two days of the standard project, built, with the attempts' names told by no clock.
fn built() -> TestProject {
    let project = TestProject::standard();
    let ping = |number: u32, day: &str| {
        format!(
            "{{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-{number:012}\", \"received_at\": \"{day}T08:00:00Z\", \"geo\": {{\"country\": \"DE\"}}, \"body\": {{}}}}"
        )
    };
    project.file("pings.ndjson", &[ping(1, "2026-11-20"), ping(2, "2026-11-21")].join("\n"));
    project.run("ingest pings.ndjson");
    project.run("run --date 2026-11-21");
    project
}

/// Changes the warehouse as no command of ours would.
fn by_hand(project: &TestProject, sql: &str) {
    duckdb::Connection::open(project.path(".tidemill/dev.duckdb")).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn every_promise_holds_of_what_was_built() {
    assert_snapshot!(built().run("verify"), @r#"
    exit code: 0
    ----- stdout -----
    6 partitions and 4 attempts verified: every promise holds
    ----- stderr -----
    "#);
    assert_snapshot!(TestProject::standard().run("verify"), @r#"
    exit code: 0
    ----- stdout -----
    0 partitions and 0 attempts verified: every promise holds
    ----- stderr -----
    "#);
}

#[test]
fn rows_that_were_changed_by_hand() {
    let project = built();
    by_hand(
        &project,
        "UPDATE tide_derived.pings_v1 SET pings = 7 WHERE submission_date = '2026-11-20';
         DELETE FROM tide_stable.baseline_v1 WHERE submission_timestamp < '2026-11-21';
         INSERT INTO tide_derived.pings_v1 SELECT * REPLACE (DATE '2026-12-24' AS submission_date) FROM tide_derived.pings_v1 LIMIT 1;
         DELETE FROM tide_live.baseline_v1 WHERE submission_timestamp < '2026-11-21';",
    );
    assert_snapshot!(project.run("verify"), @r#"
    exit code: 1
    ----- stdout -----
    tide_derived.pings_v1 2026-11-20: the rows are others than those that were published
    tide_derived.pings_v1: 1 row of no partition that was ever published
    tide_stable.baseline_v1 2026-11-20: 0 rows, the marker says 1
    tide_live.baseline_v1 2026-11-20: no rows, the marker says 1
    6 partitions and 4 attempts verified: 4 violations
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("verify --json"), @r#"
    exit code: 1
    ----- stdout -----
    {
      "partitions": 6,
      "attempts": 4,
      "violations": [
        "tide_derived.pings_v1 2026-11-20: the rows are others than those that were published",
        "tide_derived.pings_v1: 1 row of no partition that was ever published",
        "tide_stable.baseline_v1 2026-11-20: 0 rows, the marker says 1",
        "tide_live.baseline_v1 2026-11-20: no rows, the marker says 1"
      ],
      "mended": {
        "finished": [],
        "abandoned": [],
        "restored": []
      }
    }
    ----- stderr -----
    "#);
}

#[test]
fn a_warehouse_that_was_emptied() {
    let project = built();
    by_hand(&project, "DELETE FROM tidemill.marker WHERE dataset = 'tide_derived.pings_v1'");
    assert_snapshot!(project.run("verify"), @r#"
    exit code: 1
    ----- stdout -----
    tide_derived.pings_v1 2026-11-20: lost: it was published, and the warehouse no longer has it
    tide_derived.pings_v1 2026-11-21: lost: it was published, and the warehouse no longer has it
    tide_derived.pings_v1: 2 rows of no partition that was ever published
    4 partitions and 4 attempts verified: 3 violations
    ----- stderr -----
    "#);
}
