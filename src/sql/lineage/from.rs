//! FROM clauses: what relations offer, and what joins, arrays and table operators say about their rows.

use std::sync::Arc;

use super::Tracer;
use super::scope::{Columns, Relation, Scope};
use super::source::{Sources, Through};
use super::value::{Fields, Value};
use crate::sql::resolve;
use crate::sql::tree::{
    self, Constraint, Expression, FromItem, JoinKind, Kind, Name, Pivot, RelationKind, Span, TableArgument,
    Unpivot,
};

impl Tracer<'_> {
    pub(super) fn joined(&mut self, item: &FromItem, scope: &mut Scope) {
        let first = scope.relations.len();
        self.relation(&item.relation, scope);
        for join in &item.joins {
            let joined = scope.relations.len();
            self.relation(&join.relation, scope);
            match &join.constraint {
                Constraint::None => {}
                Constraint::On(condition) => {
                    let mut rows = std::mem::take(&mut scope.rows);
                    self.flow(condition, scope, Through::ROWS, &mut rows);
                    scope.rows = rows;
                }
                Constraint::Using { names, .. } => {
                    names.iter().for_each(|name| using(name, join.kind, first..joined, scope));
                }
            }
        }
    }

    fn relation(&mut self, relation: &tree::Relation, scope: &mut Scope) {
        let alias = relation.alias.as_ref().map_or(String::new(), |alias| alias.text.clone());
        let columns = match &relation.kind {
            RelationKind::Table { path, common, as_of } => {
                if let Some(moment) = as_of {
                    self.decide(moment, scope);
                }
                self.table(path, *common, relation.span, scope)
            }
            RelationKind::Subquery(query) => {
                let table = self.query(query, scope.outer);
                scope.rows.extend(table.rows.iter(), Through::NOTHING);
                Columns::Given(table.columns)
            }
            RelationKind::Unnest { array, offset } => {
                let element = self.value(array, scope);
                if !matches!(array.kind, Kind::Array(_)) {
                    // As many rows as it has elements.
                    element.flow(Through::ROWS, &mut scope.rows);
                }
                let counted = offset.as_ref().map(|name| (&name.text, element.through(Through::COMPUTED)));
                let columns = std::iter::once((&alias, element)).chain(counted);
                let columns = columns.map(|(name, value)| (Arc::from(name.as_str()), value)).collect();
                Columns::Given(Fields::new(columns))
            }
            RelationKind::Nested(item) => return self.joined(item, scope),
            RelationKind::Call { arguments, .. } => Columns::Opaque(self.table_call(arguments, scope)),
            RelationKind::Pivot { input, pivot } => {
                let input = self.input(input, scope);
                self.pivot(input, pivot, scope)
            }
            RelationKind::Unpivot { input, unpivot } => {
                let input = self.input(input, scope);
                unpivoted(&input, unpivot, scope)
            }
            RelationKind::Sample { input, amount, .. } => {
                self.decide(amount, scope);
                let input = self.input(input, scope);
                let alias = if alias.is_empty() { input.alias } else { alias };
                return scope.relations.push(Relation { alias, columns: input.columns });
            }
        };
        scope.relations.push(Relation { alias, columns });
    }

    fn decide(&mut self, expression: &Expression, scope: &mut Scope) {
        let mut rows = std::mem::take(&mut scope.rows);
        self.flow(expression, scope, Through::ROWS, &mut rows);
        scope.rows = rows;
    }

    fn table(&mut self, path: &[Name], common: bool, span: Span, scope: &mut Scope) -> Columns {
        let name = path.last().filter(|_| common).map(|name| name.text.to_lowercase());
        let named = |name: String| self.common.iter().rev().find(|(known, _)| *known == name);
        match name.and_then(named) {
            Some((_, table)) => {
                scope.rows.extend(table.rows.iter(), Through::NOTHING);
                Columns::Given(Arc::clone(&table.columns))
            }
            None => match self
                .table_use(&path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("."), span)
            {
                Some(table_use) => {
                    let fields = Arc::clone(&self.analysis.uses[table_use].columns);
                    Columns::Stored { table_use, fields }
                }
                None => Columns::Given(Arc::default()),
            },
        }
    }

    /// The relation that another one is made of.
    fn input(&mut self, relation: &tree::Relation, scope: &mut Scope) -> Relation {
        let mut inner = Scope::inside(scope.outer);
        self.relation(relation, &mut inner);
        scope.rows.extend(inner.rows.finish().iter(), Through::NOTHING);
        let nothing = || Relation { alias: String::new(), columns: Columns::Given(Arc::default()) };
        inner.relations.pop().unwrap_or_else(nothing)
    }

    /// What a table function gives is made of all of its arguments.
    fn table_call(&mut self, arguments: &[TableArgument], scope: &mut Scope) -> Value {
        let mut made_of = Sources::default();
        for argument in arguments {
            match argument {
                TableArgument::Value(value) => self.flow(value, scope, Through::COMPUTED, &mut made_of),
                TableArgument::Table(table) => {
                    self.input(table, scope).row().flow(Through::COMPUTED, &mut made_of);
                }
            }
        }
        let made_of = Value::of(made_of);
        made_of.flow(Through::ROWS, &mut scope.rows);
        made_of
    }

    /// Groups by the columns that PIVOT does not name, and has a column for each aggregate and value.
    fn pivot(&mut self, input: Relation, pivot: &Pivot, scope: &mut Scope) -> Columns {
        let mut inner = Scope::inside(scope.outer);
        inner.relations.push(input);
        let mut influences = Sources::default();
        self.flow(&pivot.input, &inner, Through::ROWS, &mut influences);
        let influences = influences.finish();
        let mut named = Vec::new();
        columns_in(&pivot.input, &mut named);
        let mut aggregates = Vec::new();
        for aggregate in &pivot.aggregates {
            columns_in(&aggregate.expression, &mut named);
            let mut more = Sources::default();
            more.extend(influences.iter(), Through::ROWS);
            let value = self.value(&aggregate.expression, &inner).and(more);
            aggregates.push((aggregate, value));
        }
        let Some(input) = inner.relations.pop() else { return Columns::Given(Arc::default()) };
        let groups = input.without(&named);
        groups.all().iter().for_each(|source| scope.rows.push(source.through(Through::ROWS)));
        let columns = groups.iter().cloned().collect();
        let cells = pivot.columns.iter().flat_map(|column| {
            aggregates.iter().filter_map(|(aggregate, value)| {
                let name = resolve::pivot_column_name(column, aggregate)?;
                Some((Arc::from(name), value.clone()))
            })
        });
        let otherwise = Value::either(aggregates.iter().map(|(_, value)| value.clone()));
        Columns::Partly(Fields::new([columns, cells.collect::<Vec<_>>()].concat()), otherwise)
    }
}

