//! `kind: ping`: where its pings come in, and what its table cannot do without.

use crate::definition::shapes;
use crate::definition::values::{TableName, optional_days};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::Field;
use crate::yaml::{MapReader, Node};

/// Application, ping and version of its submit path.
pub(super) fn kind(reader: &MapReader, name: Option<&TableName>) -> Option<(String, String, u32)> {
    let application = reader.optional_text("application");
    let ping = reader.optional_text("ping");
    let name = name?;
    let (table, version) = name.version()?;
    Some((
        application.map_or_else(|| name.schema.replace('_', "-"), |text| text.text),
        ping.map_or_else(|| table.replace('_', "-"), |text| text.text),
        version,
    ))
}

/// The expiry of the stable dataset.
pub(super) fn stable(reader: &MapReader) -> Option<u32> {
    let node = reader.optional("stable")?;
    let inner = MapReader::of(node, "`stable`", &shapes::STABLE);
    let expires = optional_days(&inner, "expires");
    reader.report_all(inner.finish());
    expires
}

/// Ingest and the stable dataset stand on these columns.
pub(super) fn check_columns(reader: &MapReader, schema: &Node, columns: &[Field]) -> bool {
    let mut complete = true;
    for (name, ty) in [
        ("submission_timestamp", crate::schema::Type::Timestamp),
        ("document_id", crate::schema::Type::String),
    ] {
        if !columns.iter().any(|column| column.name == name && column.ty == ty) {
            complete = false;
            reader.report(
                Diagnostic::error(
                    Code::InvalidSchema,
                    format!("a ping table needs the column `{name}` {ty}"),
                )
                .at(&schema.position)
                .hint("`{glean: []}` brings the columns that every Glean ping has"),
            );
        }
    }
    complete
}
