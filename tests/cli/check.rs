//! `tidemill check`: what it looks at, in which forms it says so, and the exit codes.

use insta::assert_snapshot;
use serde_json::Value;

use crate::project::TestProject;

const WRONG: &str = "
    dataset: tide_derived.wrong_v1
    description: Pings per country.
    start: 2026-11-20
    sql: |
      SELECT @submission_date AS submission_date, contry, COUNT(*) AS pings
      FROM tide_stable.baseline_v1
      WHERE DATE(submission_timestamp) = @submission_date
      GROUP BY 1, 2
    ";

const HALF: &str = "
    function: tide.half
    description: Half of a number.
    arguments: {x: INT64}
    body: x / 2
    examples:
      - {arguments: [4], gives: 2.0}
      - {arguments: [5], gives: 2}
    ";

const SCRIPTED: &str = "
    function: tide.scripted
    description: JavaScript.
    arguments: {x: STRING}
    returns: STRING
    language: js
    body: return x;
    examples: [{arguments: [a], gives: a}]
    ";

/// A dataset that reads what is deprecated, which is worth a warning.
const WARNED: &[(&str, &str)] = &[
    (
        "datasets/old.yaml",
        "
        dataset: tide_derived.old_v1
        description: Pings per day.
        from: tide_stable.baseline_v1
        template: tidemill/aggregate
        with: {dimensions: [country], measures: {pings: count(*)}}
        deprecated: {since: 2026-11-01, use: tide_derived.pings_v1}
        ",
    ),
    (
        "datasets/reader.yaml",
        "
        dataset: tide_derived.reader_v1
        description: Pings per day.
        from: tide_derived.old_v1
        template: tidemill/aggregate
        with: {dimensions: [country], measures: {pings: sum(pings)}}
        ",
    ),
];

fn json(said: &str) -> Value {
    let body =
        said.split("----- stdout -----\n").nth(1).unwrap().split("\n----- stderr -----").next().unwrap();
    serde_json::from_str(body).unwrap()
}

