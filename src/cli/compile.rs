use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{generated_files, report};
use crate::diagnostic::to_json;

/// Check the definitions and write generated/
///
/// Reads every definition, renders and types all SQL offline, and writes GoogleSQL and schemas to
/// generated/. With --check nothing is written: the command fails, with a diff, when generated/ is not
/// what the definitions compile to.
#[derive(Args)]
pub struct Arguments {
    /// Write nothing; fail with a diff when generated/ is not current
    #[arg(long)]
    check: bool,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let folder = compiled.root.join("generated");
    let files = &compiled.compilation.generated;
    let difference = generated_files::compare(&folder, files)?;
    if !arguments.check {
        generated_files::write(&folder, files, &difference)?;
    }
    let stale = arguments.check && !difference.is_empty();
    if globals.json {
        report::json(&json!({
            "sources": compiled.compilation.sources.len(),
            "datasets": compiled.compilation.datasets.len(),
            "views": compiled.compilation.views.len(),
            "added": difference.added,
            "changed": difference.changed,
            "removed": difference.removed,
            "current": !stale,
            "diagnostics": compiled.warnings.iter().map(to_json).collect::<Vec<_>>(),
        }));
    } else {
        report::findings(&compiled.warnings, globals);
        if stale {
            report::line(difference.text.trim_end());
        }
        if !globals.quiet {
            let compilation = &compiled.compilation;
            let what = format!(
                "{}, {}, {}",
                report::count(compilation.sources.len(), "source"),
                report::count(compilation.datasets.len(), "dataset"),
                report::count(compilation.views.len(), "view")
            );
            let files = format!(
                "{} added, {} changed, {} removed",
                difference.added.len(),
                difference.changed.len(),
                difference.removed.len()
            );
            match (arguments.check, difference.is_empty()) {
                (true, true) => report::line(&format!("{what}: generated/ is current")),
                (true, false) => report::note(&format!(
                    "error[TM0505]: generated/ is not current: {files}\n  = hint: run `tidemill compile` and commit the result"
                )),
                (false, true) => report::line(&format!("{what}: generated/ was current")),
                (false, false) => report::line(&format!("{what}: generated/ written, {files}")),
            }
        }
    }
    Ok(ExitCode::from(u8::from(stale)))
}
