//! Static tables: written anew, in one transaction, only when their rows changed.

use anyhow::Context;
use duckdb::{OptionalExt, params};

use super::DuckDb;
use crate::schema::Field;
use crate::sql::duckdb::{column_definitions, data_type, identifier};

/// A row's values as texts; `None` is NULL.
type Row = Vec<Option<String>>;

impl DuckDb {
    /// Whether a table stands that [`DuckDb::ensure_static`] wrote.
    pub fn is_static(&self, name: &str) -> anyhow::Result<bool> {
        let connection = self.session()?;
        let is_there = !self.columns(&connection, name)?.is_empty();
        Ok(is_there && standing(&connection, name)?.is_some())
    }

    /// Makes a table hold exactly these rows. A hash that stands already leaves it alone.
    pub fn ensure_static(
        &self,
        name: &str,
        fields: &[Field],
        rows: &[Row],
        hash: &str,
    ) -> anyhow::Result<bool> {
        let connection = self.session()?;
        let is_there = !self.columns(&connection, name)?.is_empty();
        if is_there && standing(&connection, name)?.as_deref() == Some(hash) {
            return Ok(false);
        }
        let texts: Vec<String> =
            fields.iter().map(|field| format!("{} VARCHAR", identifier(&field.name))).collect();
        let values: Vec<String> = fields
            .iter()
            .map(|field| format!("CAST({} AS {})", identifier(&field.name), data_type(&field.ty)))
            .collect();
        let record = "INSERT INTO static_table VALUES (?, ?)
                      ON CONFLICT (name) DO UPDATE SET hash = excluded.hash";
        let write = || -> duckdb::Result<()> {
            connection
                .execute_batch(&format!("CREATE OR REPLACE TEMP TABLE _static ({});", texts.join(", ")))?;
            let mut appender = connection.appender("_static")?;
            for row in rows {
                appender.append_row(duckdb::appender_params_from_iter(row))?;
            }
            appender.flush()?;
            drop(appender);
            connection.execute_batch(&format!(
                "BEGIN; CREATE SCHEMA IF NOT EXISTS {}; CREATE OR REPLACE TABLE {table} ({});
                 INSERT INTO {table} SELECT {} FROM _static;",
                identifier(&self.names.schema(name.split('.').next().unwrap_or_default())),
                column_definitions(fields),
                values.join(", "),
                table = self.names.table(name),
            ))?;
            connection.execute(record, params![name, hash])?;
            connection.execute_batch("COMMIT; DROP TABLE _static;")
        };
        write()
            .inspect_err(|_| {
                let _ = connection.execute_batch("ROLLBACK");
            })
            .with_context(|| format!("writing the static table {name}"))?;
        Ok(true)
    }
}

/// The hash of the rows that stand.
fn standing(connection: &duckdb::Connection, name: &str) -> anyhow::Result<Option<String>> {
    let hash = connection
        .query_row("SELECT hash FROM static_table WHERE name = ?", params![name], |row| row.get(0))
        .optional()?;
    Ok(hash)
}
