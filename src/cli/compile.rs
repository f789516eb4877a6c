use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{determinism, exceptions, generated_files, report, work};
use crate::diagnostic::{Code, Diagnostic, to_json};

/// Most lines of a diff that are printed.
const LONGEST_DIFF: usize = 400;

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
    let expired = exceptions::expired(&compiled.compilation, work::clock()?);
    if !expired.is_empty() {
        return Err(Problem::Findings(compiled.warnings.into_iter().chain(expired).collect()));
    }
    let folder = compiled.root.join("generated");
    let files = &compiled.compilation.generated;
    let difference = generated_files::compare(&folder, files)?;
    if !arguments.check {
        generated_files::write(&folder, files, &difference)?;
    }
    let stale = arguments.check && !difference.is_empty();
    let mut found = compiled.warnings.clone();
    let counts = difference.counts();
    if stale {
        found.push(
            Diagnostic::error(Code::GeneratedStale, format!("generated/ is not current: {counts}"))
                .hint("run `tidemill compile` and commit the result"),
        );
    }
    if globals.json {
        report::json(&json!({
            "sources": compiled.compilation.sources.len(),
            "datasets": compiled.compilation.datasets.len(),
            "views": compiled.compilation.views.len(),
            "static_tables": compiled.compilation.static_tables.len(),
            "functions": compiled.compilation.functions.len(),
            "added": difference.added,
            "changed": difference.changed,
            "removed": difference.removed,
            "current": !stale,
            "determinism": determinism::json(&compiled.compilation),
            "diagnostics": found.iter().map(to_json).collect::<Vec<_>>(),
        }));
        return Ok(ExitCode::from(u8::from(stale)));
    }
    if stale && !globals.quiet {
        report::line(&shortened(&difference.text));
    }
    report::findings(&found, globals);
    if !stale && !globals.quiet {
        let compilation = &compiled.compilation;
        // What few projects have is counted only where there is some.
        let kinds = [
            (compilation.sources.len(), "source", true),
            (compilation.static_tables.len(), "static table", false),
            (compilation.datasets.len(), "dataset", true),
            (compilation.views.len(), "view", true),
            (compilation.functions.len(), "function", false),
        ];
        let shown = kinds.iter().filter(|(count, _, always)| *always || *count > 0);
        let what: Vec<String> = shown.map(|(count, kind, _)| report::count(*count, kind)).collect();
        let what = what.join(", ");
        if globals.verbose {
            determinism::lines(compilation).iter().for_each(|line| report::line(line));
        }
        report::line(&match (arguments.check, difference.is_empty()) {
            (true, _) => format!("{what}: generated/ is current"),
            (false, true) => format!("{what}: generated/ was current"),
            (false, false) => format!("{what}: generated/ written, {counts}"),
        });
    }
    Ok(ExitCode::from(u8::from(stale)))
}

/// A diff that a person still reads; all of it is what `tidemill compile` and `git diff` show.
fn shortened(diff: &str) -> String {
    let lines: Vec<&str> = diff.trim_end().lines().collect();
    match lines.len().checked_sub(LONGEST_DIFF) {
        None | Some(0) => lines.join("\n"),
        Some(more) => format!("{}\n… and {more} more lines", lines[..LONGEST_DIFF].join("\n")),
    }
}
