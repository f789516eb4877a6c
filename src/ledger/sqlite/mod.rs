//! The ledger in SQLite, for one machine. Several processes may have it open; writes take turns.

mod attempt;
mod back_up;
mod history;
mod mend;
mod record;
mod steps;
mod turn;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};

pub use back_up::copies_folder;

use super::attempt::{AttemptRow, Claim, Conclusion, LeaseRow, Run, RunState, Wanted};
use super::history::{AttemptHistory, CheckRow, Checked};
use super::mending::Mending;
use super::record::{Snapshot, State};
use super::turn::{Scheduled, Turn};
use super::{LEASE_SECONDS, Ledger, Owner};
use crate::diagnostic::{Code, Diagnostic};
use crate::failpoint::{Failpoint, reach};
use crate::warehouse::{Loaded, own_folder};

/// An open ledger in a SQLite file.
pub struct Sqlite {
    pub path: PathBuf,
    connection: Mutex<Connection>,
}

/// How long a write waits for its turn.
const TURN: Duration = Duration::from_secs(10);

impl Sqlite {
    /// Opens the ledger, creating it where it is missing, and brings an older one to this version.
    ///
    /// # Errors
    /// A finding when its folder cannot be written, or when it is damaged or of a newer program.
    pub fn open(path: &Path) -> anyhow::Result<Result<Self, Diagnostic>> {
        if let Some(folder) = path.parent()
            && let Err(error) = own_folder(folder)
        {
            return Ok(Err(unwritable(path, &error.to_string())));
        }
        let mut connection = match Connection::open(path) {
            Ok(connection) => connection,
            Err(error) => return Ok(Err(unwritable(path, &error.to_string()))),
        };
        if let Err(error) = settle(&connection) {
            return Ok(Err(cannot_use(path, &error)));
        }
        reach(Failpoint::LedgerSettled);
        match steps::take(&mut connection, path) {
            Ok(()) => Ok(Ok(Self { path: path.to_owned(), connection: Mutex::new(connection) })),
            Err(steps::Failure::Newer { version }) => Ok(Err(newer(path, version))),
            Err(steps::Failure::Sqlite(error)) => Ok(Err(cannot_use(path, &error))),
            Err(steps::Failure::Other(error)) => Err(error),
        }
    }

    /// Reads what another target's ledger knows, writing nothing.
    ///
    /// # Errors
    /// What SQLite says, or that another version of the program wrote it.
    pub fn read(path: &Path) -> anyhow::Result<Snapshot> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .with_context(|| format!("reading the ledger {}", path.display()))?;
        connection.busy_timeout(TURN)?;
        let version = steps::version(&connection)?;
        anyhow::ensure!(
            version == steps::LATEST,
            "the ledger {} has version {version}; this program knows {}: a run there with this program brings it there",
            path.display(),
            steps::LATEST
        );
        record::snapshot(&connection)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One transaction that has its turn from the start.
    fn write<T>(&self, work: impl FnOnce(&Transaction) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(TURN)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")
}

impl Ledger for Sqlite {
    fn begin_run(&self, run: &Run) -> anyhow::Result<()> {
        self.write(|transaction| Ok(attempt::begin_run(transaction, run)?))
    }

    fn end_run(&self, id: &str, state: RunState, at: &str) -> anyhow::Result<()> {
        self.write(|transaction| {
            transaction.execute(
                "UPDATE run SET state = ?2, ended_at = ?3 WHERE id = ?1 AND state = 'running'",
                params![id, state.as_str(), at],
            )?;
            Ok(())
        })
    }

    fn claim(&self, wanted: &Wanted, now: i64, at: &str) -> anyhow::Result<Option<Claim>> {
        self.write(|transaction| attempt::claim(transaction, wanted, now, at))
    }

    fn renew(&self, owner: &Owner, now: i64) -> anyhow::Result<()> {
        self.write(|transaction| {
            transaction.execute(
                "UPDATE lease SET expires_at = ?2 WHERE owner = ?1",
                params![owner.0, now + LEASE_SECONDS],
            )?;
            transaction.execute(
                "UPDATE scheduler SET expires_at = ?2 WHERE owner = ?1 AND expires_at > 0",
                params![owner.0, now + LEASE_SECONDS],
            )?;
            Ok(())
        })
    }

