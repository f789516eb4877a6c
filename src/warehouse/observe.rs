//! What is in a source that nobody ingests through us: rows and digest per day.

use anyhow::Context;

use super::DuckDb;
use super::marker::WHOLE;
use crate::sql::duckdb::{identifier, table_name};

/// One partition of a source as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// `YYYY-MM-DD`, or [`WHOLE`].
    pub partition: String,
    pub rows: i64,
    pub digest: String,
}

impl DuckDb {
    /// Counts and digests a table per day of a column, or as a whole.
    pub fn observe(&self, table: &str, partition_column: Option<&str>) -> anyhow::Result<Vec<Observed>> {
        let connection = self.session()?;
        let day = match partition_column {
            Some(column) => format!("CAST(CAST({} AS DATE) AS VARCHAR)", identifier(column)),
            None => format!("'{WHOLE}'"),
        };
        let sql = format!(
            "SELECT {day} AS day, count(*), CAST(sum(hash(source)::HUGEINT) AS VARCHAR) FROM {} AS source
             GROUP BY day HAVING day IS NOT NULL ORDER BY day",
            table_name(table)
        );
        let mut statement = connection.prepare(&sql).with_context(|| format!("looking into {table}"))?;
        let observed = statement.query_map([], |row| {
            Ok(Observed { partition: row.get(0)?, rows: row.get(1)?, digest: row.get(2)? })
        })?;
        Ok(observed.collect::<duckdb::Result<_>>()?)
    }
}
