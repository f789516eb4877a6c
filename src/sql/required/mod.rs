//! Which columns of a result are never NULL.
//!
//! A pass over the resolved tree that changes nothing and reports nothing. It says so only of what it can show:
//! for everything that it does not follow (fields, elements, PIVOT, recursion) the answer is that nobody knows.

mod expression;
mod from;
#[cfg(test)]
mod tests;

use foldhash::{HashMap, HashMapExt, HashSet};
use std::sync::Arc;

use super::tree::{Body, CommonTable, Expression, GroupBy, Query, Select, SetOperator, Shape};
use super::{Analysis, duckdb, resolve, stack};

/// One for each column of the result: true where no row has NULL there, false where that is not known.
pub fn required(analysis: &Analysis) -> Vec<bool> {
    let given = stack::roomy(analysis.query.depth, || Prover::new(analysis).query(&analysis.query, None));
    let given = given.unwrap_or_default();
    match given.len() == analysis.columns.len() {
        true => given.into_iter().map(|(_, never_null)| never_null).collect(),
        false => vec![false; analysis.columns.len()],
    }
}

/// The columns of a relation that are never NULL, in lower case. Shared, as one relation is read often.
type Sure = Arc<HashSet<String>>;

/// What a query gives: its columns in order, and whether each is never NULL.
type Given = Vec<(String, bool)>;

struct Prover<'a> {
    analysis: &'a Analysis,
    /// The uses of tables by where they stand.
    places: HashMap<(u32, u32), usize>,
    /// The common tables in scope, by name in lower case.
    common: Vec<(String, Sure)>,
    /// Counts the bodies of functions that were followed.
    bodies: usize,
}

/// The relations of one FROM clause, inside the scope of the query around it.
#[derive(Default)]
struct Scope<'a> {
    relations: Vec<Relation>,
    /// Names without a relation: columns that USING merged, what WITH binds.
    bound: Vec<(String, bool)>,
    /// Columns of these relations that a condition keeps from being NULL: the relation's place and the name.
    held: HashSet<(usize, String)>,
    /// Whether each group that the query makes has a row.
    groups: bool,
    outer: Option<&'a Scope<'a>>,
}

struct Relation {
    alias: String,
    sure: Sure,
}

impl<'a> Scope<'a> {
    fn inside(outer: Option<&'a Scope<'a>>) -> Self {
        Self { outer, ..Self::default() }
    }

    /// The one relation of a name, in the nearest scope that has any of it.
    fn named(&self, alias: &str) -> Option<(&Scope<'a>, usize)> {
        let is_named = |one: &Relation| one.alias.eq_ignore_ascii_case(alias);
        let mut scope = Some(self);
        while let Some(current) = scope {
            let mut found = (0..current.relations.len()).filter(|at| is_named(&current.relations[*at]));
            match (found.next(), found.next()) {
                (Some(at), None) => return Some((current, at)),
                (Some(_), Some(_)) => return None,
                _ => scope = current.outer,
            }
        }
        None
    }

    /// Whether a column of a relation is known never to be NULL here.
    fn column(&self, alias: &str, name: &str) -> bool {
        let name = duckdb::folded(name);
        self.named(alias).is_some_and(|(scope, at)| {
            let is_held = || !scope.held.is_empty() && scope.held.contains(&(at, name.to_string()));
            scope.relations[at].sure.contains(&*name) || is_held()
        })
    }

    fn bound(&self, name: &str) -> bool {
        let mut scope = Some(self);
        while let Some(current) = scope {
            let last = current.bound.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name));
            if let Some((_, never_null)) = last {
                return *never_null;
            }
            scope = current.outer;
        }
        false
    }
}

