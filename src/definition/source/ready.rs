//! `ready:` when a day of a source may be read.

use crate::definition::shapes;
use crate::definition::values::{TableName, table_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{MapReader, Node, Value};

/// When a day of a source is ready.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Ready {
    /// It has rows, or a later day has.
    #[default]
    Arrived,
    /// It has at least so many rows.
    Rows(u64),
    /// Another source, with a row for each finished day, has the day.
    Marker(TableName),
}

const FORMS: &str = "write `rows`, `{rows: 1000}` or `{marker: schema.table}`";

fn has_unknown_key(node: &Node) -> bool {
    let keys = node.as_map().into_iter().flatten().filter_map(|(key, _)| key.as_text());
    keys.into_iter().any(|key| !["rows", "marker", "after", "hour"].contains(&key))
}

/// Reads `ready:`; a source that is one whole has no days that a marker could name.
pub(super) fn read(reader: &MapReader, is_whole: bool) -> Ready {
    let Some(node) = reader.optional("ready") else { return Ready::default() };
    if node.as_text() == Some("rows") {
        return Ready::Arrived;
    }
    if !matches!(node.value, Value::Map(_)) {
        reader.report(
            Diagnostic::error(Code::InvalidValue, "no such rule of readiness").at(&node.position).hint(FORMS),
        );
        return Ready::default();
    }
    let inner = MapReader::of(node, "`ready`", &shapes::READY);
    let (rows, marker) = (inner.optional("rows"), inner.optional_text("marker"));
    let clock = inner.optional("after").or(inner.optional("hour"));
    let refuse = |node: &Node, message: &str, hint: &str| {
        inner.report(Diagnostic::error(Code::InvalidValue, message).at(&node.position).hint(hint));
    };
    if let Some(clock) = clock {
        refuse(
            clock,
            "readiness cannot depend on the clock: a plan is the same at every hour",
            "run at that hour, or let whoever fills the source mark finished days: `{marker: schema.table}`",
        );
    }
    let ready = match (rows, marker) {
        (Some(rows), None) => match rows.value {
            Value::Integer(least) if least > 0 => u64::try_from(least).ok().map(Ready::Rows),
            _ => {
                refuse(rows, "`rows` is a whole number above 0", "write `{rows: 1000}`");
                None
            }
        },
        (None, Some(marker)) if is_whole => {
            inner.report(
                Diagnostic::error(Code::InvalidValue, "a source without days cannot be marked day by day")
                    .at(&marker.position)
                    .hint("give it a `partition_by`, or write `{rows: 1000}`"),
            );
            None
        }
        (None, Some(marker)) => table_name(&inner, "marker", &marker, false).map(Ready::Marker),
        // What has another name is reported as an unknown key.
        (None, None) if clock.is_some() || has_unknown_key(node) => None,
        _ => {
            refuse(node, "`ready` has one rule", FORMS);
            None
        }
    };
    reader.report_all(inner.finish());
    ready.unwrap_or_default()
}
