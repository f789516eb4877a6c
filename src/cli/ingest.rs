use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{report, work};
use crate::diagnostic::{Code, Diagnostic};
use crate::ingest::{Defaults, Summary, ingest_file, routes};
use crate::run;

/// Load ping submissions into live tables
///
/// A file has one JSON object a line: path, headers, body, and received_at where the edge noted it; gzip
/// and xz are read too. Lines that do not fit go to tidemill.ingest_error with the reason and their
/// bytes. Reading a file twice changes nothing; one that has grown adds its new lines.
#[derive(Args)]
pub struct Arguments {
    /// Files to read
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Receipt time of lines without one, such as 2026-11-22T08:00:00Z
    #[arg(long, value_name = "TIME")]
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
    let opened = work::open(&compiled, globals)?;
    run::shape(&compiled.compilation, &opened.warehouse)?.map_err(Problem::Findings)?;
    let routes = routes(&compiled.compilation);
    let defaults = Defaults { received_at };
    let mut failed = false;
    let mut results = Vec::new();
    for path in &arguments.files {
        let name = path.display().to_string();
        match ingest_file(path, &routes, &defaults, &opened.warehouse, &opened.ledger, opened.clock) {
            Ok(summary) => {
                if !globals.json && !globals.quiet {
                    print(&name, &summary);
                }
                results.push(to_json(&name, &summary));
            }
            Err(error) => {
                failed = true;
                let text = format!("{name}: nothing was loaded: {error}");
                if !globals.json {
                    report::note(&format!("error: {text}"));
                }
                results.push(json!({"file": name, "error": error.to_string()}));
            }
        }
    }
    opened.warehouse.checkpoint()?;
    if globals.json {
        report::json(&json!({"files": results}));
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn print(name: &str, summary: &Summary) {
    let accepted: u64 = summary.accepted.values().sum();
    let rejected: u64 = summary.rejected.values().sum();
    let mut head = format!("{name}: {} lines, {accepted} accepted, {rejected} rejected", summary.lines);
    if summary.known > 0 {
        head.push_str(&format!(", {} were loaded before", summary.known));
    }
    report::line(&head);
    for (table, rows) in &summary.accepted {
        let mut days: Vec<&str> =
            summary.loaded.iter().filter(|one| one.table == *table).map(|one| one.day.as_str()).collect();
        days.sort_unstable();
        let days = match days.as_slice() {
            [] => String::new(),
            [one] => format!("  {one}"),
            [first, .., last] => format!("  {first} to {last}"),
        };
        report::line(&format!("  {rows:>8}  {table}{days}"));
    }
    for (reason, lines) in &summary.rejected {
        report::line(&format!("  {lines:>8}  rejected: {reason}; the lines are in tidemill.ingest_error"));
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
        "rejected": summary.rejected, "dated_by_header": summary.dated_by_header, "ignored": summary.ignored,
        "partitions": summary.loaded.iter().map(|one| json!({
            "source": one.table, "day": one.day, "version": one.version, "rows": one.rows,
        })).collect::<Vec<_>>(),
    })
}
