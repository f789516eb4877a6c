//! What a run found: failures are listed together, nothing stops at the first.

use std::fmt;

use tidemill::query::{Failure, Limits, NoTables, Session, Translated, translate};
use tidemill::value::{Value, literal};

use crate::outcome::Difference;
use crate::written::{Malformed, Written};

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

    /// Runs a case and notes it where it comes out in another way.
    pub fn note(
        &mut self,
        path: &str,
        case: Result<Written, Malformed>,
        run: impl FnOnce(&Written) -> Result<(), Difference>,
    ) {
        self.cases += 1;
        let (line, title, (expected, got)) = match case {
            Err(case) => (case.line, case.title, (case.lacks.to_owned(), "another form".to_owned())),
            Ok(case) => match run(&case) {
                Ok(()) => return,
                Err(difference) => (case.line, case.title, difference),
            },
        };
        let shown = format!("tests/values/cases/{path}:{line}: {title}");
        self.failures.push(format!("{shown}\n  expected  {expected}\n  got       {got}"));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        writeln!(formatter, "{}\n", self.failures.join("\n"))?;
        write!(formatter, "{} of {} cases failed", self.failures.len(), self.cases)
    }
}

/// What only DuckDB's extension for calendars and time zones understands.
const ZONED: [&str; 5] = ["TIMESTAMPTZ", "WITH TIME ZONE", "AT TIME ZONE", "timezone(", "strptime("];

/// Translates and runs a text.
pub fn ask(session: &Session, text: &str) -> Result<(Translated, Vec<Vec<Value<'static>>>), Failure> {
    let translated = translate(text, &NoTables).map_err(Failure::Mistakes)?;
    // A build that has no time zones of DuckDB's own must give the same.
    if let Some(found) = ZONED.iter().find(|word| translated.duckdb.contains(**word)) {
        return Err(Failure::Internal(format!("the translation needs an extension of DuckDB's: {found}")));
    }
    let rows = run(session, &translated)?;
    Ok((translated, rows))
}

/// Runs a translated query.
pub fn run(session: &Session, translated: &Translated) -> Result<Vec<Vec<Value<'static>>>, Failure> {
    let limits = Limits { time: Some(std::time::Duration::from_secs(20)), ..Limits::default() };
    Ok(session.run(translated, &translated.duckdb, &[], &limits)?.rows)
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
