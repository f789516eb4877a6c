//! Legacy Telemetry pings, from the submit path to clients per day, and schemas from JSON Schema.

use insta::assert_snapshot;

use crate::project::TestProject;

const PATH: &str = "/submit/telemetry/00000000-0000-4000-8000-00000000000";

/// The schema of a small main ping.
const SCHEMA: &str = r##"
{
  "$schema": "http://json-schema.org/draft-04/schema#",
  "definitions": {
    "histogram": {"type": "object", "required": ["sum"]}
  },
  "type": "object",
  "required": ["version", "clientId"],
  "properties": {
    "clientId": {"type": "string", "pattern": "^[0-9a-f-]{36}$"},
    "version": {"type": "number"},
    "application": {"type": "object", "properties": {"version": {"type": "string"}}},
    "environment": {"type": "object", "properties": {
      "settings": {"type": "object", "properties": {"locale": {"type": "string"}}},
      "system": {"type": "object", "properties": {
        "os": {"type": "object", "properties": {"name": {"type": "string"}, "version": {"type": "string"}}}
      }}
    }},
    "payload": {"type": "object", "properties": {
      "histograms": {"type": "object", "properties": {"GC_MS": {"$ref": "#/definitions/histogram"}}},
      "keyedHistograms": {"type": "object", "properties": {
        "SEARCH_COUNTS": {"type": "object", "additionalProperties": {"$ref": "#/definitions/histogram"}}
      }}
    }}
  }
}
"##;

fn project() -> TestProject {
    TestProject::with(&[
        (
            "datasets/main.yaml",
            "
            source: telemetry.main_v5
            kind: ping
            description: Main pings of the browser.
            start: 2026-11-20
            schema: {json_schema: main.5.schema.json}
            ",
        ),
        ("datasets/main.5.schema.json", SCHEMA),
        (
            "datasets/clients.yaml",
            "
            dataset: telemetry_derived.clients_daily_v1
            description: Clients per day.
            from: telemetry_stable.main_v5
            template: tidemill/clients_daily
            with:
              attributes: [country, app_version, os, locale, normalized_channel]
              measures:
                gc_ms: sum(histogram_sum('GC_MS'))
                searches: sum(histogram_sum('SEARCH_COUNTS'))
            deletion: by client_id
            expires: 775 days
            ",
        ),
    ])
}

/// A line as the edge writes it; `body` is the payload beyond client and version.
fn line(number: u32, client: u32, body: &str) -> String {
    format!(
        "{{\"path\": \"{PATH}{number}/main/Tide/145.0.1/beta/20261122?v=4\", \"received_at\": \"2026-11-21T08:00:0{number}Z\", \
         \"geo\": {{\"country\": \"DE\"}}, \"body\": {{\"version\": 5, \
         \"clientId\": \"11111111-1111-4111-8111-11111111111{client}\", {body}}}}}\n"
    )
}

fn pings() -> String {
    let environment = "\"application\": {\"version\": \"145.0.1\"}, \"environment\": {\"settings\": {\"locale\": \"de\"}, \
                       \"system\": {\"os\": {\"name\": \"Windows_NT\", \"version\": \"10.0\"}}}";
    let histograms = "\"payload\": {\"histograms\": {\"GC_MS\": {\"sum\": 30, \"values\": {\"10\": 3}}}, \"keyedHistograms\": \
                      {\"SEARCH_COUNTS\": {\"x.urlbar\": {\"sum\": 2}, \"y.searchbar\": {\"sum\": 5}}, \"OTHER\": {}}}";
    [
        line(1, 1, &format!("{environment}, {histograms}")),
        line(2, 1, &format!("{environment}, {histograms}")),
        line(2, 1, &format!("{environment}, {histograms}")),
        line(3, 2, environment),
    ]
    .concat()
}

