//! `tidemill ingest --source`: which sources take files, and which files they take.

mod logs;
mod shards;
mod tables;

use insta::assert_snapshot;

use crate::project::TestProject;

const LOG: (&str, &str) = (
    "datasets/requests.yaml",
    "
    source: sync.requests_v1
    kind: log
    description: One row per request to the server.
    owners: [data@example.com]
    schema:
      columns:
        at: TIMESTAMP
        insert_id: STRING
        status: STRUCT<code INT64, words ARRAY<STRING>>
    partition_by: {column: at, every: day}
    id: insert_id
    start: 2026-11-20
    ",
);

const WEB: (&str, &str) = (
    "datasets/events.yaml",
    "
    source: web.events
    kind: web
    description: One row per event of the website.
    owners: [data@example.com]
    schema: {web: analytics}
    start: 2026-11-20
    ",
);

const TABLE: (&str, &str) = (
    "datasets/payments.yaml",
    "
    source: shop.payments
    kind: table
    description: One row per payment.
    owners: [data@example.com]
    schema: {columns: {day: DATE, amount: NUMERIC, items: 'ARRAY<STRUCT<name STRING, count INT64>>'}}
    partition_by: {column: day, every: day}
    start: 2026-11-20
    ",
);

fn project() -> TestProject {
    TestProject::with(&[LOG, WEB, TABLE])
}

/// A line of the log that fits.
fn request(id: &str, at: &str, code: u32) -> String {
    format!("{{\"at\": \"{at}\", \"insert_id\": \"{id}\", \"status\": {{\"code\": {code}}}}}\n")
}

/// An event as BigQuery exports it: whole numbers are texts.
fn event(date: &str, name: &str, page: &str) -> String {
    format!(
        "{{\"event_date\": \"{date}\", \"event_timestamp\": \"1795219200000000\", \"event_name\": \"{name}\", \"event_params\": [{{\"key\": \"page_location\", \"value\": {{\"string_value\": \"{page}\"}}}}], \"user_pseudo_id\": \"1.2\", \"geo\": {{\"country\": \"Germany\"}}}}\n"
    )
}

/// Writes a query of DuckDB's as a Parquet file.
fn parquet(project: &TestProject, path: &str, query: &str) {
    let connection = duckdb::Connection::open_in_memory().unwrap();
    let target = project.path(path).display().to_string();
    connection.execute_batch(&format!("COPY ({query}) TO '{target}' (FORMAT parquet)")).unwrap();
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

const REQUESTS: &str = "SELECT `at`, insert_id, status.code, ARRAY_LENGTH(status.words) AS words FROM sync.requests_v1 ORDER BY `at`";
const ERRORS: &str =
    "SELECT line, source, reason, detail, LENGTH(original) AS bytes FROM tidemill.ingest_error ORDER BY line";

const EVENTS: &str = "SELECT shard_date, event_date, event_timestamp, event_name, event_params[0].value.string_value AS page, geo.country FROM web.events ORDER BY event_name";

#[test]
fn a_source_that_takes_no_files() {
    let project = project();
    project.bytes("requests.ndjson", request("a", "2026-11-21T08:00:00Z", 200).as_bytes());
    assert_snapshot!(project.refused("ingest --source sync.request_v1 requests.ndjson"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: no source `sync.request_v1`
      = hint: did you mean `sync.requests_v1`?

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project.refused("ingest --source tide_live.baseline_v1 requests.ndjson"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: `tide_live.baseline_v1` takes pings, which say themselves where they belong
      = hint: ingest submissions without `--source`

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project.refused("ingest --source sync.requests_v1 --received-at 2026-11-21T08:00:00Z requests.ndjson"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the argument '--source <NAME>' cannot be used with '--received-at <TIME>'

    Usage: tidemill ingest --source <NAME> <FILES>...

    For more information, try '--help'.
    "#);
}

#[test]
fn a_file_whose_source_is_not_said() {
    let project = project();
    project.bytes("requests.ndjson", request("a", "2026-11-21T08:00:00Z", 200).as_bytes());
    assert_snapshot!(project.run("ingest requests.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    requests.ndjson: 1 line, 0 accepted, 1 rejected
             1  rejected: missing_path
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    hint: no line is a ping; files of logs and exports are loaded with `--source NAME`
    "#);
    parquet(&project, "payments.parquet", "SELECT DATE '2026-11-21' AS day");
    assert_snapshot!(project.run("ingest payments.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0623]: payments.parquet is a Parquet file
      = hint: pings come as lines; say which source its rows are of: `tidemill ingest --source NAME FILE`

    1 error; `tidemill explain TM0623` says more
    "#);
    let without_pings = TestProject::empty();
    without_pings
        .file("tidemill.yaml", "project: logs\ntargets:\n  dev: {engine: duckdb, path: dev.duckdb}\n");
    without_pings.file(LOG.0, LOG.1);
    without_pings.bytes("requests.ndjson", b"{}\n");
    assert_snapshot!(without_pings.run("ingest requests.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0623]: the project has no source that takes pings
      = hint: say which source the files are for: `tidemill ingest --source NAME FILE`

    1 error; `tidemill explain TM0623` says more
    "#);
}

#[test]
fn a_file_packed_with_zstd() {
    let project = project();
    project.bytes("requests.ndjson.zst", &[0x28, 0xb5, 0x2f, 0xfd, 0, 0]);
    assert_snapshot!(project.run("ingest --source sync.requests_v1 requests.ndjson.zst"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: requests.ndjson.zst is compressed with zstd, which is not read
      = hint: unpack it, or pack it with gzip or xz

    1 error; `tidemill explain TM0103` says more
    "#);
}
