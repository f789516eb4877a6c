//! The rows that a step gives, as DuckDB takes them. Every value is a literal of its column's type; no text of an author may
//! stand in a statement otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Bench, ReadyStep, Subject};
use crate::definition::StaticTable;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::value::Constant;
use crate::schema::{Field, Type};
use crate::sql::tree::Span;
use crate::sql::{constant, duckdb};
use crate::unit_test::file::Step;
use crate::unit_test::query::Query;
use crate::unit_test::rows::{self, Cell, Row, Shape};
use crate::yaml::Text;

/// Rows of one table.
#[derive(Debug)]
pub struct Rows {
    pub table: String,
    /// The columns that a row says anything of.
    pub columns: Vec<String>,
    /// Values of these columns, between parentheses.
    pub values: Vec<String>,
}

impl Bench<'_> {
    /// Types the rows that a step gives. What the query does not read is reported.
    pub(super) fn given(
        &self,
        subject: &Subject,
        step: &Step,
        query: &Query,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Rows> {
        let mut given = Vec::new();
        for (name, node) in &step.given {
            let table = self.without_project(&name.text);
            let columns = self.compilation.columns(table);
            let Some(columns) = columns.filter(|_| query.reaches.contains(table)) else {
                found.push(self.not_read(subject, name, query));
                continue;
            };
            let of = Shape { name: table, columns };
            let Some(rows) = rows::read(node, &of, self.fixtures, found) else { continue };
            given.extend(filled(table, columns, &rows, found));
        }
        given
    }

    /// The declared name of a table, before which a project may stand as in queries.
    pub(super) fn without_project<'a>(&self, written: &'a str) -> &'a str {
        let is_declared = |name: &str| self.compilation.columns(name).is_some();
        match written.split_once('.') {
            Some((_, rest)) if rest.contains('.') && !is_declared(written) && is_declared(rest) => rest,
            _ => written,
        }
    }

    fn not_read(&self, subject: &Subject, name: &Text, query: &Query) -> Diagnostic {
        let message = match self.compilation.columns(&name.text).is_some() {
            true => format!("`{}` does not read `{}`", subject.name, name.text),
            false => format!("no table `{}` in the project", name.text),
        };
        let reads: Vec<&str> = query.reaches.iter().map(String::as_str).collect();
        let hint = match reads.is_empty() {
            true => format!("`{}` reads no tables", subject.name),
            false => format!("it reads: {}", reads.join(", ")),
        };
        Diagnostic::error(Code::UnknownTable, message)
            .at(&name.position)
            .hint(hint)
            .suggest(&name.text, reads.iter().copied())
    }

    /// Adds the rows of static tables that the test does not give: they are the project's own.
    pub(super) fn static_rows(
        &self,
        steps: &mut [ReadyStep],
        tables: &BTreeMap<String, Arc<[Field]>>,
        given: &BTreeSet<String>,
    ) {
        let Some(first) = steps.first_mut() else { return };
        for name in tables.keys().filter(|name| !given.contains(*name)) {
            let Some(table) = self.compilation.static_tables.get(name) else { continue };
            first.rows.extend(static_rows(&table.definition).ok());
        }
    }
}

/// The rows of a static table.
pub fn static_rows(table: &StaticTable) -> Result<Rows, String> {
    let cell = |value: &Option<String>| Cell::Plain(value.clone().map_or(Constant::Null, Constant::Scalar));
    let rows: Vec<Vec<Cell>> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let rows: Vec<&[Cell]> = rows.iter().map(Vec::as_slice).collect();
    statement(&table.name.full(), &table.columns, &rows)
}

fn filled(table: &str, columns: &[Field], rows: &[Row], found: &mut Vec<Diagnostic>) -> Option<Rows> {
    let first = rows.first()?;
    let cells: Vec<&[Cell]> = rows.iter().map(|row| row.cells.as_slice()).collect();
    match statement(table, columns, &cells) {
        Ok(rows) => Some(rows),
        Err(problem) => {
            found.push(
                Diagnostic::error(Code::WrongValue, format!("rows of `{table}` cannot be given: {problem}"))
                    .at(&first.position)
                    .hint("leave the column out, so that it is NULL"),
            );
            None
        }
    }
}

/// The rows with the columns that any of them says something of.
pub fn statement(table: &str, columns: &[Field], rows: &[&[Cell]]) -> Result<Rows, String> {
    let written: Vec<usize> = (0..columns.len())
        .filter(|index| {
            rows.iter().any(|cells| cells.get(*index).is_some_and(|cell| *cell != Cell::Unwritten))
        })
        .collect();
    // A row that says nothing is a row all the same.
    let used = if written.is_empty() { vec![0] } else { written };
    let mut values = Vec::with_capacity(rows.len());
    for cells in rows {
        let row: Result<Vec<String>, String> = used
            .iter()
            .map(|index| match (cells.get(*index), columns.get(*index)) {
                (Some(cell), Some(field)) => literal(&cell.constant(), &field.ty),
                _ => Ok("NULL".to_owned()),
            })
            .collect();
        values.push(format!("({})", row?.join(", ")));
    }
    let columns =
        used.iter().filter_map(|index| columns.get(*index)).map(|field| field.name.clone()).collect();
    Ok(Rows { table: table.to_owned(), columns, values })
}

fn literal(value: &Constant, ty: &Type) -> Result<String, String> {
    if *value == Constant::Null {
        return Ok("NULL".to_owned());
    }
    duckdb::expression(&constant(value, ty, Span::default())).map_err(|problems| {
        problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; ")
    })
}
