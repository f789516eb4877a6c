//! Runs, attempts and leases in SQLite.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::attempt::{
    AttemptRow, AttemptState, Claim, Conclusion, LeaseRow, Run, RunState, Wanted, attempt_id,
};
use super::super::{LEASE_SECONDS, Owner};
use super::{history, record};
use crate::failpoint::{Failpoint, reach};

pub(super) fn begin_run(connection: &Connection, run: &Run) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO run (id, kind, until, owner, tool, started_at, state, actor, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            run.id,
            run.kind.as_str(),
            run.until,
            run.owner.0,
            env!("CARGO_PKG_VERSION"),
            run.at,
            RunState::Running.as_str(),
            run.actor,
            run.revision
        ],
    )?;
    Ok(())
}

pub(super) fn claim(
    connection: &Connection,
    wanted: &Wanted,
    now: i64,
    at: &str,
) -> anyhow::Result<Option<Claim>> {
    let mut epoch = wanted.marker_epoch;
    for partition in wanted.partitions {
        let lease: Option<(String, i64)> = connection
            .prepare_cached("SELECT owner, expires_at FROM lease WHERE dataset = ?1 AND partition = ?2")?
            .query_row(params![wanted.dataset, partition], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((holder, expires)) = lease
            && holder != wanted.owner.0
            && expires > now
            && !Owner(holder).is_gone()
        {
            return Ok(None);
        }
        let latest: Option<i64> = connection
            .prepare_cached("SELECT max(epoch) FROM attempt WHERE dataset = ?1 AND partition = ?2")?
            .query_row(params![wanted.dataset, partition], |row| row.get(0))?;
        epoch = epoch.max(latest.unwrap_or(0));
    }
    epoch += 1;
    let sql_hash = blake3::hash(wanted.sql.as_bytes()).to_hex()[..32].to_owned();
    connection.prepare_cached("INSERT OR IGNORE INTO query VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        sql_hash,
        wanted.dataset,
        wanted.sql,
        at
    ])?;
    for (index, partition) in wanted.partitions.iter().enumerate() {
        connection
            .prepare_cached("INSERT OR REPLACE INTO lease VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![wanted.dataset, partition, wanted.owner.0, epoch, now + LEASE_SECONDS])?;
        connection
            .prepare_cached(
                "INSERT INTO attempt (id, run, dataset, partition, epoch, state, definition_hash, sql_hash, started_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'running', ?6, ?7, ?8)",
            )?
            .execute(params![
                attempt_id(wanted.attempt, index),
                wanted.run,
                wanted.dataset,
                partition,
                epoch,
                wanted.definition_hash,
                sql_hash,
                at
            ])?;
    }
    reach(Failpoint::ClaimWritten);
    Ok(Some(Claim {
        attempt: wanted.attempt.to_owned(),
        dataset: wanted.dataset.to_owned(),
        partitions: wanted.partitions.to_vec(),
        epoch,
    }))
}

pub(super) fn conclude(
    connection: &Connection,
    claim: &Claim,
    conclusion: &Conclusion,
    at: &str,
) -> anyhow::Result<()> {
    for (partition, record) in conclusion.records {
        record::write(connection, &claim.dataset, partition, record)?;
    }
    for (partition, check) in conclusion.checks {
        history::write_check(connection, &claim.dataset, partition, &claim.attempt, check, at)?;
    }
    for (index, partition) in claim.partitions.iter().enumerate() {
        let (state, error) = if conclusion.records.iter().any(|(published, _)| published == partition) {
            (AttemptState::Success, None)
        } else if let Some((_, error)) = conclusion.failed.iter().find(|(failed, _)| failed == partition) {
            (AttemptState::Failed, Some(error.as_str()))
        } else if conclusion.is_abandoned {
            (AttemptState::Abandoned, None)
        } else {
            continue;
        };
        connection
            .prepare_cached(
                "UPDATE attempt SET state = ?2, error = ?3, ended_at = ?4, milliseconds = ?5
                 WHERE id = ?1 AND state = 'running'",
            )?
            .execute(params![
                attempt_id(&claim.attempt, index),
                state.as_str(),
                error,
                at,
                conclusion.milliseconds
            ])?;
    }
    for partition in &claim.partitions {
        connection
            .prepare_cached("DELETE FROM lease WHERE dataset = ?1 AND partition = ?2 AND epoch = ?3")?
            .execute(params![claim.dataset, partition, claim.epoch])?;
    }
    reach(Failpoint::RecordWritten);
    Ok(())
}

pub(super) fn last_failures(connection: &Connection) -> rusqlite::Result<Vec<(String, String, String)>> {
    let mut statement = connection.prepare(
        "SELECT dataset, partition, coalesce(error, '') FROM attempt AS latest
         WHERE state = 'failed' AND NOT EXISTS (
           SELECT 1 FROM attempt AS later WHERE later.dataset = latest.dataset
             AND later.partition = latest.partition AND later.epoch > latest.epoch)
         ORDER BY dataset, partition",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// Attempts that a condition holds for, by dataset, partition and epoch.
pub(super) fn read(connection: &Connection, condition: &str) -> anyhow::Result<Vec<AttemptRow>> {
    let mut statement = connection.prepare(&format!(
        "SELECT attempt.id, dataset, partition, epoch, attempt.state, run.owner, attempt.ended_at IS NOT NULL
         FROM attempt JOIN run ON run.id = attempt.run {condition} ORDER BY dataset, partition, epoch"
    ))?;
    let mut rows = statement.query([])?;
    let mut attempts = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, state): (String, String) = (row.get(0)?, row.get(4)?);
        let Some(state) = AttemptState::parse(&state) else {
            anyhow::bail!("the ledger says that the attempt {id} is `{state}`, which no attempt can be");
        };
        attempts.push(AttemptRow {
            id,
            dataset: row.get(1)?,
            partition: row.get(2)?,
            epoch: row.get(3)?,
            state,
            owner: Owner(row.get(5)?),
            has_ended: row.get(6)?,
        });
    }
    Ok(attempts)
}

pub(super) fn leases(connection: &Connection) -> rusqlite::Result<Vec<LeaseRow>> {
    let mut statement = connection.prepare(
        "SELECT dataset, partition, owner, epoch, expires_at FROM lease ORDER BY dataset, partition",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(LeaseRow {
            dataset: row.get(0)?,
            partition: row.get(1)?,
            owner: Owner(row.get(2)?),
            epoch: row.get(3)?,
            expires_at: row.get(4)?,
        })
    })?;
    rows.collect()
}
