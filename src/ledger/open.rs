//! Opening the ledger and bringing its tables to this version.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, bail};
use rusqlite::Connection;

use super::record::Snapshot;
use crate::diagnostic::{Code, Diagnostic};
use crate::warehouse::own_folder;

/// An open ledger. Several processes may have it open; writes take turns.
pub struct Ledger {
    pub path: PathBuf,
    connection: Mutex<Connection>,
}

/// Goes up with every change of the tables below.
const VERSION: i64 = 1;

const TABLES: &str = "
CREATE TABLE run (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, until TEXT NOT NULL, owner TEXT NOT NULL, tool TEXT NOT NULL,
  started_at TEXT NOT NULL, ended_at TEXT, state TEXT NOT NULL
) STRICT;
CREATE TABLE attempt (
  id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES run (id), dataset TEXT NOT NULL, partition TEXT NOT NULL,
  epoch INTEGER NOT NULL, state TEXT NOT NULL, definition_hash TEXT NOT NULL, sql_hash TEXT NOT NULL,
  error TEXT, started_at TEXT NOT NULL, ended_at TEXT
) STRICT;
CREATE INDEX attempt_partition ON attempt (dataset, partition, epoch);
CREATE INDEX attempt_state ON attempt (state) WHERE state = 'running';
CREATE TABLE query (hash TEXT PRIMARY KEY, dataset TEXT NOT NULL, sql TEXT NOT NULL, first_used_at TEXT NOT NULL) STRICT;
CREATE TABLE lease (
  dataset TEXT NOT NULL, partition TEXT NOT NULL, owner TEXT NOT NULL, epoch INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, PRIMARY KEY (dataset, partition)
) STRICT;
CREATE TABLE partition (
  dataset TEXT NOT NULL, partition TEXT NOT NULL, state TEXT NOT NULL, attempt TEXT NOT NULL, epoch INTEGER NOT NULL,
  definition_hash TEXT NOT NULL, checks_hash TEXT NOT NULL, data_version INTEGER NOT NULL,
  origin_version INTEGER NOT NULL, inputs TEXT NOT NULL, rows INTEGER NOT NULL, digest TEXT NOT NULL,
  built_at TEXT NOT NULL, PRIMARY KEY (dataset, partition)
) STRICT;
CREATE TABLE source_partition (
  source TEXT NOT NULL, partition TEXT NOT NULL, version INTEGER NOT NULL, rows INTEGER NOT NULL,
  digest TEXT NOT NULL, seen_at TEXT NOT NULL, PRIMARY KEY (source, partition)
) STRICT;
CREATE TABLE check_result (
  attempt TEXT NOT NULL, dataset TEXT NOT NULL, partition TEXT NOT NULL, text TEXT NOT NULL,
  blocks INTEGER NOT NULL, violations INTEGER NOT NULL, at TEXT NOT NULL
) STRICT;
";

/// Tables that a ledger of this version may not have yet.
const ADDED: &str =
    "CREATE TABLE IF NOT EXISTS served_view (name TEXT PRIMARY KEY, dataset TEXT NOT NULL) STRICT;";

impl Ledger {
    /// Opens the ledger, creating it where it is missing.
    ///
    /// # Errors
    /// A finding when its folder cannot be written; otherwise what SQLite says, or that a newer version
    /// of the program wrote it.
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
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        let settings = connection
            .pragma_update(None, "journal_mode", "WAL")
            .and_then(|()| connection.pragma_update(None, "synchronous", "FULL"));
        if let Err(error) = settings {
            return Ok(Err(unwritable(path, &error.to_string())));
        }
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => {
                transaction.execute_batch(TABLES).context("creating the ledger's tables")?;
                transaction.pragma_update(None, "user_version", VERSION)?;
            }
            VERSION => {}
            newer => bail!("the ledger {} has version {newer}; this program knows {VERSION}", path.display()),
        }
        transaction.execute_batch(ADDED)?;
        transaction.commit()?;
        Ok(Ok(Self { path: path.to_owned(), connection: Mutex::new(connection) }))
    }

    /// Reads what another target's ledger knows, writing nothing.
    ///
    /// # Errors
    /// What SQLite says, or that another version of the program wrote it.
    pub fn read(path: &Path) -> anyhow::Result<Snapshot> {
        let connection = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
            .with_context(|| format!("reading the ledger {}", path.display()))?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version != VERSION {
            bail!("the ledger {} has version {version}; this program knows {VERSION}", path.display());
        }
        Self { path: path.to_owned(), connection: Mutex::new(connection) }.snapshot()
    }

    pub(super) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unwritable(path: &Path, problem: &str) -> Diagnostic {
    Diagnostic::error(Code::Unwritable, format!("cannot open the ledger {}: {problem}", path.display()))
        .hint("make the file and its folder writable, or give the target another `path`")
}
