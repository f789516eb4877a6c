//! Views: created anew only when their definition changed.

use anyhow::Context;
use duckdb::{OptionalExt, params};

use super::DuckDb;
use crate::sql::duckdb::{identifier, table_name};

impl DuckDb {
    /// Makes a view show what its definition says. A hash that stands already leaves it alone.
    pub fn ensure_view(&self, name: &str, sql: &str, hash: &str) -> anyhow::Result<bool> {
        let connection = self.session()?;
        let standing: Option<String> = connection
            .query_row("SELECT hash FROM tidemill.view WHERE name = ?", params![name], |row| row.get(0))
            .optional()?;
        if standing.as_deref() == Some(hash) {
            return Ok(false);
        }
        let schema = identifier(name.split('.').next().unwrap_or_default());
        let record =
            "INSERT INTO tidemill.view VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash";
        connection
            .execute_batch(&format!(
                "BEGIN; CREATE SCHEMA IF NOT EXISTS {schema}; CREATE OR REPLACE VIEW {} AS {sql};",
                table_name(name)
            ))
            .and_then(|()| connection.execute(record, params![name, hash]))
            .and_then(|_| connection.execute_batch("COMMIT"))
            .inspect_err(|_| {
                let _ = connection.execute_batch("ROLLBACK");
            })
            .with_context(|| format!("creating the view {name}"))?;
        Ok(true)
    }
}
