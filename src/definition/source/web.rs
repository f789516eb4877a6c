//! `kind: web`: a website's analytics export, one shard a day. The day of a row is its shard's.

use super::{SourceKind, schema, wildcard};
use crate::definition::Context;
use crate::definition::values::TableName;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, Type, is_wildcard};
use crate::yaml::{MapReader, Node};

/// The column that Tidemill adds: the day of the shard that a row came in.
pub const SHARD_DATE: &str = "shard_date";
/// The export's own column for it, a text such as `20261121`.
pub const EVENT_DATE: &str = "event_date";

/// The export's columns, after the one that says which shard they came in: the suffix of its name where the source is named
/// with a star.
pub(super) fn read(
    reader: &MapReader,
    name: Option<&TableName>,
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
    if name.is_some_and(|name| is_wildcard(&name.table)) {
        return Some((SourceKind::Web, wildcard::with_suffix(exported)));
    }
    let day = Field::new(SHARD_DATE, Type::Date).described("The day of the shard that the row came in.");
    Some((SourceKind::Web, std::iter::once(day).chain(exported).collect()))
}
