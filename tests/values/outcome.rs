//! What a case comes to, held against what it says.

use tidemill::query::{Failure, Session, Translated};
use tidemill::value::{Value, literal};

use crate::report::{ask, is_expected, told};
use crate::written::{Expected, Written};

/// What was expected and what came.
pub type Difference = (String, String);

/// What a query came to.
type Came = Result<(Translated, Vec<Vec<Value<'static>>>), Failure>;

/// Runs a case.
pub fn outcome(case: &Written, session: &Session) -> Result<(), Difference> {
    outcome_of(case, ask(session, &case.sql))
}

/// Holds what a query came to against its case.
pub fn outcome_of(case: &Written, answer: Came) -> Result<(), Difference> {
    match (&case.expected, answer) {
        (Expected::Error(part), Err(failure)) => {
            let (may_be, got) = told(&failure);
            if may_be && got.contains(part) { Ok(()) } else { Err((format!("error: {part}"), got)) }
        }
        (Expected::Error(part), Ok((_, rows))) => {
            Err((format!("error: {part}"), table(&[], &rows.iter().map(constants).collect::<Vec<_>>())))
        }
        (Expected::Value(constant, ty), answer) => {
            let expected = ty.as_ref().map_or(constant.clone(), |ty| format!("{constant} :: {ty}"));
            let (translated, rows) = answer.map_err(|failure| (expected.clone(), told(&failure).1))?;
            value(constant, ty.as_deref(), &translated, &rows.concat()).map_err(|got| (expected, got))
        }
        (Expected::Rows(header, wanted), answer) => {
            let expected = table(header, wanted);
            let (translated, rows) = answer.map_err(|failure| (expected.clone(), told(&failure).1))?;
            compare(header, wanted.clone(), &translated, rows).map_err(|got| (expected, got))
        }
    }
}

/// Gives what came instead of a value.
fn value(constant: &str, ty: Option<&str>, translated: &Translated, values: &[Value]) -> Result<(), String> {
    let [value] = values else {
        return Err(format!("{} values", values.len()));
    };
    let found = translated.columns[0].ty.to_string();
    let is_it = is_expected(constant, value) && ty.is_none_or(|ty| ty == found);
    if is_it { Ok(()) } else { Err(format!("{} :: {found}", literal(value))) }
}

/// Gives what came instead of rows.
fn compare(
    header: &[String],
    mut wanted: Vec<Vec<String>>,
    translated: &Translated,
    mut rows: Vec<Vec<Value<'static>>>,
) -> Result<(), String> {
    let columns: Vec<String> =
        translated.columns.iter().map(|column| format!("{} {}", column.name, column.ty)).collect();
    let is_row = |(row, wanted): (&Vec<_>, &Vec<String>)| {
        row.len() == wanted.len() && row.iter().zip(wanted).all(|(value, cell)| is_expected(cell, value))
    };
    if !translated.is_ordered {
        rows.sort_by_key(constants);
        wanted.sort();
    }
    if columns == header && rows.len() == wanted.len() && rows.iter().zip(&wanted).all(is_row) {
        return Ok(());
    }
    Err(table(&columns, &rows.iter().map(constants).collect::<Vec<_>>()))
}

fn constants(row: &Vec<Value>) -> Vec<String> {
    row.iter().map(literal).collect()
}

/// Columns and rows as a failure shows them.
fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let header = (!header.is_empty()).then(|| header.join(" | "));
    let lines = header.into_iter().chain(rows.iter().map(|row| row.join(" | ")));
    lines.collect::<Vec<_>>().join("\n            ")
}
