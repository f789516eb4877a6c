//! What a run found: failures are listed together, nothing stops at the first.

use std::fmt;

use tidemill::query::{Failure, Limits, NoTables, Session, Translated, translate};
use tidemill::value::{Value, literal};

#[derive(Default)]
pub struct Report {
    pub cases: usize,
    pub failures: Vec<String>,
}

impl Report {
    /// Both together.
    pub fn with(mut self, other: Report) -> Self {
        self.cases += other.cases;
        self.failures.extend(other.failures);
        self.failures.sort();
        self
    }

    /// Notes a case that came out in another way.
    pub fn failed(&mut self, path: &str, line: usize, what: &str, expected: &str, got: &str) {
        self.failures.push(format!("{path}:{line}: {what}\n  expected  {expected}\n  got       {got}"));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        writeln!(formatter, "{}\n", self.failures.join("\n"))?;
        write!(formatter, "{} of {} cases failed", self.failures.len(), self.cases)
    }
}

/// Translates and runs a text.
pub fn ask(session: &Session, text: &str) -> Result<(Translated, Vec<Vec<Value<'static>>>), Failure> {
    let translated = translate(text, &NoTables).map_err(Failure::Mistakes)?;
    let limits = Limits { time: Some(std::time::Duration::from_secs(20)), ..Limits::default() };
    let answer = session.run(&translated, &translated.duckdb, &limits)?;
    Ok((translated, answer.rows))
}

/// What went wrong, in one line; `is_error` says whether GoogleSQL may give an error here, or we are at fault.
pub fn told(failure: &Failure) -> (bool, String) {
    let kind = match failure {
        Failure::Mistakes(_) => "refused",
        Failure::Failed(_) => "error",
        Failure::Missing(_) | Failure::Internal(_) => "INTERNAL",
        Failure::Stopped(_) => "stopped",
    };
    let is_error = matches!(failure, Failure::Mistakes(_) | Failure::Failed(_));
    (is_error, format!("{kind}: {}", failure.told()))
}

/// Whether a value is the expected constant. `~1.4142` is any number that rounds to those digits.
pub fn is_expected(expected: &str, value: &Value) -> bool {
    match (expected.strip_prefix('~'), value) {
        (Some(rounded), Value::Float64(number)) => {
            let digits = rounded.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            format!("{number:.digits$}") == rounded
        }
        _ => literal(value) == expected,
    }
}
