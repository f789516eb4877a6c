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

    /// Source, medium and campaign, where there are any.
    pub(super) fn attribution(&self, pointer: &str) -> Option<[String; 3]> {
        let attribution = self.body.pointer(pointer)?;
        Some(["source", "medium", "campaign"].map(|key| attribution[key].as_str().unwrap().to_owned()))
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

/// The row of a line of the browser, or nothing where it is malformed.
pub(super) fn read(line: &str) -> Option<Row> {
    read_of(line, "tide-browser")
}

/// The row of a line of an application, or nothing where it is malformed.
pub(super) fn read_of(line: &str, application: &str) -> Option<Row> {
    let (path, row) = any(line)?;
    let ["", "submit", namespace, ping_type, "1", document] = path_parts(&path)[..] else { return None };
    let counters = row.body.pointer("/metrics/counter").and_then(Value::as_object);
    let is_fine = namespace == application
        && ["baseline", "events", "metrics", "health"].contains(&ping_type)
        && is_uuid(document)
        && counters.is_none_or(|counters| counters.values().all(Value::is_u64));
    is_fine.then(|| Row { ping_type: ping_type.to_owned(), document: document.to_owned(), ..row })
}

/// The row of a line of the older telemetry, or nothing where it is malformed.
pub(super) fn read_legacy(line: &str) -> Option<Row> {
    let (path, row) = any(line)?;
    let ["", "submit", "telemetry", document, "main", application, version, channel, build] =
        path_parts(&path)[..]
    else {
        return None;
    };
    if !is_uuid(document) || !row.body.pointer("/payload/info/subsessionLength")?.is_u64() {
        return None;
    }
    // The path says what the body says.
    assert_eq!(row.text("/id"), document);
    assert_eq!(row.text("/application/name"), application);
    assert_eq!(row.text("/application/version"), version);
    assert_eq!(row.text("/application/channel"), channel);
    assert_eq!(row.text("/application/buildId"), build);
    Some(Row { ping_type: "main".to_owned(), document: document.to_owned(), ..row })
}

fn path_parts(path: &str) -> Vec<&str> {
    path.split('/').collect()
}

/// The path of a line and a row that does not know it yet.
fn any(line: &str) -> Option<(String, Row)> {
    let mut value: Value = serde_json::from_str(line).ok()?;
    let body = value.get_mut("body")?.take();
    body.as_object()?;
    let row = Row {
        received: value["received_at"].as_str()?.to_owned(),
        ping_type: String::new(),
        document: String::new(),
        automation: value["headers"]["X-Source-Tags"] == "automation",
        country: value["geo"]["country"].as_str()?.to_owned(),
        body,
    };
    Some((value["path"].as_str()?.to_owned(), row))
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
