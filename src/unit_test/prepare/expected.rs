//! The rows that a step expects, typed by the columns of its query. What could never fail is refused.

use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, find_field};
use crate::unit_test::file::{Expect, Fixtures};
use crate::unit_test::rows::{self, Cell, Row, Shape};

/// Rows to hold a result against.
#[derive(Debug)]
pub struct Expected {
    pub columns: Vec<Field>,
    pub rows: Vec<Row>,
    pub subset: bool,
    pub ordered: bool,
    /// Places of the columns that are compared.
    pub compared: Vec<usize>,
    /// Places of those that tell rows apart, where that is known and they are compared.
    pub keys: Vec<usize>,
}

/// Reads the rows that are expected of a query with these columns.
pub fn read(
    expect: &Expect,
    name: &str,
    columns: &[Field],
    keys: &[String],
    fixtures: &Fixtures,
    found: &mut Vec<Diagnostic>,
) -> Option<Expected> {
    let mut compared: Vec<usize> = (0..columns.len()).collect();
    if !expect.columns.is_empty() {
        compared.clear();
        for wanted in &expect.columns {
            let field = find_field(columns, &wanted.text);
            let place = field.and_then(|field| columns.iter().position(|one| one.name == field.name));
            match place {
                Some(place) => compared.push(place),
                None => found.push(
                    Diagnostic::error(
                        Code::UnknownColumn,
                        format!("`{name}` has no column `{}`", wanted.text),
                    )
                    .at(&wanted.position)
                    .suggest(&wanted.text, columns.iter().map(|field| field.name.as_str())),
                ),
            }
        }
    }
    let rows = rows::read(&expect.rows, &Shape { name, columns }, fixtures, found)?;
    for row in &rows {
        let beside = row
            .cells
            .iter()
            .enumerate()
            .find(|(place, cell)| **cell != Cell::Unwritten && !compared.contains(place));
        if let Some((place, _)) = beside
            && let Some(field) = columns.get(place)
        {
            let message = format!("`{}` is not among the `columns` that are compared", field.name);
            let finding = Diagnostic::error(Code::InvalidTest, message).at(&row.position);
            found.push(finding.hint("add it to `columns`, or take its value out"));
        }
    }
    if rows.is_empty() && expect.subset {
        let message = "no rows are among any rows: the test cannot fail";
        let finding = Diagnostic::error(Code::InvalidTest, message).at(&expect.rows.position);
        found.push(finding.hint("leave `match: subset` out to expect no rows at all"));
    }
    let keys: Vec<usize> =
        keys.iter().filter_map(|key| columns.iter().position(|field| field.name == *key)).collect();
    Some(Expected {
        keys: if keys.iter().all(|key| compared.contains(key)) { keys } else { Vec::new() },
        columns: columns.to_vec(),
        rows,
        subset: expect.subset,
        ordered: expect.ordered,
        compared,
    })
}
