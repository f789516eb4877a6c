//! Tables and their shape: created, widened by what was added, never narrowed.

use anyhow::Context;
use duckdb::{Connection, OptionalExt, params};

use super::DuckDb;
use super::column_type::{ColumnType, Relation};
use crate::failpoint::{Failpoint, reach};
use crate::schema::Field;
use crate::sql::duckdb::{column_definitions, data_type, identifier, literal};

/// What bringing a table to its declared columns takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableChange {
    pub exists: bool,
    pub added: Vec<String>,
    pub widened: Vec<String>,
    /// What would break readers and older partitions: such a change needs a new version.
    pub refused: Vec<String>,
}

impl DuckDb {
    /// Whether a table or view is there.
    pub fn has_table(&self, name: &str) -> anyhow::Result<bool> {
        Ok(!self.columns(&self.session()?, name)?.is_empty())
    }

    /// Compares a table with its declared columns and partitioning, changing nothing.
    pub fn compare_table(
        &self,
        name: &str,
        wanted: &[Field],
        partitioning: Option<&str>,
    ) -> anyhow::Result<TableChange> {
        let connection = self.session()?;
        let own = self.columns(&connection, name)?;
        if own.is_empty() {
            return Ok(TableChange::default());
        }
        let wanted_types = declared(&connection, wanted)?;
        let mut change = TableChange { exists: true, ..TableChange::default() };
        for (column, ty) in &wanted_types {
            match own.iter().find(|(name, _)| name == column) {
                None => change.added.push(column.clone()),
                Some((_, standing)) => match ColumnType::parse(standing).relation(&ColumnType::parse(ty)) {
                    Relation::Equal => {}
                    Relation::Widened => change.widened.push(column.clone()),
                    Relation::Incompatible(what) => change.refused.push(format!("column `{column}`: {what}")),
                },
            }
        }
        for (column, _) in &own {
            if !wanted_types.iter().any(|(name, _)| name == column) {
                change.refused.push(format!("column `{column}` is gone"));
            }
        }
        let standing: Option<String> = connection
            .query_row("SELECT partition_column FROM partitioning WHERE name = ?", params![name], |row| {
                row.get(0)
            })
            .optional()?;
        if let (Some(standing), Some(wanted)) = (&standing, partitioning)
            && standing != wanted
        {
            change.refused.push(format!("it is partitioned by `{standing}`, not by `{wanted}`"));
        }
        Ok(change)
    }

    /// Drops a table into which nothing was ever published: its shape binds nobody. Gives whether it did.
    pub fn drop_unused(&self, name: &str) -> anyhow::Result<bool> {
        let connection = self.session()?;
        let table = self.names.table(name);
        let published: i64 =
            connection.query_row("SELECT count(*) FROM marker WHERE dataset = ?", params![name], |row| {
                row.get(0)
            })?;
        let rows: i64 =
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        let is_unused = published == 0 && rows == 0;
        if is_unused {
            connection
                .execute_batch(&format!("DROP TABLE IF EXISTS {table}"))
                .with_context(|| format!("dropping the empty table {name}"))?;
        }
        Ok(is_unused)
    }

    /// Creates the table, or adds what was added. The caller has seen that nothing is refused.
    pub fn apply_table(
        &self,
        name: &str,
        wanted: &[Field],
        partitioning: Option<&str>,
        change: &TableChange,
    ) -> anyhow::Result<()> {
        let connection = self.session()?;
        let mut statements = String::new();
        if !change.exists {
            let schema = name.split('.').next().unwrap_or_default();
            statements.push_str(&format!(
                "CREATE SCHEMA IF NOT EXISTS {}; CREATE TABLE {} ({});",
                identifier(&self.names.schema(schema)),
                self.names.table(name),
                column_definitions(wanted)
            ));
        }
        if let (false, Some(column)) = (change.exists, partitioning) {
            statements.push_str(&format!(
                "INSERT INTO partitioning VALUES ({}, {}) ON CONFLICT (name) DO UPDATE SET partition_column = excluded.partition_column;",
                literal(name),
                literal(column)
            ));
        }
        for field in wanted {
            let (table, column, ty) = (self.names.table(name), identifier(&field.name), data_type(&field.ty));
            if change.added.contains(&field.name) {
                statements.push_str(&format!("ALTER TABLE {table} ADD COLUMN {column} {ty};"));
            } else if change.widened.contains(&field.name) {
                statements
                    .push_str(&format!("ALTER TABLE {table} ALTER COLUMN {column} SET DATA TYPE {ty};"));
            }
        }
        if !statements.is_empty() {
            connection
                .execute_batch(&format!("BEGIN; {statements} COMMIT;"))
                .inspect_err(|_| {
                    let _ = connection.execute_batch("ROLLBACK");
                })
                .with_context(|| format!("bringing the table {name} to its declared columns"))?;
            reach(Failpoint::TableShaped);
        }
        Ok(())
    }

    /// Columns of a table or view with their types as DuckDB names them; empty when it is not there.
    pub(super) fn columns(
        &self,
        connection: &Connection,
        name: &str,
    ) -> anyhow::Result<Vec<(String, String)>> {
        let (schema, table) = name.split_once('.').unwrap_or(("main", name));
        let mut statement = connection.prepare_cached(
            "SELECT column_name, data_type FROM duckdb_columns()
             WHERE database_name = current_database() AND schema_name = ? AND table_name = ? AND NOT internal
             ORDER BY column_index",
        )?;
        let schema = self.names.schema(schema);
        let rows = statement.query_map(params![schema, table], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<duckdb::Result<_>>()?)
    }
}

/// The declared columns with their types as DuckDB would name them.
pub(super) fn declared(connection: &Connection, wanted: &[Field]) -> anyhow::Result<Vec<(String, String)>> {
    connection
        .execute_batch(&format!("CREATE OR REPLACE TEMP TABLE _declared ({})", column_definitions(wanted)))?;
    let mut statement = connection.prepare("DESCRIBE _declared")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<duckdb::Result<_>>()?)
}
