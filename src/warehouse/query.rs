//! Queries for people: columns and rows as text.

use anyhow::Context;

use super::DuckDb;

/// A result as text; `None` is NULL.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Option<String>>>,
}

impl DuckDb {
    /// Runs a query that reads, at most `limit` rows.
    pub fn query(&self, sql: &str, limit: usize) -> anyhow::Result<Table> {
        self.install(sql)?;
        let connection = self.session()?;
        let sql = self.names.resolve(sql);
        // The outer query turns every column to text and allows no statement that writes.
        let mut statement = connection
            .prepare(&format!("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql}) LIMIT {limit}"))
            .context("running the query")?;
        let mut rows = statement.query([]).context("running the query")?;
        let columns = rows.as_ref().map(|statement| statement.column_names()).unwrap_or_default();
        let mut table = Table { columns, rows: Vec::new() };
        while let Some(row) = rows.next()? {
            let values =
                (0..table.columns.len()).map(|index| row.get(index)).collect::<duckdb::Result<_>>()?;
            table.rows.push(values);
        }
        Ok(table)
    }
}
