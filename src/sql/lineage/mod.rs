//! Column lineage: for each column that a query gives, the columns of tables that it comes from, and how.
//!
//! A pass over the resolved tree that changes nothing and reports nothing. Structs are followed field by field;
//! an array counts as its elements. Wide tables are never expanded: a copied row is one path.

mod call;
mod expression;
mod form;
mod from;
mod query;
mod scope;
mod source;
#[cfg(test)]
mod tests;
mod value;

pub use self::source::{How, Path, Source};

use foldhash::{HashMap, HashMapExt};
use std::sync::Arc;

use self::scope::Table;
use self::value::Value;
use super::tree::Span;
use super::{Analysis, stack};

/// Where the columns of a query come from.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// One for each column of the result, in order.
    pub columns: Vec<ColumnLineage>,
    /// What decides which rows there are, and so influences every column: filters, joins, groups.
    pub rows: Arc<[Source]>,
}

/// Where one column comes from.
#[derive(Clone, Debug, Default)]
pub struct ColumnLineage {
    /// One for each place, in the order of table uses and paths. What all columns share stands in [`Lineage::rows`].
    pub sources: Arc<[Source]>,
    value: Value,
}

impl ColumnLineage {
    /// The lineage of a field of the column.
    pub fn field(&self, name: &str) -> ColumnLineage {
        Self::new(self.value.field(name))
    }

    /// The fields that the query put together itself, each with sources of its own.
    pub fn built_fields(&self) -> Vec<Arc<str>> {
        self.value.field_names()
    }

    fn new(value: Value) -> Self {
        Self { sources: value.sources(), value }
    }
}

/// Follows every column of a query to its sources. Where the query nests too deep for any thread, nothing is known.
pub fn lineage(analysis: &Analysis) -> Lineage {
    let table = stack::roomy(analysis.query.depth, || Tracer::new(analysis).query(&analysis.query, None));
    let Table { columns, rows, .. } = table.unwrap_or_default();
    Lineage { columns: columns.iter().map(|(_, value)| ColumnLineage::new(value.clone())).collect(), rows }
}

/// Follows values through a query.
struct Tracer<'a> {
    analysis: &'a Analysis,
    /// The uses of tables by where they stand.
    places: HashMap<(u32, u32, &'a str), usize>,
    /// The common tables in scope, by name in lower case.
    common: Vec<(String, Table)>,
    /// Counts the bodies of functions that were followed.
    bodies: usize,
}

impl<'a> Tracer<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let mut places = HashMap::new();
        for (index, one) in analysis.uses.iter().enumerate() {
            places.entry((one.span.line, one.span.column, one.name.as_str())).or_insert(index);
        }
        Self { analysis, places, common: Vec::new(), bodies: 0 }
    }

    fn table_use(&self, name: &str, span: Span) -> Option<usize> {
        self.places.get(&(span.line, span.column, name)).copied()
    }

    /// Whether two uses of tables are one: a part of a query that stands for an alias is resolved twice.
    fn is_same_place(&self, one: usize, two: usize) -> bool {
        let place =
            |table_use: usize| self.analysis.uses.get(table_use).map(|found| (found.span, &found.name));
        one == two || place(one).is_some_and(|place_of_one| place(two) == Some(place_of_one))
    }
}
