//! `partition_by:` of sources that are no pings: by the day of a column, or not at all.

use super::SourcePartition;
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, TABLE_SUFFIX};
use crate::yaml::{MapReader, Node};

/// Reads the key against the source's columns.
pub(super) fn read(reader: &MapReader, node: &Node, columns: &[Field]) -> Option<SourcePartition> {
    if node.as_text() == Some("none") {
        return Some(SourcePartition::Whole);
    }
    let inner = MapReader::of(node, "`partition_by`", &shapes::SOURCE_PARTITION);
    let column = inner.required_text("column", "name the DATE or TIMESTAMP column");
    if let Some(every) = inner.optional_text("every") {
        inner.parsed("every", &every, |every| {
            if every == "day" {
                Ok(())
            } else {
                Err("this version knows partitions by `day`, or `none`".to_owned())
            }
        });
    }
    reader.report_all(inner.finish());
    let column = column?;
    use crate::schema::Type::{Date, Datetime, Timestamp};
    match columns.iter().find(|field| field.name == column.text) {
        Some(field) if matches!(field.ty, Date | Timestamp | Datetime) || field.name == TABLE_SUFFIX => {
            Some(SourcePartition::Day { column: column.text })
        }
        Some(field) => {
            let message =
                format!("the partition column `{}` is {}, not DATE or TIMESTAMP", column.text, field.ty);
            reader.report(Diagnostic::error(Code::WrongPartitionColumn, message).at(&column.position));
            None
        }
        None => {
            reader.report(
                Diagnostic::error(
                    Code::WrongPartitionColumn,
                    format!("the schema has no column `{}`", column.text),
                )
                .at(&column.position)
                .suggest(&column.text, columns.iter().map(|field| field.name.as_str())),
            );
            None
        }
    }
}
