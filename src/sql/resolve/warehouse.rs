//! What BigQuery alone has to read: the views of INFORMATION_SCHEMA and table functions of its own. Their columns are known as far as
//! they are documented; what nobody else fills is never said to be declared.

use super::Resolver;
use super::columns::{Columns, ScopeColumn};
use super::scope::ScopeRelation;
use crate::diagnostic::Code;
use crate::schema::{Field, Type, parse_type};
use crate::sql::Problem;
use crate::sql::tree::{Name, Span};

/// A column's name and type.
type Column = (&'static str, &'static str);

/// The views that people read, each with those of its columns that are documented. Others may come with time.
#[rustfmt::skip]
const VIEWS: &[(&[&str], &[Column])] = &[
    (&["SCHEMATA"], &[
        ("catalog_name", "STRING"), ("schema_name", "STRING"), ("schema_owner", "STRING"), ("creation_time", "TIMESTAMP"),
        ("last_modified_time", "TIMESTAMP"), ("location", "STRING"), ("ddl", "STRING"), ("default_collation_name", "STRING"),
        ("sync_status", "JSON"),
    ]),
    (&["SCHEMATA_OPTIONS"], &[
        ("catalog_name", "STRING"), ("schema_name", "STRING"), ("option_name", "STRING"), ("option_type", "STRING"),
        ("option_value", "STRING"),
    ]),
    (&["TABLES"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("table_type", "STRING"),
        ("managed_table_type", "STRING"), ("is_insertable_into", "STRING"), ("is_fine_grained_mutations_enabled", "STRING"),
        ("is_typed", "STRING"), ("is_change_history_enabled", "STRING"), ("creation_time", "TIMESTAMP"),
        ("base_table_catalog", "STRING"), ("base_table_schema", "STRING"), ("base_table_name", "STRING"),
        ("snapshot_time_ms", "TIMESTAMP"), ("replica_source_catalog", "STRING"), ("replica_source_schema", "STRING"),
        ("replica_source_name", "STRING"), ("replication_status", "STRING"), ("replication_error", "STRING"),
        ("ddl", "STRING"), ("default_collation_name", "STRING"), ("sync_status", "JSON"),
        ("upsert_stream_apply_watermark", "TIMESTAMP"),
    ]),
    (&["TABLE_OPTIONS"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("option_name", "STRING"),
        ("option_type", "STRING"), ("option_value", "STRING"),
    ]),
    (&["COLUMNS"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("column_name", "STRING"),
        ("ordinal_position", "INT64"), ("is_nullable", "STRING"), ("data_type", "STRING"), ("is_generated", "STRING"),
        ("generation_expression", "STRING"), ("is_stored", "STRING"), ("is_hidden", "STRING"), ("is_updatable", "STRING"),
        ("is_system_defined", "STRING"), ("is_partitioning_column", "STRING"), ("clustering_ordinal_position", "INT64"),
        ("collation_name", "STRING"), ("column_default", "STRING"), ("rounding_mode", "STRING"),
        ("policy_tags", "ARRAY<STRING>"),
    ]),
    (&["COLUMN_FIELD_PATHS"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("column_name", "STRING"),
        ("field_path", "STRING"), ("data_type", "STRING"), ("description", "STRING"), ("collation_name", "STRING"),
        ("rounding_mode", "STRING"), ("policy_tags", "ARRAY<STRING>"),
    ]),
    (&["PARTITIONS"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("partition_id", "STRING"),
        ("total_rows", "INT64"), ("total_logical_bytes", "INT64"), ("total_billable_bytes", "INT64"),
        ("last_modified_time", "TIMESTAMP"), ("storage_tier", "STRING"),
    ]),
    (&["VIEWS"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("view_definition", "STRING"),
        ("check_option", "STRING"), ("use_standard_sql", "STRING"),
    ]),
    (&["MATERIALIZED_VIEWS"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("last_refresh_time", "TIMESTAMP"),
        ("refresh_watermark", "TIMESTAMP"),
        ("last_refresh_status", "STRUCT<reason STRING, location STRING, debug_info STRING, message STRING>"),
    ]),
    (&["TABLE_CONSTRAINTS"], &[
        ("constraint_catalog", "STRING"), ("constraint_schema", "STRING"), ("constraint_name", "STRING"),
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("constraint_type", "STRING"),
        ("is_deferrable", "STRING"), ("initially_deferred", "STRING"), ("enforced", "STRING"),
    ]),
    (&["KEY_COLUMN_USAGE"], &[
        ("constraint_catalog", "STRING"), ("constraint_schema", "STRING"), ("constraint_name", "STRING"),
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("column_name", "STRING"),
        ("ordinal_position", "INT64"), ("position_in_unique_constraint", "INT64"),
    ]),
    (&["CONSTRAINT_COLUMN_USAGE"], &[
        ("table_catalog", "STRING"), ("table_schema", "STRING"), ("table_name", "STRING"), ("column_name", "STRING"),
        ("constraint_catalog", "STRING"), ("constraint_schema", "STRING"), ("constraint_name", "STRING"),
    ]),
    (&["PARAMETERS"], &[
        ("specific_catalog", "STRING"), ("specific_schema", "STRING"), ("specific_name", "STRING"), ("ordinal_position", "STRING"),
        ("parameter_mode", "STRING"), ("is_result", "STRING"), ("parameter_name", "STRING"), ("data_type", "STRING"),
        ("parameter_default", "STRING"), ("is_aggregate", "STRING"),
    ]),
    (&["ROUTINE_OPTIONS"], &[
        ("specific_catalog", "STRING"), ("specific_schema", "STRING"), ("specific_name", "STRING"), ("option_name", "STRING"),
        ("option_type", "STRING"), ("option_value", "STRING"),
    ]),
    (&["ROUTINES"], &[
        ("specific_catalog", "STRING"), ("specific_schema", "STRING"), ("specific_name", "STRING"), ("routine_catalog", "STRING"),
        ("routine_schema", "STRING"), ("routine_name", "STRING"), ("routine_type", "STRING"), ("data_type", "STRING"),
        ("routine_body", "STRING"), ("routine_definition", "STRING"), ("external_language", "STRING"),
        ("is_deterministic", "STRING"), ("security_type", "STRING"), ("created", "TIMESTAMP"), ("last_altered", "TIMESTAMP"),
        ("ddl", "STRING"), ("connection", "STRING"),
    ]),
    (&["TABLE_STORAGE", "TABLE_STORAGE_BY_PROJECT", "TABLE_STORAGE_BY_FOLDER", "TABLE_STORAGE_BY_ORGANIZATION"], &[
        ("project_id", "STRING"), ("project_number", "INT64"), ("table_catalog", "STRING"), ("table_schema", "STRING"),
        ("table_name", "STRING"), ("creation_time", "TIMESTAMP"), ("total_rows", "INT64"), ("total_partitions", "INT64"),
        ("total_logical_bytes", "INT64"), ("active_logical_bytes", "INT64"), ("long_term_logical_bytes", "INT64"),
        ("current_physical_bytes", "INT64"), ("total_physical_bytes", "INT64"), ("active_physical_bytes", "INT64"), ("long_term_physical_bytes", "INT64"),
        ("time_travel_physical_bytes", "INT64"), ("storage_last_modified_time", "TIMESTAMP"), ("deleted", "BOOL"),
        ("table_type", "STRING"), ("fail_safe_physical_bytes", "INT64"),
    ]),
    (&["JOBS", "JOBS_BY_PROJECT", "JOBS_BY_USER", "JOBS_BY_FOLDER", "JOBS_BY_ORGANIZATION"], &[
        ("cache_hit", "BOOL"), ("creation_time", "TIMESTAMP"), ("end_time", "TIMESTAMP"), ("job_id", "STRING"),
        ("job_type", "STRING"), ("parent_job_id", "STRING"), ("priority", "STRING"), ("project_id", "STRING"),
        ("project_number", "INT64"), ("query", "STRING"), ("reservation_id", "STRING"), ("start_time", "TIMESTAMP"),
        ("state", "STRING"), ("statement_type", "STRING"), ("total_bytes_billed", "INT64"),
        ("total_bytes_processed", "INT64"), ("total_modified_partitions", "INT64"), ("total_slot_ms", "INT64"),
        ("transaction_id", "STRING"), ("user_email", "STRING"),
        ("principal_subject", "STRING"), ("session_info", "STRUCT<session_id STRING>"),
        ("dml_statistics", "STRUCT<inserted_row_count INT64, deleted_row_count INT64, updated_row_count INT64>"),
        ("destination_table", "STRUCT<project_id STRING, dataset_id STRING, table_id STRING>"),
        ("error_result", "STRUCT<reason STRING, location STRING, debug_info STRING, message STRING>"),
        ("labels", "ARRAY<STRUCT<key STRING, value STRING>>"),
        ("referenced_tables", "ARRAY<STRUCT<project_id STRING, dataset_id STRING, table_id STRING>>"),
    ]),
    (&["JOBS_TIMELINE", "JOBS_TIMELINE_BY_PROJECT", "JOBS_TIMELINE_BY_USER", "JOBS_TIMELINE_BY_FOLDER",
       "JOBS_TIMELINE_BY_ORGANIZATION"], &[
        ("period_start", "TIMESTAMP"), ("period_slot_ms", "INT64"), ("period_shuffle_ram_usage_ratio", "FLOAT64"), ("project_id", "STRING"), ("project_number", "INT64"),
        ("user_email", "STRING"), ("job_id", "STRING"), ("job_type", "STRING"), ("statement_type", "STRING"),
        ("job_creation_time", "TIMESTAMP"), ("job_start_time", "TIMESTAMP"), ("job_end_time", "TIMESTAMP"),
        ("state", "STRING"), ("priority", "STRING"), ("parent_job_id", "STRING"), ("reservation_id", "STRING"), ("edition", "STRING"),
        ("total_bytes_billed", "INT64"), ("total_bytes_processed", "INT64"), ("cache_hit", "BOOL"),
    ]),
];

