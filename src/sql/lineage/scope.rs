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

impl Table {
    /// Whether two findings about one query say the same.
    pub fn is_same(&self, other: &Table) -> bool {
        self.rows == other.rows
            && self.columns.iter().len() == other.columns.iter().len()
            && self
                .columns
                .iter()
                .zip(other.columns.iter())
                .all(|((_, one), (_, two))| one.is_same(two, DEEPEST))
    }
}

/// So deep the fields of recursive tables are compared.
const DEEPEST: usize = 8;

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
    /// Some by name; whatever else is named has something of the value.
    Partly(Arc<Fields>, Value),
    /// Whose names are not known here: each has something of the whole value.
    Opaque(Value),
}

impl Relation {
    /// Whether there is a column of the name; a table whose columns are not known yet has every one.
    pub fn has(&self, name: &str) -> bool {
        match &self.columns {
            Columns::Stored { fields, .. } => fields.is_empty() || find_field(fields, name).is_some(),
            Columns::Given(columns) => columns.get(name).is_some(),
            Columns::Partly(..) | Columns::Opaque(_) => true,
        }
    }

    pub fn column(&self, name: &str) -> Option<Value> {
        match &self.columns {
            Columns::Stored { table_use, .. } => Some(Value::stored(Source::column(*table_use, name))),
            Columns::Given(columns) => columns.get(name).cloned(),
            Columns::Partly(columns, value) => Some(columns.get(name).unwrap_or(value).clone()),
            Columns::Opaque(value) => Some(value.clone()),
        }
    }

    /// The row as a struct.
    pub fn row(&self) -> Value {
        match &self.columns {
            Columns::Stored { table_use, .. } => Value::stored(Source::row(*table_use)),
            Columns::Given(columns) => Value::structure(Arc::clone(columns)),
            Columns::Partly(columns, _) => Value::structure(Arc::clone(columns)),
            Columns::Opaque(value) => value.clone(),
        }
    }

    /// The columns but for some.
    pub fn without(&self, names: &[String]) -> Arc<Fields> {
        let stays = |name: &str| !names.iter().any(|one| one.eq_ignore_ascii_case(name));
        match &self.columns {
            Columns::Stored { table_use, fields } => {
                let fields = fields.iter().map(|field| field.name.as_str()).filter(|name| stays(name));
                let value = |name: &str| Value::stored(Source::column(*table_use, name));
                Fields::new(fields.map(|name| (Arc::from(name), value(name))).collect())
            }
            Columns::Given(columns) | Columns::Partly(columns, _) => {
                Fields::new(columns.iter().filter(|(name, _)| stays(name)).cloned().collect())
            }
            Columns::Opaque(_) => Arc::default(),
        }
    }
}

/// The relations of one FROM clause, inside the scope of the query around it.
#[derive(Default)]
pub struct Scope<'a> {
    pub relations: Vec<Relation>,
    /// Names without a relation: columns that USING merged, what WITH and lambdas bind.
    pub bound: Vec<(String, Value)>,
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

    /// What a name without a relation stands for.
    pub fn bound(&self, name: &str) -> Option<&Value> {
        self.chain().find_map(|scope| {
            let last = scope.bound.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name));
            last.map(|(_, value)| value)
        })
    }

    /// Gives a name a value.
    pub fn bind(&mut self, name: &str, value: Value) {
        self.bound.push((name.to_owned(), value));
    }

    /// The relations of a name, from within.
    pub fn named(&self, alias: &str) -> impl Iterator<Item = &Relation> {
        self.chain().flat_map(move |scope| scope.relations.iter().filter(move |one| one.alias == alias))
    }
}
