//! What becomes of whole submissions: a rejection for every reason, and rows.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{Defaults, Fit, Outcome, Reason, Rejection, Route, Routes, Row, accept};
use crate::diagnostic::Source;
use crate::schema::json_schema::{self, PayloadValidator};
use crate::schema::{Field, bigquery, glean, with_envelope};
use crate::yaml::{Limits, parse};

const ID: &str = "5B0BA60C-c150-4cbb-82b5-1354d14a1d76";

/// Columns in the form of a BigQuery schema file.
pub(super) fn columns(schema: Json) -> Vec<Field> {
    bigquery::read(&parse(&Source::new("x.bq", schema.to_string()), Limits::SCHEMA).unwrap()).unwrap()
}

pub(super) fn routes() -> Routes {
    let metrics = "browser:\n  tab_count: {type: counter, send_in_pings: [baseline]}\n\
                   \x20 searches: {type: labeled_counter, send_in_pings: [baseline]}\n\
                   \x20 load: {type: timing_distribution, send_in_pings: [baseline]}\n\
                   \x20 info: {type: object, send_in_pings: [baseline]}\n";
    let metrics =
        glean::read_metrics(&parse(&Source::new("m.yaml", metrics), Limits::DEFINITION).unwrap()).unwrap();
    let route = |ping: &str, version: u32, columns: Vec<Field>| Route {
        namespace: "tide-browser".to_owned(),
        ping: ping.to_owned(),
        version,
        table: format!("tide_browser_live.{ping}_v{version}"),
        app_name: "Tide".to_owned(),
        columns,
        fit: Fit::Exact,
        validator: None,
    };
    let small = json!([
        {"name": "at", "type": "TIMESTAMP"},
        {"name": "client_id", "type": "STRING"},
        {"name": "sample_id", "type": "INT64"},
        {"name": "tags", "type": "STRING", "mode": "REPEATED"},
    ]);
    Routes::new(vec![
        route("baseline", 1, glean::ping_columns("baseline", &metrics)),
        route("small", 4, columns(small)),
        legacy_route(),
    ])
}

/// A legacy ping whose columns and judge come from one JSON Schema.
fn legacy_route() -> Route {
    let text = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "required": ["version"],
        "properties": {
            "clientId": {"type": "string"},
            "version": {"type": "number"},
            "environment": {"type": "object", "properties": {
                "system": {"type": "object", "properties": {"os": {"type": "object", "properties": {
                    "name": {"type": "string"}, "version": {"type": ["string", "integer"]}}}}}}},
            "payload": {"type": "object", "properties": {
                "info": {"type": "object", "properties": {"reason": {"type": "string"}}},
                "histograms": {"type": "object", "properties": {"GC_MS": {"type": "object"}}},
                "keyedHistograms": {"type": "object", "additionalProperties": {
                    "type": "object", "additionalProperties": {"type": "object"}}},
                "processes": {"type": "object", "properties": {"parent": {"type": "object", "properties": {
                    "scalars": {"type": "object", "properties": {"browser.engagement.tabCount": {"type": "integer"}}},
                    "events": {"type": "array", "items": {"type": "array", "additionalItems": false, "items": [
                        {"type": "integer"}, {"type": "string"}, {"type": ["string", "null"]},
                        {"type": "object", "additionalProperties": {"type": "string"}}]}}}}}},
                "memoryMap": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
            }},
        },
    });
    let source = Source::new("main.5.schema.json", text.to_string());
    let node = parse(&source, Limits::SCHEMA).unwrap();
    Route {
        namespace: "telemetry".to_owned(),
        ping: "main".to_owned(),
        version: 5,
        table: "telemetry_live.main_v5".to_owned(),
        app_name: "telemetry".to_owned(),
        columns: with_envelope(json_schema::read(&node).unwrap()),
        fit: Fit::Lenient,
        validator: Some(Arc::new(PayloadValidator::compile(&source.text, &node).unwrap())),
    }
}

fn legacy_path() -> String {
    format!("/submit/telemetry/{ID}/main/Tide/145.0.1/Beta/20261122030406?v=4")
}

