//! Tables of two projects that have one name: a query that reads both is refused, since here they would be one table.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn tables_of_two_projects_are_not_one() {
    let project = TestProject::standard();
    let both = "SELECT COUNT(*) AS n FROM `one-project.tide_stable.baseline_v1` AS a, `other-project`.tide_stable.baseline_v1 AS b";
    assert_snapshot!(project.run_with(&["translate", both]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0406]: `other-project.tide_stable.baseline_v1` would be read as `one-project.tide_stable.baseline_v1`: both are `tide_stable.baseline_v1` here
     --> query:1:71
      |
    1 | SELECT COUNT(*) AS n FROM `one-project.tide_stable.baseline_v1` AS a, `other-project`.tide_stable.baseline_v1 AS b
      |                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: give the rows of one of them another name, as a table of another dataset, and read that

    1 error; `tidemill explain TM0406` says more
    "#);
    // The same one twice, and one without its project, which is the default one.
    for same in [
        "SELECT COUNT(*) AS n FROM `one-project.tide_stable.baseline_v1` AS a, `one-project`.tide_stable.baseline_v1 AS b",
        "SELECT COUNT(*) AS n FROM `one-project.tide_stable.baseline_v1` AS a, tide_stable.baseline_v1 AS b",
    ] {
        let answer = project.run_with(&["translate", same]);
        assert!(answer.starts_with("exit code: 0"), "{answer}");
    }
}
