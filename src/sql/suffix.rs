//! What tells the day of a shard in a query, `PARSE_DATE('%Y%m%d', _TABLE_SUFFIX)` and its kin: such a value is as good as the
//! suffix itself where days are compared. It must never take a format for one that sorts as days do but the suffix's own.

use super::tree::{Binary, Expression, Kind, Origin};
use crate::schema::{SUFFIX_FORMAT, TABLE_SUFFIX};

/// What stands before the day of a shard that is still written.
const STILL_WRITTEN: &str = "intraday_";

/// Patterns that take the day out of a suffix, with or without something before it.
const DIGITS: &[&str] = &[
    "[0-9]+",
    r"\d+",
    "[0-9]{8}",
    r"\d{8}",
    "([0-9]+)",
    r"(\d+)",
    "[0-9]+$",
    r"\d+$",
    "[0-9]{8}$",
    r"\d{8}$",
];

/// Whether a format writes days as suffixes do.
pub fn is_format(format: &Expression) -> bool {
    is_text(format, SUFFIX_FORMAT)
}

/// The column behind the text of a day: itself, or taken out of a suffix that may say `intraday_` before.
pub fn text_of(expression: &Expression) -> Option<&Expression> {
    match &expression.kind {
        Kind::Column { .. } => Some(expression),
        Kind::Call(call) => match (call.name.as_str(), &call.arguments[..]) {
            ("REGEXP_EXTRACT", [column, pattern]) if DIGITS.iter().any(|known| is_text(pattern, known)) => {
                Some(column)
            }
            ("REPLACE", [column, from, to]) if is_text(from, STILL_WRITTEN) && is_text(to, "") => {
                Some(column)
            }
            _ => None,
        },
        _ => None,
    }
}

/// The column behind the day that is read from such a text.
pub fn day_of(expression: &Expression) -> Option<&Expression> {
    let Kind::Call(call) = &expression.kind else { return None };
    match (call.name.as_str(), &call.arguments[..]) {
        ("PARSE_DATE", [format, text]) if is_format(format) => text_of(text),
        _ => None,
    }
}

/// The day that a text names whose shard is still written: `CONCAT('intraday_', …)`.
pub fn still_written(expression: &Expression) -> Option<&Expression> {
    match &expression.kind {
        Kind::Call(call) if call.name == "CONCAT" => match &call.arguments[..] {
            [prefix, day] if is_text(prefix, STILL_WRITTEN) => Some(day),
            _ => None,
        },
        Kind::Binary { operator: Binary::Concatenate, left, right } if is_text(left, STILL_WRITTEN) => {
            Some(right)
        }
        _ => None,
    }
}

/// The suffixes that a value is the day of: a condition on it is one on them.
pub fn origins(expression: &Expression) -> Vec<Origin> {
    match day_of(expression).map(|column| &column.kind) {
        Some(Kind::Column { relation: Some(_), origins, .. })
            if origins.iter().all(|origin| origin.column == TABLE_SUFFIX) =>
        {
            origins.clone()
        }
        _ => Vec::new(),
    }
}

fn is_text(expression: &Expression, wanted: &str) -> bool {
    matches!(&expression.kind, Kind::Text(text) if text == wanted)
}
