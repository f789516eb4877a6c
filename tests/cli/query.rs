//! `tidemill query` and `tidemill translate`.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn a_query_with_mistakes() {
    let project = TestProject::standard();
    assert_snapshot!(project.run_with(&["query", "SELECT pigns FROM tide_derived.pings_v1"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `pigns` here
     --> query:1:8
      |
    1 | SELECT pigns FROM tide_derived.pings_v1
      |        ^^^^^
      |
      = hint: did you mean `pings`?

    1 error; `tidemill explain TM0203` says more
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT 1; DROP TABLE x"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: a dataset is one query, with functions before it at most
     --> query:1:11
      |
    1 | SELECT 1; DROP TABLE x
      |           ^^^^
      |
      = hint: let what is not one query fill a `kind: table` source

    1 error; `tidemill explain TM0402` says more
    "#);
    assert_snapshot!(project.run_with(&["query", ""]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: there is no query in the SQL
     --> query:1:1
      |
    1 |
      | ^

    1 error; `tidemill explain TM0402` says more
    "#);
}

#[test]
fn a_file_to_translate_that_is_not_there() {
    assert_snapshot!(TestProject::standard().refused("translate nothing.sql"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: reading nothing.sql: No such file or directory (os error 2)
    "#);
}
