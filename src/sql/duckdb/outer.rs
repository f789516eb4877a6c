//! FULL JOIN in a query of the rows around it, which DuckDB does not run: two left joins, one for the rows of the left
//! side, one for those of the right side that meet none. It must never write a join that DuckDB runs as it stands.

use std::collections::HashSet;

use super::Printer;
use crate::sql::functions::{self, Determinism};
use crate::sql::tree::{
    Body, CommonTable, Expression, FromItem, JoinKind, Kind, Query, Relation, RelationKind,
};
use crate::sql::visit::{Part, visit};

/// The rows of a FROM item so far, and where one of the forms below made more of them, which ones are meant.
pub(super) struct Rows {
    pub sql: String,
    pub meant: Option<String>,
}

impl Rows {
    /// What two rows join by, of those that are meant.
    pub(super) fn condition(&self, condition: String) -> String {
        match &self.meant {
            Some(meant) => format!("{meant} AND ({condition})"),
            None => condition,
        }
    }
}

impl Printer {
    /// Writes a query that is a value: in one that names what stands around it, FULL JOIN takes another form.
    pub(super) fn as_value<T>(&mut self, query: &Query, write: impl FnOnce(&mut Self) -> T) -> T {
        let names_outer = (joins_fully(query) || !query.with.is_empty()) && names_outer(query);
        let outer = std::mem::replace(&mut self.names_outer, names_outer && joins_fully(query));
        // DuckDB loses the way from a common table to what its query stands in.
        self.writes_out = names_outer && query.with.iter().all(|table| may_be_written_out(query, table));
        let written = write(self);
        self.names_outer = outer;
        written
    }

    /// `left FULL JOIN right ON condition`. Each side is there twice: DuckDB has no way to say which rows met one.
    pub(super) fn full_join(&mut self, left: Rows, right: &str, alias: &str, condition: &str) -> Rows {
        self.full_joins += 1;
        let (side, there) =
            (format!("\"side:{}\"", self.full_joins), format!("\"left:{}\"", self.full_joins));
        let found = match &left.meant {
            Some(meant) => format!("({there}.\"is:\" AND {meant})"),
            None => format!("{there}.\"is:\""),
        };
        let rows = format!("({} CROSS JOIN (SELECT TRUE AS \"is:\") AS {there})", left.sql);
        let condition = left.condition(condition.to_owned());
        let sql = format!(
            "(SELECT unnest([TRUE, FALSE]) AS \"is:\") AS {side} LEFT JOIN {rows} ON {side}.\"is:\" \
             LEFT JOIN (SELECT {alias}.*, TRUE AS \"is:\", TRUE AS \"all:\" FROM {right} \
             UNION ALL SELECT {alias}.*, TRUE, FALSE FROM {right} LEFT JOIN {rows} ON {condition} WHERE {found} IS NOT TRUE) AS {alias} \
             ON CASE WHEN {side}.\"is:\" THEN {found} AND {alias}.\"all:\" AND ({condition}) ELSE NOT {alias}.\"all:\" END"
        );
        Rows { sql, meant: Some(format!("({found} OR {alias}.\"is:\") IS TRUE")) }
    }
}

/// Whether a common table means the same in each place that names it: none of its columns is hidden there.
fn may_be_written_out(query: &Query, table: &CommonTable) -> bool {
    let mut own = HashSet::new();
    visit(query, &mut |part, _| {
        if let Part::Relation(relation) = part {
            own.extend(relation.alias.as_ref().map(|alias| alias.text.to_lowercase()));
        }
    });
    outer_names(&table.query).is_disjoint(&own) && !is_volatile(&table.query)
}

/// Whether a query gives other rows each time.
fn is_volatile(query: &Query) -> bool {
    let mut found = false;
    visit(query, &mut |part, _| {
        if let Part::Expression(Expression { kind: Kind::Call(call), .. }) = part {
            let known = functions::find(&call.name);
            found |= known.is_some_and(|function| function.determinism == Determinism::Volatile);
        }
    });
    found
}

/// Whether the rows of a query come of a FULL JOIN.
fn joins_fully(query: &Query) -> bool {
    query.with.iter().any(|table| joins_fully(&table.query)) || body_joins_fully(&query.body)
}

fn body_joins_fully(body: &Body) -> bool {
    match body {
        Body::Select(select) => select.from.iter().any(item_joins_fully),
        Body::Query(query) => joins_fully(query),
        Body::Set { left, right, .. } => body_joins_fully(left) || body_joins_fully(right),
    }
}

fn item_joins_fully(item: &FromItem) -> bool {
    relation_joins_fully(&item.relation)
        || item.joins.iter().any(|join| join.kind == JoinKind::Full || relation_joins_fully(&join.relation))
}

fn relation_joins_fully(relation: &Relation) -> bool {
    match &relation.kind {
        RelationKind::Subquery(query) => joins_fully(query),
        RelationKind::Nested(item) => item_joins_fully(item),
        RelationKind::Pivot { input, .. }
        | RelationKind::Unpivot { input, .. }
        | RelationKind::Sample { input, .. } => relation_joins_fully(input),
        RelationKind::Table { .. } | RelationKind::Unnest { .. } | RelationKind::Call { .. } => false,
    }
}

/// Whether a query names a column of what stands around it.
fn names_outer(query: &Query) -> bool {
    !outer_names(query).is_empty()
}

/// The relations around a query that it names.
fn outer_names(query: &Query) -> HashSet<String> {
    let (mut own, mut named) = (HashSet::new(), HashSet::new());
    visit(query, &mut |part, _| match part {
        Part::Relation(relation) => {
            own.extend(relation.alias.as_ref().map(|alias| alias.text.to_lowercase()))
        }
        Part::Expression(expression) => match &expression.kind {
            Kind::Column { relation: Some(relation), .. } | Kind::Row { relation } => {
                named.insert(relation.to_lowercase());
            }
            Kind::Inlined(call) => own.extend([call.function.to_lowercase()]),
            _ => {}
        },
        _ => {}
    });
    named.difference(&own).cloned().collect()
}
