//! Reads lines as a stranger would, knowing only the form of a submission and nothing of how they were made.

use jiff::civil::Date;
use serde_json::Value;

/// A line that could be accepted.
pub(super) struct Row {
    pub(super) received: String,
    pub(super) ping_type: String,
    pub(super) document: String,
    pub(super) automation: bool,
    pub(super) country: String,
    pub(super) body: Value,
}

impl Row {
    pub(super) fn day(&self) -> Date {
        self.received[..10].parse().unwrap()
    }

    pub(super) fn text(&self, pointer: &str) -> &str {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{pointer}: {}", self.body))
    }

    pub(super) fn client(&self) -> &str {
        self.text("/client_info/client_id")
    }

    /// The sum of the numbers under a pointer, or the number itself.
    pub(super) fn sum(&self, pointer: &str) -> u64 {
        match self.body.pointer(pointer) {
            None => 0,
            Some(Value::Object(counts)) => counts.values().map(|count| count.as_u64().unwrap()).sum(),
            Some(count) => count.as_u64().unwrap(),
        }
    }
}

/// The row of a line, or nothing where it is malformed.
pub(super) fn read(line: &str) -> Option<Row> {
    let mut value: Value = serde_json::from_str(line).ok()?;
    let path = value["path"].as_str()?.to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    let ["", "submit", "tide-browser", ping_type, "1", document] = parts[..] else { return None };
    if !["baseline", "events", "metrics", "health"].contains(&ping_type) || !is_uuid(document) {
        return None;
    }
    let body = value.get_mut("body")?.take();
    body.as_object()?;
    let counters = body.pointer("/metrics/counter").and_then(Value::as_object);
    if counters.is_some_and(|counters| counters.values().any(|counter| !counter.is_u64())) {
        return None;
    }
    Some(Row {
        received: value["received_at"].as_str()?.to_owned(),
        ping_type: ping_type.to_owned(),
        document: document.to_owned(),
        automation: value["headers"]["X-Source-Tags"] == "automation",
        country: value["geo"]["country"].as_str()?.to_owned(),
        body,
    })
}

/// The day of receipt of any line, also of a truncated one.
pub(super) fn day(line: &str) -> Date {
    let (_, rest) = line.split_once("\"received_at\":\"").unwrap();
    rest[..10].parse().unwrap()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(index, letter)| match index {
            8 | 13 | 18 | 23 => letter == '-',
            _ => letter.is_ascii_hexdigit(),
        })
}
