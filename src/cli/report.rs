//! Everything that is printed goes through here: results to standard output, findings to standard error.

use std::io::Write;
use std::process::ExitCode;

use serde_json::json;

use super::context::{Globals, Problem};
use crate::diagnostic::{Code, Diagnostic, Severity, render_all, to_json};

/// Prints a line of the result. A reader that went away is no error.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints a result that brings its own line ends.
pub fn text(text: &str) {
    let _ = write!(std::io::stdout().lock(), "{text}");
}

/// Prints a note beside the result.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Prints a result in its machine form.
pub fn json(value: &serde_json::Value) {
    line(&format!("{value:#}"));
}

/// Prints findings and how many there are.
pub fn findings(found: &[Diagnostic], globals: &Globals) {
    if found.is_empty() {
        return;
    }
    if globals.json {
        json(&json!({ "diagnostics": found.iter().map(to_json).collect::<Vec<_>>() }));
        return;
    }
    let _ = write!(std::io::stderr().lock(), "{}", render_all(found));
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 0 {
        let explained =
            found.iter().find(|finding| finding.is_error()).map_or("", |finding| finding.code.as_str());
        note(&format!("{}; `tidemill explain {explained}` says more", count(errors, "error")));
    }
}

/// Findings about the command line or the machine, where they stand at no place in a file: the tool could
/// not start, no definition is wrong.
const TOOL: &[Code] = &[
    Code::NoProject,
    Code::UnknownTemplate,
    Code::UnknownTarget,
    Code::WarehouseBusy,
    Code::WarehouseDamaged,
    Code::LedgerDamaged,
    Code::LedgerNewer,
    Code::Unwritable,
    Code::ImpossibleDate,
    Code::UnknownSelection,
];

/// Whether a finding says that the tool could not start.
pub fn is_tool(finding: &Diagnostic) -> bool {
    finding.position.is_none() && TOOL.contains(&finding.code)
}

/// Prints why a verb failed, and gives its exit code.
pub fn problem(problem: &Problem, globals: &Globals) -> ExitCode {
    match problem {
        Problem::Findings(found) => {
            findings(found, globals);
            ExitCode::from(if found.iter().any(is_tool) { 2 } else { 1 })
        }
        Problem::Internal(error) => {
            if globals.json {
                json(&json!({ "error": format!("{error:#}") }));
            } else {
                note(&format!("error: {error:#}"));
            }
            ExitCode::from(2)
        }
    }
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
