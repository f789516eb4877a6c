use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{determinism, exceptions, generated_files, report, work};
use crate::compile::Outcome;
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
    let (root, files, found) = context::read(globals)?;
    let folder = root.join("generated");
    let today = work::today()?;
    let key = Outcome::key(&files, globals.target.as_deref());
    // What was found while reading is not in the files that were read, so nothing is known of such a project.
    let cache = context::cache(globals).filter(|_| found.is_empty());
    // Verdicts on datasets are not kept in short.
    let is_short = !globals.json && !globals.verbose;
    let asked = cache.as_ref().filter(|_| is_short);
    let known = asked.and_then(|cache| Outcome::from_bytes(&cache.outcome(&key)?, &files));
    let (outcome, difference, compilation) = match known.filter(|known| known.holds_on(today)) {
        Some(outcome) if generated_files::are(&folder, &outcome.files)? => {
            (outcome, generated_files::Difference::default(), None)
        }
        _ => {
            let compiled = context::compile_read(root, &files, found, globals)?;
            let expired = exceptions::expired(&compiled.compilation, today);
            if !expired.is_empty() {
                return Err(Problem::Findings(compiled.warnings.into_iter().chain(expired).collect()));
            }
            let generated = &compiled.compilation.generated;
            let difference = generated_files::compare(&folder, generated)?;
            if !arguments.check {
                generated_files::write(&folder, generated, &difference)?;
            }
            let outcome = Outcome::new(&compiled.compilation, &compiled.warnings);
            if let Some(cache) = &cache {
                cache.keep_outcome(&key, &outcome.to_bytes());
            }
            (outcome, difference, Some(compiled.compilation))
        }
    };
    // The process ends with the verb, and its memory goes at once and not piece by piece.
    let compilation = ManuallyDrop::new(compilation);
    let Outcome { counts: of_kinds, warnings: mut found, files: _, holds_until: _ } = outcome;
    let stale = arguments.check && !difference.is_empty();
    let counts = difference.counts();
    if stale {
        found.push(
            Diagnostic::error(Code::GeneratedStale, format!("generated/ is not current: {counts}"))
                .hint("run `tidemill compile` and commit the result"),
        );
    }
    if globals.json {
        report::json(&json!({
            "sources": of_kinds.sources,
            "datasets": of_kinds.datasets,
            "views": of_kinds.views,
            "static_tables": of_kinds.static_tables,
            "functions": of_kinds.functions,
            "added": difference.added,
            "changed": difference.changed,
            "removed": difference.removed,
            "current": !stale,
            "determinism": compilation.as_ref().map(determinism::json),
            "diagnostics": found.iter().map(to_json).collect::<Vec<_>>(),
        }));
        return Ok(ExitCode::from(u8::from(stale)));
    }
    if stale && !globals.quiet {
        report::line(&shortened(&difference.text));
    }
    report::findings(&found, globals);
    if !stale && !globals.quiet {
        // What few projects have is counted only where there is some.
        let kinds = [
            (of_kinds.sources, "source", true),
            (of_kinds.static_tables, "static table", false),
            (of_kinds.datasets, "dataset", true),
            (of_kinds.views, "view", true),
            (of_kinds.functions, "function", false),
        ];
        let shown = kinds.iter().filter(|(count, _, always)| *always || *count > 0);
        let what: Vec<String> = shown.map(|(count, kind, _)| report::count(*count as usize, kind)).collect();
        let what = what.join(", ");
        if let Some(compilation) = compilation.as_ref().filter(|_| globals.verbose) {
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
