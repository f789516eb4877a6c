//! A line of the submission log, taken apart: path, headers, times and the body as it came.
//!
//! It knows nothing of tables. Of the headers it keeps only the few that tables have a place for, so
//! that the address of a client, which proxies write into others, goes no further than here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde_json::{Map, Value as Json};

use super::Defaults;
use super::names::shown;
use super::reason::{Reason, Rejection};
use crate::schema::{HEADERS, snake_case};

/// The largest body, in bytes of JSON without blanks.
const BODY_LIMIT: usize = 8 << 20;
/// How deeply objects and lists of a body may nest.
const DEPTH_LIMIT: usize = 64;
/// What the edge looks up of an address before it drops it.
const GEO: &[&str] = &["country", "city", "subdivision1", "subdivision2"];

/// One submission.
pub(super) struct Submission {
    pub path: Option<String>,
    /// By column name.
    pub headers: BTreeMap<&'static str, String>,
    /// By column name.
    pub geo: BTreeMap<&'static str, String>,
    /// With whether it is the `Date` header's.
    pub received_at: Result<(Timestamp, bool), Rejection>,
    pub body: Option<Json>,
    /// Other keys of the line.
    pub ignored: Vec<String>,
}

impl Submission {
    pub fn read(line: &[u8], defaults: &Defaults) -> Result<Self, Rejection> {
        let mut entries = entries(line, super::LINE_LIMIT)?;
        let headers = texts(entries.remove("headers"), "headers", HEADERS)?;
        let geo = texts(entries.remove("geo"), "geo", GEO)?;
        let received_at = receipt_time(entries.remove("received_at"), &headers, defaults);
        let path = match entries.remove("path") {
            Some(Json::String(path)) => Some(path),
            _ => None,
        };
        let body = entries.remove("body");
        let ignored = entries.keys().map(|key| shown(key)).collect();
        Ok(Self { path, headers, geo, received_at, body, ignored })
    }
}

/// The entries of a line, which is an object within its limits.
pub(super) fn entries(line: &[u8], limit: usize) -> Result<Map<String, Json>, Rejection> {
    if line.len() > limit {
        return Err(Rejection::new(Reason::TooLong, format!("the line has {} bytes", line.len())));
    }
    // Looked at before parsing, which is recursive. The line itself is one level around the body.
    if depth(line) > DEPTH_LIMIT + 1 {
        let detail = format!("objects and lists nest more than {DEPTH_LIMIT} levels deep");
        return Err(Rejection::new(Reason::TooDeep, detail));
    }
    let value: Json = serde_json::from_slice(line)
        .map_err(|error| Rejection::new(Reason::NotJson, format!("not JSON at byte {}", error.column())))?;
    match value {
        Json::Object(entries) => Ok(entries),
        other => Err(Rejection::new(Reason::NotAnObject, format!("the line is {}", kind(&other)))),
    }
}

/// The body as an object within its limit.
pub(super) fn object(body: Option<Json>, line_length: usize) -> Result<Map<String, Json>, Rejection> {
    match body {
        None | Some(Json::Null) => Err(Rejection::new(Reason::MissingBody, "the line has no `body`")),
        Some(Json::Object(body)) => {
            // Only a long line can hold a long body, so hardly any is measured.
            let length = if line_length > BODY_LIMIT { length(&body) } else { 0 };
            if length > BODY_LIMIT {
                let detail = format!("the body has {length} bytes, more than {BODY_LIMIT}");
                return Err(Rejection::new(Reason::TooLong, detail));
            }
            Ok(body)
        }
        Some(other) => Err(Rejection::new(Reason::BodyNotAnObject, format!("the body is {}", kind(&other)))),
    }
}

/// The kind of a JSON value in words.
pub(super) fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(number) if number.is_f64() => "a number",
        Json::Number(_) => "a whole number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// The known members of an object of texts, by column name. Where two keys give one name, the first in order holds.
fn texts(
    value: Option<Json>,
    part: &str,
    known: &'static [&'static str],
) -> Result<BTreeMap<&'static str, String>, Rejection> {
    let wrong = |place: String, expected: &str, found: &Json| {
        let detail = format!("`{place}`: expected {expected}, found {}", kind(found));
        Rejection::new(Reason::WrongType, detail)
    };
    let entries: BTreeMap<String, Json> = match value {
        None | Some(Json::Null) => return Ok(BTreeMap::new()),
        Some(Json::Object(entries)) => entries.into_iter().collect(),
        Some(other) => return Err(wrong(part.to_owned(), "an object", &other)),
    };
    let mut kept = BTreeMap::new();
    for (key, value) in entries {
        // Headers have no letter case, and `X-DNT` would otherwise become several words.
        let name = snake_case(&key.to_ascii_lowercase()).into_owned();
        let Some(name) = known.iter().copied().find(|known| *known == name) else { continue };
        match value {
            Json::String(text) => {
                kept.entry(name).or_insert(text);
            }
            Json::Null => {}
            other => return Err(wrong(format!("{part}.{name}"), "a text", &other)),
        }
    }
    Ok(kept)
}

/// When the server received the submission, and whether only the client's `Date` header says so.
fn receipt_time(
    written: Option<Json>,
    headers: &BTreeMap<&'static str, String>,
    defaults: &Defaults,
) -> Result<(Timestamp, bool), Rejection> {
    let bad = |what: &str| Rejection::new(Reason::BadReceiptTime, what);
    let (time, from_header) = match written.filter(|value| !value.is_null()) {
        Some(Json::String(text)) => {
            let time =
                text.parse().map_err(|_| bad("`received_at` is not a time in the form of RFC 3339"))?;
            (time, false)
        }
        Some(other) => return Err(bad(&format!("`received_at` is {}, not a text", kind(&other)))),
        None => match (defaults.received_at, headers.get("date")) {
            (Some(time), _) => (time, false),
            (None, Some(date)) => {
                let time = rfc2822::DateTimeParser::new()
                    .parse_timestamp(date)
                    .map_err(|_| bad("the `Date` header is not a date in the form of RFC 7231"))?;
                (time, true)
            }
            (None, None) => {
                let detail = "the line has neither `received_at` nor a `Date` header; give `--received-at`";
                return Err(Rejection::new(Reason::NoReceiptTime, detail));
            }
        },
    };
    if time < Timestamp::UNIX_EPOCH {
        return Err(bad("the time of receipt is before 1970"));
    }
    Ok((time, from_header))
}

/// How deeply brackets nest, outside of texts. What is not JSON gives some number.
fn depth(line: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in line {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The length of an object as JSON, without making the text.
fn length(body: &Map<String, Json>) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    match serde_json::to_writer(&mut count, body) {
        Ok(()) => count.0,
        // Counting cannot fail; if it did, the body is as good as too long.
        Err(_) => usize::MAX,
    }
}
