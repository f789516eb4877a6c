//! What a definition says of its versions: which one serves the view, which one is given up for another.

use jiff::civil::Date;

use super::values::{self, TableName, optional_date, table_name};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{MapReader, Text};

/// `serves: v1`: the version whose rows the view shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Serves {
    pub version: u32,
    pub position: Position,
}

/// `deprecated: {since, use, remove_after}`: readers are to move to another dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct Deprecated {
    pub since: Option<Date>,
    /// The dataset to read instead.
    pub replacement: Option<TableName>,
    /// The last day on which readers may count on it.
    pub remove_after: Option<Date>,
    pub position: Position,
}

/// Reads `serves`, which says something of `view` only.
pub fn serves(reader: &MapReader, has_view: bool) -> Option<Serves> {
    let text = reader.optional_text("serves")?;
    let version = reader.parsed("serves", &text, |text| {
        let number = text.strip_prefix('v').and_then(|number| number.parse().ok());
        number.ok_or_else(|| "name a version of the dataset: `serves: v1`".to_owned())
    })?;
    if !has_view {
        reader.report(
            Diagnostic::error(
                Code::WrongServes,
                "`serves` says which version a view shows, and there is no `view`",
            )
            .at(&text.position)
            .hint("add `view: app.name`, or take `serves` out"),
        );
    }
    Some(Serves { version, position: text.position })
}

/// Reads `deprecated`.
pub fn deprecated(reader: &MapReader) -> Option<Deprecated> {
    let node = reader.optional("deprecated")?;
    let inner = MapReader::of(node, "`deprecated`", &shapes::DEPRECATED);
    let since = inner.required_text("since", "the day on which it was deprecated");
    let since = since.and_then(|text| inner.parsed("since", &text, values::parse_date));
    let replacement =
        inner.optional_text("use").and_then(|text: Text| table_name(&inner, "use", &text, false));
    let remove_after = optional_date(&inner, "remove_after");
    if let (Some(since), Some(remove_after)) = (since, remove_after)
        && remove_after < since
        && let Some(node) = inner.optional("remove_after")
    {
        inner.report(
            Diagnostic::error(
                Code::ImpossibleDate,
                format!("`remove_after` {remove_after} lies before `since` {since}"),
            )
            .at(&node.position)
            .hint("readers get the days from `since` to `remove_after` to move"),
        );
    }
    reader.report_all(inner.finish());
    Some(Deprecated { since, replacement, remove_after, position: node.position.clone() })
}

/// Reads `access`, which no engine of this version can keep.
pub fn access(reader: &MapReader) {
    if let Some(node) = reader.optional("access") {
        reader.report(
            Diagnostic::error(Code::RefusedKey, "`access` cannot be kept: DuckDB has no access lists")
                .at(&node.position)
                .hint("whoever can read a target's file reads all of its tables; give the file the rights that its tables need, or keep them in targets with files of their own"),
        );
    }
}
