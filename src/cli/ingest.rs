use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::context::{self, Compiled, Globals, Problem};
use super::{report, work};
use crate::diagnostic::{Code, Diagnostic};
use crate::ingest::{
    Defaults, Destination, INGEST_ERROR, IngestError, ReadError, Reason, Summary, ingest_file,
    ingest_source_file, routes,
};
use crate::period::WHOLE;
use crate::run;

/// Load ping submissions into live tables, and logs, exports and other files into their sources
///
/// A file has one JSON object a line: path, headers, body, and received_at where the edge noted it; gzip
/// and xz are read too. Lines that do not fit go to tidemill.ingest_error with the reason and their
/// bytes. Reading a file twice changes nothing; one that has grown adds its new lines.
///
/// With --source a line is a row of that source, and Parquet is read too. A shard of an export
/// (events_20261121.ndjson) replaces its day; it and a Parquet file are loaded whole or not at all.
#[derive(Args)]
pub struct Arguments {
    /// Files to read
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Source of kind log, web or table that the files are for; without it they hold pings
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Receipt time of lines without one, such as 2026-11-22T08:00:00Z
    #[arg(long, value_name = "TIME", conflicts_with = "source")]
    received_at: Option<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let received_at = match &arguments.received_at {
        Some(text) => Some(text.parse::<Timestamp>().map_err(|_| {
            Diagnostic::error(Code::ImpossibleDate, format!("--received-at is `{text}`"))
                .hint("write a time with its zone, such as 2026-11-22T08:00:00Z")
        })?),
        None => None,
    };
    let compiled = context::compile(globals)?;
    let destination = match &arguments.source {
        Some(name) => Some(Destination::find(&compiled.compilation, name)?),
        None => None,
    };
    if let Some(destination) = &destination {
        destination.check(&arguments.files)?;
    }
    let opened = work::open(&compiled, globals)?;
    run::shape(&compiled.compilation, &opened.warehouse)?.map_err(Problem::Findings)?;
    let routes = routes(&compiled.compilation);
    if destination.is_none() && routes.as_slice().is_empty() {
        let finding = Diagnostic::error(Code::NoSource, "the project has no source that takes pings");
        return Err(finding
            .hint("say which source the files are for: `tidemill ingest --source NAME FILE`")
            .into());
    }
    let defaults = Defaults { received_at };
    let mut worst = 0;
    let mut results = Vec::new();
    for path in &arguments.files {
        let name = path.display().to_string();
        let (warehouse, ledger, clock) = (&opened.warehouse, opened.ledger.as_ref(), opened.clock);
        let ingested = match &destination {
            Some(destination) => ingest_source_file(path, destination, warehouse, ledger, clock),
            None => ingest_file(path, &routes, &defaults, warehouse, ledger, clock),
        };
        match ingested {
            Ok(summary) => {
                worst = worst.max(u8::from(summary.unfinished));
                if !globals.json && !globals.quiet {
                    print(&name, &summary, &compiled);
                }
                results.push(to_json(&name, &summary));
            }
            Err(IngestError::Refused(finding)) => {
                worst = worst.max(1);
                results.push(json!({"file": name, "error": finding.message, "notes": finding.notes}));
                if !globals.json {
                    report::findings(&[finding], globals);
                }
            }
            Err(error) => {
                // A file that cannot be opened was named wrongly; one that breaks off is a finding about it.
                let (code, hint) = match error {
                    IngestError::Read(ReadError::Truncated { .. } | ReadError::Damaged { .. }) => {
                        (1, "fetch it again; none of its lines were loaded")
                    }
                    IngestError::Read(ReadError::Zstd { .. }) => (1, "unpack it, or pack it with gzip or xz"),
                    IngestError::Read(ReadError::Unreadable { .. }) => (2, "see whether the path is right"),
                    _ => (2, "nothing of it was loaded; it can be read again"),
                };
                worst = worst.max(code);
                if !globals.json {
                    let finding = Diagnostic::error(Code::UnreadableFile, error.to_string()).hint(hint);
                    report::findings(&[finding], globals);
                }
                results.push(json!({"file": name, "error": error.to_string()}));
            }
        }
    }
    opened.warehouse.checkpoint()?;
    if globals.json {
        report::json(&json!({"files": results}));
    }
    Ok(ExitCode::from(worst))
}

fn print(name: &str, summary: &Summary, compiled: &Compiled) {
    let accepted: u64 = summary.accepted.values().sum();
    let rejected: u64 = summary.rejected.values().sum();
    let unit = if summary.is_parquet { "row" } else { "line" };
    let lines = report::count(summary.lines as usize, unit);
    let mut head = format!("{name}: {lines}, {accepted} accepted, {rejected} rejected");
    if summary.known > 0 {
        head.push_str(&format!(", {} loaded before", summary.known));
    }
    if summary.repeated > 0 {
        head.push_str(&format!(", {} repeated", summary.repeated));
    }
    report::line(&head);
    for (table, rows) in &summary.accepted {
        let mut days: Vec<&str> =
            summary.loaded.iter().filter(|one| one.table == *table).map(|one| one.day.as_str()).collect();
        days.sort_unstable();
        let days = match days.as_slice() {
            [] | [WHOLE] => String::new(),
            [one] => format!("  {one}"),
            [first, .., last] => format!("  {first} to {last}"),
        };
        report::line(&format!("  {rows:>8}  {table}{days}"));
    }
    for (reason, lines) in &summary.rejected {
        report::line(&format!("  {lines:>8}  rejected: {reason}"));
    }
    if rejected > 0 {
        report::line(&format!(
            "  rejected lines: tidemill query \"SELECT line, reason, detail, file FROM {INGEST_ERROR}\""
        ));
    }
    let pathless = summary.rejected.get(Reason::MissingPath.code()).copied().unwrap_or_default();
    if pathless > 0 && accepted == 0 {
        report::note("hint: no line is a ping; files of logs and exports are loaded with `--source NAME`");
    }
    for one in &summary.loaded {
        let start = compiled.compilation.sources.get(&one.table).map(|source| source.definition.start);
        if let Some(start) = start.filter(|start| one.day != WHOLE && one.day < start.to_string()) {
            report::note(&format!(
                "warning: rows of {} for {} lie before the source's start {start} and will not be read",
                one.table, one.day
            ));
        }
    }
    if summary.unfinished {
        report::note(
            "error: the last line is cut off: it has no end and is no JSON. The lines before it are loaded; ingest the file again when it is whole",
        );
    }
    if summary.dated_by_header > 0 {
        report::note(&format!(
            "warning: {} rows have no receipt time; the client's own Date header was taken. Give --received-at to set it",
            summary.dated_by_header
        ));
    }
    for (name, rows) in &summary.ignored {
        report::note(&format!("warning: {rows} lines have `{name}`, which no column holds"));
    }
}

fn to_json(name: &str, summary: &Summary) -> serde_json::Value {
    json!({
        "file": name, "lines": summary.lines, "known": summary.known, "accepted": summary.accepted,
        "rejected": summary.rejected, "repeated": summary.repeated, "dated_by_header": summary.dated_by_header, "ignored": summary.ignored,
        "partitions": summary.loaded.iter().map(|one| json!({
            "source": one.table, "day": one.day, "version": one.version, "rows": one.rows,
        })).collect::<Vec<_>>(),
    })
}
