//! Holding the ledger against the warehouse's markers: before the first claim, and whenever asked.
//!
//! Killing it anywhere and doing it again changes nothing more.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{TransactionBehavior, params};

use super::Ledger;
use super::attempt::Owner;
use super::record::{self, PartitionRecord, State};
use crate::period::{Period, WHOLE};
use crate::warehouse::{Loaded, Marker};

/// What was mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Attempts of processes that are gone, finished from their marker.
    pub finished: Vec<String>,
    /// Attempts of processes that are gone and had not published.
    pub abandoned: Vec<String>,
    /// Partitions that the ledger did not know, or knew at an older epoch.
    pub restored: Vec<String>,
    /// Partitions that the warehouse no longer has.
    pub lost: Vec<String>,
}

impl Reconciled {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Ledger {
    /// Finishes or puts back what dead owners left, and makes sources and partitions agree with the markers.
    pub fn reconcile(&self, markers: &[Marker], at: &str) -> anyhow::Result<Reconciled> {
        let snapshot = self.snapshot()?;
        let (sources, datasets): (Vec<&Marker>, Vec<&Marker>) =
            markers.iter().partition(|marker| marker.is_of_source());
        let loaded: Vec<Loaded> = sources
            .iter()
            .map(|marker| Loaded {
                table: marker.dataset.clone(),
                day: marker.partition.clone(),
                version: marker.data_version,
                rows: marker.rows,
                digest: marker.digest.clone(),
            })
            .collect();
        self.record_loaded(&loaded, at)?;
        self.forget_sources(&snapshot, &sources)?;
        let by_key: BTreeMap<(&str, &str), &Marker> = datasets
            .iter()
            .map(|marker| ((marker.dataset.as_str(), marker.partition.as_str()), *marker))
            .collect();
        let mut mended = Reconciled::default();
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let running: Vec<(String, String, String, String)> = transaction
            .prepare(
                "SELECT attempt.id, attempt.dataset, attempt.partition, run.owner FROM attempt
                 JOIN run ON run.id = attempt.run WHERE attempt.state = 'running' ORDER BY attempt.id",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (attempt, dataset, partition, owner) in running {
            // Whoever holds the DuckDB file is alone with it; an owner that is another process is gone.
            if Owner(owner.clone()) == Owner::this_process() {
                continue;
            }
            let name = format!("{dataset} {partition}");
            let published = by_key
                .get(&(dataset.as_str(), partition.as_str()))
                .is_some_and(|marker| marker.attempt == attempt);
            let state = if published { "success" } else { "abandoned" };
            transaction.execute(
                "UPDATE attempt SET state = ?2, ended_at = ?3 WHERE id = ?1",
                params![attempt, state, at],
            )?;
            transaction.execute(
                "DELETE FROM lease WHERE dataset = ?1 AND partition = ?2 AND owner = ?3",
                params![dataset, partition, owner],
            )?;
            if published { mended.finished.push(name) } else { mended.abandoned.push(name) }
        }
        transaction.execute(
            "UPDATE run SET state = 'abandoned', ended_at = ?2 WHERE state = 'running' AND owner <> ?1",
            params![Owner::this_process().0, at],
        )?;
        for marker in &datasets {
            let known = marker
                .partition
                .parse()
                .ok()
                .and_then(|period: Period| snapshot.partitions.get(&marker.dataset)?.get(&period));
            let behind =
                known.is_none_or(|record| record.attempt != marker.attempt || record.state == State::Lost);
            if behind {
                let checks_hash = known.map_or(String::new(), |record| record.checks_hash.clone());
                let record = PartitionRecord { checks_hash, ..PartitionRecord::from_marker(marker) };
                record::write(&transaction, &marker.dataset, &marker.partition, &record)?;
                mended.restored.push(format!("{} {}", marker.dataset, marker.partition));
            }
        }
        for (dataset, partitions) in &snapshot.partitions {
            for (period, record) in partitions {
                let partition = period.to_string();
                if record.state != State::Lost
                    && !by_key.contains_key(&(dataset.as_str(), partition.as_str()))
                {
                    transaction.execute(
                        "UPDATE partition SET state = 'lost' WHERE dataset = ?1 AND partition = ?2",
                        params![dataset, partition],
                    )?;
                    mended.lost.push(format!("{dataset} {partition}"));
                }
            }
        }
        transaction.commit()?;
        Ok(mended)
    }

    /// Days of sources that the warehouse no longer has, as after it was deleted.
    fn forget_sources(&self, snapshot: &super::Snapshot, markers: &[&Marker]) -> anyhow::Result<()> {
        let there: BTreeSet<(&str, &str)> =
            markers.iter().map(|marker| (marker.dataset.as_str(), marker.partition.as_str())).collect();
        let days = snapshot
            .sources
            .iter()
            .flat_map(|(source, days)| days.keys().map(move |day| (source.as_str(), day.to_string())));
        let whole = snapshot.whole_sources.keys().map(|source| (source.as_str(), WHOLE.to_owned()));
        let connection = self.connection();
        for (source, partition) in days.chain(whole) {
            if !there.contains(&(source, partition.as_str())) {
                connection.execute(
                    "DELETE FROM source_partition WHERE source = ?1 AND partition = ?2",
                    params![source, partition],
                )?;
            }
        }
        Ok(())
    }
}
