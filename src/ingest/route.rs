//! Which submissions go to which table: namespace, ping and version to declared columns.
//!
//! Names are compared as they are written, since a path is written by a program. It must never guess
//! a route; a near name only goes into the rejection.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::Address;
use super::envelope;
use super::reason::{Reason, Rejection};
use super::reshape::Fit;
use crate::schema::Field;
use crate::schema::json_schema::PayloadValidator;

/// Where the submissions of one ping go.
#[derive(Clone, Debug)]
pub struct Route {
    /// The application's part of the path, `tide-browser`.
    pub namespace: String,
    pub ping: String,
    pub version: u32,
    /// The live table, `tide_browser_live.baseline_v1`.
    pub table: String,
    /// What `normalized_app_name` says.
    pub app_name: String,
    pub columns: Vec<Field>,
    /// How strictly values have the types of their columns.
    pub fit: Fit,
    /// Judges payloads before they become rows.
    pub validator: Option<Arc<PayloadValidator>>,
}

type Versions = BTreeMap<u32, usize>;
type Pings = BTreeMap<String, Versions>;

/// All routes of a project.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    routes: Vec<Route>,
    /// Per route, the columns that a body fills; the others are the envelope's.
    body_columns: Vec<Vec<Field>>,
    by_name: BTreeMap<String, Pings>,
}

impl Routes {
    /// Keeps the order of the routes. Where two take the same submissions, the first one gets them:
    /// definitions with the same table are refused long before.
    pub fn new(routes: Vec<Route>) -> Self {
        let mut by_name: BTreeMap<String, Pings> = BTreeMap::new();
        for (index, route) in routes.iter().enumerate() {
            let pings = by_name.entry(route.namespace.clone()).or_default();
            pings.entry(route.ping.clone()).or_default().entry(route.version).or_insert(index);
        }
        let of_body = |column: &&Field| !envelope::is_envelope(&column.name);
        let body_columns =
            routes.iter().map(|route| route.columns.iter().filter(of_body).cloned().collect()).collect();
        Self { routes, body_columns, by_name }
    }

    pub fn as_slice(&self) -> &[Route] {
        &self.routes
    }

    pub(super) fn body_columns(&self, route: usize) -> &[Field] {
        self.body_columns.get(route).map(Vec::as_slice).unwrap_or_default()
    }

    /// The route of an address and a version of the schema.
    pub(super) fn find(&self, address: &Address, version: Option<u32>) -> Result<usize, Rejection> {
        let Some(pings) = self.by_name.get(&address.namespace) else {
            let known: Vec<_> = self.by_name.keys().map(String::as_str).collect();
            return Err(Rejection::unknown(
                Reason::UnknownNamespace,
                "the namespace",
                &address.namespace,
                &known,
            ));
        };
        let Some(versions) = pings.get(&address.ping) else {
            let known: Vec<_> = pings.keys().map(String::as_str).collect();
            let what = format!("from `{}` the ping", address.namespace);
            return Err(Rejection::unknown(Reason::UnknownPing, &what, &address.ping, &known));
        };
        let known = || versions.keys().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let Some(version) = version else {
            let detail =
                format!("the payload states no `version`; `{}` has version {}", address.ping, known());
            return Err(Rejection::new(Reason::MissingVersion, detail));
        };
        versions.get(&version).copied().ok_or_else(|| {
            let detail = format!("`{}` has version {}, not {version}", address.ping, known());
            Rejection::new(Reason::UnknownVersion, detail)
        })
    }
}
