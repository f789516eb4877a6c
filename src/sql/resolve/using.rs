//! USING: what a join makes of two columns of the same name. It must never take one of several for the one that is meant.

use std::ops::Range;

use super::scope::{Merged, Scope};
use super::{Resolver, output_reference};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::functions::{has_equality, supertype};
use crate::sql::tree::{Expression, JoinKind, Kind, Name, Origin};

/// A column on one side of a join.
struct Side {
    value: Expression,
    origins: Vec<Origin>,
    /// The places of the relations that it is a column of.
    relations: Vec<usize>,
}

impl Resolver<'_> {
    /// The columns of either side that USING merges: the relations from `first` on are joined with those from `joined` on.
    pub(super) fn using(
        &mut self,
        names: &[Name],
        kind: JoinKind,
        first: usize,
        joined: usize,
        scope: &mut Scope,
    ) -> Vec<(Expression, Expression)> {
        let mut sides = Vec::new();
        for name in names {
            let left = self.using_side(name, first..joined, "left", scope);
            let right = self.using_side(name, joined..scope.relations.len(), "right", scope);
            let (Some(left), Some(right)) = (left, right) else { continue };
            let (Some(left), Some(right)) = (left, right) else {
                let message = format!("`{}` is not a column of both sides of the join", name.text);
                self.problem(Code::UnknownColumn, name.span, message);
                continue;
            };
            sides.push((left.value.clone(), right.value.clone()));
            self.merge(name, kind, first, left, right, scope);
        }
        // A star shows what the last USING merged first.
        let place =
            |merged: &Merged| names.iter().position(|name| name.text.eq_ignore_ascii_case(&merged.name));
        scope.merged.sort_by_key(|merged| place(merged).unwrap_or(names.len()));
        sides
    }

    /// The one column of the name among some relations: `None` where several have it, which is a mistake, and
    /// `Some(None)` where none has.
    fn using_side(
        &mut self,
        name: &Name,
        places: Range<usize>,
        side: &str,
        scope: &Scope,
    ) -> Option<Option<Side>> {
        let mut found: Vec<Side> = scope.merged_within(&name.text, places.clone()).map(Side::of).collect();
        let is_merged = |place: &usize| found.iter().any(|side| side.relations.contains(place));
        let own = places.clone().filter(|place| !is_merged(place) && scope.relations[*place].has(&name.text));
        let own: Vec<usize> = own.collect();
        let column = |place: usize| {
            let value = scope.relations[place].column(&name.text, name.span)?;
            Some(Side { origins: origins(&value).to_vec(), value, relations: vec![place] })
        };
        found.extend(own.into_iter().filter_map(column));
        let is_twice = |place: usize| scope.relations[place].count(&name.text) > 1;
        if found.len() > 1 || places.clone().any(is_twice) {
            let message = format!("several tables on the {side} of the join have a column `{}`", name.text);
            let problem = Problem::new(Code::AmbiguousName, name.span, message);
            self.problems.push(problem.hint("say which one is meant with ON in place of USING"));
            return None;
        }
        let open = || places.clone().find(|place| scope.relations[*place].is_open()).and_then(column);
        Some(found.pop().or_else(open))
    }

    /// Puts one column in the place of two.
    fn merge(
        &mut self,
        name: &Name,
        kind: JoinKind,
        first: usize,
        left: Side,
        right: Side,
        scope: &mut Scope,
    ) {
        let Some(both) = supertype(&left.value.ty, &right.value.ty).filter(has_equality) else {
            let (left, right) = (left.value.ty, right.value.ty);
            let message = format!("USING(`{}`) joins {left} with {right}", name.text);
            return self.problem(Code::TypeMismatch, name.span, message);
        };
        let relations: Vec<usize> = left.relations.iter().chain(&right.relations).copied().collect();
        let is_one = |merged: &Merged| merged.name.eq_ignore_ascii_case(&name.text);
        let is_part = |merged: &Merged| merged.relations.iter().any(|place| relations.contains(place));
        scope.merged.retain(|merged| !(is_one(merged) && is_part(merged)));
        let value = match kind {
            JoinKind::Inner | JoinKind::Cross | JoinKind::Left => known(left.value, &both),
            JoinKind::Right => known(right.value, &both),
            JoinKind::Full => output_reference(&Field::new(name.text.clone(), both), name.span),
        };
        let has_computed = scope.merged.iter().any(|other| is_one(other) && is_computed(&other.value));
        let is_beside = scope.merged.iter().any(is_one);
        if has_computed || is_beside && is_computed(&value) {
            let message = format!("DuckDB cannot tell `{}` of two joins with USING apart", name.text);
            let problem = Problem::new(Code::NotOnDuckDb, name.span, message);
            self.refused.push(problem.hint("put one of the joins into a query within this one"));
        }
        // Rows of both sides meet by it, and one that meets none has its own: a condition on it holds for both.
        let origins = left.origins.into_iter().chain(right.origins).collect();
        scope.merged.push(Merged { name: name.text.clone(), value, origins, relations, first });
    }
}

impl Side {
    fn of(merged: &Merged) -> Self {
        Self {
            value: merged.value.clone(),
            origins: merged.origins.clone(),
            relations: merged.relations.clone(),
        }
    }
}

/// Whether a column is made of both sides of a FULL JOIN.
fn is_computed(value: &Expression) -> bool {
    matches!(value.kind, Kind::Column { relation: None, .. })
}

/// A column whose type only the other side tells.
fn known(value: Expression, both: &Type) -> Expression {
    match value.ty {
        Type::Null | Type::Unknown => Expression { ty: both.clone(), ..value },
        _ => value,
    }
}

/// The columns of tables that a value copies.
fn origins(value: &Expression) -> &[Origin] {
    match &value.kind {
        Kind::Column { origins, .. } => origins,
        _ => &[],
    }
}
