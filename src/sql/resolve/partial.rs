//! Queries whose columns are known in part only, because something else has a mistake. Whatever comes of them is never
//! compiled; it only keeps what reads them from being blamed.

use super::columns::ScopeColumn;
use crate::schema::{Field, Type};

/// Whether a query gives columns that nobody knows.
pub fn has_rest(columns: &[ScopeColumn]) -> bool {
    columns.iter().any(|column| column.field.is_rest())
}

/// What a set operation gives where one side is known in part only: names of the first side.
pub fn united_in_part(left: Vec<ScopeColumn>, right: &[ScopeColumn]) -> Vec<ScopeColumn> {
    let known = left.into_iter().filter(|column| !column.field.is_rest()).enumerate();
    let mut columns: Vec<ScopeColumn> = known
        .map(|(index, column)| {
            let same = right.get(index).is_some_and(|other| other.field.ty == column.field.ty);
            let ty = if same { column.field.ty } else { Type::Null };
            ScopeColumn { field: Field { ty, ..column.field }, origins: Vec::new() }
        })
        .collect();
    columns.push(ScopeColumn { field: Field::unknown_rest(), origins: Vec::new() });
    columns
}
