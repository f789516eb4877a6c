//! Definitions that lack what they must have, are of no kind, or name files that are not there.

use insta::assert_snapshot;

use crate::project::refused_with;

#[test]
fn missing_owners_and_description() {
    let project = "
        project: tide
        targets: {dev: {engine: duckdb}}
        ";
    let dataset = "
        dataset: tide_derived.x_v1
        start: 2026-11-20
        sql: SELECT @submission_date AS submission_date
        ";
    let source = "
        source: tide.baseline_v1
        kind: ping
        description: Pings.
        owners: []
        start: 2026-11-20
        schema: {glean: []}
        ";
    let pings = "
        dataset: tide_derived.pings_v1
        description: ''
        owners: [a@example.com]
        start: 2026-11-20
        sql: SELECT @submission_date AS submission_date
        ";
    let files = [
        ("tidemill.yaml", project),
        ("datasets/x.yaml", dataset),
        ("datasets/baseline.yaml", source),
        ("datasets/pings.yaml", pings),
    ];
    assert_snapshot!(refused_with(&files), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `owners` is empty
     --> datasets/baseline.yaml:4:9
      |
    4 | owners: []
      |         ^
      |
      = hint: name who is asked about this table, for example `owners: [team@example.com]`

    error[TM0109]: `description` is empty
     --> datasets/pings.yaml:2:14
      |
    2 | description: ''
      |              ^^
      |
      = hint: write what it is, or leave the key out

    error[TM0108]: a dataset needs `description`
     --> datasets/x.yaml:1:1
      |
    1 | dataset: tide_derived.x_v1
      | ^^^^^^^
      |
      = hint: say what one row is

    error[TM0108]: a dataset needs `owners`
     --> datasets/x.yaml:1:1
      |
    1 | dataset: tide_derived.x_v1
      | ^^^^^^^
      |
      = hint: name who is asked about this table: `owners: [team@example.com]`, here or once in tidemill.yaml under `defaults:`

    4 errors; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn neither_source_nor_dataset_nor_view() {
    assert_snapshot!(refused_with(&[("datasets/x.yaml", "datset: tide_derived.x_v1\nsql: SELECT 1")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0110]: a definition has exactly one of `source`, `dataset`, `snapshot`, `view`, `static`, `function`, `application`
     --> datasets/x.yaml:1:1
      |
    1 | datset: tide_derived.x_v1
      | ^^^^^^
      |
      = hint: did you mean `dataset`?

    1 error; `tidemill explain TM0110` says more
    "#);
}

#[test]
fn source_and_dataset_in_one_file() {
    assert_snapshot!(refused_with(&[("datasets/x.yaml", "source: tide.x_v1\ndataset: tide.y_v1")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0110]: `source` and `dataset` stand in one file
     --> datasets/x.yaml:2:1
      |
    2 | dataset: tide.y_v1
      | ^^^^^^^
      |
      = hint: give each definition a file of its own

    1 error; `tidemill explain TM0110` says more
    "#);
}

#[test]
fn a_list_in_place_of_a_definition() {
    assert_snapshot!(refused_with(&[("datasets/x.yaml", "- dataset: tide_derived.x_v1")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0110]: a definition has exactly one of `source`, `dataset`, `snapshot`, `view`, `static`, `function`, `application`
     --> datasets/x.yaml:1:1
      |
    1 | - dataset: tide_derived.x_v1
      | ^
      |
      = hint: start the file with `dataset: some_derived.name_v1`

    1 error; `tidemill explain TM0110` says more
    "#);
}

#[test]
fn an_unknown_kind_of_source() {
    let source = "
        source: tide.events_v1
        kind: pnig
        description: Events.
        start: 2026-11-20
        schema: {glean: []}
        ";
    assert_snapshot!(refused_with(&[("datasets/events.yaml", source)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: no kind of source `pnig`
     --> datasets/events.yaml:2:7
      |
    2 | kind: pnig
      |       ^^^^
      |
      = hint: did you mean `ping`?

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn an_unknown_engine() {
    let project = "
        project: tide
        targets: {dev: {engine: duckbd}}
        default_target: prod
        defaults: {owners: [data@example.com]}
        ";
    assert_snapshot!(refused_with(&[("tidemill.yaml", project)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: no engine `duckbd`
     --> tidemill.yaml:2:25
      |
    2 | targets: {dev: {engine: duckbd}}
      |                         ^^^^^^
      |
      = hint: this version runs `duckdb`

    error[TM0604]: no target `prod`
     --> tidemill.yaml:3:17
      |
    3 | default_target: prod
      |                 ^^^^
      |
      = hint: the targets are: dev

    2 errors; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn names_without_a_version_or_in_capitals() {
    let unversioned = "
        dataset: tide_derived.x
        description: One row.
        start: 2026-11-20
        sql: SELECT @submission_date AS submission_date
        ";
    let capitals = unversioned.replace("tide_derived.x", "Tide.Y_v1");
    assert_snapshot!(refused_with(&[("datasets/x.yaml", unversioned), ("datasets/y.yaml", &capitals)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `dataset` is `tide_derived.x`
     --> datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x
      |          ^^^^^^^^^^^^^^
      |
      = hint: tables carry their version: `tide_derived.x_v1`

    error[TM0109]: `dataset` is `Tide.Y_v1`
     --> datasets/y.yaml:1:10
      |
    1 | dataset: Tide.Y_v1
      |          ^^^^^^^^^
      |
      = hint: write `dataset.table` in lower-case letters, digits and underscores

    2 errors; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn mistakes_in_several_files_are_reported_together_in_order() {
    let source = "
        source: tide.events_v1
        kind: table
        description: Events.
        start: yesterday
        schema: {columns: {day: DATE, name: TEXT}}
        partition_by: {column: dya, every: day}
        ";
    let dataset = "
        dataset: tide_derived.x_v1
        descripton: One row.
        start: 2026-11-20
        lookback: soon
        paused: 1
        sql: SELECT @submission_date AS submission_date
        ";
    let view = "
        view: tide.seen
        description: What was seen.
        sql: SELECT nothing FROM `tide_derived.pings_v1`
        ";
    let files = [("datasets/z.yaml", source), ("datasets/a/x.yaml", dataset), ("datasets/view.yaml", view)];
    assert_snapshot!(refused_with(&files), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a dataset needs `description`
     --> datasets/a/x.yaml:1:1
      |
    1 | dataset: tide_derived.x_v1
      | ^^^^^^^
      |
      = hint: say what one row is

    error[TM0105]: a dataset has no key `descripton`
     --> datasets/a/x.yaml:2:1
      |
    2 | descripton: One row.
      | ^^^^^^^^^^
      |
      = hint: did you mean `description`?

    error[TM0109]: `lookback` is `soon`
     --> datasets/a/x.yaml:4:11
      |
    4 | lookback: soon
      |           ^^^^
      |
      = hint: write a number of days, for example `28 days`

    error[TM0107]: `paused` is a boolean, not a whole number
     --> datasets/a/x.yaml:5:9
      |
    5 | paused: 1
      |         ^
      |
      = hint: write `true` or `false`

    error[TM0203]: no column `nothing` here
     --> datasets/view.yaml:3:13
      |
    3 | sql: SELECT nothing FROM `tide_derived.pings_v1`
      |             ^^^^^^^
      |
      = note: compiled: generated/tide/seen/view.sql:8:8

    error[TM0109]: `start` is `yesterday`
     --> datasets/z.yaml:4:8
      |
    4 | start: yesterday
      |        ^^^^^^^^^
      |
      = hint: dates are written YYYY-MM-DD, for example 2026-11-22

    error[TM0112]: the type `TEXT` is not understood
     --> datasets/z.yaml:5:37
      |
    5 | schema: {columns: {day: DATE, name: TEXT}}
      |                                     ^^^^
      |
      = hint: `TEXT` is no type; scalars are STRING, INT64, FLOAT64, NUMERIC, BOOL, BYTES, DATE, DATETIME, TIME, TIMESTAMP, JSON

    7 errors; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn a_missing_sql_file() {
    let dataset = "
        dataset: tide_derived.x_v1
        description: One row.
        start: 2026-11-20
        sql: querry.sql
        ";
    let files = [("datasets/x.yaml", dataset), ("datasets/query.sql", "SELECT 1")];
    assert_snapshot!(refused_with(&files), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: there is no file datasets/querry.sql; did you mean datasets/query.sql?
     --> datasets/x.yaml:4:6
      |
    4 | sql: querry.sql
      |      ^^^^^^^^^^

    1 error; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn a_file_outside_the_project() {
    let dataset = "
        dataset: tide_derived.x_v1
        description: One row.
        start: 2026-11-20
        sql: ../../../../etc/passwd.sql
        ";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", dataset)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: ../../../../etc/passwd.sql leads out of the project
     --> datasets/x.yaml:4:6
      |
    4 | sql: ../../../../etc/passwd.sql
      |      ^^^^^^^^^^^^^^^^^^^^^^^^^^

    1 error; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn metrics_under_the_name_of_a_definition() {
    let source = "
        source: tide.events_v1
        kind: ping
        description: Events.
        start: 2026-11-20
        schema: {glean: probes.yaml}
        ";
    let files = [("datasets/events.yaml", source), ("datasets/probes.yaml", "tabs: {}")];
    assert_snapshot!(refused_with(&files), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: datasets/probes.yaml is read as a definition; call it metrics.yaml or NAME.metrics.yaml
     --> datasets/events.yaml:5:17
      |
    5 | schema: {glean: probes.yaml}
      |                 ^^^^^^^^^^^

    error[TM0110]: a definition has exactly one of `source`, `dataset`, `snapshot`, `view`, `static`, `function`, `application`
     --> datasets/probes.yaml:1:1
      |
    1 | tabs: {}
      | ^^^^
      |
      = hint: start the file with `dataset: some_derived.name_v1`

    2 errors; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn a_ping_without_the_columns_of_pings() {
    let source = "
        source: tide.events_v1
        kind: ping
        description: Events.
        start: 2026-11-20
        schema: {columns: {document_id: STRING}}
        ";
    assert_snapshot!(refused_with(&[("datasets/events.yaml", source)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: a ping table needs the column `submission_timestamp` TIMESTAMP
     --> datasets/events.yaml:5:9
      |
    5 | schema: {columns: {document_id: STRING}}
      |         ^
      |
      = hint: `{glean: []}` brings the columns that every Glean ping has

    1 error; `tidemill explain TM0112` says more
    "#);
}

#[test]
fn a_target_that_leads_elsewhere() {
    let project = "
        project: tide
        targets: {../../dev: {engine: duckdb}}
        defaults: {owners: [data@example.com]}
        ";
    assert_snapshot!(refused_with(&[("tidemill.yaml", project)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `../../dev` cannot name a target
     --> tidemill.yaml:2:11
      |
    2 | targets: {../../dev: {engine: duckdb}}
      |           ^^^^^^^^^
      |
      = hint: use letters, digits, `-` and `_`

    1 error; `tidemill explain TM0109` says more
    "#);
}