/// A row for each of the columns that UNPIVOT names, with the others beside it.
fn unpivoted(input: &Relation, unpivot: &Unpivot, scope: &mut Scope) -> Columns {
    let of_values = unpivot.columns.iter().flat_map(|column| &column.columns);
    let named: Vec<String> = of_values.map(|name| name.text.clone()).collect();
    let mut columns: Vec<(Arc<str>, Value)> = input.without(&named).iter().cloned().collect();
    for (index, name) in unpivot.values.iter().enumerate() {
        let stacked =
            unpivot.columns.iter().filter_map(|column| input.column(&column.columns.get(index)?.text));
        let value = Value::either(stacked);
        if !unpivot.include_nulls {
            value.flow(Through::ROWS, &mut scope.rows);
        }
        columns.push((Arc::from(name.text.as_str()), value));
    }
    columns.push((Arc::from(unpivot.name.text.as_str()), Value::default()));
    Columns::Given(Fields::new(columns))
}

/// The names of the columns in an expression.
fn columns_in(expression: &Expression, into: &mut Vec<String>) {
    match &expression.kind {
        Kind::Column { name, .. } => into.push(name.clone()),
        Kind::Path(path) => into.extend(path.last().map(|name| name.text.clone())),
        _ => expression.children(&mut |child| columns_in(child, into)),
    }
}

/// Merges a column of both sides of a join.
fn using(name: &Name, kind: JoinKind, left: std::ops::Range<usize>, scope: &mut Scope) {
    let name = name.text.as_str();
    let joined = left.end;
    let of = |relations: &[Relation]| {
        relations.iter().filter(|one| one.has(name)).find_map(|relation| relation.column(name))
    };
    let known = scope.bound.iter().position(|(bound, _)| bound.eq_ignore_ascii_case(name));
    let one = match known {
        Some(index) => scope.bound[index].1.clone(),
        None => of(&scope.relations[left]).unwrap_or_default(),
    };
    let two = of(&scope.relations[joined..]).unwrap_or_default();
    for side in [&one, &two] {
        side.flow(Through::ROWS, &mut scope.rows);
    }
    let value = match kind {
        JoinKind::Inner | JoinKind::Left | JoinKind::Cross => one,
        JoinKind::Right => two,
        JoinKind::Full => Value::either([one, two]).through(Through::PICKED),
    };
    match known {
        Some(index) => scope.bound[index].1 = value,
        None => scope.bound.push((name.to_owned(), value)),
    }
}
