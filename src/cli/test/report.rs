//! What `tidemill test` found out, for people and for programs. It only tells; it judges nothing.

use serde_json::{Value, json};

use crate::cli::context::Globals;
use crate::cli::examples::{self, Tried};
use crate::cli::report;
use crate::diagnostic::{Diagnostic, to_json};
use crate::unit_test::{Failure, Outcome, Tested};

/// Everything that was run, and the mistakes of what could not be.
pub struct Results<'a> {
    pub tests: &'a [Tested],
    pub examples: Vec<Tried<'a>>,
    pub found: Vec<Diagnostic>,
}

/// How many passed, failed and were skipped.
#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Results<'_> {
    pub fn passed(&self) -> bool {
        let (tests, examples) = self.counts();
        tests.failed + examples.failed == 0 && !self.found.iter().any(Diagnostic::is_error)
    }

    fn counts(&self) -> (Counts, Counts) {
        let mut tests = Counts::default();
        for one in self.tests {
            match one.outcome {
                Outcome::Passed => tests.passed += 1,
                Outcome::Failed(_) => tests.failed += 1,
                Outcome::Skipped(_) => tests.skipped += 1,
            }
        }
        let mut of_functions = Counts::default();
        for one in &self.examples {
            match one.outcome {
                examples::Outcome::Right => of_functions.passed += 1,
                examples::Outcome::Wrong { .. } | examples::Outcome::Failed(_) => of_functions.failed += 1,
                examples::Outcome::Skipped(_) => of_functions.skipped += 1,
            }
        }
        (tests, of_functions)
    }

    pub fn print(&self, globals: &Globals) {
        let (tests, of_functions) = self.counts();
        if globals.json {
            report::json(&json!({
                "passed": tests.passed + of_functions.passed,
                "failed": tests.failed + of_functions.failed,
                "skipped": tests.skipped + of_functions.skipped,
                "tests": self.tests.iter().map(test_json).collect::<Vec<_>>(),
                "examples": self.examples.iter().map(example_json).collect::<Vec<_>>(),
                "diagnostics": self.found.iter().map(to_json).collect::<Vec<_>>(),
            }));
            return;
        }
        report::findings(&self.found, globals);
        self.tests.iter().for_each(|one| tell_test(one, globals));
        self.examples.iter().for_each(|one| tell_example(one, globals));
        if globals.quiet {
            return;
        }
        let mut passed = Vec::new();
        if !self.tests.is_empty() || self.examples.is_empty() {
            passed.push(report::count(tests.passed, "test"));
        }
        if !self.examples.is_empty() {
            passed.push(report::count(of_functions.passed, "example"));
        }
        let mut parts = vec![format!("{} passed", passed.join(" and "))];
        let (failed, skipped) = (tests.failed + of_functions.failed, tests.skipped + of_functions.skipped);
        parts.extend((failed > 0).then(|| format!("{failed} failed")));
        parts.extend((skipped > 0).then(|| format!("{skipped} skipped")));
        report::line(&parts.join(", "));
    }
}

/// What follows the word at the head of a line stands below it.
const INDENT: &str = "         ";

fn tell_test(one: &Tested, globals: &Globals) {
    let name = format!("{}: {}", one.subject, one.name);
    match &one.outcome {
        Outcome::Passed if globals.verbose => report::line(&format!("passed   {name}")),
        Outcome::Passed => {}
        Outcome::Skipped(reason) if !globals.quiet => report::line(&format!("skipped  {name}: {reason}")),
        Outcome::Skipped(_) => {}
        Outcome::Failed(failures) => {
            report::line(&format!("failed   {name}\n{INDENT}--> {}", one.position.display()));
            for line in failures.iter().flat_map(Failure::lines) {
                report::line(&format!("{INDENT}{line}"));
            }
        }
    }
}

fn tell_example(Tried { example, outcome, .. }: &Tried, globals: &Globals) {
    let (call, place) = (&example.call, example.position.display());
    match outcome {
        examples::Outcome::Right if globals.verbose => report::line(&format!("passed   {call}")),
        examples::Outcome::Right => {}
        examples::Outcome::Wrong { got, wanted } => report::line(&format!(
            "failed   {call}\n{INDENT}--> {place}\n{INDENT}gives   {got}\n{INDENT}but must give {wanted}"
        )),
        examples::Outcome::Failed(problem) => {
            report::line(&format!("failed   {call}\n{INDENT}--> {place}\n{INDENT}{problem}"));
        }
        examples::Outcome::Skipped(reason) if !globals.quiet => {
            report::line(&format!("skipped  {call}: {reason}"));
        }
        examples::Outcome::Skipped(_) => {}
    }
}

fn test_json(one: &Tested) -> Value {
    let (state, reason, failures) = match &one.outcome {
        Outcome::Passed => ("passed", None, Vec::new()),
        Outcome::Skipped(reason) => ("skipped", Some(reason), Vec::new()),
        Outcome::Failed(failures) => ("failed", None, failures.iter().map(failure_json).collect()),
    };
    json!({
        "kind": one.kind.as_str(), "subject": one.subject, "test": one.name,
        "place": one.position.display(), "state": state, "reason": reason, "failures": failures,
    })
}

fn failure_json(failure: &Failure) -> Value {
    let day = |day: &String| Some(day.clone()).filter(|day| !day.is_empty());
    match failure {
        Failure::Rows { day: of, difference } => {
            json!({"day": day(of), "message": difference.summary(), "difference": difference.to_json()})
        }
        Failure::Query { day: of, problem } => json!({"day": day(of), "message": problem}),
        Failure::Value { call, got, wanted } => {
            json!({"call": call, "gives": got, "must_give": wanted, "message": failure.summary()})
        }
    }
}

fn example_json(Tried { function, example, outcome }: &Tried) -> Value {
    let (state, got, wanted, reason) = match outcome {
        examples::Outcome::Right => ("passed", None, None, None),
        examples::Outcome::Wrong { got, wanted } => ("failed", Some(got), Some(wanted), None),
        examples::Outcome::Failed(problem) => ("failed", None, None, Some(problem)),
        examples::Outcome::Skipped(reason) => ("skipped", None, None, Some(reason)),
    };
    json!({
        "function": function, "call": example.call, "place": example.position.display(),
        "state": state, "gives": got, "must_give": wanted, "reason": reason,
    })
}
