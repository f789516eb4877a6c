//! The submit path of a submission: which ping it is, and what legacy clients say there of themselves.
//!
//! Glean and other structured pings come by `/submit/<namespace>/<type>/<version>/<document id>`. Legacy
//! Telemetry pings come by `/submit/telemetry/<document id>/<type>/<app>/<version>/<channel>/<build id>`;
//! the version of their schema stands in the payload.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::names::shown;
use super::reason::{Reason, Rejection};

/// The namespace whose pings may come by the legacy path.
const LEGACY: &str = "telemetry";

/// A path, taken apart.
pub(super) struct Address {
    pub namespace: String,
    pub ping: String,
    /// None on the legacy path.
    pub version: Option<u32>,
    /// What the legacy path says of the application, as columns of `metadata.uri`.
    pub uri: BTreeMap<&'static str, String>,
    document_id: String,
}

impl Address {
    pub fn parse(path: Option<&str>) -> Result<Self, Rejection> {
        let path = path.ok_or_else(|| Rejection::new(Reason::MissingPath, "the line has no text `path`"))?;
        let parts: Vec<&str> = path.split('/').collect();
        let address = match parts.as_slice() {
            ["", "submit", namespace, ping, version, document_id] => {
                structured(namespace, ping, version, document_id)
            }
            ["", "submit", LEGACY, document_id, ping, name, version, channel, build] => {
                legacy(document_id, ping, [name, version, channel, build])
            }
            _ => None,
        };
        address.ok_or_else(|| {
            let detail = format!(
                "`{}` is neither `/submit/<namespace>/<type>/<version>/<document id>` nor \
                 `/submit/telemetry/<document id>/<type>/<app>/<version>/<channel>/<build id>`",
                shown(path)
            );
            Rejection::new(Reason::BadPath, detail)
        })
    }

    /// The version of the schema; on the legacy path the payload's word.
    pub fn version_with(&self, payload: Option<&Map<String, Json>>) -> Option<u32> {
        self.version.or_else(|| payload_version(payload?))
    }

    /// The document id, which every client must make as a UUID: deduplication rests on it.
    pub fn document_id(&self) -> Result<String, Rejection> {
        let id = &self.document_id;
        let fine = id.len() == 36
            && id.bytes().enumerate().all(|(index, byte)| match index {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        if fine {
            return Ok(id.to_ascii_lowercase());
        }
        Err(Rejection::new(Reason::BadDocumentId, format!("`{}` is not a UUID", shown(id))))
    }
}

fn structured(namespace: &str, ping: &str, version: &str, document_id: &str) -> Option<Address> {
    let named = !namespace.is_empty() && !ping.is_empty();
    let digits = version.bytes().all(|byte| byte.is_ascii_digit());
    let version = version.parse().ok()?;
    (named && digits).then(|| Address {
        namespace: namespace.to_owned(),
        ping: ping.to_owned(),
        version: Some(version),
        uri: BTreeMap::new(),
        document_id: document_id.to_owned(),
    })
}

fn legacy(document_id: &str, ping: &str, [name, version, channel, build]: [&str; 4]) -> Option<Address> {
    // Clients add `?v=4`, the version of their protocol.
    let build = build.split('?').next().unwrap_or_default();
    let said = [
        ("app_name", name),
        ("app_version", version),
        ("app_update_channel", channel),
        ("app_build_id", build),
    ];
    (!ping.is_empty()).then(|| Address {
        namespace: LEGACY.to_owned(),
        ping: ping.to_owned(),
        version: None,
        uri: said
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, text.to_owned()))
            .collect(),
        document_id: document_id.to_owned(),
    })
}

/// The version that a legacy payload states: `version`, in pings of phones `v`, in the oldest `ver`.
fn payload_version(payload: &Map<String, Json>) -> Option<u32> {
    let stated = ["version", "v", "ver"].into_iter().find_map(|key| payload.get(key))?;
    match stated {
        Json::Number(number) => u32::try_from(number.as_u64()?).ok(),
        Json::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Address;

    #[test]
    fn a_legacy_path_says_what_the_client_is() {
        let path = "/submit/telemetry/5b0ba60c-c150-4cbb-82b5-1354d14a1d76/main/Firefox/145.0/beta/20261122030406?v=4";
        let address = Address::parse(Some(path)).ok().unwrap();
        assert_eq!((address.namespace.as_str(), address.ping.as_str()), ("telemetry", "main"));
        assert_eq!(
            json!(address.uri),
            json!({"app_name": "Firefox", "app_version": "145.0", "app_update_channel": "beta",
                   "app_build_id": "20261122030406"})
        );
        for (payload, version) in [
            (json!({"version": 5}), Some(5)),
            (json!({"v": 10}), Some(10)),
            (json!({"version": "4"}), Some(4)),
            (json!({"version": -4}), None),
            (json!({"version": 4.5}), None),
            (json!({"version": "four"}), None),
            (json!({}), None),
        ] {
            assert_eq!(address.version_with(payload.as_object()), version, "{payload}");
        }
        assert_eq!(address.version_with(None), None);
    }

    #[test]
    fn other_paths_are_none() {
        for path in [
            "/submit/telemetry/id/main/Firefox/145.0/beta",
            "/submit/other/id/main/Firefox/145.0/beta/1",
            "/submit/telemetry/id//Firefox/145.0/beta/1",
            "/submit/telemetry/id/main/Firefox/145.0/beta/1/2",
        ] {
            assert!(Address::parse(Some(path)).is_err(), "{path}");
        }
        let structured = Address::parse(Some("/submit/telemetry/main/5/id")).ok().unwrap();
        assert_eq!((structured.version, structured.uri.is_empty()), (Some(5), true));
    }
}
