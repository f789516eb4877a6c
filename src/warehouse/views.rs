//! Views: created anew only when their definition changed. Each knows the dataset that it serves.

use std::collections::BTreeMap;

use anyhow::Context;
use duckdb::{OptionalExt, params};

use super::DuckDb;
use crate::failpoint::{Failpoint, reach};
use crate::sql::duckdb::identifier;

impl DuckDb {
    /// Makes a view show what its definition says. A hash that stands already leaves it alone.
    pub fn ensure_view(
        &self,
        name: &str,
        sql: &str,
        hash: &str,
        serves: Option<&str>,
    ) -> anyhow::Result<bool> {
        self.install(sql)?;
        let connection = self.session()?;
        let standing: Option<(String, Option<String>)> = connection
            .query_row("SELECT hash, serves FROM \"view\" WHERE name = ?", params![name], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if standing.is_some_and(|(known, served)| known == hash && served.as_deref() == serves) {
            return Ok(false);
        }
        let schema = identifier(&self.names.schema(name.split('.').next().unwrap_or_default()));
        let record = "INSERT INTO \"view\" VALUES (?, ?, ?)
                      ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, serves = excluded.serves";
        connection
            .execute_batch(&format!(
                "BEGIN; CREATE SCHEMA IF NOT EXISTS {schema}; CREATE OR REPLACE VIEW {} AS {};",
                self.names.table(name),
                self.names.resolve_here(sql)
            ))
            .and_then(|()| connection.execute(record, params![name, hash, serves]))
            .and_then(|_| {
                reach(Failpoint::ViewReplaced);
                connection.execute_batch("COMMIT")
            })
            .inspect_err(|_| {
                let _ = connection.execute_batch("ROLLBACK");
            })
            .with_context(|| format!("creating the view {name}"))?;
        Ok(true)
    }

    /// The views that stand for one dataset, with its name.
    pub fn served_views(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let connection = self.session()?;
        let mut statement =
            connection.prepare("SELECT name, serves FROM \"view\" WHERE serves IS NOT NULL ORDER BY name")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<duckdb::Result<_>>()?)
    }

    /// The columns of a table or view as it stands; none where it does not.
    pub fn column_names(&self, name: &str) -> anyhow::Result<Vec<String>> {
        let columns = self.columns(&self.session()?, name)?;
        Ok(columns.into_iter().map(|(name, _)| name).collect())
    }
}
