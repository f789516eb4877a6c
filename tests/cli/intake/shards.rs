//! Shards of an export: each replaces its day, or changes nothing.

use insta::assert_snapshot;

use super::{EVENTS, event, gzip, parquet, project};

#[test]
fn a_shard_replaces_its_day() {
    let project = project();
    project.bytes(
        "events_20261121.ndjson",
        [event("20261121", "a", "/"), event("20261121", "b", "/x")].concat().as_bytes(),
    );
    project.bytes("events_20261122.ndjson.gz", &gzip(&event("20261122", "c", "/")));
    assert_snapshot!(project.run("ingest --source web.events events_20261121.ndjson events_20261122.ndjson.gz"), @r#"
    exit code: 0
    ----- stdout -----
    events_20261121.ndjson: 2 lines, 2 accepted, 0 rejected
             2  web.events  2026-11-21
    events_20261122.ndjson.gz: 1 line, 1 accepted, 0 rejected
             1  web.events  2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("ingest --source web.events events_20261121.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    events_20261121.ndjson: 2 lines, 0 accepted, 0 rejected, 2 loaded before
    ----- stderr -----
    "#);
    let first = project.read("events_20261121.ndjson");
    project.bytes("events_20261121.ndjson", event("20261121", "d", "/y").as_bytes());
    assert_snapshot!(project.run("ingest --source web.events events_20261121.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    events_20261121.ndjson: 1 line, 1 accepted, 0 rejected
             1  web.events  2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", EVENTS]), @r#"
    exit code: 0
    ----- stdout -----
     shard_date  event_date  event_timestamp   event_name  page    country
     DATE        STRING      INT64             STRING      STRING  STRING
     2026-11-22  20261122    1795219200000000  c           /       Germany
     2026-11-21  20261121    1795219200000000  d           /y      Germany
    ----- stderr -----
    "#);
    // What came last holds, also where it came before.
    project.bytes("events_20261121.ndjson", first.as_bytes());
    project.run("ingest --source web.events events_20261121.ndjson");
    assert_snapshot!(project.run_with(&["query", "SELECT event_name FROM web.events ORDER BY 1"]), @r#"
    exit code: 0
    ----- stdout -----
     event_name
     STRING
     a
     b
     c
    ----- stderr -----
    "#);
}

#[test]
fn a_shard_of_another_shape_changes_nothing() {
    let project = project();
    project.bytes("events_20261121.ndjson", event("20261121", "a", "/").as_bytes());
    project.run("ingest --source web.events events_20261121.ndjson");
    let good = event("20261121", "b", "/");
    let bad = "{\"event_date\": \"20261121\", \"event_timestamp\": \"soon\"}\n";
    let other = "{\"event_date\": \"20261121\", \"geo\": {\"planet\": \"Earth\"}, \"event_nam\": \"c\"}\n";
    project.bytes("events_20261121.ndjson", [&*good, bad, other, "[]\n"].concat().as_bytes());
    assert_snapshot!(project.run("ingest --source web.events events_20261121.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: events_20261121.ndjson: another shape than `web.events` declares
      = note: line 2: `line.event_timestamp`: expected INT64, found a text
      = note: line 4: the line is a list
      = note: `event_nam` is not declared
      = note: `geo.planet` is not declared
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    parquet(
        &project,
        "events_20261121.parquet",
        "SELECT '20261121' AS event_date, 1.5 AS event_timestamp, {'country': 'DE', 'planet': 'Earth'} AS geo, 'x' AS event_nam",
    );
    assert_snapshot!(project.run("ingest --source web.events events_20261121.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: events_20261121.parquet: another shape than `web.events` declares
      = note: `event_timestamp` is DECIMAL(2,1), declared INT64
      = note: `geo.planet` is not declared
      = note: `event_nam` is not declared
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    project.bytes("events_20261121.ndjson", good.trim_end_matches("}\n").as_bytes());
    assert_snapshot!(project.run("ingest --source web.events events_20261121.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: events_20261121.ndjson: its last line is cut off
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT event_name FROM web.events"]), @r#"
    exit code: 0
    ----- stdout -----
     event_name
     STRING
     a
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT COUNT(*) AS errors FROM tidemill.ingest_error"]), @r#"
    exit code: 0
    ----- stdout -----
     errors
     INT64
     0
    ----- stderr -----
    "#);
}

#[test]
fn a_shard_that_is_not_of_its_day_changes_nothing() {
    let project = project();
    project.bytes(
        "events_20261121.ndjson",
        [event("20261121", "a", "/"), event("20261122", "b", "/")].concat().as_bytes(),
    );
    project.bytes("events_20261131.ndjson", event("20261121", "a", "/").as_bytes());
    project.bytes("export.ndjson", event("20261121", "a", "/").as_bytes());
    project.bytes("events_20261123.ndjson", b"");
    assert_snapshot!(project.run("ingest --source web.events events_20261121.ndjson events_20261131.ndjson export.ndjson events_20261123.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0622]: events_20261121.ndjson: 1 row is of another day
      = note: `event_date` says `20261122`, where the shard is of 2026-11-21
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0622` says more
    error[TM0622]: events_20261131.ndjson is not named like a shard
      = hint: the name says the day that the file replaces: `events_20261121.ndjson`, `.parquet`, `.ndjson.gz`

    1 error; `tidemill explain TM0622` says more
    error[TM0622]: export.ndjson is not named like a shard
      = hint: the name says the day that the file replaces: `events_20261121.ndjson`, `.parquet`, `.ndjson.gz`

    1 error; `tidemill explain TM0622` says more
    error[TM0622]: events_20261123.ndjson: a shard without rows
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0622` says more
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT COUNT(*) AS events FROM web.events"]), @r#"
    exit code: 0
    ----- stdout -----
     events
     INT64
     0
    ----- stderr -----
    "#);
}

#[test]
fn a_shard_in_parquet_is_the_same_shard() {
    let project = project();
    let bought = event("20261121", "a", "/").replacen('{', "{\"items\": [{\"item_name\": \"cap\"}], ", 1);
    project.bytes("events_20261121.ndjson", bought.as_bytes());
    project.run("ingest --source web.events events_20261121.ndjson");
    parquet(
        &project,
        "events_20261121.parquet",
        "SELECT '20261121' AS event_date, 1795219200000000 AS event_timestamp, 'a' AS event_name,
           [{'key': 'page_location', 'value': {'string_value': '/'}}] AS event_params, '1.2' AS user_pseudo_id,
           {'country': 'Germany'} AS geo, [{'item_name': 'cap'}] AS items",
    );
    assert_snapshot!(project.run("ingest --source web.events events_20261121.parquet"), @r#"
    exit code: 0
    ----- stdout -----
    events_20261121.parquet: 1 row, 0 accepted, 0 rejected, 1 loaded before
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", EVENTS]), @r#"
    exit code: 0
    ----- stdout -----
     shard_date  event_date  event_timestamp   event_name  page    country
     DATE        STRING      INT64             STRING      STRING  STRING
     2026-11-21  20261121    1795219200000000  a           /       Germany
    ----- stderr -----
    "#);
}

#[test]
fn two_shards_of_one_day_are_not_loaded_one_over_the_other() {
    let project = project();
    for file in ["events_20261121.ndjson", "again/events_20261121.ndjson"] {
        project.file(file, &event("20261121", "a", "/"));
    }
    let said = project.run("ingest --source web.events events_20261121.ndjson again/events_20261121.ndjson");
    assert!(said.contains("exit code: 1") && said.contains("error[TM0622]"), "{said}");
    assert!(said.contains("are both shards of 2026-11-21"), "{said}");
    assert!(!project.run("status").contains("2026-11-21"));
}
