//! Whole files into the table of a log, of an export or of any other source. A file of lines accounts for
//! every line; a Parquet file and a shard are loaded whole or not at all.

use std::io::Read as _;
use std::path::Path;

use jiff::civil::Date;

use super::destination::{Destination, Filling};
use super::lines::ReadError;
use super::record::{RECORD_LIMIT, record};
use super::sorter::{Digest, Sorter, digest};
use super::{IngestError, Summary, shard};
use crate::definition::EVENT_DATE;
use crate::diagnostic::{Code, Diagnostic};
use crate::failpoint::{Failpoint, reach};
use crate::ledger::Ledger;
use crate::run::Clock;
use crate::warehouse::{Content, Delivery, DeliveryError, DuckDb, Manner, ReadFile, Rejections};

/// The first bytes of a Parquet file.
const PARQUET: &[u8] = b"PAR1";

/// Whether the file is Parquet, by its first bytes.
///
/// # Errors
/// It cannot be read.
pub fn is_parquet(path: &Path) -> Result<bool, ReadError> {
    let unreadable = |source| ReadError::Unreadable { path: path.to_owned(), source };
    // A pipe would wait for a writer.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Ok(false);
    }
    let mut head = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(PARQUET.len() as u64).read_to_end(&mut head))
        .map_err(unreadable)?;
    Ok(head == PARQUET)
}

/// Ingests one file into the table of a source, which is made where it is missing.
///
/// # Errors
/// The file cannot be read to its end or does not fit, or the warehouse failed; nothing of the file is
/// loaded then.
pub fn ingest_source_file(
    path: &Path,
    to: &Destination,
    warehouse: &DuckDb,
    ledger: &dyn Ledger,
    clock: Clock,
) -> Result<Summary, IngestError> {
    let day = match to.filling {
        Filling::Shard => Some(shard::day(path).map_err(IngestError::Refused)?),
        _ => None,
    };
    let is_parquet = is_parquet(path).map_err(IngestError::Read)?;
    ensure_table(to, warehouse)?;
    let known = warehouse.ingested_files()?;
    let realm = format!("{}\n", to.table);
    let mut digest = match is_parquet {
        true => {
            let rows = warehouse.parquet_rows(path).map_err(|error| problem(error, path, to, day))?;
            digest_bytes(path, &realm, rows.unsigned_abs(), &known)?
        }
        false => digest(path, &realm, RECORD_LIMIT, &known)?,
    };
    if day.is_some() {
        // What counts is the file that came last, also where it came before.
        digest.known_lines = 0;
        if digest.unfinished {
            return Err(refused(Code::FileShape, path, "its last line is cut off", Vec::new()));
        }
    }
    let mut summary = Summary {
        lines: digest.lines,
        known: digest.known_lines,
        unfinished: digest.unfinished,
        is_parquet,
        ..Summary::default()
    };
    if day.is_none() && digest.known_lines == digest.lines {
        return Ok(summary);
    }
    let folder = warehouse.path.parent().unwrap_or(Path::new("."));
    let (content, rejected) = match is_parquet {
        true => (Content::Parquet(path), Rejections::new(folder)),
        false => sort(path, to, day, &digest, folder, &mut summary)?,
    };
    let at = clock.text();
    let file = ReadFile {
        name: &path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned()),
        digest: &digest.digest,
        bytes: digest.bytes as i64,
        lines: digest.lines as i64,
        attempt: &format!("ingest-{}", &digest.digest[..16]),
        at: &at,
    };
    let text = day.map_or(String::new(), |day| day.strftime("%Y%m%d").to_string());
    let day_column = to.day.as_deref().unwrap_or_default();
    let manner = match (&to.filling, day) {
        (_, Some(day)) => Manner::Shard { day, own: EVENT_DATE, text: &text, column: day_column },
        (Filling::Log { id }, None) => Manner::Log { id: id.as_deref() },
        (_, None) => Manner::Append,
    };
    let delivery =
        Delivery { table: &to.table, columns: &to.columns, day: to.day.as_deref(), manner, content };
    let delivered =
        warehouse.deliver(&file, delivery, rejected).map_err(|error| problem(error, path, to, day))?;
    account(&mut summary, &delivered, to);
    summary.loaded = delivered.loaded;
    if to.filling == Filling::Append {
        summary.loaded = warehouse.observe(&to.table, to.day.as_deref(), &at)?;
    }
    ledger.record_loaded(&summary.loaded, &at)?;
    reach(Failpoint::IngestRecorded);
    Ok(summary)
}

/// What became of the rows, in the numbers of a summary.
fn account(summary: &mut Summary, delivered: &crate::warehouse::Delivered, to: &Destination) {
    let (read, rows) = (delivered.read.unsigned_abs(), delivered.rows.unsigned_abs());
    match to.filling {
        Filling::Shard => summary.known = read - rows,
        _ => summary.repeated = read - rows,
    }
    summary.accepted.clear();
    if rows > 0 {
        summary.accepted.insert(to.table.clone(), rows);
    }
}

