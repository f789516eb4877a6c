//! FROM clauses: tables, common tables, subqueries, UNNEST and joins.

use std::sync::Arc;

use super::columns::{Columns, ScopeColumn};
use super::scope::{Merged, Scope, ScopeRelation};
use super::shards::Meant;
use super::{Resolver, output_reference};
use crate::diagnostic::Code;
use crate::schema::{Field, Type, is_wildcard};
use crate::sql::functions::supertype;
use crate::sql::tree::{
    Constraint, Expression, FromItem, JoinKind, Kind, Name, Origin, Relation, RelationKind, Span,
};
use crate::sql::{Problem, TableUse};

impl Resolver<'_> {
    pub(super) fn from(&mut self, items: &mut [FromItem], scope: &mut Scope) {
        for item in items {
            self.joined(item, scope);
        }
    }

    fn joined(&mut self, item: &mut FromItem, scope: &mut Scope) {
        let first = scope.relations.len();
        self.relation(&mut item.relation, scope);
        for join in &mut item.joins {
            let joined = scope.relations.len();
            self.relation(&mut join.relation, scope);
            match &mut join.constraint {
                Constraint::On(condition) => {
                    self.expression(condition, scope);
                    self.expect_bool(condition, "ON");
                    self.refuse_aggregates(condition, "ON", "aggregate in a query that is joined");
                    self.refuse_windows(condition, "ON");
                    if join.kind == JoinKind::Cross {
                        let problem =
                            Problem::new(Code::SqlSyntax, condition.span, "a CROSS JOIN takes no ON");
                        self.problems.push(problem.hint("write JOIN … ON, or leave ON out"));
                    }
                }
                Constraint::Using { names, sides } => *sides = self.using(names, first, joined, scope),
                Constraint::None => {
                    let is_unnest = matches!(join.relation.kind, RelationKind::Unnest { .. });
                    if join.kind != JoinKind::Cross && !is_unnest {
                        let problem =
                            Problem::new(Code::SqlSyntax, join.relation.span, "a join without ON or USING");
                        self.problems
                            .push(problem.hint("write `CROSS JOIN` where every pair of rows is meant"));
                    }
                }
            }
            // Rows of an outer side survive a later condition on the other one.
            if matches!(join.kind, JoinKind::Left | JoinKind::Full) {
                scope.relations[joined..].iter_mut().for_each(|relation| relation.columns.pin());
            }
            if matches!(join.kind, JoinKind::Right | JoinKind::Full) {
                scope.relations[first..joined].iter_mut().for_each(|relation| relation.columns.pin());
            }
        }
    }

    /// The columns of either side that USING merges.
    fn using(
        &mut self,
        names: &[Name],
        first: usize,
        joined: usize,
        scope: &mut Scope,
    ) -> Vec<(Expression, Expression)> {
        let mut sides = Vec::new();
        for name in names {
            let side = |places: std::ops::Range<usize>| {
                let mut relations = places.clone().zip(&scope.relations[places]);
                relations.find_map(|(place, relation)| Some((place, relation.column(&name.text, name.span)?)))
            };
            let (left_place, left) = side(first..joined).unzip();
            let (right_place, right) = side(joined..scope.relations.len()).unzip();
            let places = left_place.into_iter().chain(right_place);
            let types = left.as_ref().map(|one| one.ty.clone()).zip(right.as_ref().map(|one| one.ty.clone()));
            // Rows of both sides meet by it, and one that meets none has its own: a condition on it holds for both.
            let origins: Vec<Origin> =
                [&left, &right].into_iter().flatten().flat_map(origins).cloned().collect();
            // What was merged before meets the next table.
            let known = scope.merged.iter().find(|merged| merged.name.eq_ignore_ascii_case(&name.text));
            let merged = known
                .map(|known| output_reference(&Field::new(known.name.clone(), known.ty.clone()), name.span));
            sides.extend(merged.or(left).zip(right));
            let (left, right) = types.unzip();
            match (left, right) {
                (Some(left), Some(right)) => match supertype(&left, &right) {
                    Some(ty)
                        if scope
                            .merged
                            .iter()
                            .all(|merged| !merged.name.eq_ignore_ascii_case(&name.text)) =>
                    {
                        let (name, relations) = (name.text.clone(), places.collect());
                        scope.merged.push(Merged { name, ty, origins, relations });
                    }
                    Some(_) => {
                        let mut merged = scope.merged.iter_mut();
                        if let Some(merged) = merged.find(|one| one.name.eq_ignore_ascii_case(&name.text)) {
                            merged.origins.extend(origins);
                            merged.relations.extend(places);
                        }
                    }
                    None => {
                        let message = format!("USING(`{}`) joins {left} with {right}", name.text);
                        self.problem(Code::TypeMismatch, name.span, message);
                    }
                },
                _ => {
                    let message = format!("`{}` is not a column of both sides of the join", name.text);
                    self.problem(Code::UnknownColumn, name.span, message);
                }
            }
        }
        // A star shows what the last USING merged first.
        let place =
            |merged: &Merged| names.iter().position(|name| name.text.eq_ignore_ascii_case(&merged.name));
        scope.merged.sort_by_key(|merged| place(merged).unwrap_or(names.len()));
        sides
    }

    fn relation(&mut self, relation: &mut Relation, scope: &mut Scope) {
        if let RelationKind::Nested(item) = &mut relation.kind {
            return self.joined(item, scope);
        }
        let Some(found) = self.columns_of(relation, scope) else { return };
        if scope.has_relation(&found.alias) {
            let span = relation.alias.as_ref().map_or(relation.span, |alias| alias.span);
            let message = format!("two tables are named `{}` here", found.alias);
            self.problems
                .push(Problem::new(Code::AmbiguousName, span, message).hint("give one of them an alias"));
        }
        scope.relations.push(found);
    }

    /// What a relation offers; it gets an alias if it has none.
    pub(super) fn columns_of(&mut self, relation: &mut Relation, scope: &Scope) -> Option<ScopeRelation> {
        if let RelationKind::Table { path, as_of, .. } = &relation.kind
            && path.len() > 1
            && scope.sees_relation(&path[0].text)
        {
            if as_of.is_some() {
                let message = "FOR SYSTEM_TIME stands behind a table, and this is an array of one";
                self.problem(Code::SqlSyntax, relation.span, message);
            }
            // `FROM t, t.items` unnests the array.
            let span = relation.span;
            relation.alias.get_or_insert_with(|| path[path.len() - 1].clone());
            let array = Box::new(Expression::new(Kind::Path(path.clone()), span));
            relation.kind = RelationKind::Unnest { array, offset: None };
        }
        let span = relation.span;
        let mut found = ScopeRelation {
            alias: String::new(),
            columns: Columns::of_query(Vec::new()),
            element: false,
            unnamed: false,
            open: false,
            hidden: &[],
            has_suffix: false,
        };
        let mut name = None;
        let meant = match &relation.kind {
            RelationKind::Table { path, as_of, .. } => {
                name = path.last().cloned();
                let meant = self.meant(path, span);
                if as_of.is_some() && matches!(meant, Meant::Query(..)) {
                    self.past_of_many(span);
                }
                meant
            }
            _ => Meant::Table,
        };
        let is_nothing = matches!(meant, Meant::Nothing);
        if let Meant::Query(query, has_suffix) = meant {
            found.has_suffix = has_suffix;
            self.deepest += query.depth;
            relation.kind = RelationKind::Subquery(Box::new(query));
        }
        match &mut relation.kind {
            RelationKind::Table { .. } if is_nothing => found.columns = unknown_columns(),
            RelationKind::Table { path, common, as_of } => {
                name = Some(path.last().cloned()?);
                self.table(path, common, span, &mut found);
                if let Some(moment) = as_of {
                    self.past(moment, *common, span);
                }
                if !*common {
                    self.one_moment(&dotted(path), as_of.as_deref(), span);
                }
            }
            RelationKind::Subquery(query) => {
                let rows = self.query(query, scope.outer);
                (found.columns, found.element) = (Columns::of_query(rows.columns), rows.is_value);
            }
            RelationKind::Unnest { array, offset } => {
                let before = self.meanings.len();
                self.expression(array, scope);
                let hint = "aggregate in a query within this one, and take the array from there";
                self.refuse_aggregates(array, "UNNEST", hint);
                self.refuse_windows(array, "UNNEST");
                if matches!(array.kind, Kind::Column { .. } | Kind::Field { .. }) {
                    // Of its elements the query reads what it names of them.
                    self.meanings.truncate(before);
                }
                let alias = match &relation.alias {
                    Some(alias) => alias.clone(),
                    None => Name { text: self.fresh("element"), span },
                };
                found.open = array.ty == Type::Unknown;
                found.unnamed = relation.alias.is_none();
                (found.columns, found.element) =
                    (Columns::of_query(self.unnest(array, &alias, offset.as_ref())), true);
                name = Some(alias);
            }
            RelationKind::Nested(_) => return None,
            RelationKind::Sample { input, percent } => {
                found = self.columns_of(input, scope)?;
                self.expression(percent, &Scope::inside(scope.outer));
                name = input.alias.clone();
            }
            RelationKind::Pivot { input, pivot } => {
                let input = self.columns_of(input, scope)?;
                found.open = input.is_open();
                found.columns = self.pivot(input, pivot, span);
            }
            RelationKind::Unpivot { input, unpivot } => {
                let input = self.columns_of(input, scope)?;
                found.open = input.is_open();
                found.columns = self.unpivot(&input, unpivot);
            }
            RelationKind::Call { path, arguments } => {
                name = path.last().cloned();
                let path = std::mem::take(path);
                let written_out = self.table_function(&path, arguments, span, scope, &mut found);
                match (written_out, &mut relation.kind) {
                    (Some(query), kind) => *kind = RelationKind::Subquery(Box::new(query)),
                    (None, RelationKind::Call { path: kept, .. }) => *kept = path,
                    _ => {}
                }
            }
        }
        let alias = match relation.alias.clone().or(name) {
            Some(alias) => alias,
            None => Name { text: self.fresh("subquery"), span },
        };
        found.alias = alias.text.clone();
        relation.alias = Some(alias);
        Some(found)
    }

    fn unnest(&mut self, array: &Expression, alias: &Name, offset: Option<&Name>) -> Vec<ScopeColumn> {
        let element = match &array.ty {
            Type::Array(element) => (**element).clone(),
            Type::Null | Type::Unknown => array.ty.clone(),
            other => {
                self.problem(Code::TypeMismatch, array.span, format!("UNNEST takes an ARRAY, not {other}"));
                Type::Null
            }
        };
        let mut columns =
            vec![ScopeColumn { field: Field::new(alias.text.clone(), element), origins: Vec::new() }];
        if let Some(offset) = offset {
            if offset.text.eq_ignore_ascii_case(&alias.text) {
                let message = format!("the element and its offset are both named `{}`", alias.text);
                self.problem(Code::AmbiguousName, offset.span, message);
            }
            columns.push(ScopeColumn {
                field: Field::new(offset.text.clone(), Type::Int64),
                origins: Vec::new(),
            });
        }
        columns
    }

    fn table(&mut self, path: &mut Vec<Name>, common: &mut bool, span: Span, found: &mut ScopeRelation) {
        let name = dotted(path);
        if path.len() == 1 {
            let lower = name.to_lowercase();
            if let Some(known) = self.common.iter().rev().find(|one| one.name == lower) {
                *common = true;
                self.common_uses[known.number] += 1;
                (found.columns, found.element) = (known.columns.clone(), known.is_value);
                return;
            }
        }
        let Some(table) = self.catalogue.table(&name) else {
            if let Some(columns) = self.information_schema(path, span) {
                found.columns = columns;
                return;
            }
            let names = self.catalogue.names();
            let mut candidates: Vec<&str> = names.iter().map(String::as_str).collect();
            candidates.extend(self.common.iter().map(|one| one.name.as_str()));
            let problem =
                Problem::new(Code::UnknownTable, span, format!("nothing declares the table `{name}`"))
                    .hint("declare what others fill as a source (`kind: table`) with its schema")
                    .suggest(&name, candidates);
            self.undeclared(name, problem);
            // What else is wrong with the query is still to be seen.
            found.columns = unknown_columns();
            return;
        };
        if table.name != name {
            // What it is declared as: a project stood before it.
            *path = table.name.split('.').map(|part| Name { text: part.to_owned(), span }).collect();
        }
        found.open = table.open;
        found.has_suffix = is_wildcard(&name);
        found.hidden = if found.has_suffix { WILDCARD } else { PARTITIONS };
        let table_use = self.uses.len();
        self.uses.push(TableUse { name: table.name, span, columns: Arc::clone(&table.columns) });
        found.columns = Columns::Table { fields: table.columns, table_use, movable: true };
    }
}

/// The columns of tables that a value copies.
fn origins(value: &Expression) -> &[Origin] {
    match &value.kind {
        Kind::Column { origins, .. } => origins,
        _ => &[],
    }
}

/// Columns of what nobody declares: any name is one.
pub(super) fn unknown_columns() -> Columns {
    Columns::of_query(vec![ScopeColumn { field: Field::unknown_rest(), origins: Vec::new() }])
}

/// Columns of every table that BigQuery makes up.
const PARTITIONS: &[(&str, Type)] =
    &[("_PARTITIONTIME", Type::Timestamp), ("_PARTITIONDATE", Type::Date), ("_FILE_NAME", Type::String)];
/// Of tables that are named with a `*`, the rest of each table's name.
const WILDCARD: &[(&str, Type)] =
    &[("_TABLE_SUFFIX", Type::String), ("_PARTITIONTIME", Type::Timestamp), ("_PARTITIONDATE", Type::Date)];

pub(super) fn dotted(path: &[Name]) -> String {
    path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".")
}
