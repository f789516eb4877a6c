use std::process::ExitCode;

use clap::Args;

use super::context::{self, Globals, Problem};
use super::{arguments, work};
use crate::ledger::RunKind;
use crate::plan::{Request, Scope};

/// Build missing and stale partitions of a range
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    range: arguments::Range,
    /// Datasets that read the selected ones too
    #[arg(long)]
    downstream: bool,
    /// Rebuild current partitions too
    #[arg(long)]
    force: bool,
    /// Build partitions although inputs are beyond their retention
    #[arg(long)]
    allow_partial_inputs: bool,
    /// An empty partition may take the place of a full one
    #[arg(long)]
    allow_empty: bool,
    /// Datasets: names, globs, tag:NAME, +NAME, NAME+; all without it
    select: Vec<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let (from, to) = arguments.range.days()?;
    arguments::has_come("--to", to)?;
    let compiled = context::compile(globals)?;
    let select = arguments::select(&compiled, &arguments.select, arguments.downstream)?;
    let mut opened = work::open(&compiled, globals)?;
    opened.allow_empty = arguments.allow_empty;
    let scope = Scope::Range { from, to, force: arguments.force };
    let allow_partial_inputs = arguments.allow_partial_inputs;
    let request = Request { scope, select, allow_partial_inputs, now: opened.clock.now() };
    let (plan, outcome) = work::build(&opened, &compiled, &request, RunKind::Backfill, globals)?;
    Ok(ExitCode::from(work::conclude(&plan, &outcome, globals)))
}