/// Sorts a file's lines. Of a shard every line must fit, as a whole day hangs on it.
fn sort<'a>(
    path: &Path,
    to: &Destination,
    day: Option<Date>,
    digest: &Digest,
    folder: &Path,
    summary: &mut Summary,
) -> Result<(Content<'a>, Rejections), IngestError> {
    let take = |line: &[u8]| record(line, to, day);
    let mut sorter = Sorter::of_one((&to.table, &to.columns), &take, folder, summary);
    sorter.lines(path, RECORD_LIMIT, digest)?;
    let Sorter { arrivals, rejected, first_rejected, .. } = sorter;
    if day.is_some() {
        let lines = first_rejected.iter().map(|(line, detail)| format!("line {line}: {detail}"));
        let undeclared = summary.ignored.keys().map(|name| format!("`{name}` is not declared"));
        let notes: Vec<String> = lines.chain(undeclared).collect();
        if !notes.is_empty() {
            return Err(misfit(path, to, notes));
        }
    }
    let arrivals = arrivals.into_values().next().map(|arrivals| arrivals.flushed()).transpose()?;
    Ok((Content::Lines(arrivals), rejected))
}

/// Makes the table, or sees that it has the declared columns.
fn ensure_table(to: &Destination, warehouse: &DuckDb) -> Result<(), IngestError> {
    let change = warehouse.compare_table(&to.table, &to.columns, to.day.as_deref())?;
    if !change.exists {
        warehouse.apply_table(&to.table, &to.columns, to.day.as_deref(), &change)?;
        return Ok(());
    }
    let missing = change.added.iter().map(|name| format!("column `{name}` is missing"));
    let narrow = change.widened.iter().map(|name| format!("column `{name}` lacks fields"));
    let notes: Vec<String> = missing.chain(narrow).chain(change.refused.iter().cloned()).collect();
    if notes.is_empty() {
        return Ok(());
    }
    let message = format!("the table `{}` has other columns than its source declares", to.table);
    let hint = "bring the declaration and the table together; nothing of the file was loaded";
    Err(IngestError::Refused(noted(Diagnostic::error(Code::FileShape, message).hint(hint), notes)))
}

fn noted(finding: Diagnostic, notes: Vec<String>) -> Diagnostic {
    notes.into_iter().fold(finding, Diagnostic::note)
}

fn refused(code: Code, path: &Path, what: &str, notes: Vec<String>) -> IngestError {
    let finding = Diagnostic::error(code, format!("{}: {what}", path.display()));
    IngestError::Refused(noted(finding.hint("nothing of the file was loaded"), notes))
}

fn misfit(path: &Path, to: &Destination, notes: Vec<String>) -> IngestError {
    refused(Code::FileShape, path, &format!("another shape than `{}` declares", to.table), notes)
}

fn problem(error: DeliveryError, path: &Path, to: &Destination, day: Option<Date>) -> IngestError {
    let rows = |count: i64| if count == 1 { "1 row is".to_owned() } else { format!("{count} rows are") };
    match error {
        DeliveryError::Shape(notes) => misfit(path, to, notes),
        DeliveryError::Empty => refused(Code::WrongShard, path, "a shard without rows", Vec::new()),
        DeliveryError::Unreadable(what) => refused(Code::FileShape, path, "it cannot be read", vec![what]),
        DeliveryError::Day(count, says) => match day {
            Some(day) => {
                let says =
                    says.map_or("nothing".to_owned(), |says| format!("`{}`", super::names::shown(&says)));
                let note = format!("`{EVENT_DATE}` says {says}, where the shard is of {day}");
                refused(Code::WrongShard, path, &format!("{} of another day", rows(count)), vec![note])
            }
            None => {
                let column = to.day.as_deref().unwrap_or_default();
                let what = format!("{} without a day from 1970 on in `{column}`", rows(count));
                refused(Code::FileShape, path, &what, Vec::new())
            }
        },
        DeliveryError::Internal(error) => IngestError::Internal(error),
    }
}

/// The digest of a file's bytes, of which the rows cannot be told apart.
fn digest_bytes(path: &Path, realm: &str, rows: u64, known: &[(String, i64)]) -> Result<Digest, IngestError> {
    let unreadable = |source| IngestError::Read(ReadError::Unreadable { path: path.to_owned(), source });
    let mut hasher = blake3::Hasher::new();
    hasher.update(realm.as_bytes());
    let file = std::fs::File::open(path).map_err(unreadable)?;
    hasher.update_reader(file).map_err(unreadable)?;
    let (digest, bytes) = (hasher.finalize().to_hex().to_string(), hasher.count() - realm.len() as u64);
    let is_known = known.iter().any(|(one, length)| *length as u64 == bytes && *one == digest);
    Ok(Digest { digest, bytes, lines: rows, unfinished: false, known_lines: if is_known { rows } else { 0 } })
}
