//! What `tidemill check` looked at and found, for people and for programs. It only tells; it judges nothing.

use serde_json::{Value, json};

use crate::cli::context::Globals;
use crate::cli::report;
use crate::compile::Summary;
use crate::diagnostic::{Diagnostic, to_json};

/// Everything that was looked at, and what was not.
#[derive(Default)]
pub struct Checked {
    pub found: Vec<Diagnostic>,
    /// None where the project could not be read.
    pub summary: Option<Summary>,
    /// None where it could not be told.
    pub generated: Option<Generated>,
    /// Rules that were applied.
    pub rules: usize,
    /// Examples of functions that hold, and those that do not.
    pub examples: (usize, usize),
    /// Tests of datasets, views and functions that hold, and those that do not.
    pub tests: (usize, usize),
    pub skipped: Vec<Skipped>,
}

/// The state of `generated/`.
pub struct Generated {
    pub files: usize,
    pub current: bool,
}

/// What was not checked, and why.
pub struct Skipped {
    what: String,
    why: String,
}

impl Skipped {
    pub fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}

impl Checked {
    pub fn errors(&self) -> usize {
        self.found.iter().filter(|finding| finding.is_error()).count()
    }

    /// Findings, then what was checked.
    pub fn print(&self, deny_warnings: bool, globals: &Globals) {
        report::findings(&self.found, &Globals { json: false, ..globals.clone() });
        self.print_summary(deny_warnings, globals);
    }

    /// What was checked, what was not, and what came of it.
    pub fn print_summary(&self, deny_warnings: bool, globals: &Globals) {
        if globals.quiet {
            return;
        }
        let mut word = "checked";
        for line in self.lines() {
            report::line(&format!("{word:<9}{line}"));
            word = "";
        }
        let mut word = "not";
        for Skipped { what, why } in &self.skipped {
            report::line(&format!("{word:<9}{what}: {why}"));
            word = "";
        }
        report::line(&format!("found    {}", self.verdict(deny_warnings)));
    }

    fn lines(&self) -> Vec<String> {
        let Some(summary) = &self.summary else { return Vec::new() };
        let kinds = [
            (summary.sources, "source", true),
            (summary.static_tables, "static table", false),
            (summary.datasets, "dataset", true),
            (summary.views, "view", true),
            (summary.functions, "function", false),
        ];
        let kinds = kinds.iter().filter(|(count, _, always)| *always || *count > 0);
        let kinds: Vec<String> = kinds.map(|(count, kind, _)| report::count(*count, kind)).collect();
        let mut lines = vec![
            kinds.join(", "),
            format!("types: {} of {} are typed", summary.typed, queries(summary.queries)),
        ];
        if summary.contracts > 0 {
            lines.push(format!("contracts: {}", declared(summary.contracts)));
        }
        if self.rules > 0 {
            lines.push(report::count(self.rules, "rule"));
        }
        if let Some(generated) = &self.generated {
            let state = if generated.current { "current" } else { "not current" };
            lines.push(format!("generated/: {}, {state}", report::count(generated.files, "file")));
        }
        for (what, counts) in [("examples of functions", self.examples), ("dataset unit tests", self.tests)] {
            match counts {
                (0, 0) => {}
                (right, 0) => lines.push(format!("{what}: {right} passed")),
                (right, wrong) => lines.push(format!("{what}: {right} passed, {wrong} failed")),
            }
        }
        lines
    }

    fn verdict(&self, deny_warnings: bool) -> String {
        let errors = self.errors();
        let warnings = self.found.len() - errors;
        let denied = if deny_warnings && warnings > 0 { ", denied" } else { "" };
        match (errors, warnings) {
            (0, 0) => "nothing".to_owned(),
            (errors, 0) => report::count(errors, "error"),
            (0, warnings) => format!("{}{denied}", report::count(warnings, "warning")),
            _ => {
                format!("{}, {}{denied}", report::count(errors, "error"), report::count(warnings, "warning"))
            }
        }
    }

    /// The stable machine form.
    pub fn to_json(&self, passed: bool) -> Value {
        let errors = self.errors();
        json!({
            "passed": passed,
            "errors": errors,
            "warnings": self.found.len() - errors,
            "checked": self.summary.as_ref().map(|summary| json!({
                "sources": summary.sources,
                "static_tables": summary.static_tables,
                "datasets": summary.datasets,
                "views": summary.views,
                "functions": summary.functions,
                "queries": summary.queries,
                "typed": summary.typed,
                "contracts": summary.contracts,
                "rules": self.rules,
                "generated": self.generated.as_ref()
                    .map(|one| json!({"files": one.files, "current": one.current})),
                "examples": {"passed": self.examples.0, "failed": self.examples.1},
                "tests": {"passed": self.tests.0, "failed": self.tests.1},
            })),
            "not_checked": self.skipped.iter()
                .map(|one| json!({"what": one.what, "why": one.why}))
                .collect::<Vec<_>>(),
            "diagnostics": self.found.iter().map(to_json).collect::<Vec<_>>(),
        })
    }
}

fn queries(count: usize) -> String {
    if count == 1 { "1 query".to_owned() } else { format!("{count} queries") }
}

fn declared(count: usize) -> String {
    let datasets = report::count(count, "dataset");
    if count == 1 {
        format!("{datasets} declares its schema")
    } else {
        format!("{datasets} declare their schemas")
    }
}
