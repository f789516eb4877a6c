use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{arguments, report, work};
use crate::diagnostic::{Diagnostic, to_json};
use crate::run;

/// Run the checks again over what stands
///
/// Checks partitions that were published under other checks than today's. One that fails a blocking
/// check is marked suspect; its data stays.
#[derive(Args)]
pub struct Arguments {
    /// Check current partitions too
    #[arg(long)]
    all: bool,
    /// Datasets: names, globs, tag:NAME, +NAME, NAME+; all without it
    select: Vec<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let select = arguments::select(&compiled, &arguments.select, false)?;
    let opened = work::open(&compiled, globals)?;
    let prepared = work::prepare(&opened, &compiled, globals)?;
    let compilation = &compiled.compilation;
    let wanted = |name: &str, period| {
        let record = prepared.snapshot.partitions.get(name).and_then(|periods| periods.get(&period));
        let changed = compilation
            .datasets
            .get(name)
            .is_some_and(|dataset| record.is_some_and(|record| record.checks_hash != dataset.checks.hash));
        select.contains(name) && !prepared.refused.contains_key(name) && (arguments.all || changed)
    };
    let checked =
        run::recheck(compilation, &opened.warehouse, opened.ledger.as_ref(), &prepared.snapshot, &wanted)?;
    let suspect = checked.iter().filter(|one| one.failed.iter().any(|check| check.blocks)).count();
    let refused: Vec<Diagnostic> = prepared.refused.values().cloned().collect();
    if globals.json {
        let failed: Vec<_> = checked
            .iter()
            .flat_map(|one| {
                one.failed.iter().map(|check| {
                    json!({
                        "dataset": one.dataset, "partition": one.period.to_string(), "check": check.text,
                        "blocks": check.blocks, "violations": check.violations,
                    })
                })
            })
            .collect();
        report::json(&json!({
            "checked": checked.len(), "suspect": suspect, "failed": failed,
            "diagnostics": refused.iter().map(to_json).collect::<Vec<_>>(),
        }));
    } else {
        report::findings(&refused, globals);
        for one in &checked {
            for check in &one.failed {
                let word = if check.blocks { "suspect" } else { "warning" };
                report::line(&format!(
                    "{word}  {} {}: {}: {} violations",
                    one.dataset, one.period, check.text, check.violations
                ));
            }
        }
        if !globals.quiet {
            report::line(&format!(
                "{} checked again, {suspect} suspect",
                report::count(checked.len(), "partition")
            ));
        }
    }
    Ok(ExitCode::from(u8::from(suspect + refused.len() > 0)))
}
