//! Definitions of sources other than pings: what each kind takes, and what is wrong with those that do not fit.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

/// What compiling the standard project with this source says.
fn refused(definition: &str) -> String {
    refused_with(&[("datasets/source.yaml", definition)])
}

const HEAD: &str = "description: Something.\nowners: [data@example.com]\nstart: 2026-11-20\n";

fn source(rest: &str) -> String {
    format!("source: other.table_v1\n{HEAD}{rest}")
}

#[test]
fn a_log_without_days() {
    assert_snapshot!(refused(&source("kind: log\nschema: {columns: {at: TIMESTAMP}}\n")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a source needs `partition_by`
     --> datasets/source.yaml:1:1
      |
    1 | source: other.table_v1
      | ^^^^^^
      |
      = hint: `{column: timestamp, every: day}`, the time of a line

    1 error; `tidemill explain TM0108` says more
    "#);
    assert_snapshot!(refused(&source("kind: log\nschema: {columns: {at: TIMESTAMP}}\npartition_by: none\n")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: a log is partitioned by the day of a line
     --> datasets/source.yaml:7:15
      |
    7 | partition_by: none
      |               ^^^^
      |
      = hint: write `partition_by: {column: timestamp, every: day}`

    1 error; `tidemill explain TM0501` says more
    "#);
}

#[test]
fn the_identifier_of_a_line_is_a_column_that_can_be_compared() {
    let log = |id: &str| {
        source(&format!(
            "kind: log\nschema: {{columns: {{at: TIMESTAMP, insert_id: STRING, tags: ARRAY<STRING>}}}}\npartition_by: {{column: at}}\nid: {id}\n"
        ))
    };
    assert_snapshot!(refused(&log("insertid")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: the schema has no column `insertid`
     --> datasets/source.yaml:8:5
      |
    8 | id: insertid
      |     ^^^^^^^^
      |
      = hint: did you mean `insert_id`?

    1 error; `tidemill explain TM0112` says more
    "#);
    assert_snapshot!(refused(&log("tags")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: `id` names the column `tags`, which is ARRAY<STRING>
     --> datasets/source.yaml:8:5
      |
    8 | id: tags
      |     ^^^^
      |
      = hint: the identifier of a line is a STRING or an INT64

    1 error; `tidemill explain TM0112` says more
    "#);
}

#[test]
fn an_export_has_the_day_of_its_events_and_not_that_of_its_shard() {
    assert_snapshot!(refused(&source("kind: web\nschema: {columns: {event_name: STRING}}\n")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: an analytics export needs the column `event_date` STRING
     --> datasets/source.yaml:6:9
      |
    6 | schema: {columns: {event_name: STRING}}
      |         ^
      |
      = hint: `{web: analytics}` is the shape of a Google Analytics 4 export

    1 error; `tidemill explain TM0112` says more
    "#);
    assert_snapshot!(
        refused(&source("kind: web\nschema: {columns: {event_date: STRING, shard_date: DATE}}\n")),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: the column `shard_date` is not the export's
     --> datasets/source.yaml:6:9
      |
    6 | schema: {columns: {event_date: STRING, shard_date: DATE}}
      |         ^
      |
      = hint: leave it out: Tidemill adds it, with the day in the shard's name

    1 error; `tidemill explain TM0112` says more
    "#
    );
    assert_snapshot!(refused(&source("kind: web\nschema: {web: analytic}\n")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `web` is `analytic`
     --> datasets/source.yaml:6:15
      |
    6 | schema: {web: analytic}
      |               ^^^^^^^^
      |
      = hint: the shape that is known is `analytics`, of a Google Analytics 4 export

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(
        refused(&source("kind: web\nschema: {web: analytics}\npartition_by: {column: event_date}\n")),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0105]: a source has no key `partition_by`
     --> datasets/source.yaml:7:1
      |
    7 | partition_by: {column: event_date}
      | ^^^^^^^^^^^^
      |
      = hint: the keys are: description, expires, identifiers, kind, labels, owners, ready, schema, source, start, tags

    1 error; `tidemill explain TM0105` says more
    "#
    );
}

#[test]
fn an_export_has_its_documented_columns_after_the_day_of_the_shard() {
    let project = TestProject::standard();
    project.bytes("datasets/source.yaml", source("kind: web\nschema: {web: analytics}\n").as_bytes());
    assert!(project.run("compile").starts_with("exit code: 0"));
    let schema: serde_json::Value =
        serde_json::from_str(&project.read("generated/other/table_v1/schema.json")).unwrap();
    let columns: Vec<String> = schema
        .as_array()
        .unwrap()
        .iter()
        .map(|column| format!("{} {}", column["name"].as_str().unwrap(), column["type"].as_str().unwrap()))
        .collect();
    assert_eq!(columns[..3], ["shard_date DATE", "event_date STRING", "event_timestamp INT64"]);
    assert!(columns.contains(&"geo RECORD".to_owned()));
}

#[test]
fn rules_of_readiness() {
    let table = |ready: &str| {
        source(&format!(
            "kind: table\nschema: {{columns: {{day: DATE}}}}\npartition_by: {{column: day}}\nready: {ready}\n"
        ))
    };
    assert_snapshot!(refused(&table("{after: '6 am'}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `after` is `6 am`
     --> datasets/source.yaml:8:16
      |
    8 | ready: {after: '6 am'}
      |                ^^^^^^
      |
      = hint: write hours and minutes in UTC, for example "05:00"

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(refused(&table("{rows: 0}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `rows` is a whole number above 0, or a part of what days before had
     --> datasets/source.yaml:8:15
      |
    8 | ready: {rows: 0}
      |               ^
      |
      = hint: write `{rows: 1000}` or `{rows: 50% of last 7 days}`

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(refused(&table("{rows: 10, marker: other.days}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `ready` has one rule
     --> datasets/source.yaml:8:8
      |
    8 | ready: {rows: 10, marker: other.days}
      |        ^
      |
      = hint: write `rows`, `{rows: 1000}`, `{rows: 50% of last 7 days}`, `{marker: schema.table}` or `{after: "06:00"}`

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(refused(&table("{row: 10}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0105]: `ready` has no key `row`
     --> datasets/source.yaml:8:9
      |
    8 | ready: {row: 10}
      |         ^^^
      |
      = hint: did you mean `rows`?

    1 error; `tidemill explain TM0105` says more
    "#);
    assert_snapshot!(refused(&table("sometimes")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: no such rule of readiness
     --> datasets/source.yaml:8:8
      |
    8 | ready: sometimes
      |        ^^^^^^^^^
      |
      = hint: write `rows`, `{rows: 1000}`, `{rows: 50% of last 7 days}`, `{marker: schema.table}` or `{after: "06:00"}`

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(refused(&table("{marker: days}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `marker` is `days`
     --> datasets/source.yaml:8:17
      |
    8 | ready: {marker: days}
      |                 ^^^^
      |
      = hint: write `dataset.table` in lower-case letters, digits and underscores

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_marker_is_a_table_of_days() {
    let table = |ready: &str| {
        source(&format!(
            "kind: table\nschema: {{columns: {{day: DATE}}}}\npartition_by: {{column: day}}\nready: {ready}\n"
        ))
    };
    assert_snapshot!(refused(&table("{marker: tide_live.baseline_v2}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: no source `tide_live.baseline_v2`
     --> datasets/source.yaml:8:17
      |
    8 | ready: {marker: tide_live.baseline_v2}
      |                 ^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `tide_live.baseline_v1`?

    1 error; `tidemill explain TM0201` says more
    "#);
    assert_snapshot!(refused(&table("{marker: tide_live.baseline_v1}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `tide_live.baseline_v1` does not say finished days
     --> datasets/source.yaml:8:17
      |
    8 | ready: {marker: tide_live.baseline_v1}
      |                 ^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: declare it as `kind: table` with `partition_by: {column: day, every: day}` on a DATE column, one row for each finished day

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(refused(&table("{marker: other.table_v1}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: a source cannot mark its own days
     --> datasets/source.yaml:8:17
      |
    8 | ready: {marker: other.table_v1}
      |                 ^^^^^^^^^^^^^^
      |
      = hint: declare it as `kind: table` with `partition_by: {column: day, every: day}` on a DATE column, one row for each finished day

    1 error; `tidemill explain TM0109` says more
    "#);
    let whole = source(
        "kind: table\nschema: {columns: {day: DATE}}\npartition_by: none\nready: {marker: tide_live.baseline_v1}\n",
    );
    assert_snapshot!(refused(&whole), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: a source without days cannot be marked day by day
     --> datasets/source.yaml:8:17
      |
    8 | ready: {marker: tide_live.baseline_v1}
      |                 ^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: give it a `partition_by`, or write `{rows: 1000}`

    1 error; `tidemill explain TM0109` says more
    "#);
    let ping = "source: other.baseline_v1\nkind: ping\nschema: {glean: []}\nready: rows\n";
    assert_snapshot!(refused(&format!("{ping}{HEAD}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0105]: a source has no key `ready`
     --> datasets/source.yaml:4:1
      |
    4 | ready: rows
      | ^^^^^
      |
      = hint: the keys are: application, description, expires, identifiers, kind, labels, lookback, owners, ping, schema, source, stable, start, tags

    1 error; `tidemill explain TM0105` says more
    "#);
}

#[test]
fn the_view_of_a_ping_shows_its_newest_version() {
    let source = |version: u32| {
        format!(
            "source: quay.arrival_v{version}\nkind: ping\ndescription: An arrival.\nschema: {{glean: []}}\nstart: 2026-11-20\n"
        )
    };
    let (second, tenth) = (source(2), source(10));
    let project = TestProject::with(&[("datasets/second.yaml", &second), ("datasets/tenth.yaml", &tenth)]);
    project.run("compile");
    let view = project.read("generated/quay/arrival/view.sql");
    assert!(view.contains("`quay_stable.arrival_v10`"), "{view}");
    assert!(project.read("generated/quay_stable/arrival_v2/query.sql").contains("quay_live.arrival_v2"));
}
