//! `kind: web`: a website's analytics export, one shard a day. The day of a row is its shard's.

use super::{SourceKind, schema};
use crate::definition::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, Type};
use crate::yaml::{MapReader, Node};

/// The column that Tidemill adds: the day of the shard that a row came in.
pub const SHARD_DATE: &str = "shard_date";
/// The export's own column for it, a text such as `20261121`.
pub const EVENT_DATE: &str = "event_date";

/// The export's columns, after the one that says which shard they came in.
pub(super) fn read(
    reader: &MapReader,
    schema: Option<&Node>,
    context: &Context,
) -> Option<(SourceKind, Vec<Field>)> {
    let schema = schema?;
    let schema::Schema { columns: exported, .. } = schema::read(reader, schema, schema::Of::Row, context)?;
    let refuse = |message: String, hint: &str| {
        reader.report(Diagnostic::error(Code::InvalidSchema, message).at(&schema.position).hint(hint));
    };
    if exported.iter().any(|field| field.name.eq_ignore_ascii_case(SHARD_DATE)) {
        refuse(
            format!("the column `{SHARD_DATE}` is not the export's"),
            "leave it out: Tidemill adds it, with the day in the shard's name",
        );
        return None;
    }
    if !exported.iter().any(|field| field.name == EVENT_DATE && field.ty == Type::String) {
        refuse(
            format!("an analytics export needs the column `{EVENT_DATE}` STRING"),
            "`{web: analytics}` is the shape of a Google Analytics 4 export",
        );
        return None;
    }
    let day = Field::new(SHARD_DATE, Type::Date).described("The day of the shard that the row came in.");
    Some((SourceKind::Web, std::iter::once(day).chain(exported).collect()))
}