#[test]
fn a_project_in_which_nothing_is_wrong() {
    let project = TestProject::standard();
    project.run("compile");
    assert_snapshot!(project.refused("check"), @r#"
    exit code: 0
    ----- stdout -----
    checked  1 source, 2 datasets, 1 view
             types: 3 of 3 queries are typed
             19 rules
             generated/: 7 files, current
    not      dataset unit tests: there are none
             BigQuery: not asked, all is judged offline
    found    nothing
    ----- stderr -----
    "#);
}

#[test]
fn what_was_never_compiled_is_not_current() {
    assert_snapshot!(TestProject::standard().refused("check"), @r#"
    exit code: 1
    ----- stdout -----
    checked  1 source, 2 datasets, 1 view
             types: 3 of 3 queries are typed
             19 rules
             generated/: 7 files, not current
    not      dataset unit tests: there are none
             BigQuery: not asked, all is judged offline
    found    1 error
    ----- stderr -----
    error[TM0505]: generated/ is not current: 7 added, 0 changed, 0 removed
      = note: lacks: tide/baseline/schema.json
      = note: lacks: tide/baseline/view.sql
      = note: lacks: tide_derived/pings_v1/query.sql
      = note: lacks: tide_derived/pings_v1/schema.json
      = note: lacks: tide_live/baseline_v1/schema.json
      = note: lacks: tide_stable/baseline_v1/query.sql
      = note: lacks: tide_stable/baseline_v1/schema.json
      = hint: run `tidemill compile` and commit the result; `tidemill compile --check` shows the difference

    1 error; `tidemill explain TM0505` says more
    "#);
}

#[test]
fn a_changed_file_of_generated_is_shown_where_it_differs() {
    let project = TestProject::standard();
    project.run("compile");
    let path = "generated/tide_derived/pings_v1/query.sql";
    let text = project.read(path).replace("count(*)", "count(1)");
    assert!(text.contains("count(1)"), "{text}");
    project.bytes(path, text.as_bytes());
    project.file("generated/tide_derived/gone_v1/query.sql", "SELECT 1");
    assert_snapshot!(project.refused("check"), @r#"
    exit code: 1
    ----- stdout -----
    checked  1 source, 2 datasets, 1 view
             types: 3 of 3 queries are typed
             19 rules
             generated/: 7 files, not current
    not      dataset unit tests: there are none
             BigQuery: not asked, all is judged offline
    found    1 error
    ----- stderr -----
    error[TM0505]: generated/ is not current: 0 added, 1 changed, 1 removed
      --> generated/tide_derived/pings_v1/query.sql:13:3
       |
    13 |   count(1) AS pings,
       |   ^^^^^^^^^^^^^^^^^^ here it differs first
       |
       = note: changed: tide_derived/pings_v1/query.sql
       = note: left over: tide_derived/gone_v1/query.sql
       = hint: run `tidemill compile` and commit the result; `tidemill compile --check` shows the difference

    1 error; `tidemill explain TM0505` says more
    "#);
}

#[test]
fn errors_stop_what_needs_a_compilation_and_are_summed_up() {
    let project = TestProject::with(&[("datasets/wrong.yaml", WRONG)]);
    assert_snapshot!(project.refused("check"), @r#"
    exit code: 1
    ----- stdout -----
    checked  1 source, 3 datasets, 1 view
             types: 3 of 4 queries are typed
             19 rules
    not      whether generated/ is current: the project has errors
             examples of functions: the project has errors
             dataset unit tests: the project has errors
             BigQuery: not asked, all is judged offline
    found    1 error
    ----- stderr -----
    error[TM0203]: no column `contry` here
     --> datasets/wrong.yaml:5:47
      |
    5 |   SELECT @submission_date AS submission_date, contry, COUNT(*) AS pings
      |                                               ^^^^^^
      |
      = note: compiled: generated/tide_derived/wrong_v1/query.sql:10:45

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn examples_that_do_not_hold_and_bodies_that_nobody_judges() {
    let project = TestProject::with(&[("datasets/half.yaml", HALF), ("datasets/scripted.yaml", SCRIPTED)]);
    project.run("compile");
    assert_snapshot!(project.refused("check"), @r#"
    exit code: 1
    ----- stdout -----
    checked  1 source, 2 datasets, 1 view, 2 functions
             types: 3 of 3 queries are typed
             19 rules
             generated/: 9 files, current
             examples of functions: 2 passed, 1 failed
    not      dataset unit tests: there are none
             JavaScript bodies: 1 function, held to declared types only
             BigQuery: not asked, all is judged offline
    found    1 error
    ----- stderr -----
    error[TM0730]: `tide.half` does not give what its example says
     --> datasets/half.yaml:7:17
      |
    7 |   - {arguments: [5], gives: 2}
      |                 ^ tide.half(5)
      |
      = note: it gives 2.5
      = note: it must give 2.0
      = hint: mend the body or the example

    1 error; `tidemill explain TM0730` says more
    "#);
}

#[test]
fn warnings_pass_unless_they_are_denied() {
    let project = TestProject::with(WARNED);
    project.run("compile");
    assert_snapshot!(project.refused("check --quiet"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning[TM0133]: `tide_derived.old_v1` is deprecated since 2026-11-01
     --> datasets/reader.yaml:3:7
      |
    3 | from: tide_derived.old_v1
      |       ^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/old.yaml:6:13
      |
    6 | deprecated: {since: 2026-11-01, use: tide_derived.pings_v1}
      |             - deprecated here
      |
      = hint: read `tide_derived.pings_v1` instead
    "#);
    let denied = project.refused("check --deny-warnings");
    assert!(denied.starts_with("exit code: 1\n"), "{denied}");
    assert!(denied.contains("found    1 warning, denied"), "{denied}");
}

#[test]
fn a_selection_narrows_what_is_reported_and_the_exit_code() {
    let project = TestProject::standard();
    project.run("compile");
    project.file("datasets/wrong.yaml", WRONG);
    let elsewhere = project.refused("check pings_v1");
    assert!(elsewhere.starts_with("exit code: 0\n"), "{elsewhere}");
    assert!(elsewhere.contains("1 finding: outside of what was selected"), "{elsewhere}");
    let there = project.refused("check +wrong_v1");
    assert!(there.starts_with("exit code: 1\n") && there.contains("TM0203"), "{there}");
    assert_snapshot!(project.refused("check nothing_v1"), @r#"
    exit code: 2
    ----- stdout -----
    found    1 error
    ----- stderr -----
    error[TM0601]: `nothing_v1` matches no dataset
      = hint: select by name, glob (`*_daily_v1`), `tag:name`, `+name` or `name+`

    1 error; `tidemill explain TM0601` says more
    "#);
}

#[test]
fn the_machine_form() {
    let project = TestProject::with(&[("datasets/half.yaml", HALF)]);
    project.run("compile");
    let said = json(&project.refused("check --json"));
    assert_eq!(said, json(&project.refused("check --format json")));
    let (errors, passed) = (said["errors"].as_u64(), said["passed"].as_bool());
    assert_eq!((errors, passed), (Some(1), Some(false)));
    assert_eq!(said["checked"]["examples"], serde_json::json!({"passed": 1, "failed": 1}));
    assert_eq!(said["diagnostics"][0]["code"], "TM0730");
    assert_eq!(said["diagnostics"][0]["position"]["line"], 7);
    // A source with its stable dataset and view, and the dataset over it.
    let checked = &said["checked"];
    assert_eq!([&checked["sources"], &checked["datasets"], &checked["views"]], [1, 2, 1]);
    assert_eq!([&checked["queries"], &checked["typed"]], [3, 3]);
}

#[test]
fn annotations_name_files_by_their_path_in_the_repository() {
    let project = TestProject::with(&[("datasets/wrong.yaml", WRONG)]);
    assert_snapshot!(project.refused("check --format github"), @r#"
    exit code: 1
    ----- stdout -----
    ::error file=datasets/wrong.yaml,line=5,endLine=5,col=47,endColumn=53,title=TM0203::no column `contry` here%0Acompiled: generated/tide_derived/wrong_v1/query.sql:10:45
    checked  1 source, 3 datasets, 1 view
             types: 3 of 4 queries are typed
             19 rules
    not      whether generated/ is current: the project has errors
             examples of functions: the project has errors
             dataset unit tests: the project has errors
             BigQuery: not asked, all is judged offline
    found    1 error
    ----- stderr -----
    "#);
    // The project may stand in a folder of the repository.
    let inside = TestProject::empty();
    inside.file(".git/HEAD", "ref: refs/heads/main");
    for (path, text) in crate::project::STANDARD.iter().chain(&[("datasets/wrong.yaml", WRONG)]) {
        inside.file(&format!("data/{path}"), text);
    }
    let said = inside.refused("check --format github --project-dir data --quiet");
    assert!(said.contains("::error file=data/datasets/wrong.yaml,line=5,"), "{said}");
}

#[test]
fn a_sarif_log_has_the_shape_that_services_take() {
    let project = TestProject::with(&[("datasets/wrong.yaml", WRONG)]);
    let log = json(&project.refused("check --format sarif"));
    let schema: Value = serde_json::from_str(include_str!("sarif-subset.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let problems: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "{problems:?}\n{log:#}");
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0", "runs": [{"results": []}]})));
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], run["tool"]["driver"]["rules"][0]["id"]);
    let region = &result["locations"][0]["physicalLocation"]["region"];
    // `contry` in line 5 of the file: two spaces, then 44 characters of the SELECT before it.
    assert_eq!(*region, serde_json::json!({"startLine": 5, "startColumn": 47, "endColumn": 53}));
    assert_eq!(run["properties"]["check"]["errors"], 1);
}

#[test]
fn where_there_is_no_project_the_tool_failed_in_every_form() {
    let project = TestProject::empty();
    assert_snapshot!(project.refused("check"), @r#"
    exit code: 2
    ----- stdout -----
    found    1 error
    ----- stderr -----
    error[TM0101]: there is no tidemill.yaml here, nor in a folder above
      = hint: write a project with `tidemill init`, or give its folder with --project-dir

    1 error; `tidemill explain TM0101` says more
    "#);
    let log = json(&project.refused("check --format sarif"));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert!(project.refused("check --format github").starts_with("exit code: 2\n"));
    assert!(project.refused("check --format xml").starts_with("exit code: 2\n"));
    let target = TestProject::standard().refused("check --target nowhere");
    assert!(target.starts_with("exit code: 2\n") && target.contains("no target `nowhere`"), "{target}");
}