/// What a table function of BigQuery's own gives.
enum Gives {
    /// Nobody can tell without asking.
    Unknown,
    /// The columns of the table that it is handed, and these.
    Table(&'static [Column]),
    /// These, and others.
    Some(&'static [Column]),
}

const CHANGED: &[Column] = &[("_CHANGE_TYPE", "STRING"), ("_CHANGE_TIMESTAMP", "TIMESTAMP")];

const FUNCTIONS: &[(&str, Gives)] = &[
    ("APPENDS", Gives::Table(CHANGED)),
    ("CHANGES", Gives::Table(CHANGED)),
    ("EXTERNAL_OBJECT_TRANSFORM", Gives::Unknown),
    ("EXTERNAL_QUERY", Gives::Unknown),
    ("GAP_FILL", Gives::Unknown),
    ("RANGE_SESSIONIZE", Gives::Unknown),
    ("VECTOR_SEARCH", Gives::Some(&[("distance", "FLOAT64")])),
];

/// Families of functions of models.
const FAMILIES: &[&str] = &["AI", "ML"];

impl Resolver<'_> {
    /// A view of INFORMATION_SCHEMA: its documented columns; any other name is a column too, of a type that nobody knows.
    pub(super) fn information_schema(&mut self, path: &[Name], span: Span) -> Option<Columns> {
        let place = path.iter().position(|part| part.text.eq_ignore_ascii_case("INFORMATION_SCHEMA"))?;
        let [view] = &path[place + 1..] else { return None };
        let named = |(names, _): &&(&[&str], &[Column])| {
            names.iter().any(|name| name.eq_ignore_ascii_case(&view.text))
        };
        let documented = VIEWS.iter().find(named).map_or(&[][..], |(_, columns)| columns);
        let written = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
        let message = format!("`{written}` is a view of BigQuery's own, which nothing here fills");
        let hint =
            "what reads it is compiled for BigQuery; to build it here, declare a source with these columns";
        self.undeclared(written, Problem::new(Code::UnknownTable, span, message).hint(hint));
        Some(columns(documented.iter().map(field).chain([Field::unknown_rest()])))
    }

    /// A table function of BigQuery's own; `table` has the columns of the first table that it is handed. False for others.
    pub(super) fn own_table_function(
        &mut self,
        name: &str,
        table: Option<&ScopeRelation>,
        span: Span,
        found: &mut ScopeRelation,
    ) -> bool {
        let upper = name.to_uppercase();
        let is_of_models = upper.split_once('.').is_some_and(|(family, _)| FAMILIES.contains(&family));
        let gives = FUNCTIONS.iter().find(|(known, _)| *known == upper).map(|(_, gives)| gives);
        let Some(gives) = gives.or(is_of_models.then_some(&Gives::Unknown)) else { return false };
        let rest = || [Field::unknown_rest()];
        found.columns = match (gives, table) {
            (Gives::Table(more), Some(table)) => {
                let given = table.shown().cloned();
                columns(given.chain(more.iter().map(field)))
            }
            (Gives::Some(known), _) => columns(known.iter().map(field).chain(rest())),
            _ => columns(rest().into_iter()),
        };
        let message = format!("`{upper}` is a table function of BigQuery's own, which does not run here");
        let hint = "what it gives is known as far as it is documented; what reads it is compiled for BigQuery and not built";
        self.undeclared(format!("{upper}()"), Problem::new(Code::UnknownTable, span, message).hint(hint));
        true
    }
}

/// A documented column. Its type is readable, which a test sees to.
fn field((name, ty): &Column) -> Field {
    Field::new(*name, parse_type(ty).unwrap_or(Type::Unknown))
}

fn columns(fields: impl Iterator<Item = Field>) -> Columns {
    Columns::of_query(fields.map(|field| ScopeColumn { field, origins: Vec::new() }).collect())
}

#[cfg(test)]
mod tests {
    use super::{CHANGED, VIEWS, field};
    use crate::schema::Type;

    #[test]
    fn types_of_documented_columns_are_types() {
        for column in VIEWS.iter().flat_map(|(_, columns)| *columns).chain(CHANGED) {
            assert_ne!(field(column).ty, Type::Unknown, "{}", column.0);
        }
    }
}
