//! What the resolver asks about tables.

use std::sync::Arc;

use super::tree::Expression;
use super::{Routine, TableRoutine};
use crate::schema::{Field, Type};

/// A table, source or view that queries may read.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub columns: Arc<[Field]>,
    /// The columns are not known yet: any name is one, of a type that mixes with everything. Only a
    /// dataset that reads itself is open, while its own columns are being inferred.
    pub open: bool,
}

/// The tables that are known, by dotted name.
pub trait Catalogue: Sync {
    fn table(&self, name: &str) -> Option<Table>;

    /// All names, for "did you mean".
    fn names(&self) -> Vec<String>;

    /// The typed value of a parameter that the query's dataset declares.
    fn parameter(&self, _name: &str) -> Option<Expression> {
        None
    }

    /// The names of all such parameters, for "did you mean".
    fn parameter_names(&self) -> Vec<String> {
        Vec::new()
    }

    /// The moment at which the clock stands still; without it, each run reads the clock.
    fn now(&self) -> Option<jiff::Timestamp> {
        None
    }

    /// The number and the type of a parameter whose value is bound when the query runs. Numbers begin with 1.
    fn bound(&self, _name: &str) -> Option<(usize, Type)> {
        None
    }

    /// The type of such a parameter that has no name, by its number.
    fn bound_at(&self, _number: usize) -> Option<Type> {
        None
    }

    /// A function that the project defines, by its dotted name in lower case.
    fn routine(&self, _name: &str) -> Option<Arc<Routine>> {
        None
    }

    /// A function that gives a table, likewise.
    fn table_routine(&self, _name: &str) -> Option<Arc<TableRoutine>> {
        None
    }

    /// The names of all such functions, for "did you mean".
    fn routine_names(&self) -> Vec<String> {
        Vec::new()
    }
}
