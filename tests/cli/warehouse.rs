//! A warehouse that another process holds, or that cannot be written.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn a_warehouse_that_another_process_holds() {
    let project = TestProject::standard();
    std::fs::create_dir(project.path(".tidemill")).unwrap();
    let held = duckdb::Connection::open(project.path(".tidemill/dev.duckdb")).unwrap();
    let pid = std::process::id().to_string();
    // Reading the file in this process would give up the hold, so the files are not compared here.
    let said = |arguments: &str| project.run(arguments).replace(&pid, "[this test]");
    assert_snapshot!(said("run --date 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0603]: [folder]/.tidemill/dev.duckdb is held by process [this test]
      = hint: wait for it or end it; `tidemill status` and `tidemill plan` work meanwhile

    1 error; `tidemill explain TM0603` says more
    "#);
    assert_snapshot!(said("ingest pings.jsonl"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0603]: [folder]/.tidemill/dev.duckdb is held by process [this test]
      = hint: wait for it or end it; `tidemill status` and `tidemill plan` work meanwhile

    1 error; `tidemill explain TM0603` says more
    "#);
    assert_snapshot!(said("status"), @r#"
    exit code: 0
    ----- stdout -----
    nothing was ingested or built yet: `tidemill ingest FILE…`, then `tidemill run --date D`
    ----- stderr -----
    "#);
    drop(held);
}

#[test]
fn a_folder_that_cannot_be_made() {
    let project = TestProject::standard();
    project.file(".tidemill", "A file stands where the folder should be.");
    assert_snapshot!(project.refused("run --date 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0605]: cannot write into [folder]/.tidemill: File exists (os error 17)
      = hint: make the folder writable, or give the target another `path` in tidemill.yaml

    1 error; `tidemill explain TM0605` says more
    "#);
    assert_snapshot!(project.refused("plan --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 0 partitions to build, 0 current
      wait   tide_derived.pings_v1    2026-11-20 to 2026-11-21  tide_stable.baseline_v1 of 2026-11-20 to 2026-11-21 waits too
      wait   tide_stable.baseline_v1  2026-11-20 to 2026-11-21  source tide_live.baseline_v1: no rows yet for 2026-11-20 to 2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("status"), @r#"
    exit code: 0
    ----- stdout -----
    nothing was ingested or built yet: `tidemill ingest FILE…`, then `tidemill run --date D`
    ----- stderr -----
    "#);
}

#[test]
fn a_warehouse_that_is_no_warehouse() {
    let project = TestProject::standard();
    project.bytes(".tidemill/dev.duckdb", &[b'x'; 20_000]);
    assert_snapshot!(project.refused("run --date 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0628]: DuckDB cannot read [folder]/.tidemill/dev.duckdb
      = note: IO Error: The file "[folder]/.tidemill/dev.duckdb" exists, but it is not a valid DuckDB database file!
      = note: nothing was changed or deleted
      = hint: put back a copy of the file: the next run says what it lacks and builds it again

    1 error; `tidemill explain TM0628` says more
    "#);
}

#[test]
fn a_ledger_that_is_no_ledger() {
    let project = TestProject::standard();
    project.bytes(".tidemill/dev.ledger.sqlite", &[b'x'; 20_000]);
    assert_snapshot!(project.refused("plan --date 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0626]: the ledger [folder]/.tidemill/dev.ledger.sqlite is damaged: file is not a database
      = note: copies of earlier days are in [folder]/.tidemill/dev.ledger.backup
      = hint: move it away with the files beside it (`-wal`, `-shm`): the next run makes it anew from the warehouse's markers; or put back a copy, which the next run brings up to date

    1 error; `tidemill explain TM0626` says more
    "#);
    assert_snapshot!(project.refused("status"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0626]: the ledger [folder]/.tidemill/dev.ledger.sqlite is damaged: file is not a database
      = note: copies of earlier days are in [folder]/.tidemill/dev.ledger.backup
      = hint: move it away with the files beside it (`-wal`, `-shm`): the next run makes it anew from the warehouse's markers; or put back a copy, which the next run brings up to date

    1 error; `tidemill explain TM0626` says more
    "#);
}

#[test]
fn a_warehouse_that_is_a_folder() {
    let project = TestProject::standard();
    std::fs::create_dir_all(project.path(".tidemill/dev.duckdb")).unwrap();
    assert_snapshot!(project.refused("run --date 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: opening [folder]/.tidemill/dev.duckdb: IO Error: Could not read from file "[folder]/.tidemill/dev.duckdb": Is a directory: Error code 1: Unknown error code
    "#);
}
