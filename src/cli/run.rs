use std::process::ExitCode;

use clap::Args;

use super::context::{self, Globals, Problem};
use super::{arguments, plan, work};
use crate::ledger::RunKind;
use crate::plan::{Request, Scope};

/// Build everything that is due by a day
///
/// Due are partitions from each dataset's start on that are missing, whose late input falls in the
/// dataset's lookback, or that `on_change` asks to rebuild. The same day twice does nothing the second time.
#[derive(Args)]
pub struct Arguments {
    /// The day, YYYY-MM-DD; today without it
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Build partitions although inputs are beyond their retention
    #[arg(long)]
    allow_partial_inputs: bool,
    /// Views go over to the version that the definitions name, whatever that one lacks
    #[arg(long)]
    force_switch: bool,
    /// An empty partition may take the place of a full one
    #[arg(long)]
    allow_empty: bool,
    /// Datasets: names, globs, tag:NAME, +NAME, NAME+; all without it
    select: Vec<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let day = plan::day(arguments.date.as_deref())?;
    arguments::has_come("--date", day)?;
    let compiled = context::compile(globals)?;
    let select = arguments::select(&compiled, &arguments.select, false)?;
    let mut opened = work::open(&compiled, globals)?;
    opened.force_switch = arguments.force_switch;
    opened.allow_empty = arguments.allow_empty;
    let allow_partial_inputs = arguments.allow_partial_inputs;
    let request =
        Request { scope: Scope::Due { day }, select, allow_partial_inputs, now: opened.clock.now() };
    let (plan, outcome) = work::build(&opened, &compiled, &request, RunKind::Daily, globals)?;
    Ok(ExitCode::from(work::conclude(&plan, &outcome, globals)))
}
