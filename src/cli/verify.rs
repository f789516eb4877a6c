use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{report, work};
use crate::ledger::reconcile;
use crate::run;

/// Hold ledger, commit markers and rows against each other
///
/// Mends first what a crash may have left, as every run does, then looks whether every promise holds: the ledger is
/// not ahead of the data, one lease per partition, rising epochs, inputs that have been, rows as many and as
/// they were published. Ends with 1 where one does not.
#[derive(Args)]
pub struct Arguments {}

pub fn run(_: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let opened = work::open(&compiled, globals)?;
    let mended = reconcile(opened.ledger.as_ref(), &opened.warehouse.markers()?, &opened.clock.text())?;
    let mut verified = run::verify(&compiled.compilation, &opened.warehouse, opened.ledger.as_ref())?;
    let lost = mended
        .lost
        .iter()
        .map(|name| format!("{name}: lost: it was published, and the warehouse no longer has it"));
    verified.violations.splice(0..0, lost);
    let count = verified.violations.len();
    if globals.json {
        report::json(&json!({
            "partitions": verified.partitions, "attempts": verified.attempts, "violations": verified.violations,
            "mended": {
                "finished": mended.finished, "abandoned": mended.abandoned, "restored": mended.restored,
            },
        }));
    } else {
        if !globals.quiet {
            work::tell_mended(&mended);
        }
        verified.violations.iter().for_each(|line| report::line(line));
        if !globals.quiet {
            let looked = report::count(verified.partitions, "partition");
            let attempts = report::count(verified.attempts, "attempt");
            report::line(&match count {
                0 => format!("{looked} and {attempts} verified: every promise holds"),
                _ => format!("{looked} and {attempts} verified: {}", report::count(count, "violation")),
            });
        }
    }
    Ok(ExitCode::from(u8::from(count > 0)))
}
