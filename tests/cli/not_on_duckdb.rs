//! Queries that GoogleSQL takes and that have no translation for DuckDB: they compile with a warning, and only
//! their own partitions fail, with the reason.

use insta::assert_snapshot;

use crate::project::TestProject;

/// A ping of one day, a dataset that DuckDB cannot run, one that reads it, and one that it can run.
fn project() -> TestProject {
    let project = TestProject::with(&[
        (
            "datasets/picked.yaml",
            "
            dataset: tide_derived.picked_v1
            description: A value by a name that is computed.
            sql: |
              SELECT @submission_date AS submission_date, TEXT_ANALYZE(LOWER(normalized_channel)) AS picked
              FROM tide_stable.baseline_v1
              WHERE DATE(submission_timestamp) = @submission_date
            ",
        ),
        (
            "datasets/behind.yaml",
            "
            dataset: tide_derived.behind_v1
            description: What reads it.
            sql: |
              SELECT submission_date, COUNT(*) AS documents FROM tide_derived.picked_v1
              WHERE submission_date = @submission_date
              GROUP BY submission_date
            ",
        ),
    ]);
    let ping = r#"{"path": "/submit/tide/baseline/1/00000000-0000-4000-8000-000000000001", "received_at": "2026-11-20T08:00:00Z", "body": {}}"#;
    project.file("first.ndjson", ping);
    project
}

#[test]
fn it_compiles_with_a_warning() {
    let project = project();
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 4 datasets, 1 view: generated/ written, 11 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0455]: TEXT_ANALYZE is known, and has no exact form on DuckDB
     --> datasets/picked.yaml:4:47
      |
    4 |   SELECT @submission_date AS submission_date, TEXT_ANALYZE(LOWER(normalized_channel)) AS picked
      |                                               ^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/picked_v1/query.sql:10:45
    "#);
    let written = project.read("generated/tide_derived/picked_v1/query.sql");
    assert!(written.contains("TEXT_ANALYZE(LOWER(normalized_channel)) AS picked"), "{written}");
}

#[test]
fn only_its_own_partition_fails_with_the_reason() {
    let project = project();
    project.run("ingest first.ndjson");
    assert_snapshot!(project.run("run --date 2026-11-20"), @r#"
    exit code: 1
    ----- stdout -----
    2026-11-20: 4 partitions to build, 0 current
      build  tide_stable.baseline_v1  2026-11-20  missing
      build  tide_derived.picked_v1   2026-11-20  missing
      build  tide_derived.behind_v1   2026-11-20  missing
      build  tide_derived.pings_v1    2026-11-20  missing
    2 partitions built, 2 rows, 1 failed, 1 blocked by those
    ----- stderr -----
    failed   tide_derived.picked_v1 2026-11-20: Invalid Input Error: TEXT_ANALYZE is known, and has no exact form on DuckDB
    blocked  tide_derived.behind_v1 2026-11-20: tide_derived.picked_v1 2026-11-20 failed
    "#);
    let pings = project.run_with(&["query", "SELECT submission_date, pings FROM tide_derived.pings_v1"]);
    assert!(pings.contains("exit code: 0") && pings.contains("2026-11-20"), "{pings}");
}
