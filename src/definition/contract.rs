//! `schema:` of a dataset: the columns that its author promises to readers. Whether the query keeps the promise is
//! for the compiler to say.

use super::Context;
use super::source::{beside, collected};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::{Bounds, Field, bigquery, bounded_inline, read_inline};
use crate::yaml::MapReader;

/// A declared schema: all columns, nested fields too, in their order.
#[derive(Clone, Debug)]
pub struct Contract {
    pub columns: Vec<Field>,
    /// The columns and fields whose types are declared with bounds, such as a length, which no query's column has.
    pub bounded: Vec<Bounds>,
    pub position: Position,
}

/// Reads the key, which has the forms of a source's schema that say all columns.
pub(super) fn read(reader: &MapReader, context: &Context) -> Option<Contract> {
    let node = reader.optional("schema")?;
    let inner = MapReader::of(node, "`schema`", &shapes::DECLARED);
    let mut bounded = Vec::new();
    let columns = match (inner.optional("columns"), inner.optional("bigquery")) {
        (Some(columns), None) => {
            bounded = bounded_inline(columns);
            collected(&inner, read_inline(&inner, "columns", columns))
        }
        (None, Some(file)) => inner
            .text("bigquery", file)
            .and_then(|file| beside(&inner, &file, context))
            .inspect(|file| bounded = bigquery::bounded(file))
            .and_then(|file| collected(&inner, bigquery::read(&file))),
        // That it is no mapping was said.
        _ if node.as_map().is_none() => None,
        _ => {
            let message = "the schema of a dataset is one of `columns` and `bigquery`";
            inner.report(Diagnostic::error(Code::InvalidSchema, message).at(&node.position));
            None
        }
    };
    reader.report_all(inner.finish());
    columns.map(|columns| Contract { columns, bounded, position: node.position.clone() })
}
