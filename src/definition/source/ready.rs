//! `ready:` when a day of a source may be read.

use jiff::civil::Time;

use crate::definition::schedule::parse_time;
use crate::definition::shapes;
use crate::definition::values::{TableName, table_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{MapReader, Node, Text, Value};

/// When a day of a source is ready.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Ready {
    /// It has rows, or a later day has.
    #[default]
    Arrived,
    /// It has at least so many rows.
    Rows(u64),
    /// It has at least so many percent of what the days before it had on average.
    RowsNear { percent: u32, days: u32 },
    /// It is this time in UTC of the day after.
    After(Time),
    /// Another source, with a row for each finished day, has the day.
    Marker(TableName),
}

const FORMS: &str = "write `rows`, `{rows: 1000}`, `{rows: 50% of last 7 days}`, `{marker: schema.table}` or `{after: \"06:00\"}`";

fn has_unknown_key(node: &Node) -> bool {
    let keys = node.as_map().into_iter().flatten().filter_map(|(key, _)| key.as_text());
    keys.into_iter().any(|key| !["rows", "marker", "after"].contains(&key))
}

/// `50% of last 7 days`
fn near(text: &str) -> Option<Ready> {
    let (percent, days) = text.split_once("% of last ")?;
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0);
    let percent = number(percent).filter(|percent| *percent <= 100)?;
    let days = number(days.strip_suffix(" days")?).filter(|days| *days <= 366)?;
    Some(Ready::RowsNear { percent, days })
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
    let after = inner.optional_text("after");
    let refuse = |node: &Node, message: &str, hint: &str| {
        inner.report(Diagnostic::error(Code::InvalidValue, message).at(&node.position).hint(hint));
    };
    let of_days = "give it a `partition_by`, or write `{rows: 1000}`";
    let without_days = |node: &Text, what: &str| {
        let message = format!("a source without days cannot be {what}");
        inner.report(Diagnostic::error(Code::InvalidValue, message).at(&node.position).hint(of_days));
        None
    };
    let ready = match (rows, marker, after) {
        (Some(rows), None, None) => match (&rows.value, rows.as_text().and_then(near)) {
            (Value::Integer(least), _) if *least > 0 => u64::try_from(*least).ok().map(Ready::Rows),
            (_, Some(_)) if is_whole => {
                refuse(rows, "a source without days has no days before", of_days);
                None
            }
            (_, Some(near)) => Some(near),
            _ => {
                refuse(
                    rows,
                    "`rows` is a whole number above 0, or a part of what days before had",
                    "write `{rows: 1000}` or `{rows: 50% of last 7 days}`",
                );
                None
            }
        },
        (None, Some(marker), None) if is_whole => without_days(&marker, "marked day by day"),
        (None, None, Some(after)) if is_whole => without_days(&after, "ready the day after"),
        (None, None, Some(after)) => inner.parsed("after", &after, parse_time).map(Ready::After),
        (None, Some(marker), None) => table_name(&inner, "marker", &marker, false).map(Ready::Marker),
        // What has another name is reported as an unknown key.
        (None, None, None) if has_unknown_key(node) => None,
        _ => {
            refuse(node, "`ready` has one rule", FORMS);
            None
        }
    };
    reader.report_all(inner.finish());
    ready.unwrap_or_default()
}
