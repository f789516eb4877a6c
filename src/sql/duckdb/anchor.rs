//! Aggregates of nothing but columns of a query around theirs: DuckDB, as the standard says, takes such for aggregates of that
//! query, and GoogleSQL of the one in which they are written. Naming a relation of that one keeps them there.

use super::{Printer, identifier};
use crate::sql::tree::{Call, Expression, FromItem, Kind, Relation, RelationKind};

impl Printer {
    /// What an aggregate looks at, with the row of a relation beside it where it would not stay in its query otherwise.
    pub(super) fn anchored(&self, call: &Call, value: String) -> String {
        let Some(own) = self.relations.last() else { return value };
        let around = |part: &Expression| self.is_around(part);
        let here = |part: &Expression| is_column(part) && !self.is_around(part);
        let (Some(first), Some(row)) = (call.arguments.first(), own.first()) else { return value };
        if call.over.is_some() || !first.any(&around) || first.any(&here) {
            return value;
        }
        format!("struct_extract(struct_pack(held := {value}, own := {}), 'held')", identifier(row))
    }

    /// Whether a part of an expression is a column of a query around the one at hand.
    pub(super) fn is_around(&self, part: &Expression) -> bool {
        let relation = match &part.kind {
            Kind::Column { relation: Some(relation), .. } | Kind::Row { relation } => relation,
            _ => return false,
        };
        let is_it = |own: &String| own.eq_ignore_ascii_case(relation);
        self.relations.last().is_some_and(|own| !own.iter().any(is_it))
    }
}

fn is_column(part: &Expression) -> bool {
    matches!(part.kind, Kind::Column { .. } | Kind::Row { .. })
}

/// The names of the relations of a FROM clause.
pub(super) fn relations(items: &[FromItem]) -> Vec<String> {
    let mut names = Vec::new();
    items.iter().for_each(|item| named(item, &mut names));
    names
}

fn named(item: &FromItem, names: &mut Vec<String>) {
    let joined = item.joins.iter().map(|join| &join.relation);
    std::iter::once(&item.relation).chain(joined).for_each(|relation| name_of(relation, names));
}

pub(super) fn name_of(relation: &Relation, names: &mut Vec<String>) {
    names.extend(relation.alias.as_ref().map(|alias| alias.text.clone()));
    match &relation.kind {
        RelationKind::Nested(item) => named(item, names),
        RelationKind::Sample { input, .. } => name_of(input, names),
        _ => {}
    }
}
