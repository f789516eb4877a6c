//! Glean: the metrics that an application declares, those that the Glean SDK sends by itself, and
//! the columns that a ping table gets from both.
//!
//! It turns declarations into column types and nothing more. It must never read a file, look at a
//! submission or know where a table lives.

mod builtin;
mod kind;
mod metrics;
mod ping;

pub use builtin::sdk_metrics;
pub use kind::MetricKind;
pub use metrics::read_metrics;
pub use ping::{MetricColumn, find_metric, metric_names, ping_columns};

use crate::diagnostic::Position;

/// In `send_in_pings`: the metric goes with every ping.
pub const ALL_PINGS: &str = "all-pings";

/// One metric, as a `metrics.yaml` or the SDK declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Category and name, `browser.tab_count`.
    pub name: String,
    pub kind: MetricKind,
    /// The pings that carry it; [`ALL_PINGS`] stands for every one.
    pub pings: Vec<String>,
    pub description: Option<String>,
    /// The unit that times are recorded in, `millisecond`, where one is declared.
    pub time_unit: Option<String>,
    /// What an event may carry beside its name.
    pub extra_keys: Vec<ExtraKey>,
    /// Where it is declared; `None` for a metric of the SDK.
    pub position: Option<Position>,
}

/// One extra of an event. In tables its value is a text, whatever its declared type.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraKey {
    pub name: String,
    /// `string`, `boolean` or `quantity`.
    pub type_name: String,
    pub description: Option<String>,
}

impl Metric {
    /// The name as a column under `metrics.<kind>`: `browser_tab_count`.
    pub fn column(&self) -> String {
        column_name(&self.name)
    }

    /// Whether the ping carries the metric. Dashes and underscores are the same in names of pings,
    /// because tables write `deletion_request` for `deletion-request`.
    pub fn is_in(&self, ping: &str) -> bool {
        self.pings.iter().any(|name| name == ALL_PINGS || same_column(name, ping))
    }
}

/// A dotted or dashed name as a column name.
fn column_name(name: &str) -> String {
    name.replace(['.', '-'], "_")
}

/// Whether two names give the same column.
fn same_column(left: &str, right: &str) -> bool {
    let plain = |byte: u8| if matches!(byte, b'.' | b'-') { b'_' } else { byte };
    left.bytes().map(plain).eq(right.bytes().map(plain))
}
