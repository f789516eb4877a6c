//! Cases of one line:
//!
//! ```text
//! page: string_functions            the page of GoogleSQL's documentation, without its ending
//! section: SUBSTR                   and the section that says so; both hold until the next ones
//!
//! # a comment
//! SUBSTR('apple', 2) => "pple"
//! SUBSTR(NULL, 2) => NULL :: STRING
//! SUBSTR('apple', 1, -1) => error: negative
//! IF(TRUE, 'a longer expression',
//!   'goes on in lines that are indented') => "a longer expression"
//! ```
//!
//! The value is a constant as `FORMAT('%T')` writes it, which shows its type; where it does not, `:: TYPE` may stand after it.
//! `error: text` is an error whose message has the text in it. `~1.4142` is a FLOAT64 that rounds to those digits.

use tidemill::query::Session;
use tidemill::value::literal;

use crate::report::{Report, ask, is_expected, told};

/// A case with the line that it begins in.
struct Case {
    line: usize,
    text: String,
    /// Whether its page and section are known.
    has_source: bool,
}

pub fn run(path: &str, text: &str, session: &Session, report: &mut Report) {
    for case in cases(text) {
        report.cases += 1;
        let mut failed = |expected: &str, got: &str| {
            report.failed(path, case.line, &case.text, expected, got);
        };
        if !case.has_source {
            failed("a page and a section before it", "none");
            continue;
        }
        // The last arrow: named arguments have arrows too.
        let Some((expression, expected)) = case.text.rsplit_once("=>") else {
            failed("`expression => constant`", "no arrow");
            continue;
        };
        let (expression, expected) = (expression.trim(), expected.trim());
        let (constant, ty) = typed(expected);
        let outcome = ask(session, &format!("SELECT {expression} AS result"));
        match outcome {
            Err(failure) => {
                let (may_be, got) = told(&failure);
                let wanted = expected.strip_prefix("error").map(|rest| rest.trim_start_matches(':').trim());
                if !wanted.is_some_and(|part| may_be && got.contains(part)) {
                    failed(expected, &got);
                }
            }
            Ok((translated, rows)) => {
                let [value] = &rows.concat()[..] else {
                    failed(expected, &format!("{} values", rows.concat().len()));
                    continue;
                };
                let found = translated.columns[0].ty.to_string();
                let is_of_type = ty.is_none_or(|ty| ty == found);
                if !is_expected(constant, value) || !is_of_type {
                    failed(expected, &format!("{} :: {found}", literal(value)));
                }
            }
        }
    }
}

/// Splits a file into cases.
fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut page, mut section) = (false, false);
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || line.starts_with('#') {
        } else if let Some(name) = line.strip_prefix("page:") {
            (page, section) = (!name.trim().is_empty(), false);
        } else if let Some(name) = line.strip_prefix("section:") {
            section = !name.trim().is_empty();
        } else if let Some(case) = cases.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            case.text.push('\n');
            case.text.push_str(trimmed);
        } else {
            cases.push(Case { line: index + 1, text: trimmed.to_owned(), has_source: page && section });
        }
    }
    cases
}

/// An expected value and the type that stands after it.
fn typed(expected: &str) -> (&str, Option<&str>) {
    match expected.rsplit_once(" :: ") {
        Some((constant, ty)) => (constant.trim(), Some(ty.trim())),
        None => (expected, None),
    }
}
