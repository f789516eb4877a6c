//! Sources that files are loaded into: their days are due once they are there, and again when a later file
//! changes them; and sources whose days are ready by a rule.

use serde_json::{Value, json};
use tidemill::ingest::{Destination, Summary, ingest_source_file};
use tidemill::plan::Scope;
use tidemill::run;

use super::harbour::{DAILY_TABLE, VISITS, harbour, visits};
use super::mill::{Mill, clock, days, planned, told, waits};

const REQUESTS: &str = "source: harbour.requests_v1
kind: log
description: One row per request.
schema: {columns: {at: TIMESTAMP, path: STRING, bytes: INT64}}
partition_by: {column: at, every: day}
start: 2026-10-01
";

const TRAFFIC: &str = "dataset: harbour_derived.traffic_v1
description: Requests and bytes per day.
from: harbour.requests_v1
template: tidemill/aggregate
with:
  dimensions: []
  measures:
    requests: count(*)
    bytes: sum(bytes)
";

const EVENTS: &str = "source: harbour.events
kind: web
description: One row per event of the website.
schema: {web: analytics}
start: 2026-10-01
";

const PAGES: &str = "dataset: harbour_derived.pages_v1
description: Views per page and day.
sql: |
  SELECT @submission_date AS submission_date, parameter.value.string_value AS page, COUNT(*) AS views
  FROM `harbour.events`, UNNEST(event_params) AS parameter
  WHERE shard_date = @submission_date AND event_name = 'page_view' AND parameter.key = 'page_location'
  GROUP BY page
";

const FINISHED: &str = "source: harbour.finished
kind: table
description: Days whose visits are complete.
schema: {columns: {day: DATE}}
partition_by: {column: day, every: day}
start: 2026-10-01
";

const TRAFFIC_TABLE: &str = "harbour_derived.traffic_v1";
const PAGES_TABLE: &str = "harbour_derived.pages_v1";

