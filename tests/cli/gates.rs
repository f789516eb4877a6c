//! What people read of checks: rows that fail, their history, and how a partition came about.

use insta::assert_snapshot;

use crate::project::TestProject;

const PINGS: &str = "
    dataset: tide_derived.countries_v1
    description: Pings per country.
    checks:
      - holds(pings < 2)
      - {check: not_null(country), warn: 0, fail: 50%}
    sql: |
      SELECT @submission_date AS submission_date, metadata.geo.country AS country, COUNT(*) AS pings
      FROM `tide_stable.baseline_v1`
      WHERE DATE(submission_timestamp) = @submission_date
      GROUP BY country
";

/// One ping on the first day, two from one country on the second.
fn project() -> TestProject {
    let project = TestProject::standard();
    project.file("datasets/countries.yaml", PINGS);
    let ping = |number: u32, day: &str| {
        format!(
            "{{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-{number:012}\", \"received_at\": \"{day}T08:00:00Z\", \"geo\": {{\"country\": \"DE\"}}, \"body\": {{}}}}"
        )
    };
    let lines = [ping(1, "2026-11-20"), ping(2, "2026-11-21"), ping(3, "2026-11-21")];
    project.file("first.ndjson", &lines.join("\n"));
    project.run("ingest first.ndjson");
    project
}

#[test]
fn rows_that_fail_are_shown_and_their_checks_have_a_history() {
    let project = project();
    assert_snapshot!(project.run("run --date 2026-11-21 tide_stable.baseline_v1 tide_derived.countries_v1"), @"");
    assert_snapshot!(project.run("status --checks tide_derived.countries_v1"), @"");
    assert_snapshot!(project.run("status --checks tide_stable.baseline_v1"), @"");
}

#[test]
fn a_partition_that_nobody_can_mean() {
    let project = project();
    project.run("run --date 2026-11-20");
    assert_snapshot!(project.run("status --partition 2026-11-20"), @"");
    assert_snapshot!(project.run("status --partition yesterday tide_derived.countries_v1"), @"");
}
