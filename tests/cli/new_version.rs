//! `tidemill new-version`: a definition copied to its next version.

use insta::assert_snapshot;

use crate::project::TestProject;

const SUMS: &str = "
    # Kept by the harbour office.
    dataset: tide_derived.sums_v1
    description: One row per day.   # and nothing else
    start: 2026-11-20
    view: tide.sums
    sql: sums.sql
    ";

const SUMS_SQL: &str = "
    -- A comment that stays.
    SELECT
      @submission_date AS submission_date,
      1 + COALESCE((SELECT MAX(days) FROM `tide_derived.sums_v1` WHERE submission_date < @submission_date), 0) AS days
    ";

fn project() -> TestProject {
    let sums = format!("{}reads_self: all_before\n", crate::project::dedented(SUMS));
    TestProject::with(&[("datasets/tide/sums.yaml", &sums), ("datasets/tide/sums.sql", SUMS_SQL)])
}

#[test]
fn a_definition_and_its_sql_are_copied_and_the_view_stays() {
    let project = project();
    assert_snapshot!(project.run("new-version tide_derived.sums_v1"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.sums_v2 is a copy of tide_derived.sums_v1:
      datasets/tide/sums_v2.yaml
      datasets/tide/sums_v2.sql

    Next:
      1. edit datasets/tide/sums_v2.yaml, then tidemill compile
      2. tidemill backfill --from DAY --to DAY tide_derived.sums_v2
      3. tidemill compare tide_derived.sums_v1 tide_derived.sums_v2
      4. `serves: v2` in datasets/tide/sums_v2.yaml and tidemill run: the view tide.sums goes over; until then v1 serves it as before
      5. `deprecated: {since: DAY, use: tide_derived.sums_v2}` in tide_derived.sums_v1: its readers are told
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("datasets/tide/sums_v2.yaml"), @r#"
    # Kept by the harbour office.
    dataset: tide_derived.sums_v2
    description: One row per day.   # and nothing else
    start: 2026-11-20
    view: tide.sums
    serves: v1
    sql: sums_v2.sql
    reads_self: all_before
    "#);
    assert_snapshot!(project.read("datasets/tide/sums_v2.sql"), @r#"
    -- A comment that stays.
    SELECT
      @submission_date AS submission_date,
      1 + COALESCE((SELECT MAX(days) FROM `tide_derived.sums_v2` WHERE submission_date < @submission_date), 0) AS days
    "#);
    assert!(project.run("compile").starts_with("exit code: 0"));
    let view = project.read("generated/tide/sums/view.sql");
    assert!(view.contains("`tide_derived.sums_v1`"), "{view}");
    // Once more would write over it; the next one says nothing of the view, the second version does.
    assert_snapshot!(project.refused("new-version tide_derived.sums_v1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: `tide_derived.sums_v2` is defined already
      = hint: edit it, or move it away to copy again

    1 error; `tidemill explain TM0111` says more
    "#);
    assert_snapshot!(project.run("new-version tide_derived.sums_v2"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.sums_v3 is a copy of tide_derived.sums_v2:
      datasets/tide/sums_v3.yaml
      datasets/tide/sums_v3.sql

    Next:
      1. edit datasets/tide/sums_v3.yaml, then tidemill compile
      2. tidemill backfill --from DAY --to DAY tide_derived.sums_v3
      3. tidemill compare tide_derived.sums_v2 tide_derived.sums_v3
      4. `serves: v3` in datasets/tide/sums_v2.yaml and tidemill run: the view tide.sums goes over; until then v1 serves it as before
      5. `deprecated: {since: DAY, use: tide_derived.sums_v3}` in tide_derived.sums_v2: its readers are told
    ----- stderr -----
    "#);
    assert!(!project.read("datasets/tide/sums_v3.yaml").contains("serves"));
    assert!(project.run("compile").starts_with("exit code: 0"));
}

#[test]
fn a_file_that_is_in_the_way() {
    let project = project();
    project.file("datasets/tide/sums_v2.sql", "SELECT 1");
    assert_snapshot!(project.refused("new-version tide_derived.sums_v1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: datasets/tide/sums_v2.sql is there already
      = hint: edit it, or move it away to copy again

    1 error; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn what_has_no_definition_of_its_own() {
    let project = project();
    assert_snapshot!(project.refused("new-version tide_stable.baseline_v1"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: no definition of a dataset `tide_stable.baseline_v1`
      = hint: stable datasets come with their source, whose version they share

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project.refused("new-version tide_derived.sum_v1"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: no definition of a dataset `tide_derived.sum_v1`
      = hint: did you mean `tide_derived.sums_v1`?

    1 error; `tidemill explain TM0601` says more
    "#);
}

#[test]
fn a_definition_that_is_not_written_line_by_line() {
    let flow = "{dataset: tide_derived.x_v1, view: tide.x, description: X., start: 2026-11-20, sql: SELECT @submission_date AS submission_date}";
    let project = TestProject::with(&[("datasets/x.yaml", flow)]);
    assert_snapshot!(project.refused("new-version tide_derived.x_v1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0110]: the definition of `tide_derived.x_v1` is not written in a way that can be copied
     --> datasets/x.yaml:1:11
      |
    1 | {dataset: tide_derived.x_v1, view: tide.x, description: X., start: 2026-11-20, sql: SELECT @submission_date AS submission_date}
      |           ^^^^^^^^^^^^^^^^^
      |
      = hint: copy it by hand, with its name changed

    1 error; `tidemill explain TM0110` says more
    "#);
}