fn submission(changes: Json) -> Json {
    let mut line = json!({
        "path": format!("/submit/tide-browser/baseline/1/{ID}"),
        "headers": {"Date": "Sun, 22 Nov 2026 11:27:29 GMT"},
        "body": {},
    });
    for (key, value) in changes.as_object().unwrap() {
        line[key] = value.clone();
    }
    line
}

fn send(line: &Json) -> Outcome {
    accept(line.to_string().as_bytes(), &routes(), &Defaults::default())
}

fn accepted(changes: Json) -> Row {
    match send(&submission(changes)) {
        Outcome::Accepted(row) => row,
        Outcome::Rejected(rejection) => panic!("{rejection:?}"),
    }
}

fn rejected(line: &[u8]) -> Rejection {
    match accept(line, &routes(), &Defaults::default()) {
        Outcome::Accepted(row) => panic!("{row:?}"),
        Outcome::Rejected(rejection) => rejection,
    }
}

#[test]
fn every_reason_rejects_something() {
    let at = |path: &str| submission(json!({"path": path})).to_string();
    let with = |changes: Json| submission(changes).to_string();
    let legacy = |body: Json| with(json!({"path": legacy_path(), "body": body}));
    let deep = format!("{{\"body\": {}{}}}", "[".repeat(70), "]".repeat(70));
    let long = with(json!({"body": {"a": "x".repeat(9 << 20)}}));
    let cases: Vec<(Reason, String)> = vec![
        (Reason::NotJson, "{\"path\": ".to_owned()),
        (Reason::NotJson, String::new()),
        (Reason::NotAnObject, "[1]".to_owned()),
        (Reason::MissingPath, "{}".to_owned()),
        (Reason::MissingPath, with(json!({"path": 5}))),
        (Reason::BadPath, at("/submit/tide-browser/baseline/1")),
        (Reason::BadPath, at(&format!("/submit/tide-browser/baseline/one/{ID}"))),
        (Reason::BadPath, at(&format!("/submit/tide-browser/baseline/+1/{ID}"))),
        (Reason::BadPath, at(&format!("/submit//baseline/1/{ID}"))),
        (Reason::UnknownNamespace, at(&format!("/submit/tide-browsr/baseline/1/{ID}"))),
        (Reason::UnknownPing, at(&format!("/submit/tide-browser/base-line/1/{ID}"))),
        (Reason::UnknownVersion, at(&format!("/submit/tide-browser/baseline/2/{ID}"))),
        (Reason::BadPath, at(&format!("/submit/telemetry/{ID}/main/Tide/145.0/beta"))),
        (Reason::MissingVersion, legacy(json!({"clientId": "x"}))),
        (Reason::UnknownVersion, legacy(json!({"version": 4}))),
        (Reason::MissingBody, with(json!({"path": legacy_path(), "body": null}))),
        (Reason::SchemaViolation, legacy(json!({"version": 5, "payload": {"info": 1}}))),
        (Reason::BadDocumentId, at("/submit/tide-browser/baseline/1/5b0ba60cc150")),
        (Reason::NoReceiptTime, with(json!({"headers": {}}))),
        (Reason::BadReceiptTime, with(json!({"received_at": "yesterday"}))),
        (Reason::BadReceiptTime, with(json!({"received_at": 1_700_000_000}))),
        (Reason::BadReceiptTime, with(json!({"received_at": "1969-01-01T00:00:00Z"}))),
        (Reason::BadReceiptTime, with(json!({"headers": {"date": "now"}}))),
        (Reason::MissingBody, with(json!({"body": null}))),
        (Reason::BodyNotAnObject, with(json!({"body": "x"}))),
        (Reason::WrongType, with(json!({"body": {"ping_info": {"seq": "1"}}}))),
        (Reason::WrongType, with(json!({"headers": []}))),
        (Reason::WrongType, with(json!({"geo": {"country": 5}}))),
        (Reason::TooDeep, deep),
        (Reason::TooLong, long),
        (Reason::TooLong, " ".repeat(super::LINE_LIMIT + 1)),
    ];
    for (reason, line) in &cases {
        let rejection = rejected(line.as_bytes());
        assert_eq!(rejection.reason, *reason, "{}: {}", &line[..line.len().min(100)], rejection.detail);
    }
    // Those of log lines and exports have their tests beside `record`.
    let of_pings = Reason::ALL.iter().filter(|one| !matches!(one, Reason::NoDay | Reason::NoColumn));
    for reason in of_pings {
        assert!(cases.iter().any(|(tested, _)| tested == reason), "{reason} is not tested");
    }
}

