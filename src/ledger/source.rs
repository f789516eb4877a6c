//! Versions of source partitions, as ingest recorded or a run observed them.

use rusqlite::{OptionalExtension, params};

use super::Ledger;
use crate::warehouse::{Loaded, Observed};

impl Ledger {
    /// Records what an ingest loaded. The warehouse committed it, and its versions only rise.
    pub fn record_loaded(&self, loaded: &[Loaded], at: &str) -> anyhow::Result<()> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for one in loaded {
            transaction.execute(
                "INSERT INTO source_partition VALUES (?1, ?2, ?3, ?4, '', ?5)
                 ON CONFLICT (source, partition) DO UPDATE SET version = excluded.version, rows = excluded.rows,
                   seen_at = excluded.seen_at WHERE source_partition.version < excluded.version",
                params![one.table, one.day, one.version, one.rows, at],
            )?;
        }
        Ok(transaction.commit()?)
    }

    /// Records what a source was found to hold; a partition whose rows changed gets a new version.
    /// Partitions that are gone count as empty.
    pub fn record_observed(&self, source: &str, observed: &[Observed], at: &str) -> anyhow::Result<()> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let known: Vec<String> = transaction
            .prepare("SELECT partition FROM source_partition WHERE source = ?1 AND rows > 0")?
            .query_map(params![source], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let gone =
            known.into_iter().filter(|partition| !observed.iter().any(|one| one.partition == *partition));
        let gone: Vec<Observed> =
            gone.map(|partition| Observed { partition, rows: 0, digest: String::new() }).collect();
        for one in observed.iter().chain(&gone) {
            let standing: Option<String> = transaction
                .query_row(
                    "SELECT digest FROM source_partition WHERE source = ?1 AND partition = ?2",
                    params![source, one.partition],
                    |row| row.get(0),
                )
                .optional()?;
            if standing.as_deref() == Some(one.digest.as_str()) {
                continue;
            }
            transaction.execute(
                "INSERT INTO source_partition VALUES (?1, ?2, 1, ?3, ?4, ?5)
                 ON CONFLICT (source, partition) DO UPDATE SET version = source_partition.version + 1,
                   rows = excluded.rows, digest = excluded.digest, seen_at = excluded.seen_at",
                params![source, one.partition, one.rows, one.digest, at],
            )?;
        }
        Ok(transaction.commit()?)
    }
}
