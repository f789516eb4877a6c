//! `tidemill init`: a small project that compiles and runs.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn the_written_project_compiles_ingests_and_runs() {
    let project = TestProject::empty();
    assert_snapshot!(project.run("init"), @r#"
    exit code: 0
    ----- stdout -----
    written  ./tidemill.yaml
    written  ./datasets/my_app/baseline.yaml
    written  ./datasets/my_app/clients_daily.yaml
    written  ./tests/datasets/my_app/clients_daily.yaml
    written  ./sample-pings.ndjson

    Next:
      tidemill compile                      check it, write generated/
      tidemill test                         run the tests of tests/, in memory
      tidemill ingest sample-pings.ndjson   load the sample pings
      tidemill run --date 2026-11-22        build everything that is due
      tidemill query 'SELECT * FROM my_app.clients_daily ORDER BY submission_date, client_id'

    Then add a dataset of your own beside datasets/my_app/clients_daily.yaml: docs/authoring.md in
    Tidemill's repository shows how, task by task, and `tidemill template` lists what there is.
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 2 views: generated/ written, 9 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("test"), @r#"
    exit code: 0
    ----- stdout -----
    1 test passed
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("ingest sample-pings.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    sample-pings.ndjson: 11 lines, 11 accepted, 0 rejected
            11  my_app_live.baseline_v1  2026-11-20 to 2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("run --date 2026-11-22"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-22: 6 partitions to build, 0 current
      build  my_app_stable.baseline_v1        2026-11-20 to 2026-11-22  missing
      build  my_app_derived.clients_daily_v1  2026-11-20 to 2026-11-22  missing
    6 partitions built, 17 rows
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("run --date 2026-11-22"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-22: 0 partitions to build, 6 current
    nothing to do
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("status"), @r#"
    exit code: 0
    ----- stdout -----
     source                   first day   last day    days  rows
     my_app_live.baseline_v1  2026-11-20  2026-11-22  3     11

     dataset                          first       last        partitions  rows  standing
     my_app_stable.baseline_v1        2026-11-20  2026-11-22  3           10    current
     my_app_derived.clients_daily_v1  2026-11-20  2026-11-22  3           7     current
    ----- stderr -----
    "#);
}

#[test]
fn what_is_there_is_never_overwritten() {
    let project = TestProject::standard();
    assert_snapshot!(project.run("init"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0605]: ./tidemill.yaml is there already
      = hint: give an empty folder: `tidemill init FOLDER`

    1 error; `tidemill explain TM0605` says more
    "#);
}