#[test]
fn a_rejection_says_what_is_known_by_then() {
    let line = |path: String| submission(json!({"path": path})).to_string();
    let rejection = rejected(line(format!("/submit/tide-browser/base-line/1/{ID}")).as_bytes());
    assert_eq!(
        rejection.detail,
        "no source takes from `tide-browser` the ping `base-line`; did you mean `baseline`?"
    );
    assert_eq!(rejection.route, None);
    assert_eq!(rejection.received_at, Some("2026-11-22T11:27:29Z".parse().unwrap()));

    let body = json!({"body": {"metrics": {"counter": {"browser.tab_count": "secret"}}}});
    let rejection = rejected(submission(body).to_string().as_bytes());
    assert_eq!(rejection.detail, "`body.metrics.counter['browser.tab_count']`: expected INT64, found a text");
    assert_eq!(rejection.route, Some(0));

    let endless = "x".repeat(1 << 20);
    let rejection = rejected(line(format!("/submit/{endless}/baseline/1/{ID}")).as_bytes());
    assert_eq!(rejection.reason, Reason::UnknownNamespace);
    assert!(rejection.detail.len() < 200);
}

#[test]
fn a_line_of_many_unknown_keys_is_told_of_in_few_words() {
    let mut line = submission(json!({}));
    for number in 0..1_000 {
        line[format!("k{number:03}")] = json!(number);
    }
    let Outcome::Accepted(row) = send(&line) else { panic!() };
    assert_eq!(row.ignored.len(), 33);
    assert_eq!((row.ignored[0].as_str(), row.ignored[32].as_str()), ("k000", "… and 968 more"));
}

