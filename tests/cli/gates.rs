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
    assert_snapshot!(project.run("run --date 2026-11-21 tide_stable.baseline_v1 tide_derived.countries_v1"), @r#"
    exit code: 1
    ----- stdout -----
    2026-11-21: 4 partitions to build, 0 current
      build  tide_stable.baseline_v1    2026-11-20 to 2026-11-21  missing
      build  tide_derived.countries_v1  2026-11-20 to 2026-11-21  missing
    3 partitions built, 4 rows, 1 failed
    ----- stderr -----
    failed   tide_derived.countries_v1 2026-11-21: check holds(pings < 2) failed: 1 violations
    rows that fail holds(pings < 2), tide_derived.countries_v1 2026-11-21:
      {"pings":2}
      all of them, where `this` is the partition: SELECT pings FROM this WHERE (pings < 2) IS NOT TRUE
    "#);
    assert_snapshot!(project.run("status --checks tide_derived.countries_v1"), @r#"
    exit code: 0
    ----- stdout -----
     dataset                    partition   check              verdict  violations  rows  warn  fail  at
     tide_derived.countries_v1  2026-11-20  holds(pings < 2)   passed   0           1           0     2026-11-22 12:00:00
     tide_derived.countries_v1  2026-11-20  not_null(country)  passed   0           1     0     50%   2026-11-22 12:00:00
     tide_derived.countries_v1  2026-11-21  holds(pings < 2)   failed   1           1           0     2026-11-22 12:00:00
     tide_derived.countries_v1  2026-11-21  not_null(country)  passed   0           1     0     50%   2026-11-22 12:00:00
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("status --checks tide_stable.baseline_v1"), @r#"
    exit code: 0
    ----- stdout -----
    no check of these datasets has run yet
    ----- stderr -----
    "#);
}

#[test]
fn a_partition_that_nobody_can_mean() {
    let project = project();
    project.run("run --date 2026-11-20");
    assert_snapshot!(project.run("status --partition 2026-11-20"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: --partition shows one dataset; 3 are selected
      = hint: name one: `tidemill status --partition 2026-11-22 app_derived.x_v1`

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(project.run("status --partition yesterday tide_derived.countries_v1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: --partition is `yesterday`, which is no partition
      = hint: write 2026-11-22, 2026-11-22T05, 2026-11, 2026-W47 or whole

    1 error; `tidemill explain TM0109` says more
    "#);
}
