//! What the ledger knows of partitions and sources, read as one snapshot.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Ledger;
use crate::period::{Period, WHOLE};
use crate::warehouse::{Inputs, Marker};

/// The standing of a published partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Built, checked, visible.
    Success,
    /// Visible, but a check that changed since fails.
    Suspect,
    /// The warehouse no longer has what was published.
    Lost,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Success => "success",
            State::Suspect => "suspect",
            State::Lost => "lost",
        }
    }

    pub(super) fn parse(text: &str) -> Self {
        match text {
            "suspect" => State::Suspect,
            "lost" => State::Lost,
            _ => State::Success,
        }
    }
}

/// One published partition.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionRecord {
    pub state: State,
    pub attempt: String,
    pub epoch: i64,
    pub definition_hash: String,
    pub checks_hash: String,
    pub data_version: i64,
    pub origin_version: i64,
    pub inputs: Inputs,
    pub rows: i64,
    pub digest: String,
    pub built_at: String,
}

/// One partition of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRecord {
    pub version: i64,
    pub rows: i64,
    pub digest: String,
    pub seen_at: String,
}

/// Everything that planning needs.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub partitions: BTreeMap<String, BTreeMap<Period, PartitionRecord>>,
    /// By source, then by day.
    pub sources: BTreeMap<String, BTreeMap<Date, SourceRecord>>,
    /// Sources without a partition column.
    pub whole_sources: BTreeMap<String, SourceRecord>,
    /// Partitions in here that stand in another target and are read there.
    pub deferred: BTreeMap<String, BTreeSet<Period>>,
    /// Sources without a partition column that are read there.
    pub deferred_whole: BTreeSet<String>,
    /// Views that stand for one dataset, with its name.
    pub views: BTreeMap<String, String>,
}

impl Snapshot {
    /// Whether a partition stands in another target.
    pub fn is_deferred(&self, table: &str, period: Period) -> bool {
        self.deferred.get(table).is_some_and(|periods| periods.contains(&period))
    }
}

impl Ledger {
    /// Reads partitions and sources.
    pub fn snapshot(&self) -> anyhow::Result<Snapshot> {
        let connection = self.connection();
        let mut snapshot = Snapshot::default();
        let mut statement = connection.prepare(
            "SELECT dataset, partition, state, attempt, epoch, definition_hash, checks_hash, data_version,
               origin_version, inputs, rows, digest, built_at FROM partition",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Ok(period) = row.get::<_, String>(1)?.parse::<Period>() else { continue };
            let record = PartitionRecord {
                state: State::parse(&row.get::<_, String>(2)?),
                attempt: row.get(3)?,
                epoch: row.get(4)?,
                definition_hash: row.get(5)?,
                checks_hash: row.get(6)?,
                data_version: row.get(7)?,
                origin_version: row.get(8)?,
                inputs: serde_json::from_str(&row.get::<_, String>(9)?)?,
                rows: row.get(10)?,
                digest: row.get(11)?,
                built_at: row.get(12)?,
            };
            snapshot.partitions.entry(row.get(0)?).or_default().insert(period, record);
        }
        let mut statement = connection
            .prepare("SELECT source, partition, version, rows, digest, seen_at FROM source_partition")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (source, partition): (String, String) = (row.get(0)?, row.get(1)?);
            let record = SourceRecord {
                version: row.get(2)?,
                rows: row.get(3)?,
                digest: row.get(4)?,
                seen_at: row.get(5)?,
            };
            if partition == WHOLE {
                snapshot.whole_sources.insert(source, record);
            } else if let Ok(day) = partition.parse::<Date>() {
                snapshot.sources.entry(source).or_default().insert(day, record);
            }
        }
        // A ledger that is only read may not have it yet.
        if connection.table_exists(None, "served_view")? {
            let mut statement = connection.prepare("SELECT name, dataset FROM served_view")?;
            snapshot.views = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
        }
        Ok(snapshot)
    }

    /// Records which dataset each view of the warehouse stands for.
    pub fn record_views(&self, views: &BTreeMap<String, String>) -> anyhow::Result<()> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM served_view", [])?;
        for (name, dataset) in views {
            transaction.execute("INSERT INTO served_view VALUES (?1, ?2)", [name, dataset])?;
        }
        Ok(transaction.commit()?)
    }
}

impl PartitionRecord {
    /// What a marker of the warehouse says, for a partition that the ledger does not know.
    pub fn from_marker(marker: &Marker) -> Self {
        Self {
            state: State::Success,
            attempt: marker.attempt.clone(),
            epoch: marker.epoch,
            definition_hash: marker.definition_hash.clone(),
            checks_hash: String::new(),
            data_version: marker.data_version,
            origin_version: marker.origin_version,
            inputs: marker.inputs.clone(),
            rows: marker.rows,
            digest: marker.digest.clone(),
            built_at: marker.built_at.clone(),
        }
    }
}

/// Writes a partition's row.
pub(super) fn write(
    connection: &rusqlite::Connection,
    dataset: &str,
    partition: &str,
    record: &PartitionRecord,
) -> anyhow::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO partition VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(rusqlite::params![
            dataset,
            partition,
            record.state.as_str(),
            record.attempt,
            record.epoch,
            record.definition_hash,
            record.checks_hash,
            record.data_version,
            record.origin_version,
            serde_json::to_string(&record.inputs)?,
            record.rows,
            record.digest,
            record.built_at,
        ])?;
    Ok(())
}
