//! Loading arrivals into live tables: rows, markers and errors of a file in one transaction.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use duckdb::{Connection, params};

use super::marker::Marker;
use super::rejections::Rejections;
use super::{DuckDb, Inputs, Names};
use crate::failpoint::{Failpoint, reach};
use crate::schema::Field;
use crate::sql::duckdb::{data_type, identifier, literal};

/// Rows on their way into one table, kept in a file until they are loaded.
pub struct Arrivals {
    pub table: String,
    pub columns: Vec<Field>,
    file: std::io::BufWriter<tempfile::NamedTempFile>,
    /// Rows per day.
    pub days: BTreeMap<String, i64>,
}

/// The new version of a source's day, or of a source as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub table: String,
    pub day: String,
    pub version: i64,
    /// All rows of the day, earlier ones included.
    pub rows: i64,
    /// Of the rows, where the source was observed and not loaded.
    pub digest: String,
}

impl Arrivals {
    pub fn new(table: &str, columns: &[Field], folder: &Path) -> anyhow::Result<Self> {
        let file = tempfile::NamedTempFile::new_in(folder).context("writing beside the warehouse")?;
        Ok(Self {
            table: table.to_owned(),
            columns: columns.to_vec(),
            file: std::io::BufWriter::new(file),
            days: BTreeMap::new(),
        })
    }

    /// Adds a row, an object with a value for every column.
    pub fn push(
        &mut self,
        day: &str,
        row: &serde_json::Map<String, serde_json::Value>,
    ) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.file, row).context("writing beside the warehouse")?;
        self.file.write_all(b"\n").context("writing beside the warehouse")?;
        *self.days.entry(day.to_owned()).or_insert(0) += 1;
        Ok(())
    }

    /// With all rows in the file, which is there until this is gone.
    pub fn flushed(mut self) -> anyhow::Result<Self> {
        self.file.flush().context("writing beside the warehouse")?;
        Ok(self)
    }

    pub(super) fn path(&self) -> &Path {
        self.file.get_ref().path()
    }
}

/// A file that was read to its end.
pub struct ReadFile<'a> {
    pub name: &'a str,
    pub digest: &'a str,
    pub bytes: i64,
    pub lines: i64,
    pub attempt: &'a str,
    /// UTC, `YYYY-MM-DD HH:MM:SS`.
    pub at: &'a str,
}

impl DuckDb {
    /// Digests of files that were ingested, with how many bytes each had.
    pub fn ingested_files(&self) -> anyhow::Result<Vec<(String, i64)>> {
        let connection = self.session()?;
        let mut statement =
            connection.prepare("SELECT DISTINCT digest, bytes FROM ingested_file ORDER BY bytes, digest")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<duckdb::Result<_>>()?)
    }

    /// Loads everything of one file, or nothing.
    pub fn load(
        &self,
        file: &ReadFile,
        arrivals: Vec<Arrivals>,
        rejected: Rejections,
    ) -> anyhow::Result<Vec<Loaded>> {
        let session = self.session()?;
        let _turn = self.publishing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        session.execute_batch("BEGIN")?;
        let loaded = load(&session, &self.names, file, arrivals, rejected).and_then(|loaded| {
            reach(Failpoint::IngestLoaded);
            session.execute_batch("COMMIT").context("committing the file's rows")?;
            reach(Failpoint::IngestCommitted);
            Ok(loaded)
        });
        if loaded.is_err() {
            let _ = session.execute_batch("ROLLBACK");
        }
        loaded
    }
}

fn load(
    session: &Connection,
    names: &Names,
    file: &ReadFile,
    arrivals: Vec<Arrivals>,
    rejected: Rejections,
) -> anyhow::Result<Vec<Loaded>> {
    let mut loaded = Vec::new();
    let mut accepted = 0;
    for arrivals in arrivals {
        let Arrivals { table, columns, file: written, days } = arrivals;
        let written = written.into_inner().context("writing beside the warehouse")?;
        insert(session, &names.table(&table), &columns, written.path())?;
        for (day, rows) in days {
            accepted += rows;
            loaded.push(mark(session, &table, &day, rows, file)?);
        }
    }
    note(session, file, accepted, rejected)?;
    Ok(loaded)
}

/// Keeps the rejected lines of a file, and that the file was read.
pub(super) fn note(
    session: &Connection,
    file: &ReadFile,
    accepted: i64,
    rejected: Rejections,
) -> anyhow::Result<()> {
    let count = rejected.count();
    rejected.insert(session, file)?;
    session.execute(
        "INSERT INTO ingested_file VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMP))",
        params![file.digest, file.bytes, file.lines, accepted, count, file.name, file.at],
    )?;
    Ok(())
}

fn insert(session: &Connection, table: &str, columns: &[Field], file: &Path) -> anyhow::Result<()> {
    let names: Vec<String> = columns.iter().map(|column| identifier(&column.name)).collect();
    let sql = format!("INSERT INTO {table} ({}) {}", names.join(", "), lines_query(columns, file));
    session.execute(&sql, []).with_context(|| format!("loading rows into {table}"))?;
    Ok(())
}

/// A query of the rows in a file of [`Arrivals`].
pub(super) fn lines_query(columns: &[Field], file: &Path) -> String {
    let names: Vec<String> = columns.iter().map(|column| identifier(&column.name)).collect();
    let types: Vec<String> = columns
        .iter()
        .map(|column| format!("{}: {}", identifier(&column.name), literal(&data_type(&column.ty))))
        .collect();
    format!(
        "SELECT {} FROM read_json({}, format = 'newline_delimited', maximum_object_size = 33554432, columns = {{{}}})",
        names.join(", "),
        literal(&file.to_string_lossy()),
        types.join(", "),
    )
}

/// Raises the version of a source's day.
pub(super) fn mark(
    session: &Connection,
    table: &str,
    day: &str,
    rows: i64,
    file: &ReadFile,
) -> anyhow::Result<Loaded> {
    let (version, before): (i64, i64) = session
        .query_row(
            "SELECT coalesce(max(data_version), 0), coalesce(max(rows), 0) FROM marker WHERE key = ?",
            params![format!("{table}/{day}")],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .context("reading the source's marker")?;
    let marker = Marker {
        dataset: table.to_owned(),
        partition: day.to_owned(),
        attempt: file.attempt.to_owned(),
        epoch: version + 1,
        definition_hash: String::new(),
        data_version: version + 1,
        origin_version: version + 1,
        inputs: Inputs::new(),
        rows: before + rows,
        digest: String::new(),
        built_at: file.at.to_owned(),
    };
    anyhow::ensure!(marker.upsert(session)?, "another ingest holds {table} {day}");
    Ok(Loaded {
        table: table.to_owned(),
        day: day.to_owned(),
        version: version + 1,
        rows: before + rows,
        digest: String::new(),
    })
}
