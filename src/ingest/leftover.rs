//! What a payload holds beyond the schema, kept in the payload's own nesting for the column
//! `additional_properties`, so that a field that is declared later can still be found in older rows.
//!
//! It must never keep the address of a client, wherever it stands.

use serde_json::{Map, Value as Json};

/// Names under which programs pass the address of a client on, in small letters without separators.
const ADDRESSES: &[&str] =
    &["clientip", "ipaddress", "remoteaddr", "remoteaddress", "remoteip", "xforwardedfor", "xrealip"];

/// Keeps a value under its key, unless there is nothing in it to keep.
pub(super) fn keep(leftovers: &mut Map<String, Json>, key: String, value: Json) {
    if is_address(&key) {
        return;
    }
    let value = without_addresses(value);
    if value != Json::Null {
        leftovers.insert(key, value);
    }
}

/// The column: a JSON text, or null where nothing was left over.
pub(super) fn to_text(leftovers: &Map<String, Json>) -> Json {
    if leftovers.is_empty() {
        return Json::Null;
    }
    serde_json::to_string(leftovers).map_or(Json::Null, Json::String)
}

/// The leftovers of a list's items, each in its place; null where every item fitted.
pub(super) fn list(mut items: Vec<Json>) -> Json {
    while items.last() == Some(&Json::Null) {
        items.pop();
    }
    if items.is_empty() { Json::Null } else { Json::Array(items) }
}

/// An object of leftovers; null where it is empty.
pub(super) fn object(leftovers: Map<String, Json>) -> Json {
    if leftovers.is_empty() { Json::Null } else { Json::Object(leftovers) }
}

fn is_address(key: &str) -> bool {
    let letters = key.chars().filter(|character| !matches!(character, '_' | '-' | '.'));
    let letters: String = letters.map(|character| character.to_ascii_lowercase()).collect();
    ADDRESSES.contains(&letters.as_str())
}

fn without_addresses(value: Json) -> Json {
    match value {
        Json::Object(entries) => entries
            .into_iter()
            .filter(|(key, _)| !is_address(key))
            .map(|(key, value)| (key, without_addresses(value)))
            .collect(),
        Json::Array(items) => items.into_iter().map(without_addresses).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::{keep, to_text};

    #[test]
    fn addresses_are_dropped_wherever_they_stand() {
        let mut leftovers = Map::new();
        keep(&mut leftovers, "X-Forwarded-For".to_owned(), json!("192.0.2.1"));
        keep(&mut leftovers, "proxy".to_owned(), json!([{"remoteAddr": "192.0.2.1", "port": 80}]));
        assert_eq!(to_text(&leftovers), json!(r#"{"proxy":[{"port":80}]}"#));
    }

    #[test]
    fn nothing_left_over_is_null() {
        let mut leftovers = Map::new();
        keep(&mut leftovers, "a".to_owned(), json!(null));
        assert_eq!(to_text(&leftovers), json!(null));
    }
}
