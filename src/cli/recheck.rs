use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{arguments, failing, report, work};
use crate::diagnostic::{Diagnostic, to_json};
use crate::run;
use crate::warehouse::Verdict;

/// Run the checks again over what stands
///
/// Checks partitions that were published under other checks than today's. One that fails a blocking
/// check is marked suspect; its data stays. Joins are held to their cardinality when they are made, and
/// not again: what they read then is not what stands there today.
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
    let (warehouse, ledger) = (&opened.warehouse, opened.ledger.as_ref());
    let at = opened.clock.text();
    let checked = run::recheck(compilation, warehouse, ledger, &prepared.snapshot, &at, &wanted)?;
    let suspect = checked.iter().filter(|one| one.is_suspect()).count();
    let refused: Vec<Diagnostic> = prepared.refused.values().cloned().collect();
    if globals.json {
        let failed: Vec<_> = checked
            .iter()
            .flat_map(|one| {
                let partition = one.period.to_string();
                one.failed.iter().map(move |check| failing::to_json(&one.dataset, &partition, check))
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
                let word = if check.verdict() == Verdict::Failed { "suspect" } else { "warning" };
                let (dataset, period) = (&one.dataset, one.period);
                report::line(&format!("{word}  {dataset} {period}: {}: {}", check.text, check.told()));
                if !globals.quiet {
                    failing::lines(check).iter().for_each(|line| report::line(&format!("  {line}")));
                }
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
