//! Runs, attempts and leases: who builds which partition, under which epoch.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::Ledger;
use super::record::{self, PartitionRecord, State};
use crate::warehouse::CheckResult;

/// Seconds that a lease lasts without renewal.
const LEASE_SECONDS: i64 = 60;

/// A process that builds: host, process and its start, so that a reused process number is not mistaken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner(pub String);

/// What started a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    Daily,
    Backfill,
    Recheck,
}

impl RunKind {
    fn as_str(self) -> &'static str {
        match self {
            RunKind::Daily => "run",
            RunKind::Backfill => "backfill",
            RunKind::Recheck => "recheck",
        }
    }
}

/// The right to build partitions of a dataset, until it is given back or runs out.
#[derive(Clone, Debug)]
pub struct Claim {
    pub attempt: String,
    pub dataset: String,
    pub partitions: Vec<String>,
    pub epoch: i64,
}

impl Owner {
    /// The process itself.
    pub fn this_process() -> Self {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        Self(format!("{}:{}:{}", host.trim(), std::process::id(), start_ticks(std::process::id())))
    }

    /// Whether the owner is a process of this host that is gone.
    pub fn is_gone(&self) -> bool {
        let mut parts = self.0.split(':');
        let (host, id, start) = (parts.next(), parts.next(), parts.next());
        let own = Self::this_process();
        let same_host = host == own.0.split(':').next();
        let Some(id) = id.and_then(|id| id.parse::<u32>().ok()) else { return false };
        same_host && start != Some(start_ticks(id).as_str())
    }
}

/// When a process started, in clock ticks since boot; empty when there is no such process.
fn start_ticks(id: u32) -> String {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().nth(19).unwrap_or_default().to_owned()
}

impl Ledger {
    /// Notes that a run began.
    pub fn begin_run(
        &self,
        id: &str,
        kind: RunKind,
        until: &str,
        owner: &Owner,
        at: &str,
    ) -> anyhow::Result<()> {
        self.connection().execute(
            "INSERT INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, 'running')",
            params![id, kind.as_str(), until, owner.0, env!("CARGO_PKG_VERSION"), at],
        )?;
        Ok(())
    }

    /// Notes how a run ended.
    pub fn end_run(&self, id: &str, state: &str, at: &str) -> anyhow::Result<()> {
        self.connection()
            .execute("UPDATE run SET state = ?2, ended_at = ?3 WHERE id = ?1", params![id, state, at])?;
        Ok(())
    }

    /// Claims partitions of a dataset for an attempt, all or none. `None` means that another owner holds
    /// one of them. The epoch is the larger of the ledger's and the warehouse's, plus one.
    #[allow(clippy::too_many_arguments, reason = "one row of the ledger, column by column")]
    pub fn claim(
        &self,
        run: &str,
        attempt: &str,
        dataset: &str,
        partitions: &[String],
        marker_epoch: i64,
        definition_hash: &str,
        sql: &str,
        owner: &Owner,
        now: i64,
        at: &str,
    ) -> anyhow::Result<Option<Claim>> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut epoch = marker_epoch;
        for partition in partitions {
            let lease: Option<(String, i64)> = transaction
                .prepare_cached("SELECT owner, expires_at FROM lease WHERE dataset = ?1 AND partition = ?2")?
                .query_row(params![dataset, partition], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if let Some((holder, expires)) = lease
                && holder != owner.0
                && expires > now
                && !Owner(holder).is_gone()
            {
                return Ok(None);
            }
            let latest: Option<i64> = transaction
                .prepare_cached("SELECT max(epoch) FROM attempt WHERE dataset = ?1 AND partition = ?2")?
                .query_row(params![dataset, partition], |row| row.get(0))?;
            epoch = epoch.max(latest.unwrap_or(0));
        }
        epoch += 1;
        let sql_hash = blake3::hash(sql.as_bytes()).to_hex()[..32].to_owned();
        transaction
            .prepare_cached("INSERT OR IGNORE INTO query VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![sql_hash, dataset, sql, at])?;
        for (index, partition) in partitions.iter().enumerate() {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO lease VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![dataset, partition, owner.0, epoch, now + LEASE_SECONDS])?;
            transaction
                .prepare_cached(
                    "INSERT INTO attempt VALUES (?1, ?2, ?3, ?4, ?5, 'running', ?6, ?7, NULL, ?8, NULL)",
                )?
                .execute(params![
                    attempt_id(attempt, index),
                    run,
                    dataset,
                    partition,
                    epoch,
                    definition_hash,
                    sql_hash,
                    at
                ])?;
        }
        transaction.commit()?;
        Ok(Some(Claim {
            attempt: attempt.to_owned(),
            dataset: dataset.to_owned(),
            partitions: partitions.to_vec(),
            epoch,
        }))
    }

