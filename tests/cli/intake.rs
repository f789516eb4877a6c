//! `tidemill ingest --source`: log lines, shards of an export and files of other tables, fine and broken.

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
fn lines_of_a_log_that_fit_and_those_that_do_not() {
    let project = project();
    let long = format!("{{\"at\": \"2026-11-21T09:00:00Z\", \"noise\": \"{}\"}}\n", "x".repeat(10 << 20));
    let text = [
        request("a", "2026-11-21T08:00:00Z", 200),
        "{\"at\": \"2026-11-21T08:00:01Z\", \"status\": {\"code\": \"many\"}}\n".to_owned(),
        "{\"insert_id\": \"b\"}\n".to_owned(),
        "{\"pid\": 7}\n".to_owned(),
        "no JSON\n".to_owned(),
        long,
        "{\"at\": \"2026-11-22T00:30:00+01:00\", \"pid\": 7, \"status\": {\"words\": [\"x\", \"y\"], \"text\": 1}}\n".to_owned(),
    ];
    project.bytes("requests.ndjson", text.concat().as_bytes());
    assert_snapshot!(project.run("ingest --source sync.requests_v1 requests.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    requests.ndjson: 7 lines, 2 accepted, 5 rejected
             2  sync.requests_v1  2026-11-21
             1  rejected: no_column
             1  rejected: no_day
             1  rejected: not_json
             1  rejected: too_long
             1  rejected: wrong_type
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    warning: 1 lines have `pid`, which no column holds
    warning: 1 lines have `status.text`, which no column holds
    "#);
    assert_snapshot!(project.run_with(&["query", REQUESTS]), @r#"
    exit code: 0
    ----- stdout -----
     at                      insert_id  code   words
     TIMESTAMP               STRING     INT64  INT64
     2026-11-21 08:00:00+00  a          200    0
     2026-11-21 23:30:00+00  NULL       NULL   2
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", ERRORS]), @r#"
    exit code: 0
    ----- stdout -----
     line   source            reason      detail                                            bytes
     INT64  STRING            STRING      STRING                                            INT64
     2      sync.requests_v1  wrong_type  `line.status.code`: expected INT64, found a text  58
     3      sync.requests_v1  no_day      `line.at` says no day                             18
     4      sync.requests_v1  no_column   nothing of the line has a column                  10
     5      sync.requests_v1  not_json    not JSON at byte 2                                7
     6      sync.requests_v1  too_long    only the beginning is kept                        256
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("status"), @r#"
    exit code: 0
    ----- stdout -----
     source            first day   last day    days  rows
     sync.requests_v1  2026-11-21  2026-11-21  1     2

     dataset                  first  last  partitions  rows  standing
     tide_stable.baseline_v1               0           0     nothing built
     tide_derived.pings_v1                 0           0     nothing built
    ----- stderr -----
    "#);
}

#[test]
fn a_log_that_comes_twice_or_grows_is_loaded_once() {
    let project = project();
    let (first, second) =
        (request("a", "2026-11-21T08:00:00Z", 200), request("b", "2026-11-21T08:01:00Z", 404));
    project.bytes("one.ndjson", first.as_bytes());
    project.run("ingest --source sync.requests_v1 one.ndjson");
    project.bytes("one.ndjson.gz", &gzip(&first));
    assert_snapshot!(project.run("ingest --source sync.requests_v1 one.ndjson.gz"), @r#"
    exit code: 0
    ----- stdout -----
    one.ndjson.gz: 1 line, 0 accepted, 0 rejected, 1 loaded before
    ----- stderr -----
    "#);
    project.bytes(
        "one.ndjson",
        format!("{first}{}{{\"at\": ", request("z", "2026-11-21T09:00:00Z", 200)).as_bytes(),
    );
    assert_snapshot!(project.run("ingest --source sync.requests_v1 one.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    one.ndjson: 2 lines, 1 accepted, 0 rejected, 1 loaded before
             1  sync.requests_v1  2026-11-21
    ----- stderr -----
    error: the last line is cut off: it has no end and is no JSON. The lines before it are loaded; ingest the file again when it is whole
    "#);
    // The identifier tells that `a` is there, also in another file; and that `b` stands twice in it.
    project.bytes("two.ndjson", [&*second, &*first, &*second].concat().as_bytes());
    assert_snapshot!(project.run("ingest --source sync.requests_v1 two.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    two.ndjson: 3 lines, 1 accepted, 0 rejected, 2 repeated
             1  sync.requests_v1  2026-11-21
    ----- stderr -----
    "#);
    // The same identifier on another day is another line.
    project.bytes("three.ndjson", request("a", "2026-11-22T08:00:00Z", 200).as_bytes());
    assert_snapshot!(project.run("ingest --source sync.requests_v1 three.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    three.ndjson: 1 line, 1 accepted, 0 rejected
             1  sync.requests_v1  2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", REQUESTS]), @r#"
    exit code: 0
    ----- stdout -----
     at                      insert_id  code   words
     TIMESTAMP               STRING     INT64  INT64
     2026-11-21 08:00:00+00  a          200    0
     2026-11-21 08:01:00+00  b          404    0
     2026-11-21 09:00:00+00  z          200    0
     2026-11-22 08:00:00+00  a          200    0
    ----- stderr -----
    "#);
}

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
fn parquet_is_added_to_a_table_once() {
    let project = project();
    parquet(
        &project,
        "payments[1].parquet",
        "SELECT DATE '2026-11-21' AS day, 1.25::DECIMAL(9, 2) AS amount, [{'count': 2::TINYINT, 'name': 'x'}] AS items
         UNION ALL SELECT DATE '2026-11-22', 3, NULL",
    );
    assert_snapshot!(project.run_with(&["ingest", "--source", "shop.payments", "payments[1].parquet"]), @r#"
    exit code: 0
    ----- stdout -----
    payments[1].parquet: 2 rows, 2 accepted, 0 rejected
             2  shop.payments  2026-11-21 to 2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["ingest", "--source", "shop.payments", "payments[1].parquet"]), @r#"
    exit code: 0
    ----- stdout -----
    payments[1].parquet: 2 rows, 0 accepted, 0 rejected, 2 loaded before
    ----- stderr -----
    "#);
    project.bytes(
        "more.ndjson",
        b"{\"day\": \"2026-11-22\", \"amount\": \"0.5\", \"items\": [{\"name\": \"y\", \"count\": \"3\"}]}\n",
    );
    assert_snapshot!(project.run("ingest --source shop.payments more.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    more.ndjson: 1 line, 1 accepted, 0 rejected
             1  shop.payments  2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT day, amount, item.name, item.count FROM shop.payments LEFT JOIN UNNEST(items) AS item ORDER BY day, amount"]), @r#"
    exit code: 0
    ----- stdout -----
     day         amount   name    count
     DATE        NUMERIC  STRING  INT64
     2026-11-21  1.25     x       2
     2026-11-22  0.5      y       3
     2026-11-22  3        NULL    NULL
    ----- stderr -----
    "#);
}

#[test]
fn parquet_of_a_log_has_its_times_in_utc() {
    let project = project();
    parquet(
        &project,
        "requests.parquet",
        "SELECT TIMESTAMPTZ '2026-11-21 23:30:00-05' AS at, 'a' AS insert_id, {'code': 200::SMALLINT} AS status
         UNION ALL SELECT TIMESTAMPTZ '2026-11-21 23:30:00-05', 'a', NULL",
    );
    assert_snapshot!(project.run("ingest --source sync.requests_v1 requests.parquet"), @r#"
    exit code: 0
    ----- stdout -----
    requests.parquet: 2 rows, 1 accepted, 0 rejected, 1 repeated
             1  sync.requests_v1  2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", REQUESTS]), @r#"
    exit code: 0
    ----- stdout -----
     at                      insert_id  code   words
     TIMESTAMP               STRING     INT64  INT64
     2026-11-22 04:30:00+00  a          200    0
    ----- stderr -----
    "#);
}

#[test]
fn a_table_that_is_one_whole_is_added_to() {
    let rates = "
        source: shop.rates
        kind: table
        description: A rate per country.
        owners: [data@example.com]
        schema: {columns: {country: STRING, rate: NUMERIC}}
        partition_by: none
        start: 2026-11-20
        ";
    let project = TestProject::with(&[("datasets/rates.yaml", rates)]);
    project.bytes("rates.ndjson", b"{\"country\": \"DE\", \"rate\": 1.5}\n{\"land\": \"FR\"}\n");
    assert_snapshot!(project.run("ingest --source shop.rates rates.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    rates.ndjson: 2 lines, 1 accepted, 1 rejected
             1  shop.rates
             1  rejected: no_column
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("status"), @r#"
    exit code: 0
    ----- stdout -----
     source      first day  last day  days  rows
     shop.rates                             1     not partitioned

     dataset                  first  last  partitions  rows  standing
     tide_stable.baseline_v1               0           0     nothing built
     tide_derived.pings_v1                 0           0     nothing built
    ----- stderr -----
    "#);
}

#[test]
fn a_log_takes_new_columns_and_gives_none_up() {
    let project = project();
    project.bytes("requests.ndjson", request("a", "2026-11-21T08:00:00Z", 200).as_bytes());
    project.run("ingest --source sync.requests_v1 requests.ndjson");
    let wider = LOG.1.replace("insert_id: STRING", "insert_id: STRING\n        pid: INT64");
    project.file(LOG.0, &wider);
    project.bytes("more.ndjson", b"{\"at\": \"2026-11-21T09:00:00Z\", \"pid\": 7}\n");
    assert_snapshot!(project.run("ingest --source sync.requests_v1 more.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    more.ndjson: 1 line, 1 accepted, 0 rejected
             1  sync.requests_v1  2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT `at`, pid FROM sync.requests_v1 ORDER BY `at`"]), @r#"
    exit code: 0
    ----- stdout -----
     at                      pid
     TIMESTAMP               INT64
     2026-11-21 08:00:00+00  NULL
     2026-11-21 09:00:00+00  7
    ----- stderr -----
    "#);
    project.file(LOG.0, &LOG.1.replace("status: STRUCT<code INT64, words ARRAY<STRING>>", "status: INT64"));
    assert_snapshot!(project.run("ingest --source sync.requests_v1 more.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0504]: `sync.requests_v1` cannot take this change: older partitions and readers have the old shape
     --> datasets/requests.yaml:1:9
      |
    1 | source: sync.requests_v1
      |         ^^^^^^^^^^^^^^^^
      |
      = note: column `status`: STRUCT(…) became BIGINT
      = note: column `pid` is gone
      = hint: `tidemill new-version sync.requests_v1` copies the definition to `sync.requests_v2`; fill that with `tidemill ingest --source`, then move readers over

    1 error; `tidemill explain TM0504` says more
    "#);
}

#[test]
fn parquet_of_another_shape_changes_nothing() {
    let project = project();
    parquet(
        &project,
        "wrong.parquet",
        "SELECT '2026-11-21' AS day, 1.5::DOUBLE AS amount, [{'name': 1, 'colour': 'red'}] AS items, 1 AS more",
    );
    assert_snapshot!(project.run("ingest --source shop.payments wrong.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: wrong.parquet: another shape than `shop.payments` declares
      = note: `day` is VARCHAR, declared DATE
      = note: `amount` is DOUBLE, declared NUMERIC
      = note: `items.name` is INTEGER, declared STRING
      = note: `items.colour` is not declared
      = note: `more` is not declared
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    parquet(
        &project,
        "dayless.parquet",
        "SELECT NULL::DATE AS day, 1 AS amount UNION ALL SELECT DATE '2026-11-21', 2",
    );
    assert_snapshot!(project.run("ingest --source shop.payments dayless.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: dayless.parquet: 1 row is without a day from 1970 on in `day`
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    let whole = std::fs::read(project.path("dayless.parquet")).unwrap();
    project.bytes("cut.parquet", &whole[..whole.len() / 2]);
    assert_snapshot!(project.run("ingest --source shop.payments cut.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: cut.parquet: it cannot be read
      = note: Invalid Input Error: No magic bytes found at end of file 'cut.parquet'
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT COUNT(*) AS payments FROM shop.payments"]), @r#"
    exit code: 0
    ----- stdout -----
     payments
     INT64
     0
    ----- stderr -----
    "#);
}

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
