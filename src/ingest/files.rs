//! Whole files into the warehouse: every line accounted for, each file loaded whole or not at all, and
//! what was loaded before left alone.

use std::collections::BTreeMap;
use std::path::Path;

use super::sorter::{Arrived, Sorter, digest};
use super::source_files::is_parquet;
use super::{Defaults, Fit, LINE_LIMIT, Outcome, ReadError, Rejection, Route, Routes, accept};
use crate::compile::Compilation;
use crate::definition::SourceKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::failpoint::{Failpoint, reach};
use crate::ledger::Ledger;
use crate::run::Clock;
use crate::schema::{Field, Type};
use crate::warehouse::{DuckDb, Loaded, ReadFile};

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

/// What became of one file.
#[derive(Debug, Default)]
pub struct Summary {
    /// Lines of a text, or rows of a Parquet file.
    pub lines: u64,
    pub is_parquet: bool,
    /// The last line is half written: it is left for when the file has grown.
    pub unfinished: bool,
    /// Lines that an earlier ingest of this file, or of its beginning, loaded.
    pub known: u64,
    pub accepted: BTreeMap<String, u64>,
    pub rejected: BTreeMap<String, u64>,
    /// Rows of a log whose identifier is there already.
    pub repeated: u64,
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
    /// The file does not fit its source; nothing of it is loaded.
    #[error("{}", .0.message)]
    Refused(Diagnostic),
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
    ledger: &dyn Ledger,
    clock: Clock,
) -> Result<Summary, IngestError> {
    if is_parquet(path).map_err(IngestError::Read)? {
        let finding = Diagnostic::error(Code::NoSource, format!("{} is a Parquet file", path.display()));
        let hint =
            "pings come as lines; say which source its rows are of: `tidemill ingest --source NAME FILE`";
        return Err(IngestError::Refused(finding.hint(hint)));
    }
    let known = warehouse.ingested_files()?;
    let digest = digest(path, "", LINE_LIMIT, &known)?;
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
    let tables = routes.as_slice().iter().map(|route| (route.table.as_str(), route.columns.as_slice()));
    let take = |line: &[u8]| take(line, routes, defaults);
    let mut sorter = Sorter::new(tables.collect(), &take, folder, &mut summary);
    sorter.lines(path, LINE_LIMIT, &digest)?;
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
    reach(Failpoint::IngestWritten);
    summary.loaded = warehouse.load(&file, arrivals.into_values().collect(), rejected)?;
    ledger.record_loaded(&summary.loaded, &at)?;
    reach(Failpoint::IngestRecorded);
    Ok(summary)
}

/// A submission on its way to the table of its route.
fn take(line: &[u8], routes: &Routes, defaults: &Defaults) -> Result<Arrived, Rejection> {
    match accept(line, routes, defaults) {
        Outcome::Accepted(row) => Ok(Arrived {
            table: row.route,
            day: row.received_at.strftime("%Y-%m-%d").to_string(),
            values: row.values,
            dated_by_header: row.received_from_date_header,
            ignored: row.ignored,
        }),
        Outcome::Rejected(rejection) => Err(rejection),
    }
}
