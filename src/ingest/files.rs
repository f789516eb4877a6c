//! Whole files into the warehouse: every line accounted for, each file loaded whole or not at all, and
//! what was loaded before left alone.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use rayon::prelude::*;

use super::{
    Defaults, Fit, Line, Outcome, ReadError, Reason, Rejection, Route, Routes, accept, for_each_line,
};
use crate::compile::Compilation;
use crate::definition::SourceKind;
use crate::ledger::Ledger;
use crate::run::Clock;
use crate::schema::{Field, Type};
use crate::warehouse::{Arrivals, DuckDb, Loaded, ReadFile, Rejected};

/// The table of lines that were rejected, with their bytes.
pub const INGEST_ERROR: &str = "tidemill.ingest_error";

/// The columns of [`INGEST_ERROR`], for queries.
pub fn ingest_error_columns() -> Vec<Field> {
    [
        ("received_at", Type::Timestamp),
        ("source", Type::String),
        ("reason", Type::String),
        ("detail", Type::String),
        ("original", Type::Bytes),
        ("file", Type::String),
        ("line", Type::Int64),
        ("ingested_at", Type::Timestamp),
    ]
    .map(|(name, ty)| Field::new(name, ty))
    .into()
}

/// Lines that are read before they are parsed together.
const BATCH: usize = 4_096;

/// What became of one file.
#[derive(Debug, Default)]
pub struct Summary {
    pub lines: u64,
    /// The last line is half written: it is left for when the file has grown.
    pub unfinished: bool,
    /// Lines that an earlier ingest of this file, or of its beginning, loaded.
    pub known: u64,
    pub accepted: BTreeMap<String, u64>,
    pub rejected: BTreeMap<String, u64>,
    /// Rows whose receipt time is the client's own `Date` header.
    pub dated_by_header: u64,
    /// Names that had no place, with how many rows had them.
    pub ignored: BTreeMap<String, u64>,
    pub loaded: Vec<Loaded>,
}

/// Routes to all ping sources of a project.
pub fn routes(compilation: &Compilation) -> Routes {
    let routes = compilation.sources.values().filter_map(|source| match &source.definition.kind {
        SourceKind::Ping { application, ping, version, glean } => Some(Route {
            namespace: application.clone(),
            ping: ping.clone(),
            version: *version,
            table: source.table.clone(),
            app_name: source.definition.name.schema.clone(),
            columns: source.columns.to_vec(),
            fit: if glean.is_some() { Fit::Exact } else { Fit::Lenient },
            validator: source.definition.validator.clone(),
        }),
        SourceKind::Log { .. } | SourceKind::Web | SourceKind::Table { .. } => None,
    });
    Routes::new(routes.collect())
}

/// Why a file was not ingested.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error(transparent)]
    Read(ReadError),
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// Ingests one file. The live tables are there already.
///
/// # Errors
/// The file cannot be read to its end, or the warehouse failed; nothing of the file is loaded then.
pub fn ingest_file(
    path: &Path,
    routes: &Routes,
    defaults: &Defaults,
    warehouse: &DuckDb,
    ledger: &Ledger,
    clock: Clock,
) -> Result<Summary, IngestError> {
    let known = warehouse.ingested_files()?;
    let digest = digest(path, &known)?;
    let mut summary = Summary {
        lines: digest.lines,
        known: digest.known_lines,
        unfinished: digest.unfinished,
        ..Summary::default()
    };
    if digest.known_lines == digest.lines {
        return Ok(summary);
    }
    let folder = warehouse.path.parent().unwrap_or(Path::new("."));
    let mut sorter = Sorter {
        routes,
        defaults,
        folder,
        arrivals: BTreeMap::new(),
        rejected: Vec::new(),
        summary: &mut summary,
    };
    let mut batch: Vec<(u64, Vec<u8>, bool)> = Vec::with_capacity(BATCH);
    let mut read = 0;
    for_each_line(path, &mut |number, line| {
        read += 1;
        // A file may grow while it is read: what the digest does not cover is for the next time.
        if read <= digest.known_lines || read > digest.lines {
            return Ok(());
        }
        match line {
            Line::Whole(bytes) | Line::Unfinished(bytes) => batch.push((number, bytes.to_vec(), false)),
            Line::TooLong(bytes) => batch.push((number, bytes.to_vec(), true)),
        }
        if batch.len() >= BATCH {
            sorter.sort(std::mem::take(&mut batch))?;
        }
        Ok(())
    })
    .map_err(IngestError::Read)?;
    sorter.sort(batch)?;
    let (arrivals, rejected) = (sorter.arrivals, sorter.rejected);
    let at = clock.text();
    let file = ReadFile {
        name: &path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned()),
        digest: &digest.digest,
        bytes: digest.bytes as i64,
        lines: digest.lines as i64,
        attempt: &format!("ingest-{}", &digest.digest[..16]),
        at: &at,
    };
    summary.loaded = warehouse.load(&file, arrivals.into_values().collect(), &rejected)?;
    ledger.record_loaded(&summary.loaded, &at)?;
    Ok(summary)
}

