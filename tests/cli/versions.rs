//! Several versions of one view, deprecated datasets, and keys that cannot be kept.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

fn version(number: u32, line: &str) -> String {
    format!(
        "dataset: tide_derived.x_v{number}\ndescription: One row.\nstart: 2026-11-20\nview: tide.x\n\
         sql: SELECT @submission_date AS submission_date\n{line}\n"
    )
}

/// Two versions with a line more each.
fn versions(first: &str, second: &str) -> String {
    let (first, second) = (version(1, first), version(2, second));
    refused_with(&[("datasets/x_v1.yaml", &first), ("datasets/x_v2.yaml", &second)])
}

#[test]
fn nothing_says_who_serves() {
    assert_snapshot!(versions("", ""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0131]: nothing says which version serves `tide.x`: v1, v2
     --> datasets/x_v2.yaml:4:7
      |
    4 | view: tide.x
      |       ^^^^^^
      |
     ::: datasets/x_v1.yaml:4:7
      |
    4 | view: tide.x
      |       ------ the other one
      |
      = hint: add `serves: v1` to one of them; people read its rows

    1 error; `tidemill explain TM0131` says more
    "#);
}

#[test]
fn two_versions_say_different_things() {
    assert_snapshot!(versions("serves: v1", "serves: v2"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0131]: `tide.x` is served by v2 here and by v1 elsewhere
     --> datasets/x_v2.yaml:6:9
      |
    6 | serves: v2
      |         ^^
      |
     ::: datasets/x_v1.yaml:6:9
      |
    6 | serves: v1
      |         -- the other one
      |
      = hint: say it in one of the definitions; the others need not

    1 error; `tidemill explain TM0131` says more
    "#);
}

#[test]
fn a_version_that_is_not_there_serves() {
    assert_snapshot!(versions("serves: v3", ""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0131]: no definition of `tide_derived.x_v3` names the view `tide.x`
     --> datasets/x_v1.yaml:6:9
      |
    6 | serves: v3
      |         ^^
      |
      = hint: write `view: tide.x` in that version too; here it is named by v1, v2

    1 error; `tidemill explain TM0131` says more
    "#);
}

#[test]
fn serves_is_no_number_and_has_no_view() {
    let alone = version(1, "serves: two").replace("view: tide.x\n", "");
    assert_snapshot!(refused_with(&[("datasets/x.yaml", &alone)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `serves` is `two`
     --> datasets/x.yaml:5:9
      |
    5 | serves: two
      |         ^^^
      |
      = hint: name a version of the dataset: `serves: v1`

    1 error; `tidemill explain TM0109` says more
    "#);
    let alone = version(1, "serves: v1").replace("view: tide.x\n", "");
    assert_snapshot!(refused_with(&[("datasets/x.yaml", &alone)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0131]: `serves` says which version a view shows, and there is no `view`
     --> datasets/x.yaml:5:9
      |
    5 | serves: v1
      |         ^^
      |
      = hint: add `view: app.name`, or take `serves` out

    1 error; `tidemill explain TM0131` says more
    "#);
}

#[test]
fn two_datasets_of_one_view() {
    let other = version(1, "").replace("derived.x_v1", "derived.y_v1");
    assert_snapshot!(refused_with(&[("datasets/x.yaml", &version(1, "")), ("datasets/y.yaml", &other)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: two views are named `tide.x`
     --> datasets/y.yaml:4:7
      |
    4 | view: tide.x
      |       ^^^^^^
      |
     ::: datasets/x.yaml:4:7
      |
    4 | view: tide.x
      |       ------ the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    1 error; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn the_serving_version_is_unreadable_and_nothing_else_is_blamed() {
    assert_snapshot!(versions("serves: v2", "paused: perhaps"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `paused` is a boolean, not a text
     --> datasets/x_v2.yaml:6:9
      |
    6 | paused: perhaps
      |         ^^^^^^^
      |
      = hint: write `true` or `false`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn readers_of_a_deprecated_dataset_are_told() {
    let old = version(1, "deprecated: {since: 2026-11-01, use: tide_derived.x_v2, remove_after: 2026-11-21}");
    let new = version(2, "serves: v2");
    let reader = "
        dataset: tide_derived.y_v1
        description: One row.
        sql: |
          SELECT submission_date
          FROM `tide_derived.x_v1`
          WHERE submission_date = @submission_date
        ";
    let project = TestProject::with(&[
        ("datasets/x_v1.yaml", &old),
        ("datasets/x_v2.yaml", &new),
        ("datasets/y.yaml", reader),
    ]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 5 datasets, 2 views: generated/ written, 15 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0133]: `tide_derived.x_v1` is deprecated since 2026-11-01, to be removed after 2026-11-21
     --> datasets/y.yaml:5:8
      |
    5 |   FROM `tide_derived.x_v1`
      |        ^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x_v1.yaml:6:13
      |
    6 | deprecated: {since: 2026-11-01, use: tide_derived.x_v2, remove_after: 2026-11-21}
      |             - deprecated here
      |
      = note: compiled: generated/tide_derived/y_v1/query.sql:11:6
      = hint: read `tide_derived.x_v2` instead
    "#);
    assert_snapshot!(project.run("plan --date 2026-11-20 tide_derived.x_v2"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-20: 1 partition to build, 0 current
      build  tide_derived.x_v2  2026-11-20  missing
    ----- stderr -----
    warning[TM0133]: `tide_derived.x_v1` was to be removed after 2026-11-21
     --> datasets/x_v1.yaml:6:13
      |
    6 | deprecated: {since: 2026-11-01, use: tide_derived.x_v2, remove_after: 2026-11-21}
      |             ^
      |
      = note: still read by tide_derived.y_v1
      = hint: take its definition out, or give it more time with a later `remove_after`
    "#);
    assert_snapshot!(project.run("run --date 2026-11-20 tide_derived.x_v2"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-20: 1 partition to build, 0 current
      build  tide_derived.x_v2  2026-11-20  missing
    1 partition built, 1 rows
    ----- stderr -----
    warning[TM0133]: `tide_derived.x_v1` was to be removed after 2026-11-21
     --> datasets/x_v1.yaml:6:13
      |
    6 | deprecated: {since: 2026-11-01, use: tide_derived.x_v2, remove_after: 2026-11-21}
      |             ^
      |
      = note: still read by tide_derived.y_v1
      = hint: take its definition out, or give it more time with a later `remove_after`
    "#);
}

#[test]
fn mistakes_in_deprecated() {
    assert_snapshot!(versions("serves: v1\ndeprecated: {since: 2026-11-02, use: tide_derived.x_v3, remove_after: 2026-11-01}", "deprecated: {use: tide_derived.x_v2, unitl: 2026-12-01}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: nothing declares the table `tide_derived.x_v3`
     --> datasets/x_v1.yaml:7:38
      |
    7 | deprecated: {since: 2026-11-02, use: tide_derived.x_v3, remove_after: 2026-11-01}
      |                                      ^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `tide_derived.x_v1`?

    error[TM0602]: `remove_after` 2026-11-01 lies before `since` 2026-11-02
     --> datasets/x_v1.yaml:7:71
      |
    7 | deprecated: {since: 2026-11-02, use: tide_derived.x_v3, remove_after: 2026-11-01}
      |                                                                       ^^^^^^^^^^
      |
      = hint: readers get the days from `since` to `remove_after` to move

    error[TM0108]: `deprecated` needs `since`
     --> datasets/x_v2.yaml:6:14
      |
    6 | deprecated: {use: tide_derived.x_v2, unitl: 2026-12-01}
      |              ^^^
      |
      = hint: the day on which it was deprecated

    error[TM0109]: `tide_derived.x_v2` is deprecated in favour of itself
     --> datasets/x_v2.yaml:6:19
      |
    6 | deprecated: {use: tide_derived.x_v2, unitl: 2026-12-01}
      |                   ^^^^^^^^^^^^^^^^^
      |
      = hint: name the dataset that readers are to move to

    error[TM0105]: `deprecated` has no key `unitl`
     --> datasets/x_v2.yaml:6:38
      |
    6 | deprecated: {use: tide_derived.x_v2, unitl: 2026-12-01}
      |                                      ^^^^^
      |
      = hint: the keys are: remove_after, since, use

    5 errors; `tidemill explain TM0201` says more
    "#);
}

#[test]
fn access_is_refused() {
    assert_snapshot!(refused_with(&[("datasets/x.yaml", &version(1, "access: [group:analysts]"))]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0132]: `access` cannot be kept: DuckDB has no access lists
     --> datasets/x.yaml:6:9
      |
    6 | access: [group:analysts]
      |         ^
      |
      = hint: whoever can read a target's file reads all of its tables; give the file the rights that its tables need, or keep them in targets with files of their own

    1 error; `tidemill explain TM0132` says more
    "#);
}