impl<'a> Prover<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let mut places = HashMap::new();
        for (index, one) in analysis.uses.iter().enumerate() {
            places.entry((one.span.line, one.span.column)).or_insert(index);
        }
        Self { analysis, places, common: Vec::new(), bodies: 0 }
    }

    fn query(&mut self, query: &Query, outer: Option<&Scope>) -> Given {
        let before = self.common.len();
        if query.recursive {
            // Those that come later are in scope too.
            let names = query.with.iter().map(|table| table.name.text.to_lowercase());
            self.common.extend(names.map(|name| (name, Sure::default())));
        }
        for table in &query.with {
            let given = self.common_table(table, query.recursive, outer);
            self.common.push((table.name.text.to_lowercase(), given));
        }
        let given = self.body(&query.body, outer);
        self.common.truncate(before);
        given
    }

    fn common_table(&mut self, table: &CommonTable, recursive: bool, outer: Option<&Scope>) -> Sure {
        match recursive && resolve::names_itself(table) {
            true => Sure::default(),
            false => sure(&self.query(&table.query, outer)),
        }
    }

    fn body(&mut self, body: &Body, outer: Option<&Scope>) -> Given {
        match body {
            Body::Select(select) => self.select(select, outer),
            Body::Query(query) => self.query(query, outer),
            // Columns meet by their places; resolving saw to those that meet by name.
            Body::Set { operator, left, right, .. } => {
                let left = self.body(left, outer);
                let right = self.body(right, outer);
                match operator {
                    SetOperator::Union => {
                        let both = left.into_iter().zip(right);
                        both.map(|((name, one), (_, two))| (name, one && two)).collect()
                    }
                    // The rows that stay are those of the left side.
                    SetOperator::Intersect | SetOperator::Except => left,
                }
            }
        }
    }

    fn select(&mut self, select: &Select, outer: Option<&Scope>) -> Given {
        let mut scope = Scope::inside(outer);
        for item in &select.from {
            self.joined(item, &mut scope);
        }
        if let Some(filter) = &select.filter {
            self.hold(filter, &mut scope);
        }
        scope.groups = matches!(&select.group_by, GroupBy::Expressions(keys) if !keys.is_empty());
        // A key is NULL in the rows of a grouping set that it is no part of.
        let has_sets = matches!(select.group_by, GroupBy::Sets(_));
        let mut given = Vec::with_capacity(select.outputs.len());
        for output in &select.outputs {
            let value = &output.expression;
            let never_null = if has_sets { expression::counts(value) } else { self.value(value, &scope) };
            given.push((output.name.clone(), never_null));
        }
        match select.shape {
            Shape::Struct => vec![(resolve::VALUE.to_owned(), true)],
            Shape::Columns | Shape::Value | Shape::Given => given,
        }
    }

    /// Whether a query as a value is never NULL: it gives exactly one row, and that is not NULL.
    fn scalar(&mut self, query: &Query, scope: &Scope) -> bool {
        let Body::Select(select) = &query.body else { return false };
        let is_one_row = matches!(select.group_by, GroupBy::None)
            && select.having.is_none()
            && select.qualify.is_none()
            && query.limit.is_none()
            && query.offset.is_none()
            && (select.outputs.iter().any(|output| output.expression.any(&resolve::is_aggregate))
                || select.from.is_empty() && select.filter.is_none());
        is_one_row && matches!(self.query(query, Some(scope))[..], [(_, true)])
    }

    fn all<'e>(&mut self, values: impl IntoIterator<Item = &'e Expression>, scope: &Scope) -> bool {
        values.into_iter().all(|value| self.value(value, scope))
    }
}

/// The columns that are never NULL, by the names that resolving gave them, which no two of them share.
fn sure(given: &Given) -> Sure {
    let names = duckdb::unique_names(given.iter().map(|(name, _)| name.as_str()));
    let never_null = given.iter().map(|(_, never_null)| *never_null);
    Arc::new(
        names
            .iter()
            .zip(never_null)
            .filter(|(_, one)| *one)
            .map(|(name, _)| duckdb::folded(name).into_owned())
            .collect(),
    )
}