#[test]
fn a_ping_becomes_a_row_of_the_declared_columns() {
    let row = accepted(json!({
        "headers": {"dATE": "Sun, 22 Nov 2026 11:27:29 GMT", "X-Telemetry-Agent": "Glean/71.0.0", "X-Forwarded-For": "192.0.2.1"},
        "remote_addr": "192.0.2.1",
        "received_at": "2026-11-22T13:00:00.25+01:00",
        "geo": {"country": "de", "city": "Kiel", "postcode": "24103"},
        "body": {
            "client_info": {"client_id": "20acb764-56ed-4ce2-accb-55da13ca4075", "app_channel": "nightly", "os": "Darwin",
                            "os_version": "14.1 beta", "new_field": {"a": 1}},
            "events": [
                {"category": "tab", "name": "open", "timestamp": 0, "extra": {"source": "menu", "count": 2, "fast": true}},
                {"category": "tab", "name": "close", "timestamp": 5.0, "nested": [1]},
            ],
            "metrics": {
                "counter": {"browser.tab_count": 8, "browser.unknown": 1},
                "labeled_counter": {"browser.searches": {"z": 1, "a": 2}},
                "timing_distribution": {"browser.load": {"sum": 30, "values": {"10": 2, "20": 1}}},
                "object": {"browser.info": [{"a": null}]},
            },
            "ping_info": {"seq": 0, "experiments": {"x": {"branch": "on", "extra": {"type": "t", "more": 1}}}},
            "x_forwarded_for": "192.0.2.1",
            "document_id": "forged",
        },
    }));
    let values = Json::Object(row.values.clone());
    assert!(!row.received_from_date_header);
    assert_eq!(row.ignored, ["remote_addr"]);
    let names: Vec<_> = row.values.keys().map(String::as_str).collect();
    let declared = routes();
    let declared: Vec<_> = declared.as_slice()[0].columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, declared);

    assert_eq!(values["document_id"], ID.to_lowercase());
    assert_eq!(values["submission_timestamp"], "2026-11-22 12:00:00.250000");
    assert_eq!(values["sample_id"], crc32fast::hash(b"20acb764-56ed-4ce2-accb-55da13ca4075") % 100);
    assert_eq!(values["normalized_app_name"], "Tide");
    assert_eq!(values["normalized_channel"], "nightly");
    assert_eq!(values["normalized_country_code"], "DE");
    assert_eq!(values["normalized_os"], "Mac");
    assert_eq!(values["normalized_os_version"], "14.1");
    assert_eq!(values["metadata"]["geo"]["country"], "de");
    assert_eq!(values["metadata"]["geo"]["city"], "Kiel");
    assert_eq!(values["metadata"]["header"]["date"], "Sun, 22 Nov 2026 11:27:29 GMT");
    assert_eq!(values["metadata"]["header"]["x_telemetry_agent"], "Glean/71.0.0");
    assert_eq!(values["metadata"]["user_agent"], Json::Null);
    assert_eq!(values["client_info"]["locale"], Json::Null);
    assert_eq!(
        values["events"][0]["extra"],
        json!([{"key": "count", "value": "2"}, {"key": "fast", "value": "true"}, {"key": "source", "value": "menu"}])
    );
    assert_eq!(values["events"][1]["timestamp"], json!(5));
    assert_eq!(values["events"][1]["extra"], json!([]));
    assert_eq!(values["metrics"]["counter"]["browser_tab_count"], 8);
    assert_eq!(
        values["metrics"]["labeled_counter"]["browser_searches"],
        json!([{"key": "a", "value": 2}, {"key": "z", "value": 1}])
    );
    assert_eq!(values["metrics"]["labeled_counter"]["glean_error_invalid_value"], json!([]));
    let load = &values["metrics"]["timing_distribution"]["browser_load"];
    assert_eq!(load["values"], json!([{"key": "10", "value": 2}, {"key": "20", "value": 1}]));
    assert_eq!((&load["range"], &load["count"]), (&json!([]), &Json::Null));
    assert_eq!(values["metrics"]["object"]["browser_info"], json!([{"a": null}]));
    assert_eq!(values["metrics"]["string"], Json::Null);
    assert_eq!(
        values["ping_info"]["experiments"],
        json!([{"key": "x", "value": {"branch": "on", "extra": {"enrollment_id": null, "type": "t"}}}])
    );
    let additional: Json = serde_json::from_str(values["additional_properties"].as_str().unwrap()).unwrap();
    assert_eq!(
        additional,
        json!({
            "client_info": {"new_field": {"a": 1}},
            "document_id": "forged",
            "events": [null, {"nested": [1]}],
            "metrics": {"counter": {"browser.unknown": 1}},
            "ping_info": {"experiments": {"x": {"extra": {"more": 1}}}},
        })
    );
    assert!(!values.to_string().contains("192.0.2.1"));
}

#[test]
fn an_empty_body_is_a_row_of_nulls_and_empty_lists() {
    let row = accepted(json!({}));
    assert!(row.received_from_date_header);
    assert_eq!(row.values["submission_timestamp"], "2026-11-22 11:27:29.000000");
    for (name, value) in &row.values {
        match name.as_str() {
            "events" => assert_eq!(*value, json!([])),
            "document_id" | "metadata" | "normalized_app_name" | "submission_timestamp" => {
                assert!(!value.is_null())
            }
            _ => assert!(value.is_null(), "{name}: {value}"),
        }
    }
}

#[test]
fn the_time_of_receipt_comes_from_the_line_then_from_the_default() {
    let default = Defaults { received_at: Some("2026-01-02T03:04:05Z".parse().unwrap()) };
    let time = |changes: Json| match accept(submission(changes).to_string().as_bytes(), &routes(), &default) {
        Outcome::Accepted(row) => (row.received_at.to_string(), row.received_from_date_header),
        Outcome::Rejected(rejection) => panic!("{rejection:?}"),
    };
    assert_eq!(
        time(json!({"received_at": "2026-11-22T00:00:00Z"})),
        ("2026-11-22T00:00:00Z".to_owned(), false)
    );
    assert_eq!(time(json!({})), ("2026-01-02T03:04:05Z".to_owned(), false));
}

