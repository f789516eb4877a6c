//! The columns that a relation offers. They are shared: a wide table costs once, not per reader.

use std::sync::Arc;

use crate::schema::Field;
use crate::sql::duckdb;
use crate::sql::tree::Origin;

/// A column that a query gives.
#[derive(Clone, Debug)]
pub struct ScopeColumn {
    pub field: Field,
    pub origins: Vec<Origin>,
}

/// Columns of a relation.
#[derive(Clone, Debug)]
pub enum Columns {
    /// Of a table in the catalogue; `movable` says whether conditions on them hold for the table.
    Table { fields: Arc<[Field]>, table_use: usize, movable: bool },
    /// Of a common table, a subquery, or an UNNEST; with names of their own where some have none, or the same ones.
    Query(Arc<Vec<ScopeColumn>>, Option<Arc<[String]>>),
}

impl Columns {
    pub fn of_query(columns: Vec<ScopeColumn>) -> Self {
        let names = duckdb::unique_names(columns.iter().map(|column| column.field.name.as_str()));
        let is_odd = columns.iter().zip(&names).any(|(column, name)| column.field.name != *name);
        Columns::Query(Arc::new(columns), is_odd.then(|| names.into()))
    }

    /// Gives the value that a row is the name of its relation, unless it is a struct, whose fields have names.
    pub fn name_value(&mut self, name: &str) {
        let Columns::Query(columns, names) = self else { return };
        let Some(first) = columns.first().filter(|first| first.field.ty.fields().is_none()) else { return };
        if first.field.name != name {
            let own = || columns.iter().map(|column| column.field.name.clone()).collect();
            names.get_or_insert_with(own);
            Arc::make_mut(columns)[0].field.name = name.to_owned();
        }
    }

    /// What the translation calls a column.
    pub fn name<'a>(&'a self, index: usize, field: &'a Field) -> &'a str {
        match self {
            Columns::Query(_, Some(names)) => names.get(index).unwrap_or(&field.name),
            _ => &field.name,
        }
    }

    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let (of_table, of_query): (&[Field], &[ScopeColumn]) = match self {
            Columns::Table { fields, .. } => (fields, &[]),
            Columns::Query(columns, _) => (&[], columns),
        };
        of_table.iter().chain(of_query.iter().map(|column| &column.field))
    }

    /// The tables' columns that a column copies, if it does.
    pub fn origins(&self, index: usize) -> Vec<Origin> {
        match self {
            Columns::Table { fields, table_use, movable } => fields
                .get(index)
                .map(|field| Origin {
                    table_use: *table_use,
                    column: field.name.clone(),
                    movable: *movable,
                    through: Vec::new(),
                })
                .into_iter()
                .collect(),
            Columns::Query(columns, _) => {
                columns.get(index).map_or(Vec::new(), |column| column.origins.clone())
            }
        }
    }

    /// Conditions on the columns may no longer move to the tables that they come from.
    pub fn pin(&mut self) {
        match self {
            Columns::Table { movable, .. } => *movable = false,
            Columns::Query(columns, _) => pin(Arc::make_mut(columns).as_mut_slice()),
        }
    }
}

/// Conditions on these columns may no longer move to the tables that they come from.
pub fn pin(columns: &mut [ScopeColumn]) {
    for origin in columns.iter_mut().flat_map(|column| &mut column.origins) {
        origin.movable = false;
    }
}
