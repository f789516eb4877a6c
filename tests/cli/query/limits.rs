//! What ends a query before it is done, and what it leaves behind.

use std::process::{Command, Stdio};
use std::time::Duration;

use insta::assert_snapshot;

use super::ask;
use crate::project::TestProject;

const ENDLESS: &str =
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION DISTINCT SELECT n + 1 FROM t) SELECT COUNT(*) FROM t";

#[test]
fn limits() {
    assert_snapshot!(ask(&["--timeout", "0.2", ENDLESS]), @r#"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error[TM0608]: the query took longer than 0.2 seconds
      = hint: `--timeout` gives it longer

    1 error; `tidemill explain TM0608` says more
    "#);
    assert_snapshot!(ask(&["--memory", "100MB", "SELECT ARRAY_AGG(x + y) FROM UNNEST(GENERATE_ARRAY(1, 30000)) AS x, UNNEST(GENERATE_ARRAY(1, 1000)) AS y"]), @r#"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error[TM0608]: the query needs more memory than it may take
      = hint: `--memory` gives it more

    1 error; `tidemill explain TM0608` says more
    "#);
    assert_snapshot!(ask(&["--memory", "much", "--timeout", "soon", "SELECT 1"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: invalid value 'much' for '--memory <SIZE>': a size is a number with MB, GB or TB

    For more information, try '--help'.
    "#);
    assert_snapshot!(ask(&["--limit", "2", "SELECT x FROM UNNEST([1, 2, 3]) AS x ORDER BY x"]), @r#"
    exit code: 0
    ----- stdout -----
     x
     INT64
     1
     2
    ----- stderr -----
    only the first 2 rows; `--limit` shows more
    "#);
    assert_snapshot!(ask(&["--limit", "3", "SELECT x FROM UNNEST([1, 2, 3]) AS x ORDER BY x"]), @r#"
    exit code: 0
    ----- stdout -----
     x
     INT64
     1
     2
     3
    ----- stderr -----
    "#);
    let hundred = ask(&["SELECT x FROM UNNEST(GENERATE_ARRAY(1, 101)) AS x ORDER BY x"]);
    assert!(hundred.contains(" 100\n") && !hundred.contains(" 101\n"), "{hundred}");
    assert!(
        ask(&["--csv", "SELECT x FROM UNNEST(GENERATE_ARRAY(1, 101)) AS x ORDER BY x"]).contains("\n101\n")
    );
}

#[test]
fn an_interrupt_ends_the_query_and_leaves_the_file_as_it_was() {
    let project = TestProject::standard();
    project.run("run --date 2026-11-20");
    let before = project.tree();
    assert!(before.keys().any(|path| path.ends_with("dev.duckdb")));
    let mut child = Command::new(env!("CARGO_BIN_EXE_tidemill"))
        .args(["query", "--timeout", "60", ENDLESS])
        .current_dir(project.path("."))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_secs(2));
    // SAFETY: it only sends a signal to a process that we started and have not waited for.
    unsafe { libc::kill(child.id() as libc::pid_t, libc::SIGINT) };
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(project.tree() == before);
    assert_snapshot!(project.run_with(&["query", "SELECT COUNT(*) AS n FROM tide_derived.pings_v1"]), @r#"
    exit code: 0
    ----- stdout -----
     n
     INT64
     0
    ----- stderr -----
    "#);
}
