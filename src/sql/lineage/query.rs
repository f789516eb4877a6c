//! Queries: common tables, set operations, SELECT. Values flow into columns; whatever decides which rows there are
//! is kept apart, once for all columns.

use std::sync::Arc;

use super::Tracer;
use super::scope::{Scope, Table};
use super::source::{Source, Sources, Through};
use super::value::{Fields, Value};
use crate::sql::functions::{self, Role};
use crate::sql::resolve;
use crate::sql::tree::{
    Body, CommonTable, Expression, GroupBy, Kind, Order, Query, Select, SetOperator, Shape,
};

/// So often recursive common tables are followed around: types bound how long a way can be.
const MOST_ROUNDS: usize = 50;

impl Tracer<'_> {
    pub(super) fn query(&mut self, query: &Query, outer: Option<&Scope>) -> Table {
        let before = self.common.len();
        for table in &query.with {
            let found = match query.recursive && resolve::names_itself(table) {
                true => self.recursive(table, outer),
                false => self.query(&table.query, outer),
            };
            self.common.push((table.name.text.to_lowercase(), found));
        }
        let mut table = self.body(&query.body, outer, &query.order_by);
        if query.limit.is_some() || query.offset.is_some() {
            let mut rows = Sources::default();
            rows.extend(table.rows.iter().chain(table.order.iter()), Through::ROWS);
            let scope = Scope::inside(outer);
            for bound in query.limit.iter().chain(&query.offset) {
                self.flow(bound, &scope, Through::ROWS, &mut rows);
            }
            table.rows = rows.finish();
            table.order = Arc::default();
        }
        self.common.truncate(before);
        table
    }

    /// A common table that names itself: each round knows what the one before found, until nothing is new.
    fn recursive(&mut self, table: &CommonTable, outer: Option<&Scope>) -> Table {
        let mut found = Table::default();
        for _ in 0..MOST_ROUNDS {
            self.common.push((table.name.text.to_lowercase(), found.clone()));
            let next = self.query(&table.query, outer);
            self.common.pop();
            if next.is_same(&found) {
                break;
            }
            found = next;
        }
        found
    }

    fn body(&mut self, body: &Body, outer: Option<&Scope>, order_by: &[Order]) -> Table {
        let mut table = match body {
            Body::Select(select) => return self.select(select, outer, order_by),
            Body::Query(query) => self.query(query, outer),
            Body::Set { operator, all, left, right, .. } => {
                let left = self.body(left, outer, &[]);
                let right = self.body(right, outer, &[]);
                set_operation(*operator, *all, &left, &right)
            }
        };
        if !order_by.is_empty() {
            let mut order = Sources::default();
            let named = table.columns.iter().map(|(name, value)| (name.to_string(), value.clone()));
            let scope = Scope { bound: named.collect(), ..Scope::inside(outer) };
            self.order(order_by, &table.columns, &scope, &mut order);
            table.order = order.finish();
        }
        table
    }

    /// Names in ORDER BY mean the columns first, then the tables.
    fn order(&mut self, order_by: &[Order], columns: &Fields, scope: &Scope, into: &mut Sources) {
        for Order { expression, .. } in order_by {
            let column = match &expression.kind {
                Kind::Integer(position) => nth(columns, *position),
                Kind::Column { relation: None, name, .. } => columns.get(name),
                _ => None,
            };
            match column {
                Some(value) => value.flow(Through::ROWS, into),
                None => self.flow(expression, scope, Through::ROWS, into),
            }
        }
    }

    fn select(&mut self, select: &Select, outer: Option<&Scope>, order_by: &[Order]) -> Table {
        let mut scope = Scope { windows: &select.windows, ..Scope::inside(outer) };
        for item in &select.from {
            self.joined(item, &mut scope);
        }
        let mut rows = std::mem::take(&mut scope.rows);
        if let Some(filter) = &select.filter {
            self.flow(filter, &scope, Through::ROWS, &mut rows);
        }
        let mut columns = Vec::with_capacity(select.outputs.len());
        for output in &select.outputs {
            columns.push((Arc::from(output.name.as_str()), self.value(&output.expression, &scope)));
        }
        let mut columns = Fields::new(columns);
        select.group_by.expressions(&mut |key| match &key.kind {
            Kind::Integer(position) => {
                nth(&columns, *position).iter().for_each(|key| key.flow(Through::ROWS, &mut rows));
            }
            _ => self.flow(key, &scope, Through::ROWS, &mut rows),
        });
        for condition in select.having.iter().chain(&select.qualify) {
            self.flow(condition, &scope, Through::ROWS, &mut rows);
        }
        if select.distinct {
            rows.extend(columns.all().iter(), Through::ROWS);
        }
        let mut order = Sources::default();
        self.order(order_by, &columns, &scope, &mut order);
        let mut rows = rows.finish();
        if is_one_row(select) {
            // There is this row whatever was read; its values depend on what was.
            columns = influenced(&columns, &rows);
            rows = Arc::default();
        }
        if select.shape == Shape::Struct {
            columns = Fields::new(vec![(Arc::from(resolve::VALUE), Value::structure(columns))]);
        }
        Table { columns, rows, order: order.finish() }
    }
}

/// A column by its place, counted from 1.
fn nth(columns: &Fields, position: i64) -> Option<&Value> {
    columns.at(usize::try_from(position.checked_sub(1)?).ok()?)
}

/// Columns of two sides meet by their places; resolving saw to those that meet by name.
fn set_operation(operator: SetOperator, all: bool, left: &Table, right: &Table) -> Table {
    let columns = match operator {
        SetOperator::Union => {
            let pairs = left.columns.iter().zip(right.columns.iter());
            let either = pairs
                .map(|((name, one), (_, two))| (Arc::clone(name), Value::either([one.clone(), two.clone()])));
            Fields::new(either.collect())
        }
        // The rows that stay are those of the left side.
        SetOperator::Intersect | SetOperator::Except => Arc::clone(&left.columns),
    };
    let mut rows = Sources::default();
    rows.extend(left.rows.iter().chain(right.rows.iter()), Through::ROWS);
    if !all || operator != SetOperator::Union {
        // Rows are compared by all of their columns.
        rows.extend(left.columns.all().iter().chain(right.columns.all().iter()), Through::ROWS);
    }
    Table { columns, rows: rows.finish(), order: Arc::default() }
}

/// Whether the query gives one row, however many it reads: it aggregates without groups.
fn is_one_row(select: &Select) -> bool {
    let is_aggregate = |part: &Expression| match &part.kind {
        Kind::Call(call) => {
            call.over.is_none()
                && functions::find(&call.name).is_some_and(|function| function.role == Role::Aggregate)
        }
        _ => false,
    };
    matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && select.qualify.is_none()
        && select.outputs.iter().any(|output| output.expression.any(&is_aggregate))
}

/// Columns that what decides about rows goes into.
fn influenced(columns: &Arc<Fields>, rows: &Arc<[Source]>) -> Arc<Fields> {
    if rows.is_empty() {
        return Arc::clone(columns);
    }
    let add = |(name, value): &(Arc<str>, Value)| {
        let mut more = Sources::default();
        more.extend(rows.iter(), Through::ROWS);
        (Arc::clone(name), value.clone().and(more))
    };
    Fields::new(columns.iter().map(add).collect())
}
