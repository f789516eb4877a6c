//! FROM clauses: which columns of relations are never NULL, what joins take from that, and what conditions add to it.

use std::ops::Range;
use std::sync::Arc;

use super::expression::{is_built_in, strict};
use super::{Prover, Relation, Scope, Sure, sure};
use crate::sql::tree::{
    self, Binary, Constraint, Expression, FromItem, InSet, IsTest, JoinKind, Kind, RelationKind,
};

impl Prover<'_> {
    pub(super) fn joined(&mut self, item: &FromItem, scope: &mut Scope) {
        let first = scope.relations.len();
        let merged = scope.bound.len();
        self.relation(&item.relation, scope);
        for join in &item.joins {
            let joined = scope.relations.len();
            let merged_right = scope.bound.len();
            self.relation(&join.relation, scope);
            let mut columns = Vec::new();
            if let Constraint::Using { names, sides } = &join.constraint {
                for (name, (left, right)) in names.iter().zip(sides) {
                    let never_null = match join.kind {
                        // NULL equals nothing.
                        JoinKind::Inner => true,
                        JoinKind::Left | JoinKind::Cross => self.value(left, scope),
                        JoinKind::Right => self.value(right, scope),
                        JoinKind::Full => self.value(left, scope) && self.value(right, scope),
                    };
                    columns.push((name.text.clone(), never_null));
                }
            }
            if matches!(join.kind, JoinKind::Right | JoinKind::Full) {
                forget(scope, first..joined, merged..merged_right);
            }
            if matches!(join.kind, JoinKind::Left | JoinKind::Full) {
                let last = scope.relations.len();
                forget(scope, joined..last, merged_right..scope.bound.len());
            }
            scope.bound.extend(columns);
            if let (JoinKind::Inner | JoinKind::Cross, Constraint::On(condition)) =
                (join.kind, &join.constraint)
            {
                self.hold(condition, scope);
            }
        }
    }

    fn relation(&mut self, relation: &tree::Relation, scope: &mut Scope) {
        let alias = relation.alias.as_ref().map_or(String::new(), |alias| alias.text.clone());
        let sure = match &relation.kind {
            RelationKind::Table { path, common, .. } => {
                let name = path.last().filter(|_| *common).map(|name| name.text.to_lowercase());
                match name {
                    Some(name) => {
                        let known = self.common.iter().rev().find(|(known, _)| *known == name);
                        known.map_or_else(Sure::default, |(_, sure)| Arc::clone(sure))
                    }
                    None => self.table(relation),
                }
            }
            RelationKind::Subquery(query) => sure(&self.query(query, scope.outer)),
            RelationKind::Unnest { array, offset } => {
                let element = (alias.clone(), self.element(array, scope));
                let offset = offset.iter().map(|name| (name.text.clone(), true));
                sure(&std::iter::once(element).chain(offset).collect())
            }
            RelationKind::Nested(item) => return self.joined(item, scope),
            RelationKind::Sample { input, .. } => {
                let at = scope.relations.len();
                self.relation(input, scope);
                if let Some(sampled) = scope.relations.get_mut(at).filter(|_| !alias.is_empty()) {
                    sampled.alias = alias;
                }
                return;
            }
            RelationKind::Call { .. } | RelationKind::Pivot { .. } | RelationKind::Unpivot { .. } => {
                Sure::default()
            }
        };
        scope.relations.push(Relation { alias, sure });
    }

    /// The columns that a table's schema requires.
    fn table(&self, relation: &tree::Relation) -> Sure {
        let place = (relation.span.line, relation.span.column);
        let Some(table_use) = self.places.get(&place) else { return Sure::default() };
        let fields = self.analysis.uses[*table_use].columns.iter().filter(|field| field.required);
        Arc::new(fields.map(|field| field.name.to_lowercase()).collect())
    }

    /// Whether no element of an array is NULL.
    fn element(&mut self, array: &Expression, scope: &Scope) -> bool {
        match &array.kind {
            Kind::Array(items) => self.all(items, scope),
            Kind::Call(call) if is_built_in(call) => {
                matches!(
                    call.name.as_str(),
                    "GENERATE_ARRAY" | "GENERATE_DATE_ARRAY" | "GENERATE_TIMESTAMP_ARRAY" | "SPLIT"
                )
            }
            _ => false,
        }
    }

    /// Notes the columns that cannot be NULL where a condition is true.
    pub(super) fn hold(&mut self, condition: &Expression, scope: &mut Scope) {
        match &condition.kind {
            Kind::Binary { operator: Binary::And, left, right } => {
                self.hold(left, scope);
                self.hold(right, scope);
            }
            Kind::Binary { operator, left, right } if operator.is_comparison() => {
                hold_value(left, scope);
                hold_value(right, scope);
            }
            Kind::Is { operand, test: IsTest::Null, negated: true } => hold_value(operand, scope),
            Kind::Is { operand, test: IsTest::True, negated: false } => self.hold(operand, scope),
            Kind::Between { operand, low, high, negated: false } => {
                [operand, low, high].into_iter().for_each(|value| hold_value(value, scope));
            }
            Kind::In { operand, set: InSet::List(_) | InSet::Query(_), negated: false }
            | Kind::Like { operand, negated: false, .. } => hold_value(operand, scope),
            _ => hold_value(condition, scope),
        }
    }
}

/// Notes the columns that cannot be NULL where a value is not.
fn hold_value(value: &Expression, scope: &mut Scope) {
    match &value.kind {
        Kind::Column { relation: Some(relation), name, .. } => {
            let is_named = |one: &Relation| one.alias.eq_ignore_ascii_case(relation);
            let mut found = (0..scope.relations.len()).filter(|at| is_named(&scope.relations[*at]));
            if let (Some(at), None) = (found.next(), found.next()) {
                scope.held.insert((at, name.to_lowercase()));
            }
        }
        Kind::Cast { operand, .. } => hold_value(operand, scope),
        _ => strict(value).into_iter().flatten().for_each(|part| hold_value(part, scope)),
    }
}

/// The rows of an outer join may lack these relations.
fn forget(scope: &mut Scope, relations: Range<usize>, bound: Range<usize>) {
    scope.held.retain(|(at, _)| !relations.contains(at));
    scope.relations[relations].iter_mut().for_each(|relation| relation.sure = Sure::default());
    scope.bound[bound].iter_mut().for_each(|(_, never_null)| *never_null = false);
}