#[test]
fn a_table_of_another_shape_gets_its_own_columns() {
    let row = accepted(json!({
        "path": format!("/submit/tide-browser/small/4/{ID}"),
        "body": {"at": "2026-11-22T10:00:00Z", "clientId": "not a uuid", "tags": ["a", "b"], "more": 1},
    }));
    assert_eq!(
        Json::Object(row.values),
        json!({
            "at": "2026-11-22 10:00:00.000000",
            "client_id": "not a uuid",
            "sample_id": crc32fast::hash(b"not a uuid") % 100,
            "tags": ["a", "b"],
        })
    );
    // Without a column for it, at least its name is told.
    assert_eq!(row.ignored, ["body.more"]);
}

#[test]
fn a_legacy_ping_becomes_a_row() {
    let client = "20acb764-56ed-4ce2-accb-55da13ca4075";
    let row = accepted(json!({
        "path": legacy_path(),
        "body": {
            "clientId": client,
            "version": 5,
            "environment": {"system": {"os": {"name": "Windows_NT", "version": 10}}},
            "payload": {
                "info": {"reason": "shutdown"},
                "histograms": {"GC_MS": {"sum": 3, "values": {"1": 3}}, "OTHER": {"sum": 1}},
                "keyedHistograms": {"SEARCH": {"x.urlbar": {"sum": 2}}},
                "processes": {"parent": {
                    "scalars": {"browser.engagement.tab_count": 8},
                    "events": [[17, "tab", null, {"b": "2", "a": "1"}]],
                }},
                "memoryMap": [["a", "b"], []],
            },
        },
    }));
    let values = Json::Object(row.values);
    assert_eq!(values["client_id"], client);
    assert_eq!(values["sample_id"], crc32fast::hash(client.as_bytes()) % 100);
    assert_eq!(
        values["metadata"]["uri"],
        json!({"app_build_id": "20261122030406", "app_name": "Tide", "app_update_channel": "Beta",
               "app_version": "145.0.1"})
    );
    assert_eq!(values["normalized_app_name"], "Tide");
    assert_eq!(values["normalized_channel"], "beta");
    assert_eq!(values["normalized_os"], "Windows");
    assert_eq!(values["environment"], json!({"system": {"os": {"name": "Windows_NT", "version": "10"}}}));
    let payload = &values["payload"];
    assert_eq!(payload["histograms"]["gc_ms"], "{\"sum\":3,\"values\":{\"1\":3}}");
    assert_eq!(
        payload["keyed_histograms"],
        json!([{"key": "SEARCH", "value": [{"key": "x.urlbar", "value": "{\"sum\":2}"}]}])
    );
    assert_eq!(
        payload["processes"]["parent"],
        json!({
            "events": [{"f0_": 17, "f1_": "tab", "f2_": null,
                        "f3_": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]}],
            "scalars": {"browser_engagement_tab_count": 8},
        })
    );
    assert_eq!(payload["memory_map"], json!([{"list": ["a", "b"]}, {"list": []}]));
    assert_eq!(values["additional_properties"], "{\"payload\":{\"histograms\":{\"OTHER\":{\"sum\":1}}}}");
}

#[test]
fn a_payload_that_breaks_its_schema_is_rejected_with_the_place() {
    let body =
        json!({"version": 5, "payload": {"processes": {"parent": {"events": [[17, "tab", 71_717, {}]]}}}});
    let rejection = rejected(submission(json!({"path": legacy_path(), "body": body})).to_string().as_bytes());
    assert_eq!(rejection.reason, Reason::SchemaViolation);
    assert_eq!(
        rejection.detail,
        "/payload/processes/parent/events/0/2: the value is not of types \"null\", \"string\""
    );
    assert_eq!(rejection.route, Some(2));
}
