//! Outcomes of checks and the story of a partition in SQLite.

use rusqlite::{Connection, params};

use super::super::history::{AttemptHistory, CheckRow, Checked};
use crate::ledger::State;
use crate::warehouse::CheckResult;

/// Keeps what a check said. The rows that fail it are kept nowhere.
pub(super) fn write_check(
    connection: &Connection,
    dataset: &str,
    partition: &str,
    attempt: &str,
    check: &CheckResult,
    at: &str,
) -> rusqlite::Result<()> {
    let thresholds = check.thresholds;
    connection
        .prepare_cached(
            "INSERT INTO check_result
               (attempt, dataset, partition, text, blocks, violations, at, rows, warn, fail, verdict)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            attempt,
            dataset,
            partition,
            check.text,
            thresholds.fail.is_some(),
            check.violations,
            at,
            check.rows,
            thresholds.warn.map(|one| one.to_string()),
            thresholds.fail.map(|one| one.to_string()),
            check.verdict().as_str(),
        ])?;
    Ok(())
}

pub(super) fn rechecked(
    connection: &Connection,
    checked: &Checked,
    state: State,
    at: &str,
) -> rusqlite::Result<()> {
    connection.execute(
        "UPDATE partition SET state = ?3, checks_hash = ?4 WHERE dataset = ?1 AND partition = ?2",
        params![checked.dataset, checked.partition, state.as_str(), checked.checks_hash],
    )?;
    for check in checked.results {
        write_check(connection, checked.dataset, checked.partition, checked.attempt, check, at)?;
    }
    Ok(())
}

pub(super) fn checks(connection: &Connection, dataset: &str) -> rusqlite::Result<Vec<CheckRow>> {
    let mut statement = connection.prepare(
        "SELECT partition, text, verdict, violations, rows, warn, fail, attempt, at FROM check_result
         WHERE dataset = ?1 ORDER BY partition, at, rowid",
    )?;
    let rows = statement.query_map([dataset], |row| {
        Ok(CheckRow {
            partition: row.get(0)?,
            check: row.get(1)?,
            verdict: row.get(2)?,
            violations: row.get(3)?,
            rows: row.get(4)?,
            warn: row.get(5)?,
            fail: row.get(6)?,
            attempt: row.get(7)?,
            at: row.get(8)?,
        })
    })?;
    rows.collect()
}

pub(super) fn attempts(
    connection: &Connection,
    dataset: &str,
    partition: &str,
) -> rusqlite::Result<Vec<AttemptHistory>> {
    let mut statement = connection.prepare(
        "SELECT attempt.id, epoch, attempt.state, error, definition_hash, sql_hash, query.sql, attempt.started_at,
           attempt.ended_at, milliseconds, run.id, kind, actor, owner, revision, tool
         FROM attempt JOIN run ON run.id = attempt.run LEFT JOIN query ON query.hash = sql_hash
         WHERE attempt.dataset = ?1 AND partition = ?2 ORDER BY epoch DESC",
    )?;
    let rows = statement.query_map([dataset, partition], |row| {
        Ok(AttemptHistory {
            id: row.get(0)?,
            epoch: row.get(1)?,
            state: row.get(2)?,
            error: row.get(3)?,
            definition_hash: row.get(4)?,
            sql_hash: row.get(5)?,
            sql: row.get(6)?,
            started_at: row.get(7)?,
            ended_at: row.get(8)?,
            milliseconds: row.get(9)?,
            run: row.get(10)?,
            kind: row.get(11)?,
            actor: row.get(12)?,
            owner: row.get(13)?,
            revision: row.get(14)?,
            tool: row.get(15)?,
        })
    })?;
    rows.collect()
}