/// A file's content in short.
struct Digest {
    digest: String,
    bytes: u64,
    lines: u64,
    unfinished: bool,
    /// Lines of the longest beginning that was ingested before.
    known_lines: u64,
}

/// Reads a file once for its digest: of its lines, so that compression does not matter.
fn digest(path: &Path, known: &[(String, i64)]) -> Result<Digest, IngestError> {
    let mut hasher = blake3::Hasher::new();
    let (mut bytes, mut lines, mut known_lines) = (0, 0, 0);
    let mut unfinished = false;
    for_each_line(path, &mut |_, line| {
        let text = match line {
            Line::Unfinished(text) if serde_json::from_slice::<serde::de::IgnoredAny>(text).is_err() => {
                unfinished = true;
                return Ok(());
            }
            Line::Whole(text) | Line::Unfinished(text) | Line::TooLong(text) => text,
        };
        hasher.update(text);
        hasher.update(b"\n");
        bytes += text.len() as u64 + 1;
        lines += 1;
        if known.iter().any(|(_, length)| *length as u64 == bytes) {
            let so_far = hasher.finalize().to_hex().to_string();
            if known.iter().any(|(digest, length)| *length as u64 == bytes && *digest == so_far) {
                known_lines = lines;
            }
        }
        Ok(())
    })
    .map_err(IngestError::Read)?;
    Ok(Digest { digest: hasher.finalize().to_hex().to_string(), bytes, lines, known_lines, unfinished })
}

/// Sorts lines into arrivals and rejections.
struct Sorter<'a> {
    routes: &'a Routes,
    defaults: &'a Defaults,
    folder: &'a Path,
    arrivals: BTreeMap<usize, Arrivals>,
    rejected: Vec<Rejected>,
    summary: &'a mut Summary,
}

impl Sorter<'_> {
    fn sort(&mut self, batch: Vec<(u64, Vec<u8>, bool)>) -> anyhow::Result<()> {
        let outcomes: Vec<Outcome> = batch
            .par_iter()
            .map(|(_, line, too_long)| match too_long {
                false => accept(line, self.routes, self.defaults),
                true => Outcome::Rejected(Rejection::new(Reason::TooLong, "only the beginning is kept")),
            })
            .collect();
        for ((number, line, _), outcome) in batch.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Accepted(row) => {
                    let route = &self.routes.as_slice()[row.route];
                    let arrivals = match self.arrivals.entry(row.route) {
                        std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                        std::collections::btree_map::Entry::Vacant(entry) => {
                            entry.insert(Arrivals::new(&route.table, &route.columns, self.folder)?)
                        }
                    };
                    let day = row.received_at.strftime("%Y-%m-%d").to_string();
                    arrivals.push(&day, &row.values).context("keeping a row")?;
                    *self.summary.accepted.entry(route.table.clone()).or_insert(0) += 1;
                    self.summary.dated_by_header += u64::from(row.received_from_date_header);
                    for name in row.ignored {
                        *self.summary.ignored.entry(name).or_insert(0) += 1;
                    }
                }
                Outcome::Rejected(rejection) => {
                    *self.summary.rejected.entry(rejection.reason.code().to_owned()).or_insert(0) += 1;
                    self.rejected.push(Rejected {
                        received_at: rejection
                            .received_at
                            .map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
                        source: rejection.route.map(|route| self.routes.as_slice()[route].table.clone()),
                        reason: rejection.reason.code().to_owned(),
                        detail: rejection.detail,
                        original: line,
                        line: number as i64,
                    });
                }
            }
        }
        Ok(())
    }
}
