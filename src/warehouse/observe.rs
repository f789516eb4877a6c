//! What is in a source that nobody ingests through us: rows and digest per day, with a version that rises
//! when they change. It stands in the markers, like everything that a lost ledger is rebuilt from.

use std::collections::BTreeMap;

use anyhow::Context;
use duckdb::{Connection, params};

use super::digest::{ROW, ROWS_DIGEST};
use super::marker::Marker;
use super::rows::day_of;
use super::{DuckDb, Inputs, Loaded};
use crate::failpoint::{Failpoint, reach};
use crate::period::WHOLE;

/// One partition of a source as it was found: its name, or [`WHOLE`], with rows and digest.
type Found = BTreeMap<String, (i64, String)>;

impl DuckDb {
    /// Counts and digests a table per day of a column, or as a whole, and gives each partition whose rows
    /// changed since the last look a new version. Partitions that are gone count as empty.
    pub fn observe(
        &self,
        table: &str,
        partition_column: Option<&str>,
        at: &str,
    ) -> anyhow::Result<Vec<Loaded>> {
        let session = self.session()?;
        let _turn = self.publishing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut found = look(&session, &self.names.table(table), partition_column)?;
        let standing = standing(&session, table)?;
        for (partition, (_, rows, _)) in &standing {
            if *rows > 0 {
                found.entry(partition.clone()).or_default();
            }
        }
        let mut changed = Vec::new();
        session.execute_batch("BEGIN")?;
        for (partition, (rows, digest)) in found {
            let before = standing.get(&partition);
            if before.is_some_and(|(_, _, known)| *known == digest) {
                continue;
            }
            let version = before.map_or(0, |(version, ..)| *version) + 1;
            let one = Loaded { table: table.to_owned(), day: partition, version, rows, digest };
            if let Err(error) = mark(&session, &one, at) {
                let _ = session.execute_batch("ROLLBACK");
                return Err(error);
            }
            changed.push(one);
        }
        reach(Failpoint::ObservationMarked);
        session.execute_batch("COMMIT").with_context(|| format!("noting what is in {table}"))?;
        reach(Failpoint::ObservationCommitted);
        Ok(changed)
    }
}

fn look(session: &Connection, table: &str, partition_column: Option<&str>) -> anyhow::Result<Found> {
    let day = match partition_column {
        Some(column) => format!("CAST({} AS VARCHAR)", day_of(Some(ROW), column)),
        None => format!("'{WHOLE}'"),
    };
    let sql = format!(
        "SELECT {day}, count(*), {ROWS_DIGEST} FROM {table} AS {ROW}
         WHERE {day} IS NOT NULL GROUP BY 1 ORDER BY 1"
    );
    let mut statement = session.prepare(&sql).with_context(|| format!("looking into {table}"))?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    found.collect::<duckdb::Result<_>>().with_context(|| format!("looking into {table}"))
}

/// Version, rows and digest of each partition at the last look.
fn standing(session: &Connection, table: &str) -> anyhow::Result<BTreeMap<String, (i64, i64, String)>> {
    let mut statement =
        session.prepare("SELECT partition, data_version, rows, digest FROM marker WHERE dataset = ?")?;
    let rows = statement
        .query_map(params![table], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))))?;
    Ok(rows.collect::<duckdb::Result<_>>()?)
}

fn mark(session: &Connection, one: &Loaded, at: &str) -> anyhow::Result<()> {
    let marker = Marker {
        dataset: one.table.clone(),
        partition: one.day.clone(),
        attempt: "observed".to_owned(),
        epoch: one.version,
        definition_hash: String::new(),
        data_version: one.version,
        origin_version: one.version,
        inputs: Inputs::new(),
        rows: one.rows,
        digest: one.digest.clone(),
        built_at: at.to_owned(),
    };
    anyhow::ensure!(marker.upsert(session)?, "another process looks into {} too", one.table);
    Ok(())
}
