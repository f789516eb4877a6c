//! What BigQuery alone has: views of INFORMATION_SCHEMA and table functions of its own.

use insta::assert_snapshot;

use crate::project::TestProject;

const JOBS: &str = "
    dataset: tide_derived.jobs_v1
    description: Jobs a day.
    start: 2026-11-20
    sql: |
      SELECT
        @submission_date AS submission_date,
        user_email,
        destination_table.table_id,
        SUM(total_slot_ms) AS slots,
        MAX(surely_new) AS newest
      FROM
        `region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT
      WHERE
        DATE(creation_time) = @submission_date
      GROUP BY
        user_email,
        destination_table.table_id
    ";

const APPENDS: &str = "
    dataset: tide_derived.appended_v1
    description: What came.
    start: 2026-11-20
    sql: |
      SELECT @submission_date AS submission_date, a.document_id, a._CHANGE_TIMESTAMP AS changed_at, a.nope
      FROM APPENDS(TABLE tide_stable.baseline_v1, NULL, NULL) AS a
    ";

#[test]
fn documented_columns_are_typed_and_nothing_is_built() {
    let project = TestProject::with(&[("datasets/jobs.yaml", JOBS)]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view: generated/ written, 8 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0201]: `region-us.INFORMATION_SCHEMA.JOBS_BY_PROJECT` is a view of BigQuery's own, which nothing here fills
      --> datasets/jobs.yaml:12:5
       |
    12 |     `region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: what reads it is not built; `tidemill check` lists the columns without a type
       = note: compiled: generated/tide_derived/jobs_v1/query.sql:16:3
       = hint: what reads it is compiled for BigQuery; to build it here, declare a source with these columns
    "#);
    assert_snapshot!(project.run("check"), @r#"
    exit code: 0
    ----- stdout -----
    checked  1 source, 3 datasets, 1 view
             types: 3 of 4 queries are typed
             19 rules
             generated/: 8 files, current
    not      dataset unit tests: there are none
             the column newest of `tide_derived.jobs_v1`: it reads `region-us.INFORMATION_SCHEMA.JOBS_BY_PROJECT`, which nothing declares
             BigQuery: not asked, all is judged offline
    found    1 warning
    ----- stderr -----
    warning[TM0201]: `region-us.INFORMATION_SCHEMA.JOBS_BY_PROJECT` is a view of BigQuery's own, which nothing here fills
      --> datasets/jobs.yaml:12:5
       |
    12 |     `region-us`.INFORMATION_SCHEMA.JOBS_BY_PROJECT
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: what reads it is not built; `tidemill check` lists the columns without a type
       = note: compiled: generated/tide_derived/jobs_v1/query.sql:16:3
       = hint: what reads it is compiled for BigQuery; to build it here, declare a source with these columns
    "#);
}

#[test]
fn a_table_function_gives_the_columns_of_its_table_and_its_own() {
    let project = TestProject::with(&[("datasets/appended.yaml", APPENDS)]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `a.nope` here
     --> datasets/appended.yaml:5:97
      |
    5 |   SELECT @submission_date AS submission_date, a.document_id, a._CHANGE_TIMESTAMP AS changed_at, a.nope
      |                                                                                                 ^^^^^^
      |
      = note: compiled: generated/tide_derived/appended_v1/query.sql:9:95

    warning[TM0201]: `APPENDS` is a table function of BigQuery's own, which does not run here
     --> datasets/appended.yaml:6:8
      |
    6 |   FROM APPENDS(TABLE tide_stable.baseline_v1, NULL, NULL) AS a
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: what reads it is not built; `tidemill check` lists the columns without a type
      = note: compiled: generated/tide_derived/appended_v1/query.sql:10:6
      = hint: what it gives is known as far as it is documented; what reads it is compiled for BigQuery and not built

    1 error; `tidemill explain TM0203` says more
    "#);
}
