use std::process::ExitCode;

use clap::Args;

use super::context::{self, Globals, Problem};
use super::{arguments, deferral, removal, report, work};
use crate::plan::{self, Request, Scope};

/// What would be built for a day or a range, and why
///
/// Reads the definitions and the ledger only; it needs neither the warehouse nor the network. What it knows
/// of sources is as of the latest ingest or run.
#[derive(Args)]
pub struct Arguments {
    /// Everything that is due by this day, YYYY-MM-DD; today without it
    #[arg(long, value_name = "DAY", conflicts_with_all = ["from", "to"])]
    date: Option<String>,
    /// First day of a range, as for backfill
    #[arg(long, value_name = "DAY", requires = "to")]
    from: Option<String>,
    /// Last day of a range, as for backfill
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<String>,
    /// Datasets: names, globs, tag:NAME, +NAME, NAME+
    select: Vec<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let scope = match (&arguments.from, &arguments.to) {
        (Some(from), Some(to)) => {
            let (from, to) = arguments::range(from, to)?;
            Scope::Range { from, to, force: false }
        }
        _ => Scope::Due { day: day(arguments.date.as_deref())? },
    };
    let compiled = context::compile(globals)?;
    let select = arguments::select(&compiled, &arguments.select, false)?;
    let mut snapshot = match compiled.place(globals)?.ledger.exists() {
        true => work::open_ledger(&compiled, globals)?.snapshot()?,
        false => Default::default(),
    };
    if let Some(deferral) = deferral::open(&compiled, globals)? {
        deferral.complete(&compiled.compilation, &mut snapshot);
        if let Some(text) = deferral.told(&snapshot).filter(|_| !globals.quiet && !globals.json) {
            report::note(&text);
        }
    }
    let request = Request { scope, select, allow_partial_inputs: false, now: work::clock()?.now() };
    let plan = plan::plan(&compiled.compilation, &snapshot, &request);
    if globals.json {
        report::json(&work::plan_json(&plan));
    } else {
        report::findings(&removal::past_removal(&compiled, work::clock()?), globals);
        report::line(&plan::render(&plan));
    }
    Ok(ExitCode::SUCCESS)
}

/// The day that was given, or today in UTC.
pub fn day(given: Option<&str>) -> Result<jiff::civil::Date, Problem> {
    match given {
        Some(text) => arguments::date("--date", text),
        None => work::today(),
    }
}
