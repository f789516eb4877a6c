//! `source: website.events_*`: one table for each day, `events_20261121` and so on, read as one. It must never let a star
//! stand for anything but days.

use super::SourcePartition;
use crate::definition::values::{TableName, table_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, TABLE_SUFFIX, Type, is_wildcard};
use crate::yaml::{MapReader, Node, Text};

/// Reads a source's name, which has a star in the place of the day where its kind may be sharded.
pub(super) fn name(reader: &MapReader, text: &Text, kind: Option<&str>) -> Option<TableName> {
    let refuse = |message: String, hint: &str| {
        reader.report(Diagnostic::error(Code::InvalidValue, message).at(&text.position).hint(hint));
    };
    let is_ping = kind == Some("ping");
    let Some(before) = text.text.strip_suffix('*') else {
        return table_name(reader, "source", text, is_ping);
    };
    if matches!(kind, Some("ping" | "log")) {
        refuse(
            format!("a source of kind `{}` is one table", kind.unwrap_or_default()),
            "only `web` and `table` sources have a table for each day: `events_*`",
        );
        return None;
    }
    if !before.ends_with('_') {
        refuse(
            format!("`{}` does not name a table for each day", text.text),
            "the star stands for the day behind a `_`: `website.events_*` is `events_20261121` and so on",
        );
        return None;
    }
    let name = table_name(reader, "source", &Text::new(before, &text.position), false)?;
    Some(TableName { table: format!("{}*", name.table), ..name })
}

/// The column that says the shard of a row, before those of every shard.
pub(super) fn with_suffix(columns: Vec<Field>) -> Vec<Field> {
    let suffix = Field::new(TABLE_SUFFIX, Type::String)
        .described("What stands for the star in the name of the row's table.");
    std::iter::once(suffix).chain(columns).collect()
}

/// `partition_by: {column: _TABLE_SUFFIX, every: day}`, which goes with a star and with nothing else; none where the key says
/// another column or there is no star.
pub(super) fn partition(
    reader: &MapReader,
    node: &Node,
    name: Option<&TableName>,
    columns: &[Field],
) -> Option<SourcePartition> {
    let column = node.get("column");
    let says_suffix = column.and_then(Node::as_text).is_some_and(|column| column == TABLE_SUFFIX);
    let has_star = name.is_some_and(|name| is_wildcard(&name.table));
    let position = column.map_or(&node.position, |column| &column.position);
    let refuse = |message: String, hint: &str| {
        reader.report(Diagnostic::error(Code::WrongPartitionColumn, message).at(position).hint(hint));
        None
    };
    match (has_star, says_suffix) {
        (true, true) | (false, false) => super::partition::read(reader, node, columns),
        (true, false) => refuse(
            "a source named with `*` has its days in the names of its tables".to_owned(),
            "write `partition_by: {column: _TABLE_SUFFIX, every: day}`",
        ),
        (false, true) if name.is_none() => None,
        (false, true) => refuse(
            format!("only a source that is named with `*` has `{TABLE_SUFFIX}`"),
            "name it after its shards, `website.events_*`, or name a column of its schema",
        ),
    }
}
