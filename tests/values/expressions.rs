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

use crate::forms;
use crate::report::{Report, ask, is_expected, told};

pub fn run(path: &str, text: &str, session: &Session, report: &mut Report) {
    for case in forms::expressions(text) {
        report.cases += 1;
        let mut failed = |expected: &str, got: &str| {
            report.failed(path, case.line, &case.text, expected, got);
        };
        if !case.has_source {
            failed("a page and a section before it", "none");
            continue;
        }
        let Some((expression, expected)) = case.parts() else {
            failed("`expression => constant`", "no arrow");
            continue;
        };
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

/// An expected value and the type that stands after it.
fn typed(expected: &str) -> (&str, Option<&str>) {
    match expected.rsplit_once(" :: ") {
        Some((constant, ty)) => (constant.trim(), Some(ty.trim())),
        None => (expected, None),
    }
}
