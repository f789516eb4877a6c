//! FROM clauses: tables, common tables, subqueries, UNNEST and joins.

use std::sync::Arc;

use super::Resolver;
use super::columns::{Columns, ScopeColumn};
use super::scope::{Scope, ScopeRelation};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::functions::supertype;
use crate::sql::tree::{
    Constraint, Expression, FromItem, JoinKind, Kind, Name, Relation, RelationKind, Span,
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
            // Rows of an outer side survive a condition on the other one.
            if matches!(join.kind, JoinKind::Left | JoinKind::Full) {
                scope.relations[joined..].iter_mut().for_each(|relation| relation.columns.pin());
            }
            if matches!(join.kind, JoinKind::Right | JoinKind::Full) {
                scope.relations[first..joined].iter_mut().for_each(|relation| relation.columns.pin());
            }
            match &mut join.constraint {
                Constraint::On(condition) => {
                    self.expression(condition, scope);
                    self.expect_bool(condition, "ON");
                }
                Constraint::Using(names) => self.using(names, first, joined, scope),
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
        }
    }

    fn using(&mut self, names: &[Name], first: usize, joined: usize, scope: &mut Scope) {
        for name in names {
            let side = |relations: &[ScopeRelation]| {
                relations
                    .iter()
                    .find_map(|relation| relation.column(&name.text, name.span))
                    .map(|found| found.ty)
            };
            let (left, right) = (side(&scope.relations[first..joined]), side(&scope.relations[joined..]));
            match (left, right) {
                (Some(left), Some(right)) => match supertype(&left, &right) {
                    Some(ty)
                        if scope
                            .merged
                            .iter()
                            .all(|(merged, _)| !merged.eq_ignore_ascii_case(&name.text)) =>
                    {
                        scope.merged.push((name.text.clone(), ty));
                    }
                    Some(_) => {}
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
    }

    fn relation(&mut self, relation: &mut Relation, scope: &mut Scope) {
        if let RelationKind::Table { path, .. } = &relation.kind
            && path.len() > 1
            && scope.has_relation(&path[0].text)
        {
            // `FROM t, t.items` unnests the array.
            let span = relation.span;
            relation.alias.get_or_insert_with(|| path[path.len() - 1].clone());
            let array = Box::new(Expression::new(Kind::Path(path.clone()), span));
            relation.kind = RelationKind::Unnest { array, offset: None };
        }
        let mut open = false;
        let (columns, element, name) = match &mut relation.kind {
            RelationKind::Table { path, common, .. } => {
                let Some(last) = path.last().cloned() else { return };
                let columns = self.table(path, common, relation.span, &mut open);
                (columns, false, Some(last))
            }
            RelationKind::Subquery(query) => {
                let columns = self.query(query, scope.outer);
                (Columns::of_query(columns), false, None)
            }
            RelationKind::Unnest { array, offset } => {
                let before = self.meanings.len();
                self.expression(array, scope);
                if matches!(array.kind, Kind::Column { .. } | Kind::Field { .. }) {
                    // Of its elements the query reads what it names of them.
                    self.meanings.truncate(before);
                }
                let alias = match &relation.alias {
                    Some(alias) => alias.clone(),
                    None => Name { text: self.fresh("element"), span: relation.span },
                };
                let columns = self.unnest(array, &alias, offset.as_ref());
                (Columns::of_query(columns), true, Some(alias))
            }
            RelationKind::Nested(item) => return self.joined(item, scope),
            _ => {
                let message = "this kind of table is not understood yet";
                return self.problem(Code::Unsupported, relation.span, message);
            }
        };
        let alias = match relation.alias.clone().or(name) {
            Some(alias) => alias,
            None => Name { text: self.fresh("subquery"), span: relation.span },
        };
        if scope.has_relation(&alias.text) {
            let message = format!("two tables are named `{}` here", alias.text);
            self.problems.push(
                Problem::new(Code::AmbiguousName, alias.span, message).hint("give one of them an alias"),
            );
        }
        scope.relations.push(ScopeRelation { alias: alias.text.clone(), columns, element, open });
        relation.alias = Some(alias);
    }

    fn unnest(&mut self, array: &Expression, alias: &Name, offset: Option<&Name>) -> Vec<ScopeColumn> {
        let element = match &array.ty {
            Type::Array(element) => (**element).clone(),
            Type::Null => Type::Null,
            other => {
                self.problem(Code::TypeMismatch, array.span, format!("UNNEST takes an ARRAY, not {other}"));
                Type::Null
            }
        };
        let mut columns =
            vec![ScopeColumn { field: Field::new(alias.text.clone(), element), origins: Vec::new() }];
        if let Some(offset) = offset {
            columns.push(ScopeColumn {
                field: Field::new(offset.text.clone(), Type::Int64),
                origins: Vec::new(),
            });
        }
        columns
    }

    fn table(&mut self, path: &[Name], common: &mut bool, span: Span, open: &mut bool) -> Columns {
        let name = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
        if path.len() == 1 {
            let lower = name.to_lowercase();
            if let Some(found) = self.common.iter().rev().find(|one| one.name == lower) {
                *common = true;
                self.common_uses[found.number] += 1;
                return Columns::Query(Arc::clone(&found.columns));
            }
        }
        let Some(table) = self.catalogue.table(&name) else {
            let names = self.catalogue.names();
            let mut candidates: Vec<&str> = names.iter().map(String::as_str).collect();
            candidates.extend(self.common.iter().map(|one| one.name.as_str()));
            let problem =
                Problem::new(Code::UnknownTable, span, format!("nothing declares the table `{name}`"))
                    .hint("declare what others fill as a source (`kind: table`) with its schema")
                    .suggest(&name, candidates);
            self.problems.push(problem);
            return Columns::of_query(Vec::new());
        };
        *open = table.open;
        let table_use = self.uses.len();
        self.uses.push(TableUse { name: table.name, span });
        Columns::Table { fields: table.columns, table_use, movable: true }
    }
}
