//! Files that are missing, broken or hostile.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

#[test]
fn no_project_anywhere() {
    assert_snapshot!(TestProject::empty().refused("compile"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0101]: there is no tidemill.yaml here, nor in a folder above
      = hint: write a project with `tidemill init`, or give its folder with --project-dir

    1 error; `tidemill explain TM0101` says more
    "#);
}

#[test]
fn a_project_folder_without_a_project() {
    assert_snapshot!(TestProject::standard().refused("compile --project-dir datasets"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0101]: no tidemill.yaml in datasets
      = hint: write a project with `tidemill init`, or give its folder with --project-dir

    1 error; `tidemill explain TM0101` says more
    "#);
}

#[test]
fn a_project_folder_is_given() {
    let project = TestProject::standard();
    assert_snapshot!(project.run("compile --project-dir ."), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 7 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
}

#[test]
fn a_project_without_definitions() {
    let project = TestProject::empty();
    project.file("tidemill.yaml", "project: tide\ntargets: {dev: {engine: duckdb}}");
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0102]: `datasets/` holds no definition
      = hint: add a source and a dataset, or start from `tidemill init` in an empty folder

    1 error; `tidemill explain TM0102` says more
    "#);
}

#[test]
fn an_empty_definition() {
    assert_snapshot!(refused_with(&[("datasets/x.yaml", "")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0110]: the file is empty
     --> datasets/x.yaml:1:1
      |
    1 |
      | ^
      |
      = hint: start it with `dataset: some_derived.name_v1`, or remove it

    1 error; `tidemill explain TM0110` says more
    "#);
}

#[test]
fn an_empty_project_file() {
    assert_snapshot!(refused_with(&[("tidemill.yaml", "")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `tidemill.yaml` is a mapping of keys to values, not nothing
     --> tidemill.yaml:1:1
      |
    1 |
      | ^
      |
      = hint: write `key: value`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn a_file_that_is_no_yaml() {
    let text = "
        dataset: tide_derived.x_v1
        description: [never closed
        owners: [a@example.com]
        ";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: not valid YAML: illegal placement of ':' indicator
     --> datasets/x.yaml:3:7
      |
    3 | owners: [a@example.com]
      |       ^
      |
      = hint: look for a bracket, a quote or an indentation here or above that does not fit

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn a_tab_in_the_indentation() {
    let text = "dataset: tide_derived.x_v1\nwith:\n\tdimensions: []\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: not valid YAML: tabs disallowed within this context (block indentation)
     --> datasets/x.yaml:3:2
      |
    3 |     dimensions: []
      |     ^
      |
      = hint: indent with blanks

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn a_project_file_that_is_no_yaml() {
    assert_snapshot!(refused_with(&[("tidemill.yaml", "project: {tide")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: not valid YAML: unclosed bracket '{'
     --> tidemill.yaml:1:10
      |
    1 | project: {tide
      |          ^
      |
      = hint: look for a bracket, a quote or an indentation here or above that does not fit

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn a_file_that_is_not_utf8() {
    let project = TestProject::standard();
    project.bytes("datasets/x.yaml", b"dataset: tide_derived.x_v1\ndescription: caf\xe9\n");
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: datasets/x.yaml is not UTF-8
     --> datasets/x.yaml:2:17
      |
    2 | description: caf�
      |                 ^
      |
      = hint: save the file as UTF-8

    1 error; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn a_file_that_is_too_large() {
    let text = format!("dataset: tide_derived.x_v1\ndescription: {}\n", "x".repeat(1 << 20));
    assert_snapshot!(refused_with(&[("datasets/x.yaml", &text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: the file has 1048617 bytes, more than the 1048576 that are read
     --> datasets/x.yaml:1:1
      |
    1 | dataset: tide_derived.x_v1
      | ^
      |
      = hint: split it, or move what a program wrote into a file of its own

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn deeply_nested_yaml() {
    let deep =
        |text: String| TestProject::with(&[("datasets/x.yaml", &text)]).refused_within(2_000, "compile");
    assert_snapshot!(deep("[".repeat(100_000)), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: the file nests more than 64 deep
     --> datasets/x.yaml:1:256
      |
    1 | ...[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                                    ^
      |
      = hint: a definition that people can read stays far below this limit; split it

    1 error; `tidemill explain TM0104` says more
    "#);
    assert_snapshot!(deep("{a: ".repeat(50_000)), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: the file nests more than 64 deep
     --> datasets/x.yaml:1:1021
      |
    1 | ...{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a...
      |                                                                    ^
      |
      = hint: a definition that people can read stays far below this limit; split it

    1 error; `tidemill explain TM0104` says more
    "#);
    assert_snapshot!(deep("- ".repeat(50_000)), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: the file nests more than 64 deep
     --> datasets/x.yaml:1:129
      |
    1 | - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -...
      |                                                                                                                                 ^
      |
      = hint: a definition that people can read stays far below this limit; split it

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let text = "dataset: \"\\e[31mtide_derived.x_v1\"\ndescription: \"\\e[2J\"\nsql: SELECT 1\n\"\\e]0;title\\a\": 1\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `dataset` is `�[31mtide_derived.x_v1`
     --> datasets/x.yaml:1:10
      |
    1 | dataset: "\e[31mtide_derived.x_v1"
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: write `dataset.table` in lower-case letters, digits and underscores

    error[TM0105]: a dataset has no key `�]0;title�`
     --> datasets/x.yaml:4:1
      |
    4 | "\e]0;title\a": 1
      | ^^^^^^^^^^^^^^
      |
      = hint: the keys are: access, allow_empty, checks, cluster_by, columns, dataset, deletion, deprecated, description, end, exceptions, expires, from, init, labels, lookback, on_change, owners, parameters, partition_by, paused, public, reads, reads_self, schema, serves, sql, start, tags, template, view, with

    2 errors; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_bomb_of_aliases() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(9);
        text.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    let project = TestProject::with(&[("datasets/x.yaml", &text)]);
    assert_snapshot!(project.refused_within(2_000, "compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: aliases repeat more than 50000 values
     --> datasets/x.yaml:5:30
      |
    5 | a4: &a4 [*a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, ]
      |                              ^
      |
      = hint: a definition that people can read stays far below this limit; split it

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn two_documents_in_a_file() {
    let text = "dataset: tide_derived.x_v1\n---\ndataset: tide_derived.y_v1\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: the file holds more than one document
     --> datasets/x.yaml:2:1
      |
    2 | ---
      | ^
      |
      = hint: give each a file of its own

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let project = TestProject::standard();
    project.run("compile");
    let text = project.read("datasets/pings.yaml");
    project.bytes("datasets/pings.yaml", format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes());
    assert_snapshot!(project.refused("compile --check"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ is current
    ----- stderr -----
    "#);
}