const BROKEN: &str = r#"{"path": "/submit/telemetry/00000000-0000-4000-8000-000000000009/main/Tide/145.0/beta/1", "received_at": "2026-11-21T08:00:00Z", "body": {"clientId": "x"}}
{"path": "/submit/telemetry/00000000-0000-4000-8000-000000000009/main/Tide/145.0/beta/1", "received_at": "2026-11-21T08:00:00Z", "body": {"version": 4}}
{"path": "/submit/telemetry/00000000-0000-4000-8000-000000000009/main/Tide/145.0/beta/1", "received_at": "2026-11-21T08:00:00Z", "body": {"version": 5}}
{"path": "/submit/telemetry/00000000-0000-4000-8000-000000000009/main/Tide/145.0/beta/1", "received_at": "2026-11-21T08:00:00Z", "body": {"version": 5, "clientId": "secret"}}
{"path": "/submit/telemetry/main/5/00000000-0000-4000-8000-000000000009", "received_at": "2026-11-21T08:00:00Z", "body": {"version": 5, "clientId": "11111111-1111-4111-8111-111111111111", "payload": {"histograms": {"GC_MS": {}}}}}
{"path": "/submit/telemetry/00000000-0000-4000-8000-000000000009/main/Tide/145.0/beta", "received_at": "2026-11-21T08:00:00Z", "body": {}}
"#;

