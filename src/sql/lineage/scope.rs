//! What the names of a resolved tree stand for at a place in a query.

use std::sync::Arc;

use super::source::{Source, Sources};
use super::value::{Fields, Value};
use crate::schema::{Field, find_field};
use crate::sql::tree::{Name, Window};

/// What a query gives: its columns, and what decides about its rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub columns: Arc<Fields>,
    /// What decides which rows there are.
    pub rows: Arc<[Source]>,
    /// What decides in which order they come, where that is more.
    pub order: Arc<[Source]>,
}

/// A relation of a FROM clause.
pub struct Relation {
    pub alias: String,
    pub columns: Columns,
}

/// The columns of a relation.
pub enum Columns {
    /// Of a table, by its use. They are not followed one by one: a name is enough.
    Stored {
        table_use: usize,
        fields: Arc<[Field]>,
    },
    Given(Arc<Fields>),
}

impl Relation {
    /// Whether there is a column of the name; a table whose columns are not known yet has every one.
    pub fn has(&self, name: &str) -> bool {
        match &self.columns {
            Columns::Stored { fields, .. } => fields.is_empty() || find_field(fields, name).is_some(),
            Columns::Given(columns) => columns.get(name).is_some(),
        }
    }

    pub fn column(&self, name: &str) -> Option<Value> {
        match &self.columns {
            Columns::Stored { table_use, .. } => Some(Value::stored(Source::column(*table_use, name))),
            Columns::Given(columns) => columns.get(name).cloned(),
        }
    }

    /// The row as a struct.
    pub fn row(&self) -> Value {
        match &self.columns {
            Columns::Stored { table_use, .. } => Value::stored(Source::row(*table_use)),
            Columns::Given(columns) => Value::structure(Arc::clone(columns)),
        }
    }
}

/// The relations of one FROM clause, inside the scope of the query around it.
#[derive(Default)]
pub struct Scope<'a> {
    pub relations: Vec<Relation>,
    /// Columns that USING merged.
    pub merged: Vec<(String, Value)>,
    /// The windows that the SELECT names.
    pub windows: &'a [(Name, Window)],
    pub outer: Option<&'a Scope<'a>>,
    /// What decides about the rows so far.
    pub rows: Sources,
}

impl<'a> Scope<'a> {
    pub fn inside(outer: Option<&'a Scope<'a>>) -> Self {
        Self { outer, ..Self::default() }
    }

    /// This scope and those around it, from within.
    fn chain(&self) -> impl Iterator<Item = &Scope<'a>> {
        std::iter::successors(Some(self), |scope| scope.outer)
    }

    /// A column that USING merged.
    pub fn merged(&self, name: &str) -> Option<&Value> {
        self.chain().find_map(|scope| {
            scope.merged.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        })
    }

    /// The relations of a name, from within.
    pub fn named(&self, alias: &str) -> impl Iterator<Item = &Relation> {
        self.chain().flat_map(move |scope| scope.relations.iter().filter(move |one| one.alias == alias))
    }
}
