//! Commit markers: what the warehouse itself knows of a published partition, written in the transaction
//! that published it.

use duckdb::{Connection, params};

use super::Inputs;

/// One published partition, or one day of a source's arrivals.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    pub dataset: String,
    /// As a period is written: `2026-11-22`, or [`WHOLE`](crate::period::WHOLE).
    pub partition: String,
    pub attempt: String,
    pub epoch: i64,
    /// Empty for a source, which nothing defines.
    pub definition_hash: String,
    /// Goes up when the rows change.
    pub data_version: i64,
    /// Goes up when the rows change for another reason than the dataset's own past.
    pub origin_version: i64,
    pub inputs: Inputs,
    pub rows: i64,
    pub digest: String,
    /// UTC, `YYYY-MM-DD HH:MM:SS`.
    pub built_at: String,
}

impl Marker {
    /// Whether it tells of a source and not of a dataset.
    pub fn is_of_source(&self) -> bool {
        self.definition_hash.is_empty()
    }

    fn key(&self) -> String {
        format!("{}/{}", self.dataset, self.partition)
    }

    /// Writes the marker unless a newer epoch holds it. Gives whether it was written: a `false` means
    /// fenced, and the transaction must be rolled back.
    pub(super) fn upsert(&self, connection: &Connection) -> duckdb::Result<bool> {
        let inputs = serde_json::to_string(&self.inputs).unwrap_or_default();
        let mut statement = connection.prepare_cached(
            "INSERT INTO marker
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMP))
             ON CONFLICT (key) DO UPDATE SET
               attempt = excluded.attempt, epoch = excluded.epoch, definition_hash = excluded.definition_hash,
               data_version = excluded.data_version, origin_version = excluded.origin_version,
               inputs = excluded.inputs, rows = excluded.rows, digest = excluded.digest, built_at = excluded.built_at
             WHERE marker.epoch <= excluded.epoch
             RETURNING attempt",
        )?;
        let mut rows = statement.query(params![
            self.key(),
            self.dataset,
            self.partition,
            self.attempt,
            self.epoch,
            self.definition_hash,
            self.data_version,
            self.origin_version,
            inputs,
            self.rows,
            self.digest,
            self.built_at
        ])?;
        Ok(rows.next()?.is_some())
    }
}

impl super::DuckDb {
    /// All markers, by dataset and partition.
    pub fn markers(&self) -> anyhow::Result<Vec<Marker>> {
        let connection = self.session()?;
        let mut statement = connection.prepare(
            "SELECT dataset, partition, attempt, epoch, definition_hash, data_version, origin_version, inputs, rows, digest,
               CAST(built_at AS VARCHAR)
             FROM marker ORDER BY dataset, partition",
        )?;
        let markers = statement.query_map([], |row| {
            Ok(Marker {
                dataset: row.get(0)?,
                partition: row.get(1)?,
                attempt: row.get(2)?,
                epoch: row.get(3)?,
                definition_hash: row.get(4)?,
                data_version: row.get(5)?,
                origin_version: row.get(6)?,
                inputs: serde_json::from_str(&row.get::<_, String>(7)?).unwrap_or_default(),
                rows: row.get(8)?,
                digest: row.get(9)?,
                built_at: row.get(10)?,
            })
        })?;
        Ok(markers.collect::<duckdb::Result<_>>()?)
    }
}
