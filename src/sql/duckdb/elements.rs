//! Arrays of a row in FROM: their elements become columns of the relation that holds them. DuckDB joins an array that
//! stands by itself by way of a copy of all rows; beside the row it costs nothing but the elements. It must give each
//! row as many elements as the join would.

use super::{Printer, identifier, member};
use crate::schema::Type;
use crate::sql::tree::{Constraint, Expression, FromItem, Join, JoinKind, Kind, Relation, RelationKind};

/// An array that rows before it hold.
#[derive(Clone, Copy)]
pub(super) struct Own<'a> {
    array: &'a Relation,
    /// Whether a row without elements stays, as LEFT JOIN keeps it.
    keeps_row: bool,
}

/// A relation that stands for no array, or one and the columns that hold its elements and their places.
pub(super) struct Element {
    relation: String,
    columns: Vec<(String, String)>,
}

/// The arrays of an item's relation, and of their elements, with which its joins begin; then those that stand behind commas.
pub(super) fn own_arrays<'a>(item: &'a FromItem, others: &'a [FromItem]) -> (Vec<Own<'a>>, usize, usize) {
    let (mut own, mut names) = (Vec::new(), Vec::new());
    let has_rows = matches!(item.relation.kind, RelationKind::Table { .. } | RelationKind::Subquery(_));
    names.extend(item.relation.alias.iter().filter(|_| has_rows).map(|alias| alias.text.as_str()));
    let mut takes = |array: &'a Relation, keeps_row: bool| {
        let is_own = is_array_of(&names, array);
        if is_own {
            names.extend(array.alias.iter().map(|alias| alias.text.as_str()));
            own.push(Own { array, keeps_row });
        }
        is_own
    };
    let joins = item.joins.iter();
    let joined = joins.take_while(|join| kept(join).is_some_and(|kept| takes(&join.relation, kept))).count();
    let behind = match joined == item.joins.len() {
        true => {
            others.iter().take_while(|other| other.joins.is_empty() && takes(&other.relation, false)).count()
        }
        false => 0,
    };
    (own, joined, behind)
}

/// Whether a join without a condition keeps rows that have nothing beside them; none of any other join.
fn kept(join: &Join) -> Option<bool> {
    let is_free = match &join.constraint {
        Constraint::None => true,
        Constraint::On(condition) => matches!(condition.kind, Kind::Bool(true)),
        Constraint::Using { .. } => false,
    };
    match join.kind {
        JoinKind::Cross | JoinKind::Inner if is_free => Some(false),
        JoinKind::Left if is_free => Some(true),
        _ => None,
    }
}

/// Whether a relation is an array that rows of others hold.
fn is_array_of(names: &[&str], relation: &Relation) -> bool {
    match &relation.kind {
        RelationKind::Unnest { array, .. } => {
            relation.alias.is_some() && matches!(array.ty, Type::Array(_)) && is_path_of(names, array)
        }
        _ => false,
    }
}

/// Whether an expression is a column of one of these relations, or a field of one.
fn is_path_of(names: &[&str], path: &Expression) -> bool {
    match &path.kind {
        Kind::Column { relation: Some(own), .. } => names.contains(&own.as_str()),
        Kind::Field { base, .. } => base.ty != Type::Json && is_path_of(names, base),
        _ => false,
    }
}

impl Printer {
    /// A relation with the elements of its arrays beside its rows.
    pub(super) fn with_elements(&mut self, relation: String, alias: &str, arrays: &[Own]) -> String {
        let mut relation = relation;
        let holder = identifier(alias);
        for Own { array, keeps_row } in arrays {
            let (RelationKind::Unnest { array: list, offset }, Some(name)) = (&array.kind, &array.alias)
            else {
                continue;
            };
            let list = self.expression(list);
            let (element, place) = (format!("element: {}", name.text), format!("place: {}", name.text));
            let elements = match keeps_row {
                true => format!("CASE WHEN len({list}) > 0 THEN {list} ELSE [NULL] END"),
                false => list.clone(),
            };
            let mut unnested = format!("unnest({elements}) AS {}", identifier(&element));
            let mut columns = vec![(name.text.clone(), member(alias, &element))];
            if let Some(offset) = offset {
                // Where there are no places left, DuckDB gives NULL beside the element.
                unnested.push_str(&format!(", unnest(range(len({list}))) AS {}", identifier(&place)));
                columns.push((offset.text.clone(), member(alias, &place)));
            }
            relation = format!("(SELECT {holder}.*, {unnested} FROM {relation}) AS {holder}");
            self.elements.push(Element { relation: name.text.clone(), columns });
        }
        relation
    }

    /// From here on a name means a relation, whatever it meant around the query.
    pub(super) fn hides_elements(&mut self, relation: &str) {
        if self.elements.iter().any(|known| known.relation.eq_ignore_ascii_case(relation)) {
            self.elements.push(Element { relation: relation.to_owned(), columns: Vec::new() });
        }
    }

    /// A column of a relation, or the one that holds an element or its place.
    pub(super) fn column_of(&self, relation: &str, column: &str) -> String {
        let known = self.elements.iter().rev().find(|known| known.relation.eq_ignore_ascii_case(relation));
        let mut columns = known.iter().flat_map(|known| &known.columns);
        let held = columns.find(|(name, _)| name.eq_ignore_ascii_case(column));
        held.map_or_else(|| member(relation, column), |(_, held)| held.clone())
    }
}
