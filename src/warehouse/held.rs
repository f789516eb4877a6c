//! What a table holds, for whoever verifies it.

use std::collections::BTreeMap;

use anyhow::Context;

use super::DuckDb;
use super::build::{Build, BuildError, Rows};
use super::digest::digests;
use super::rows::{day_of, rows_of};

impl DuckDb {
    /// Rows and digest of each published partition from one to another, as staging computed them.
    pub fn held(&self, build: &Build) -> Result<Vec<Rows>, BuildError> {
        let session = self.session()?;
        let stage = format!(
            "CREATE OR REPLACE TEMP VIEW _staged AS SELECT * FROM {} WHERE {}",
            self.names.table(build.table),
            rows_of(build.partition, build.from, build.to)
        );
        session.execute_batch(&stage).context("reading what was published")?;
        let held = digests(&session, build);
        session.execute_batch("DROP VIEW IF EXISTS temp._staged").context("ending the look")?;
        held
    }

    /// How many rows a table has.
    pub fn count(&self, table: &str) -> anyhow::Result<i64> {
        let sql = format!("SELECT count(*) FROM {}", self.names.table(table));
        self.session()?.query_row(&sql, [], |row| row.get(0)).with_context(|| format!("counting {table}"))
    }

    /// How many rows a table has per day of a column.
    pub fn rows_by_day(&self, table: &str, column: &str) -> anyhow::Result<BTreeMap<String, i64>> {
        let session = self.session()?;
        let sql = format!(
            "SELECT coalesce(CAST({} AS VARCHAR), 'NULL'), count(*) FROM {} GROUP BY 1",
            day_of(None, column),
            self.names.table(table)
        );
        let mut statement = session.prepare(&sql).with_context(|| format!("counting {table}"))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<duckdb::Result<_>>().with_context(|| format!("counting {table}"))
    }
}
