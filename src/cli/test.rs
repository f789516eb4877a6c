use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::examples::{self, Outcome, Tried};
use super::report;
use crate::diagnostic::{Code, Diagnostic};

/// Run the examples of the project's functions on a DuckDB in memory
#[derive(Args)]
pub struct Arguments {
    /// Functions to test; without them all
    functions: Vec<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let functions = &compiled.compilation.functions;
    for name in &arguments.functions {
        if !functions.contains_key(name) {
            let message = format!("no function `{name}` in the project");
            let finding = Diagnostic::error(Code::UnknownSelection, message);
            return Err(finding.suggest(name, functions.keys().map(String::as_str)).into());
        }
    }
    let chosen = functions
        .iter()
        .filter(|(name, _)| arguments.functions.is_empty() || arguments.functions.contains(name));
    let outcomes = examples::run(chosen)?;
    let count = |is_it: fn(&Outcome) -> bool| outcomes.iter().filter(|one| is_it(&one.outcome)).count();
    let right = count(|one| matches!(one, Outcome::Right));
    let skipped = count(|one| matches!(one, Outcome::Skipped(_)));
    let failed = outcomes.len() - right - skipped;
    if globals.json {
        let examples: Vec<serde_json::Value> = outcomes.iter().map(to_json).collect();
        report::json(&json!({"passed": right, "failed": failed, "skipped": skipped, "examples": examples}));
    } else {
        outcomes.iter().for_each(|one| tell(one, globals));
        if !globals.quiet {
            let mut parts = vec![format!("{} passed", report::count(right, "example"))];
            parts.extend((failed > 0).then(|| format!("{failed} failed")));
            parts.extend((skipped > 0).then(|| format!("{skipped} skipped")));
            report::line(&parts.join(", "));
        }
    }
    Ok(ExitCode::from(u8::from(failed > 0)))
}

fn tell(Tried { example, outcome, .. }: &Tried, globals: &Globals) {
    let (call, place) = (&example.call, example.position.display());
    match outcome {
        Outcome::Right if globals.verbose => report::line(&format!("passed   {call}")),
        Outcome::Right => {}
        Outcome::Wrong { got, wanted } => report::line(&format!(
            "failed   {call}\n         --> {place}\n         gives   {got}\n         but must give {wanted}"
        )),
        Outcome::Failed(problem) => {
            report::line(&format!("failed   {call}\n         --> {place}\n         {problem}"));
        }
        Outcome::Skipped(reason) if !globals.quiet => report::line(&format!("skipped  {call}: {reason}")),
        Outcome::Skipped(_) => {}
    }
}

fn to_json(Tried { function, example, outcome }: &Tried) -> serde_json::Value {
    let (state, got, wanted, reason) = match outcome {
        Outcome::Right => ("passed", None, None, None),
        Outcome::Wrong { got, wanted } => ("failed", Some(got), Some(wanted), None),
        Outcome::Failed(problem) => ("failed", None, None, Some(problem)),
        Outcome::Skipped(reason) => ("skipped", None, None, Some(reason)),
    };
    json!({
        "function": function, "call": example.call, "place": example.position.display(),
        "state": state, "gives": got, "must_give": wanted, "reason": reason,
    })
}
