//! Pings of visits: a source of few columns, one with a Glean schema, and submissions for both.

use serde_json::{Value, json};

pub const VISIT: &str = "source: harbour.visit_v1
kind: ping
description: Visits as pings.
schema:
  columns:
    submission_timestamp: TIMESTAMP
    document_id: STRING
    metadata: STRUCT<header STRUCT<x_source_tags STRING>>
    client_id: STRING
    searches: INT64
start: 2026-10-01
";

pub const VISIT_GLEAN: &str = "source: harbour.visit_v1
kind: ping
description: Visits as pings of the Glean SDK.
schema: {glean: visit.metrics.yaml}
start: 2026-10-01
";

pub const METRICS_FILE: &str = "datasets/visit.metrics.yaml";

pub const METRICS: &str = "$schema: moz://mozilla.org/schemas/glean/metrics/2-0-0
sea:
  searches:
    type: counter
    send_in_pings: [visit]
";

/// One row per client and day, of pings.
pub const CLIENTS: &str = "dataset: harbour_derived.clients_daily_v1
description: Searches per client and day.
from: harbour_stable.visit_v1
template: tidemill/aggregate
with:
  dimensions: [client_id]
  measures: {pings: count(*), searches: sum(searches)}
deletion: by client_id
expires: 775 days
";

pub const STABLE_TABLE: &str = "harbour_stable.visit_v1";
pub const CLIENTS_TABLE: &str = "harbour_derived.clients_daily_v1";

/// A submission that fits both sources.
pub fn visit(received_at: &str, document: u64, client: &str, searches: i64) -> Value {
    json!({
        "path": format!("/submit/harbour/visit/1/00000000-0000-4000-8000-{document:012x}"),
        "headers": {},
        "received_at": received_at,
        "body": {
            "client_id": client, "searches": searches,
            "client_info": {"client_id": client},
            "metrics": {"counter": {"sea.searches": searches}},
        },
    })
}

/// The submission of a test machine.
pub fn automated(received_at: &str, document: u64) -> Value {
    let mut line = visit(received_at, document, "machine", 1_000);
    line["headers"] = json!({"X-Source-Tags": "perf, automation"});
    line
}
