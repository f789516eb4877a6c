//! The envelope: columns that ingestion itself fills, from the submission's path, headers and place
//! and from what the client says about itself. A body can never set one of them.

use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use super::address::Address;
use super::normalize;
use super::submission::Submission;

/// The column for what a payload holds beyond the schema.
pub(super) const ADDITIONAL_PROPERTIES: &str = "additional_properties";

const COLUMNS: &[&str] = &[
    ADDITIONAL_PROPERTIES,
    "document_id",
    "metadata",
    "normalized_app_name",
    "normalized_channel",
    "normalized_country_code",
    "normalized_os",
    "normalized_os_version",
    "sample_id",
    "submission_timestamp",
];

/// Where payloads say who and what the client is: Glean's first, then those of other formats.
const CLIENT_ID: &[&[&str]] = &[&["client_info", "client_id"], &["client_id"], &["clientId"]];
const CHANNEL: &[&[&str]] = &[&["client_info", "app_channel"], &["application", "channel"]];
const SYSTEM: &[&[&str]] = &[&["client_info", "os"], &["environment", "system", "os", "name"], &["os"]];
const SYSTEM_VERSION: &[&[&str]] =
    &[&["client_info", "os_version"], &["environment", "system", "os", "version"], &["osversion"]];

/// Whether ingestion fills the column.
pub(super) fn is_envelope(column: &str) -> bool {
    COLUMNS.contains(&column)
}

/// The values of the envelope's columns, `additional_properties` aside, as JSON that still takes its declared types.
pub(super) fn columns(
    submission: &Submission,
    address: &Address,
    body: &Map<String, Json>,
    app_name: &str,
    document_id: String,
    received_at: Timestamp,
) -> Map<String, Json> {
    let country = submission.geo.get("country").and_then(|country| normalize::country(country));
    let mut columns = Map::new();
    let mut set = |name: &str, value: Json| columns.insert(name.to_owned(), value);
    set("document_id", json!(document_id));
    // What a legacy client says in the path goes before what it says in the payload.
    let said = |column: &str| address.uri.get(column).map(String::as_str);
    let channel = said("app_update_channel").or_else(|| text_at(body, CHANNEL));
    set("metadata", json!({"geo": submission.geo, "header": submission.headers, "uri": address.uri}));
    set("normalized_app_name", json!(said("app_name").unwrap_or(app_name)));
    set("normalized_channel", json!(channel.map(normalize::channel)));
    set("normalized_country_code", json!(country));
    set("normalized_os", json!(text_at(body, SYSTEM).map(normalize::system)));
    set("normalized_os_version", json!(text_at(body, SYSTEM_VERSION).map(normalize::system_version)));
    set("sample_id", json!(text_at(body, CLIENT_ID).map(sample_id)));
    set("submission_timestamp", json!(received_at.to_string()));
    columns
}

/// A share of the clients that stays the same from ping to ping: 0 to 99.
fn sample_id(client_id: &str) -> u32 {
    crc32fast::hash(client_id.as_bytes()) % 100
}

/// The first text that stands at one of some places; an empty one counts as absent.
fn text_at<'a>(body: &'a Map<String, Json>, places: &[&[&str]]) -> Option<&'a str> {
    places.iter().find_map(|place| {
        let (first, rest) = place.split_first()?;
        let value = rest.iter().try_fold(body.get(*first)?, |value, key| value.get(key))?;
        value.as_str().filter(|text| !text.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::sample_id;

    #[test]
    fn the_sample_is_the_hash_of_the_identifier() {
        // CRC-32 of this text is the checksum's published test vector, 0xCBF43926.
        assert_eq!(sample_id("123456789"), 0xCBF4_3926 % 100);
    }
}
