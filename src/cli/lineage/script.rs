//! The lineage of a file with SQL: the tables that its statements read and write. It needs no project.

use anyhow::Context;
use serde_json::{Value, json};

use super::report;
use crate::cli::context::{Globals, Problem};
use crate::diagnostic::{Diagnostic, Position, Source};
use crate::sql::{ScriptUses, TableUse, script_uses};

/// Whether a name is one of a file with SQL.
pub fn is_file(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".sql")
}

pub fn run(path: &str, globals: &Globals) -> Result<(), Problem> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
    let uses = script_uses(&text).map_err(|problem| {
        let position = Position::new(
            &Source::new(path, text.as_str()),
            problem.span.line,
            problem.span.column,
            problem.span.length,
        );
        let mut finding = Diagnostic::error(problem.code, problem.message).at(&position);
        finding.hint = problem.hint;
        Problem::Findings(vec![finding])
    })?;
    match globals.json {
        true => report::json(&to_json(path, &uses)),
        false => report::line(&to_text(path, &uses)),
    }
    Ok(())
}

/// What a script does with names: the verb, and the names.
fn parts(uses: &ScriptUses) -> [(&'static str, &[TableUse]); 4] {
    [("reads", &uses.reads), ("writes", &uses.writes), ("makes", &uses.makes), ("calls", &uses.calls)]
}

fn to_json(path: &str, uses: &ScriptUses) -> Value {
    let mut told = json!({ "file": path });
    for (verb, names) in parts(uses) {
        let place =
            |one: &TableUse| json!({ "name": one.name, "line": one.span.line, "column": one.span.column });
        told[verb] = names.iter().map(place).collect();
    }
    let unknown = uses.unknown.iter().map(|span| json!({ "line": span.line, "column": span.column }));
    told["unknown"] = unknown.collect();
    told
}

fn to_text(path: &str, uses: &ScriptUses) -> String {
    let mut text = path.to_owned();
    for (verb, names) in parts(uses).into_iter().filter(|(_, names)| !names.is_empty()) {
        text.push_str(&format!("\n\n{verb}"));
        for one in names {
            text.push_str(&format!("\n  {} (line {})", one.name, one.span.line));
        }
    }
    for span in &uses.unknown {
        text.push_str(&format!(
            "\n\nunknown: line {} runs a text that is made when the script runs",
            span.line
        ));
    }
    text
}
