//! The columns that every ping table has, whatever its payload: what ingestion knows about a submission.

use super::types::{Field, Type};

/// The headers that are kept, as columns of `metadata.header`.
pub const HEADERS: &[&str] = &[
    "date",
    "dnt",
    "x_debug_id",
    "x_foxsec_ip_reputation",
    "x_lb_tags",
    "x_pingsender_version",
    "x_source_tags",
    "x_telemetry_agent",
];

/// The columns in the order of their names. `metadata` is without `uri`, which only legacy clients fill.
pub(super) fn envelope_columns() -> Vec<Field> {
    vec![
        text("additional_properties").described("JSON of what the payload holds beyond the schema."),
        text("document_id").described("Identifier of the ping, given by the client; duplicates share it."),
        record("metadata", metadata()).described("What ingestion knows about the submission."),
        text("normalized_app_name").described("Name of the application."),
        text("normalized_channel").described("Release channel, `Other` if unknown."),
        text("normalized_country_code").described("Country as two letters (ISO 3166-1)."),
        text("normalized_os").described("Operating system, `Other` if unknown."),
        text("normalized_os_version").described("Version number of the operating system."),
        Field::new("sample_id", Type::Int64).described("0 to 99, from a hash of the client's identifier."),
        Field::new("submission_timestamp", Type::Timestamp).described("When the server received the ping."),
    ]
}

/// A ping table around the columns of its payload, in the order of their names. What a payload has under
/// the name of an envelope's column is left over.
pub fn with_envelope(payload: Vec<Field>) -> Vec<Field> {
    let mut columns = envelope_columns();
    for column in &mut columns {
        if column.name == "metadata" {
            let mut fields = metadata();
            fields.push(record(
                "uri",
                texts(&["app_build_id", "app_name", "app_update_channel", "app_version"]),
            ));
            fields.sort_by(|left, right| left.name.cmp(&right.name));
            column.ty = Type::structure(fields);
        }
    }
    let own = |field: &Field| columns.iter().all(|column| column.name != field.name);
    let payload: Vec<Field> = payload.into_iter().filter(own).collect();
    columns.extend(payload);
    columns.sort_by(|left, right| left.name.cmp(&right.name));
    columns
}

fn text(name: &str) -> Field {
    Field::new(name, Type::String)
}

fn texts(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| text(name)).collect()
}

fn record(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, Type::structure(fields))
}

fn metadata() -> Vec<Field> {
    vec![
        record("geo", texts(&["city", "country", "db_version", "subdivision1", "subdivision2"])),
        record("header", texts(HEADERS)),
        record("isp", texts(&["db_version", "name", "organization"])),
        record("user_agent", texts(&["browser", "os", "version"])),
    ]
}
