//! What `status` tells of the past: what checks said day by day, and how a partition came about.

use std::collections::BTreeSet;
use std::process::ExitCode;

use serde_json::json;

use super::context::{Globals, Problem};
use super::report;
use super::status::trimmed;
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{AttemptHistory, CheckRow, Ledger, PartitionRecord};
use crate::period::Period;

/// Shows what the checks of datasets said, whenever they ran.
pub fn checks(
    ledger: &dyn Ledger,
    select: &BTreeSet<String>,
    globals: &Globals,
) -> Result<ExitCode, Problem> {
    let mut all: Vec<(&String, CheckRow)> = Vec::new();
    for dataset in select {
        all.extend(ledger.check_history(dataset)?.into_iter().map(|row| (dataset, row)));
    }
    if globals.json {
        let rows: Vec<_> = all
            .iter()
            .map(|(dataset, row)| {
                json!({
                    "dataset": dataset, "partition": row.partition, "check": row.check, "verdict": row.verdict,
                    "violations": row.violations, "rows": row.rows, "warn": row.warn, "fail": row.fail,
                    "attempt": row.attempt, "at": row.at,
                })
            })
            .collect();
        report::json(&json!({"checks": rows}));
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        report::line("no check of these datasets has run yet");
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header([
        "dataset",
        "partition",
        "check",
        "verdict",
        "violations",
        "rows",
        "warn",
        "fail",
        "at",
    ]);
    for (dataset, row) in all {
        table.add_row([
            dataset.clone(),
            row.partition,
            row.check,
            row.verdict,
            row.violations.to_string(),
            row.rows.map_or(String::new(), |rows| rows.to_string()),
            row.warn.unwrap_or_default(),
            row.fail.unwrap_or_default(),
            row.at,
        ]);
    }
    report::line(&trimmed(&table));
    Ok(ExitCode::SUCCESS)
}

/// Shows one partition of one dataset: what stands, and all attempts at it.
pub fn partition(
    ledger: &dyn Ledger,
    select: &BTreeSet<String>,
    partition: &str,
    globals: &Globals,
) -> Result<ExitCode, Problem> {
    let mut names = select.iter();
    let (Some(dataset), None) = (names.next(), names.next()) else {
        let message = format!("--partition shows one dataset; {} are selected", select.len());
        let finding = Diagnostic::error(Code::InvalidValue, message);
        return Err(finding
            .hint("name one: `tidemill status --partition 2026-11-22 app_derived.x_v1`")
            .into());
    };
    let period = match partition {
        "whole" => Period::WHOLE,
        text => text.parse().map_err(|_| {
            let message = format!("--partition is `{text}`, which is no partition");
            let hint = "write 2026-11-22, 2026-11-22T05, 2026-11, 2026-W47 or whole";
            Problem::from(Diagnostic::error(Code::InvalidValue, message).hint(hint))
        })?,
    };
    let snapshot = ledger.snapshot()?;
    let record = snapshot.partitions.get(dataset).and_then(|own| own.get(&period));
    let attempts = ledger.history(dataset, &period.to_string())?;
    let of_partition = |row: &CheckRow| row.partition == period.to_string();
    let checks: Vec<CheckRow> = ledger.check_history(dataset)?.into_iter().filter(of_partition).collect();
    if globals.json {
        report::json(&json!({
            "dataset": dataset, "partition": period.to_string(),
            "standing": record.map(standing_json),
            "attempts": attempts.iter().map(attempt_json).collect::<Vec<_>>(),
            "checks": checks.iter().map(|row| json!({
                "check": row.check, "verdict": row.verdict, "violations": row.violations, "rows": row.rows,
                "warn": row.warn, "fail": row.fail, "attempt": row.attempt, "at": row.at,
            })).collect::<Vec<_>>(),
        }));
        return Ok(ExitCode::SUCCESS);
    }
    report::line(&format!("{dataset} {partition}"));
    match record {
        Some(record) => print_standing(record),
        None => report::line("  nothing stands"),
    }
    attempts.iter().for_each(print_attempt);
    for row in checks {
        report::line(&format!(
            "check {}: {}, {} violations, {}",
            row.check, row.verdict, row.violations, row.at
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn standing_json(record: &PartitionRecord) -> serde_json::Value {
    json!({
        "state": record.state.as_str(), "rows": record.rows, "digest": record.digest, "built_at": record.built_at,
        "attempt": record.attempt, "data_version": record.data_version,
        "definition_hash": record.definition_hash, "inputs": record.inputs,
    })
}

fn attempt_json(attempt: &AttemptHistory) -> serde_json::Value {
    json!({
        "attempt": attempt.id, "epoch": attempt.epoch, "state": attempt.state, "error": attempt.error,
        "definition_hash": attempt.definition_hash, "sql_hash": attempt.sql_hash, "sql": attempt.sql,
        "started_at": attempt.started_at, "ended_at": attempt.ended_at, "milliseconds": attempt.milliseconds,
        "run": attempt.run, "kind": attempt.kind, "actor": attempt.actor, "owner": attempt.owner,
        "revision": attempt.revision, "tool": attempt.tool,
    })
}

fn print_standing(record: &PartitionRecord) {
    report::line(&format!("  state       {}, built at {}", record.state.as_str(), record.built_at));
    report::line(&format!("  rows        {}", record.rows));
    report::line(&format!("  digest      {}", record.digest));
    report::line(&format!("  version     {}", record.data_version));
    report::line(&format!("  definition  {}", record.definition_hash));
    for (table, runs) in &record.inputs {
        for run in runs {
            let days = if run.0 == run.1 { run.0.clone() } else { format!("{} to {}", run.0, run.1) };
            report::line(&format!("  input       {table} {days} version {}", run.2));
        }
    }
}

fn print_attempt(attempt: &AttemptHistory) {
    let took = attempt.milliseconds.map_or(String::new(), |took| format!(", {took} ms"));
    report::line(&format!("attempt {}: {}, {}{took}", attempt.id, attempt.state, attempt.started_at));
    if let Some(error) = &attempt.error {
        report::line(&format!("  error       {error}"));
    }
    let revision = if attempt.revision.is_empty() { "none" } else { &attempt.revision };
    report::line(&format!("  by          {} in {}, {}", attempt.actor, attempt.kind, attempt.owner));
    report::line(&format!("  revision    {revision}, tidemill {}", attempt.tool));
    report::line(&format!("  sql         {}", attempt.sql_hash));
}
