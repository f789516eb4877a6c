//! Opening a DuckDB file: its folder, its settings, and who holds it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::Context;
use duckdb::{AccessMode, Config, Connection};

use super::KeyRing;
use super::names::Names;
use super::native::Installed;
use crate::diagnostic::{Code, Diagnostic};
use crate::failpoint::{Failpoint, reach};
use crate::sql::duckdb::{identifier, literal};

/// An open DuckDB file. One process holds it at a time; sessions share it among threads.
pub struct DuckDb {
    pub path: PathBuf,
    pub names: Names,
    connection: Mutex<Connection>,
    /// What keyed_hash hashes with.
    pub keys: KeyRing,
    /// Functions that queries called so far.
    natives: Arc<Installed>,
    /// Publishing is one at a time: concurrent writers of one table would fail each other.
    pub(super) publishing: Mutex<()>,
    is_read_only: bool,
}

/// Tables of Tidemill's own, beside the data, in a schema that every session looks into first.
const OWN_TABLES: &str = r#"
CREATE TABLE IF NOT EXISTS marker (
  key VARCHAR PRIMARY KEY, dataset VARCHAR NOT NULL, partition VARCHAR NOT NULL,
  attempt VARCHAR NOT NULL, epoch BIGINT NOT NULL, definition_hash VARCHAR NOT NULL,
  data_version BIGINT NOT NULL, origin_version BIGINT NOT NULL, inputs VARCHAR NOT NULL,
  rows BIGINT NOT NULL, digest VARCHAR NOT NULL, built_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS partitioning (name VARCHAR PRIMARY KEY, partition_column VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS "view" (name VARCHAR PRIMARY KEY, hash VARCHAR NOT NULL);
ALTER TABLE "view" ADD COLUMN IF NOT EXISTS serves VARCHAR;
CREATE TABLE IF NOT EXISTS static_table (name VARCHAR PRIMARY KEY, hash VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS ingested_file (
  digest VARCHAR NOT NULL, bytes BIGINT NOT NULL, lines BIGINT NOT NULL, accepted BIGINT NOT NULL,
  rejected BIGINT NOT NULL, name VARCHAR NOT NULL, ingested_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS ingest_error (
  received_at TIMESTAMP, source VARCHAR, reason VARCHAR NOT NULL, detail VARCHAR NOT NULL,
  original BLOB NOT NULL, file VARCHAR NOT NULL, line BIGINT NOT NULL, ingested_at TIMESTAMP NOT NULL
);
"#;

impl DuckDb {
    /// Opens the file, creating it and its folder where they are missing.
    ///
    /// # Errors
    /// A finding when another process holds the file or the folder cannot be written; otherwise what
    /// DuckDB says.
    pub fn open(path: &Path) -> anyhow::Result<Result<Self, Diagnostic>> {
        Self::open_with(path, Names::default())
    }

    /// Opens the file with names of its own.
    ///
    /// # Errors
    /// Like [`DuckDb::open`].
    pub fn open_with(path: &Path, names: Names) -> anyhow::Result<Result<Self, Diagnostic>> {
        if let Some(folder) = path.parent()
            && let Err(error) = own_folder(folder)
        {
            return Ok(Err(Diagnostic::error(
                Code::Unwritable,
                format!("cannot write into {}: {error}", folder.display()),
            )
            .hint("make the folder writable, or give the target another `path` in tidemill.yaml")));
        }
        let config = Config::default()
            .access_mode(AccessMode::ReadWrite)?
            .enable_autoload_extension(false)?
            .with("autoinstall_known_extensions", "false")?
            // Every column of a table takes at least one block: wide ping tables need small ones.
            .with("default_block_size", "16384")?;
        let connection = match Connection::open_with_flags(path, config) {
            Ok(connection) => connection,
            Err(error) => match describe(path, &error.to_string()) {
                Some(finding) => return Ok(Err(finding)),
                None => return Err(error).with_context(|| format!("opening {}", path.display())),
            },
        };
        let own = names.own_schema();
        connection
            .execute_batch(&format!("CREATE SCHEMA IF NOT EXISTS {};", identifier(&own)))
            .and_then(|()| look_into(&connection, &own))
            .and_then(|()| connection.execute_batch(OWN_TABLES))
            .context("creating Tidemill's own tables")?;
        reach(Failpoint::WarehouseOpened);
        Ok(Ok(Self::over(path, names, connection, false)?))
    }

    /// Opens a file that is there, to read it and nothing else. Others may read it at the same time.
    ///
    /// # Errors
    /// Like [`DuckDb::open`].
    pub fn open_to_read(path: &Path, names: Names) -> anyhow::Result<Result<Self, Diagnostic>> {
        let config = Config::default()
            .access_mode(AccessMode::ReadOnly)?
            .enable_autoload_extension(false)?
            .with("autoinstall_known_extensions", "false")?;
        let connection = match Connection::open_with_flags(path, config) {
            Ok(connection) => connection,
            Err(error) => match describe(path, &error.to_string()) {
                Some(finding) => return Ok(Err(finding)),
                None => return Err(error).with_context(|| format!("opening {} to read", path.display())),
            },
        };
        Ok(Ok(Self::over(path, names, connection, true)?))
    }

    /// What stands for a file that is not there yet, to read what stands elsewhere.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn empty(names: Names) -> anyhow::Result<Self> {
        let config = Config::default()
            .enable_autoload_extension(false)?
            .with("autoinstall_known_extensions", "false")?;
        let connection =
            Connection::open_in_memory_with_flags(config).context("opening a DuckDB in memory")?;
        Self::over(Path::new(""), names, connection, true)
    }

    fn over(path: &Path, names: Names, connection: Connection, is_read_only: bool) -> anyhow::Result<Self> {
        let keys = KeyRing::default();
        keys.register(&connection)?;
        Ok(Self {
            path: path.to_owned(),
            names,
            connection: Mutex::new(connection),
            keys,
            natives: Arc::default(),
            publishing: Mutex::new(()),
            is_read_only,
        })
    }

    /// What is registered so far, for a session that installs what it needs by itself.
    pub fn natives(&self) -> Arc<Installed> {
        Arc::clone(&self.natives)
    }

    /// Makes the native functions ready that a translated query calls. A session sees them in the transactions that
    /// it begins afterwards.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn install(&self, sql: &str) -> anyhow::Result<()> {
        let connection = self.connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.natives.install(&connection, sql)
    }

    /// A connection of its own for a thread.
    pub fn session(&self) -> anyhow::Result<Connection> {
        let connection = self.connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let session = connection.try_clone().context("opening a session")?;
        // Tidemill's own tables, which have no schema in their names, are not read then.
        if !self.is_read_only {
            look_into(&session, &self.names.own_schema()).context("opening a session")?;
        }
        Ok(session)
    }

    /// Sets how many threads work on a query; by default as many as there are cores.
    pub fn use_threads(&self, count: usize) -> anyhow::Result<()> {
        self.session()?.execute_batch(&format!("SET threads = {count};")).context("setting the threads")
    }

    /// Writes everything into the file, so that no change of a table's shape waits in the log.
    pub fn checkpoint(&self) -> anyhow::Result<()> {
        self.session()?.execute_batch("CHECKPOINT").context("checkpointing")?;
        reach(Failpoint::Checkpointed);
        Ok(())
    }
}

/// Unqualified names, which are those of Tidemill's own tables, are looked for in this schema.
fn look_into(connection: &Connection, schema: &str) -> duckdb::Result<()> {
    connection.execute_batch(&format!("SET schema = {};", literal(schema)))
}

/// Creates the folder; one that we make keeps itself out of version control.
pub fn own_folder(folder: &Path) -> std::io::Result<()> {
    if !folder.is_dir() {
        std::fs::create_dir_all(folder)?;
        if folder.file_name().is_some_and(|name| name == ".tidemill") {
            std::fs::write(folder.join(".gitignore"), "*\n")?;
        }
    }
    Ok(())
}

/// What DuckDB cannot read, and which of the two files it is.
fn damaged(path: &Path, message: &str) -> Diagnostic {
    let said = message.lines().next().unwrap_or_default();
    let (what, hint) = match message.contains("WAL") {
        true => (
            format!("{}.wal", path.display()),
            "copy the log, then move it away: what was committed since the last checkpoint is gone with it; the next run says \
             what the warehouse lacks and builds it again, files that were ingested since then are to be ingested again",
        ),
        false => (
            path.display().to_string(),
            "put back a copy of the file: the next run says what it lacks and builds it again",
        ),
    };
    Diagnostic::error(Code::WarehouseDamaged, format!("DuckDB cannot read {what}"))
        .note(said.to_owned())
        .note("nothing was changed or deleted")
        .hint(hint)
}

pub(super) fn describe(path: &Path, message: &str) -> Option<Diagnostic> {
    if message.contains("Could not set lock") || message.contains("Conflicting lock") {
        let holder = message.split("(PID ").nth(1).and_then(|rest| rest.split(')').next());
        let who = holder.map_or("another process".to_owned(), |pid| format!("process {pid}"));
        return Some(
            Diagnostic::error(Code::WarehouseBusy, format!("{} is held by {who}", path.display()))
                .hint("wait for it or end it; `tidemill status` and `tidemill plan` work meanwhile"),
        );
    }
    if message.contains("replaying WAL")
        || message.contains("Corrupt")
        || message.contains("not a valid DuckDB")
    {
        return Some(damaged(path, message));
    }
    if message.contains("Permission denied") || message.contains("Read-only file system") {
        return Some(
            Diagnostic::error(Code::Unwritable, format!("cannot write {}", path.display()))
                .hint("make the file and its folder writable, or give the target another `path`"),
        );
    }
    None
}
