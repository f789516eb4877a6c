//! `kind: log`: lines of a server's log, by the day of one of their columns.

use super::schema::{self, Of, Schema};
use super::{SourceKind, SourcePartition, partition};
use crate::definition::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::Type;
use crate::yaml::{MapReader, Node};

/// What only a log has: its partition column and the identifier of its lines.
pub(super) fn read(
    reader: &MapReader,
    schema: Option<&Node>,
    context: &Context,
) -> Option<(SourceKind, Schema)> {
    let by = reader.required("partition_by", "`{column: timestamp, every: day}`, the time of a line");
    let id = reader.optional_text("id");
    let schema = schema::read(reader, schema?, Of::Line, context)?;
    let columns = &schema.columns;
    let by = by?;
    let column = match partition::read(reader, by, columns)? {
        SourcePartition::Day { column } => column,
        SourcePartition::Whole => {
            reader.report(
                Diagnostic::error(Code::WrongPartitionColumn, "a log is partitioned by the day of a line")
                    .at(&by.position)
                    .hint("write `partition_by: {column: timestamp, every: day}`"),
            );
            return None;
        }
    };
    let Some(id) = id else { return Some((SourceKind::Log { column, id: None }, schema)) };
    match columns.iter().find(|field| field.name == id.text) {
        Some(field) if matches!(field.ty, Type::String | Type::Int64) => {
            Some((SourceKind::Log { column, id: Some(id.text) }, schema))
        }
        Some(field) => {
            let message = format!("`id` names the column `{}`, which is {}", id.text, field.ty);
            reader.report(
                Diagnostic::error(Code::InvalidSchema, message)
                    .at(&id.position)
                    .hint("the identifier of a line is a STRING or an INT64"),
            );
            None
        }
        None => {
            reader.report(
                Diagnostic::error(Code::InvalidSchema, format!("the schema has no column `{}`", id.text))
                    .at(&id.position)
                    .suggest(&id.text, columns.iter().map(|field| field.name.as_str())),
            );
            None
        }
    }
}