    /// Prolongs all leases of an owner.
    pub fn renew(&self, owner: &Owner, now: i64) -> anyhow::Result<()> {
        self.connection().execute(
            "UPDATE lease SET expires_at = ?2 WHERE owner = ?1",
            params![owner.0, now + LEASE_SECONDS],
        )?;
        Ok(())
    }

    /// Records published partitions and gives the claim back.
    pub fn succeed(
        &self,
        claim: &Claim,
        records: &[(String, PartitionRecord)],
        checks: &[(String, CheckResult)],
        at: &str,
    ) -> anyhow::Result<()> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (partition, record) in records {
            record::write(&transaction, &claim.dataset, partition, record)?;
        }
        for (partition, check) in checks {
            write_check(&transaction, claim, partition, check, at)?;
        }
        for (index, partition) in claim.partitions.iter().enumerate() {
            if records.iter().any(|(published, _)| published == partition) {
                end_attempt(&transaction, claim, index, "success", None, at)?;
            }
        }
        release(&transaction, claim)?;
        Ok(transaction.commit()?)
    }

    /// Records that partitions of a claim failed, and gives the claim back.
    pub fn fail(
        &self,
        claim: &Claim,
        failed: &[(String, String)],
        checks: &[(String, CheckResult)],
        at: &str,
    ) -> anyhow::Result<()> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (partition, check) in checks {
            write_check(&transaction, claim, partition, check, at)?;
        }
        for (index, partition) in claim.partitions.iter().enumerate() {
            if let Some((_, error)) = failed.iter().find(|(one, _)| one == partition) {
                end_attempt(&transaction, claim, index, "failed", Some(error), at)?;
            }
        }
        release(&transaction, claim)?;
        Ok(transaction.commit()?)
    }

    /// Sets the standing of a partition after its checks ran again.
    pub fn rechecked(
        &self,
        dataset: &str,
        partition: &str,
        state: State,
        checks_hash: &str,
    ) -> anyhow::Result<()> {
        self.connection().execute(
            "UPDATE partition SET state = ?3, checks_hash = ?4 WHERE dataset = ?1 AND partition = ?2",
            params![dataset, partition, state.as_str(), checks_hash],
        )?;
        Ok(())
    }

    /// The latest error of a partition whose last attempt failed.
    pub fn last_failures(&self) -> anyhow::Result<Vec<(String, String, String)>> {
        let connection = self.connection();
        let mut statement = connection.prepare(
            "SELECT dataset, partition, coalesce(error, '') FROM attempt AS latest
             WHERE state = 'failed' AND NOT EXISTS (
               SELECT 1 FROM attempt AS later WHERE later.dataset = latest.dataset
                 AND later.partition = latest.partition AND later.epoch > latest.epoch)
             ORDER BY dataset, partition",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Attempts that fill several partitions have one row for each.
pub fn attempt_id(attempt: &str, index: usize) -> String {
    if index == 0 { attempt.to_owned() } else { format!("{attempt}.{index}") }
}

fn end_attempt(
    connection: &Connection,
    claim: &Claim,
    index: usize,
    state: &str,
    error: Option<&str>,
    at: &str,
) -> anyhow::Result<()> {
    connection
        .prepare_cached(
            "UPDATE attempt SET state = ?2, error = ?3, ended_at = ?4 WHERE id = ?1 AND state = 'running'",
        )?
        .execute(params![attempt_id(&claim.attempt, index), state, error, at])?;
    Ok(())
}

fn write_check(
    connection: &Connection,
    claim: &Claim,
    partition: &str,
    check: &CheckResult,
    at: &str,
) -> anyhow::Result<()> {
    connection.prepare_cached("INSERT INTO check_result VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(
        params![claim.attempt, claim.dataset, partition, check.text, check.blocks, check.violations, at],
    )?;
    Ok(())
}

fn release(connection: &Connection, claim: &Claim) -> anyhow::Result<()> {
    for partition in &claim.partitions {
        connection
            .prepare_cached("DELETE FROM lease WHERE dataset = ?1 AND partition = ?2 AND epoch = ?3")?
            .execute(params![claim.dataset, partition, claim.epoch])?;
    }
    Ok(())
}