#[test]
fn legacy_pings_become_clients_per_day() {
    let project = project();
    project.file("pings.jsonl", &pings());
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 4 lines, 4 accepted, 0 rejected
             4  telemetry_live.main_v5  2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 4 partitions to build, 0 current
      build  telemetry_stable.main_v5            2026-11-20 to 2026-11-21  missing
      build  telemetry_derived.clients_daily_v1  2026-11-20 to 2026-11-21  missing
      wait   tide_derived.pings_v1               2026-11-20 to 2026-11-21  tide_stable.baseline_v1 of 2026-11-20 to 2026-11-21 waits too
      wait   tide_stable.baseline_v1             2026-11-20 to 2026-11-21  source tide_live.baseline_v1: no rows yet for 2026-11-20 to 2026-11-21
    4 partitions built, 5 rows
    ----- stderr -----
    "#);
    let stable = "SELECT document_id, metadata.uri.app_build_id, normalized_app_name, normalized_channel, normalized_os, \
                  sample_id, payload.histograms.gc_ms, additional_properties FROM telemetry_stable.main_v5 ORDER BY document_id";
    assert_snapshot!(project.run_with(&["query", stable]), @r#"
    exit code: 0
    ----- stdout -----
     document_id                           app_build_id  normalized_app_name  normalized_channel  normalized_os  sample_id  gc_ms                         additional_properties
     STRING                                STRING        STRING               STRING              STRING         INT64      STRING                        STRING
     00000000-0000-4000-8000-000000000001  20261122      Tide                 beta                Windows        96         {"sum":30,"values":{"10":3}}  {"payload":{"keyedHistograms":{"OTHER":{}}}}
     00000000-0000-4000-8000-000000000002  20261122      Tide                 beta                Windows        96         {"sum":30,"values":{"10":3}}  {"payload":{"keyedHistograms":{"OTHER":{}}}}
     00000000-0000-4000-8000-000000000003  20261122      Tide                 beta                Windows        70         NULL                          NULL
    ----- stderr -----
    "#);
    let clients =
        "SELECT * EXCEPT (submission_date) FROM telemetry_derived.clients_daily_v1 ORDER BY client_id";
    assert_snapshot!(project.run_with(&["query", clients]), @r#"
    exit code: 0
    ----- stdout -----
     client_id                             pings  country  app_version  os          locale  normalized_channel  gc_ms  searches
     STRING                                INT64  STRING   STRING       STRING      STRING  STRING              INT64  INT64
     11111111-1111-4111-8111-111111111111  2      DE       145.0.1      Windows_NT  de      beta                60     14
     11111111-1111-4111-8111-111111111112  1      DE       145.0.1      Windows_NT  de      beta                NULL   NULL
    ----- stderr -----
    "#);
}

#[test]
fn payloads_that_break_the_schema_are_kept_with_its_reason() {
    let project = project();
    project.file("pings.jsonl", BROKEN);
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 6 lines, 0 accepted, 6 rejected
             1  rejected: bad_path
             1  rejected: missing_version
             3  rejected: schema_violation
             1  rejected: unknown_version
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    "#);
    let errors = "SELECT line, source, reason, detail FROM tidemill.ingest_error ORDER BY line";
    assert_snapshot!(project.run_with(&["query", errors]), @r#"
    exit code: 0
    ----- stdout -----
     line   source                  reason            detail
     INT64  STRING                  STRING            STRING
     1      NULL                    missing_version   the payload states no `version`; `main` has version 5
     2      NULL                    unknown_version   `main` has version 5, not 4
     3      telemetry_live.main_v5  schema_violation  /: "clientId" is a required property
     4      telemetry_live.main_v5  schema_violation  /clientId: the value does not match "^[0-9a-f-]{36}$"
     5      telemetry_live.main_v5  schema_violation  /payload/histograms/GC_MS: "sum" is a required property
     6      NULL                    bad_path          `/submit/telemetry/00000000-0000-4000-8000-000000000009/main/Tide/145.0/beta` is neither `/submit/<namespace>/<type>/<version>/<document id>` nor `/submit/telemetry/<document id>/<type>/<app>/<version>/<channel>/<build id>`
    ----- stderr -----
    "#);
}

#[test]
fn columns_from_a_table_schema_and_a_judge_beside_them() {
    let project = project();
    project.file(
        "datasets/main.yaml",
        "
        source: telemetry.main_v5
        kind: ping
        description: Main pings of the browser.
        start: 2026-11-20
        schema: {bigquery: main.5.bq, validate: main.5.schema.json}
        ",
    );
    project.remove("datasets/clients.yaml");
    project.file(
        "datasets/main.5.bq",
        r#"[{"name": "submission_timestamp", "type": "TIMESTAMP"}, {"name": "document_id", "type": "STRING"},
            {"name": "client_id", "type": "STRING"}, {"name": "payload", "type": "RECORD", "fields": [
             {"name": "histograms", "type": "STRING"}]}]"#,
    );
    project.file("pings.jsonl", &(pings() + BROKEN));
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 10 lines, 4 accepted, 6 rejected
             4  telemetry_live.main_v5  2026-11-21
             1  rejected: bad_path
             1  rejected: missing_version
             3  rejected: schema_violation
             1  rejected: unknown_version
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    warning: 4 lines have `body.application`, which no column holds
    warning: 4 lines have `body.environment`, which no column holds
    warning: 3 lines have `body.payload`, which no column holds
    warning: 4 lines have `body.version`, which no column holds
    "#);
    let rows = "SELECT client_id, payload.histograms FROM telemetry_live.main_v5 ORDER BY submission_timestamp LIMIT 1";
    assert_snapshot!(project.run_with(&["query", rows]), @r#"
    exit code: 0
    ----- stdout -----
     client_id                             histograms
     STRING                                STRING
     11111111-1111-4111-8111-111111111111  {"GC_MS":{"sum":30,"values":{"10":3}}}
    ----- stderr -----
    "#);
}

/// What is said of a source with this `schema:`.
fn refused(schema: &str, file: &str) -> String {
    let project = TestProject::standard();
    let source = format!(
        "source: telemetry.main_v5\nkind: ping\ndescription: Main pings.\nstart: 2026-11-20\nschema: {schema}\n"
    );
    project.file("datasets/main.yaml", &source);
    project.file("datasets/main.5.schema.json", file);
    project.refused("compile")
}

#[test]
fn a_schema_with_mistakes() {
    let file = "{\n  \"properties\": {\n    \"a\": {\"type\": \"strin\"},\n    \"b\": {\"$ref\": \"#/definitions/c\"},\n    \
                \"c\": {\"$ref\": \"https://example.com/c.json\"}\n  }\n}\n";
    assert_snapshot!(refused("{json_schema: main.5.schema.json}", file), @r##"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: no type `strin` in JSON Schema
     --> datasets/main.5.schema.json:3:19
      |
    3 |     "a": {"type": "strin"},
      |                   ^^^^^^^
      |
      = hint: did you mean `string`?

    error[TM0112]: `$ref` to `#/definitions/c`, which is not in the file
     --> datasets/main.5.schema.json:4:19
      |
    4 |     "b": {"$ref": "#/definitions/c"},
      |                   ^^^^^^^^^^^^^^^^^

    error[TM0112]: `$ref` to `https://example.com/c.json` leaves the file
     --> datasets/main.5.schema.json:5:19
      |
    5 |     "c": {"$ref": "https://example.com/c.json"}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: put what it refers to under `definitions`, and write `#/definitions/NAME`

    3 errors; `tidemill explain TM0112` says more
    "##);
}

#[test]
fn a_schema_that_cannot_judge() {
    let file = "{\n  \"properties\": {\n    \"a\": {\"type\": \"string\", \"pattern\": \"(\"}\n  }\n}\n";
    assert_snapshot!(refused("{json_schema: main.5.schema.json}", file), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: the schema cannot be used: the value is not a "regex"
     --> datasets/main.5.schema.json:3:40
      |
    3 |     "a": {"type": "string", "pattern": "("}
      |                                        ^^^
      |
      = hint: JSON Schema of draft 4, 6 and 7 is understood, with `$ref` within the file

    1 error; `tidemill explain TM0112` says more
    "#);
}

#[test]
fn a_schema_that_is_cut_off() {
    assert_snapshot!(refused("{json_schema: main.5.schema.json}", "{\n  \"properties\": {"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: not valid YAML: unclosed bracket '{'
     --> datasets/main.5.schema.json:2:17
      |
    2 |   "properties": {
      |                 ^
      |
      = hint: look for a bracket, a quote or an indentation here or above that does not fit

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn a_second_judge() {
    let schema = "{json_schema: main.5.schema.json, validate: main.5.schema.json}";
    assert_snapshot!(refused(schema, "{\"properties\": {\"a\": {}}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: `json_schema` validates payloads already
     --> datasets/main.yaml:5:53
      |
    5 | schema: {json_schema: main.5.schema.json, validate: main.5.schema.json}
      |                                                     ^^^^^^^^^^^^^^^^^^
      |
      = hint: take `validate` out, or read the columns from `bigquery`

    1 error; `tidemill explain TM0112` says more
    "#);
}

#[test]
fn a_histogram_that_is_not_there() {
    let project = project();
    let clients = project.read("datasets/clients.yaml").replace("'GC_MS'", "'GC_M'");
    project.file("datasets/clients.yaml", &clients);
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: `telemetry_stable.main_v5` has no histogram `GC_M`
     --> datasets/clients.yaml:8:30
      |
    8 |     gc_ms: sum(histogram_sum('GC_M'))
      |                              ^^^^^^ read by template `tidemill/clients_daily`, line 51
      |
      = hint: did you mean `gc_ms`?

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn log_lines_are_judged_too() {
    let project = TestProject::standard();
    project.file(
        "datasets/requests.yaml",
        "
        source: sync.requests_v1
        kind: log
        description: Requests to the server.
        start: 2026-11-20
        partition_by: {column: timestamp, every: day}
        schema: {json_schema: requests.schema.json}
        ",
    );
    project.file(
        "datasets/requests.schema.json",
        r#"{"properties": {"timestamp": {"type": "string", "format": "date-time"},
            "httpRequest": {"properties": {"status": {"type": "integer", "maximum": 599}}}}}"#,
    );
    project.file(
        "requests.jsonl",
        "{\"timestamp\": \"2026-11-21T08:00:00Z\", \"httpRequest\": {\"status\": 200}}\n\
         {\"timestamp\": \"2026-11-21T08:00:00Z\", \"httpRequest\": {\"status\": 2000}}\n",
    );
    assert_snapshot!(project.run("ingest --source sync.requests_v1 requests.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    requests.jsonl: 2 lines, 1 accepted, 1 rejected
             1  sync.requests_v1  2026-11-21
             1  rejected: schema_violation
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    "#);
    let errors = "SELECT line, source, reason, detail FROM tidemill.ingest_error";
    assert_snapshot!(project.run_with(&["query", errors]), @r#"
    exit code: 0
    ----- stdout -----
     line   source            reason            detail
     INT64  STRING            STRING            STRING
     2      sync.requests_v1  schema_violation  /httpRequest/status: the value is greater than the maximum of 599
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT http_request.status FROM sync.requests_v1"]), @r#"
    exit code: 0
    ----- stdout -----
     status
     INT64
     200
    ----- stderr -----
    "#);
}