    fn take_turn(&self, owner: &Owner, now: i64, at: &str) -> anyhow::Result<Turn> {
        self.write(|transaction| Ok(turn::take(transaction, owner, now, at)?))
    }

    fn give_turn_back(&self, owner: &Owner) -> anyhow::Result<()> {
        self.write(|transaction| Ok(turn::give_back(transaction, owner)?))
    }

    fn turn(&self) -> anyhow::Result<Option<Turn>> {
        Ok(turn::read(&self.connection())?)
    }

    fn note_scheduled(&self, scheduled: &Scheduled, at: &str) -> anyhow::Result<bool> {
        self.write(|transaction| Ok(turn::note(transaction, scheduled, at)?))
    }

    fn conclude(&self, claim: &Claim, conclusion: &Conclusion, at: &str) -> anyhow::Result<()> {
        self.write(|transaction| attempt::conclude(transaction, claim, conclusion, at))
    }

    fn rechecked(&self, checked: &Checked, state: State, at: &str) -> anyhow::Result<()> {
        self.write(|transaction| Ok(history::rechecked(transaction, checked, state, at)?))
    }

    fn check_history(&self, dataset: &str) -> anyhow::Result<Vec<CheckRow>> {
        Ok(history::checks(&self.connection(), dataset)?)
    }

    fn history(&self, dataset: &str, partition: &str) -> anyhow::Result<Vec<AttemptHistory>> {
        Ok(history::attempts(&self.connection(), dataset, partition)?)
    }

    fn last_failures(&self) -> anyhow::Result<Vec<(String, String, String)>> {
        Ok(attempt::last_failures(&self.connection())?)
    }

    fn snapshot(&self) -> anyhow::Result<Snapshot> {
        record::snapshot(&self.connection())
    }

    fn record_loaded(&self, loaded: &[Loaded], at: &str) -> anyhow::Result<()> {
        self.write(|transaction| Ok(record::write_sources(transaction, loaded, at)?))
    }

    fn record_views(&self, views: &BTreeMap<String, String>) -> anyhow::Result<()> {
        self.write(|transaction| Ok(record::write_views(transaction, views)?))
    }

    fn attempts(&self) -> anyhow::Result<Vec<AttemptRow>> {
        attempt::read(&self.connection(), "")
    }

    fn unfinished(&self) -> anyhow::Result<Vec<AttemptRow>> {
        attempt::read(&self.connection(), "WHERE attempt.state = 'running'")
    }

    fn leases(&self) -> anyhow::Result<Vec<LeaseRow>> {
        Ok(attempt::leases(&self.connection())?)
    }

    fn mend(&self, mending: &Mending, at: &str) -> anyhow::Result<()> {
        self.write(|transaction| mend::mend(transaction, mending, at))
    }

    fn damage(&self) -> anyhow::Result<Vec<String>> {
        let connection = self.connection();
        let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
        let told: Vec<String> =
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(told.into_iter().filter(|line| line != "ok").collect())
    }

    fn back_up(&self, day: jiff::civil::Date) -> anyhow::Result<()> {
        back_up::back_up(&self.connection(), &self.path, day)
    }
}

fn unwritable(path: &Path, problem: &str) -> Diagnostic {
    Diagnostic::error(Code::Unwritable, format!("cannot open the ledger {}: {problem}", path.display()))
        .hint("make the file and its folder writable, or give the target another `path`")
}

/// What keeps SQLite from using the file: damage, or a right that lacks.
fn cannot_use(path: &Path, error: &rusqlite::Error) -> Diagnostic {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, &error.to_string()),
        _ => unwritable(path, &error.to_string()),
    }
}

/// A ledger that cannot be trusted, and the two ways out.
pub(super) fn damaged(path: &Path, problem: &str) -> Diagnostic {
    Diagnostic::error(Code::LedgerDamaged, format!("the ledger {} is damaged: {problem}", path.display()))
        .note(format!("copies of earlier days are in {}", copies_folder(path).display()))
        .hint(
            "move it away with the files beside it (`-wal`, `-shm`): the next run makes it anew from the warehouse's \
             markers; or put back a copy, which the next run brings up to date",
        )
}

fn newer(path: &Path, version: i64) -> Diagnostic {
    let message = format!(
        "the ledger {} has version {version}; this program knows up to {}",
        path.display(),
        steps::LATEST
    );
    Diagnostic::error(Code::LedgerNewer, message)
        .hint("use the newer program that wrote it, or give the target another `path`")
}
