//! Partitions, sources and views in SQLite.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::super::record::{PartitionRecord, Snapshot, SourceRecord, State};
use crate::period::{Period, WHOLE};
use crate::warehouse::Loaded;

/// Reads partitions, sources and views.
pub(super) fn snapshot(connection: &Connection) -> anyhow::Result<Snapshot> {
    let mut snapshot = Snapshot::default();
    let mut statement = connection.prepare(
        "SELECT dataset, partition, state, attempt, epoch, definition_hash, checks_hash, data_version,
           origin_version, inputs, rows, digest, built_at FROM partition",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Ok(period) = row.get::<_, String>(1)?.parse::<Period>() else { continue };
        // What cannot be read was damaged: the marker says what stands.
        let inputs = serde_json::from_str(&row.get::<_, String>(9)?).ok();
        let state = State::parse(&row.get::<_, String>(2)?);
        let record = PartitionRecord {
            state: if inputs.is_some() { state } else { State::Lost },
            attempt: row.get(3)?,
            epoch: row.get(4)?,
            definition_hash: row.get(5)?,
            checks_hash: row.get(6)?,
            data_version: row.get(7)?,
            origin_version: row.get(8)?,
            inputs: inputs.unwrap_or_default(),
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
    let mut statement = connection.prepare("SELECT name, dataset FROM served_view")?;
    snapshot.views =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    snapshot.skipped = super::turn::skipped(connection)?;
    Ok(snapshot)
}

/// Replaces which dataset each view of the warehouse stands for.
pub(super) fn write_views(connection: &Connection, views: &BTreeMap<String, String>) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM served_view", [])?;
    for (name, dataset) in views {
        connection.execute("INSERT INTO served_view VALUES (?1, ?2)", [name, dataset])?;
    }
    Ok(())
}

/// Writes a partition's row.
pub(super) fn write(
    connection: &Connection,
    dataset: &str,
    partition: &str,
    record: &PartitionRecord,
) -> anyhow::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO partition VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
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

/// Writes versions of sources, where they are others than those that are known.
pub(super) fn write_sources(connection: &Connection, loaded: &[Loaded], at: &str) -> rusqlite::Result<()> {
    for one in loaded {
        connection
            .prepare_cached(
                "INSERT INTO source_partition VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (source, partition) DO UPDATE SET version = excluded.version,
                   rows = excluded.rows, digest = excluded.digest, seen_at = excluded.seen_at
                 WHERE source_partition.version <> excluded.version OR source_partition.rows <> excluded.rows
                   OR source_partition.digest <> excluded.digest",
            )?
            .execute(params![one.table, one.day, one.version, one.rows, one.digest, at])?;
    }
    Ok(())
}