fn ingest(mill: &Mill, source: &str, file: &str, lines: &[Value]) -> Summary {
    let path = mill.path(file);
    std::fs::write(&path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    let shaped = run::shape(&mill.compilation, mill.warehouse()).unwrap();
    shaped.unwrap_or_else(|found| panic!("{}", told(&found)));
    let to = Destination::find(&mill.compilation, source).unwrap();
    ingest_source_file(&path, &to, mill.warehouse(), mill.ledger(), clock()).unwrap()
}

fn request(day: &str, bytes: i64) -> Value {
    json!({"at": format!("{day}T12:00:00Z"), "path": "/", "bytes": bytes})
}

fn view(day: &str, page: &str) -> Value {
    json!({
        "event_date": day, "event_name": "page_view",
        "event_params": [{"key": "page_location", "value": {"string_value": page}}],
    })
}

#[test]
fn a_log_is_counted_day_by_day_and_late_lines_within_the_lookback() {
    let mill = Mill::new(&[("datasets/requests.yaml", REQUESTS), ("datasets/traffic.yaml", TRAFFIC)]);
    assert_eq!(
        waits(&mill.due(1), TRAFFIC_TABLE),
        ["2026-10-01 source harbour.requests_v1: no rows yet for 2026-10-01"]
    );
    let source = "harbour.requests_v1";
    ingest(
        &mill,
        source,
        "a.ndjson",
        &[request("2026-10-01", 10), request("2026-10-01", 5), request("2026-10-02", 1)],
    );
    assert_eq!(mill.run_well(2).built(TRAFFIC_TABLE), days(1, 2));
    let traffic = "SELECT submission_date, requests, bytes FROM harbour_derived.traffic_v1";
    assert_eq!(mill.rows(traffic), ["2026-10-01|2|15", "2026-10-02|1|1"]);
    // A late line of the first day, and the same file once more.
    for _ in 0..2 {
        ingest(&mill, source, "b.ndjson", &[request("2026-10-01", 100)]);
    }
    assert_eq!(mill.run_well(2).built(TRAFFIC_TABLE), days(1, 1));
    assert_eq!(mill.rows(traffic), ["2026-10-01|3|115", "2026-10-02|1|1"]);
    assert!(mill.due(2).tasks.is_empty());
}

#[test]
fn a_shard_that_is_delivered_again_makes_its_day_stale() {
    let mill = Mill::new(&[("datasets/events.yaml", EVENTS), ("datasets/pages.yaml", PAGES)]);
    let source = "harbour.events";
    let first = [view("20261001", "/"), view("20261001", "/"), view("20261001", "/about")];
    ingest(&mill, source, "events_20261001.ndjson", &first);
    ingest(&mill, source, "events_20261002.ndjson", &[view("20261002", "/")]);
    mill.run_well(2);
    let pages = "SELECT submission_date, page, views FROM harbour_derived.pages_v1";
    assert_eq!(mill.rows(pages), ["2026-10-01|/about|1", "2026-10-01|/|2", "2026-10-02|/|1"]);
    let version = |mill: &Mill| mill.record(PAGES_TABLE, 1).data_version;
    let before = version(&mill);
    // The same shard again changes nothing, in whatever order its rows come.
    let turned: Vec<Value> = first.iter().rev().cloned().collect();
    assert!(ingest(&mill, source, "events_20261001.ndjson", &turned).loaded.is_empty());
    assert!(mill.due(2).tasks.is_empty());
    // A corrected one replaces the day, and only that day is built again.
    ingest(&mill, source, "events_20261001.ndjson", &first[..1]);
    assert_eq!(mill.run_well(2).built(PAGES_TABLE), days(1, 1));
    assert_eq!(mill.rows(pages), ["2026-10-01|/|1", "2026-10-02|/|1"]);
    assert_eq!(version(&mill), before + 1);
}

#[test]
fn a_ledger_that_is_lost_learns_of_ingested_days_again() {
    let mut mill = Mill::new(&[("datasets/events.yaml", EVENTS), ("datasets/pages.yaml", PAGES)]);
    ingest(&mill, "harbour.events", "events_20261001.ndjson", &[view("20261001", "/")]);
    ingest(&mill, "harbour.events", "events_20261001.ndjson", &[view("20261001", "/x")]);
    mill.run_well(1);
    mill.close();
    std::fs::remove_file(mill.path("dev.ledger.sqlite")).unwrap();
    mill.reopen();
    assert!(mill.due(1).tasks.is_empty());
    assert_eq!(mill.snapshot().sources["harbour.events"][&super::mill::day(1)].version, 2);
}

#[test]
fn a_table_waits_for_its_marker() {
    let marked = format!("{VISITS}ready: {{marker: harbour.finished}}\n");
    let mill = harbour(&[("datasets/visits.yaml", &marked), ("datasets/finished.yaml", FINISHED)]);
    visits(&mill, 1, "DE", 2);
    visits(&mill, 2, "DE", 2);
    assert_eq!(
        waits(&mill.due(1), DAILY_TABLE),
        ["2026-10-01 source harbour.visits: harbour.finished has no row yet for 2026-10-01"]
    );
    ingest(&mill, "harbour.finished", "finished.ndjson", &[json!({"day": "2026-10-02"})]);
    // A marked day does not stand for those before it.
    let plan = mill.due(2);
    assert_eq!(planned(&plan, DAILY_TABLE), days(2, 2));
    mill.sql("INSERT INTO harbour.finished VALUES ('2026-10-01')");
    assert_eq!(mill.run_well(2).built(DAILY_TABLE), days(1, 2));
}

#[test]
fn a_table_waits_for_as_many_rows_as_it_must_have() {
    let counted = format!("{VISITS}ready: {{rows: 3}}\n");
    let mill = harbour(&[("datasets/visits.yaml", &counted)]);
    visits(&mill, 1, "DE", 2);
    visits(&mill, 2, "DE", 3);
    assert_eq!(
        waits(&mill.due(2), DAILY_TABLE),
        ["2026-10-01 source harbour.visits: 2 of at least 3 rows for 2026-10-01"]
    );
    visits(&mill, 1, "FR", 1);
    assert_eq!(mill.run_well(2).built(DAILY_TABLE), days(1, 2));
}

#[test]
fn a_table_that_ingest_fills_has_the_same_versions_as_when_it_is_looked_at() {
    let mill = harbour(&[]);
    let visit =
        |client: &str| json!({"day": "2026-10-01", "client_id": client, "country": "DE", "searches": 1});
    let loaded = ingest(&mill, "harbour.visits", "one.ndjson", &[visit("a")]).loaded;
    assert_eq!((loaded[0].version, loaded[0].rows), (1, 1));
    mill.run_well(1);
    assert!(mill.build(&mill.request(Scope::Due { day: super::mill::day(1) })).plan.tasks.is_empty());
    // The same line in another file is another row: nothing identifies the rows of a table.
    let loaded = ingest(&mill, "harbour.visits", "two.ndjson", &[visit("b"), visit("a")]).loaded;
    assert_eq!((loaded[0].version, loaded[0].rows), (2, 3));
    assert_eq!(mill.run_well(1).built(DAILY_TABLE), days(1, 1));
}
