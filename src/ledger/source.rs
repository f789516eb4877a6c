//! Versions of source partitions, as an ingest loaded or a run observed them.

use rusqlite::params;

use super::Ledger;
use crate::warehouse::Loaded;

impl Ledger {
    /// Records what the warehouse holds of sources. Its markers have the last word, also where the ledger
    /// remembers more: the warehouse was then made anew, or put back from an older copy.
    pub fn record_loaded(&self, loaded: &[Loaded], at: &str) -> anyhow::Result<()> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for one in loaded {
            transaction
                .prepare_cached(
                    "INSERT INTO source_partition VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (source, partition) DO UPDATE SET version = excluded.version,
                       rows = excluded.rows, digest = excluded.digest, seen_at = excluded.seen_at
                     WHERE source_partition.version <> excluded.version OR source_partition.rows <> excluded.rows
                       OR source_partition.digest <> excluded.digest",
                )?
                .execute(params![one.table, one.day, one.version, one.rows, one.digest, at])?;
        }
        Ok(transaction.commit()?)
    }
}
