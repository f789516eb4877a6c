//! A DuckDB in memory, for what needs no table: the examples of functions.

use anyhow::Context;
use duckdb::Connection;

use super::KeyRing;
use super::native::Installed;

/// An empty database that is gone with the process.
pub struct Scratch {
    connection: Connection,
    natives: Installed,
}

impl Scratch {
    pub fn open() -> anyhow::Result<Self> {
        let connection = Connection::open_in_memory().context("opening a DuckDB in memory")?;
        KeyRing::default().register(&connection)?;
        Ok(Self { connection, natives: Installed::default() })
    }

    /// The one row of a query, as texts; empty where there is none.
    pub fn row(&self, sql: &str) -> anyhow::Result<Vec<Option<String>>> {
        self.natives.install(&self.connection, sql)?;
        let mut statement =
            self.connection.prepare(&format!("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql})"))?;
        let mut rows = statement.query([])?;
        let columns = rows.as_ref().map_or(0, |statement| statement.column_count());
        match rows.next()? {
            Some(row) => Ok((0..columns).map(|index| row.get(index)).collect::<duckdb::Result<_>>()?),
            None => Ok(Vec::new()),
        }
    }
}
