//! FROM clauses: tables, common tables, subqueries, UNNEST and joins.

use std::sync::Arc;

use super::Resolver;
use super::columns::{Columns, ScopeColumn};
use super::scope::{Scope, ScopeRelation};
use super::shards::Meant;
use crate::diagnostic::Code;
use crate::schema::{Field, Type, is_wildcard};
use crate::sql::tree::{
    Body, Constraint, Expression, FromItem, Join, JoinKind, Kind, Name, Query, Relation, RelationKind, Shape,
    Span,
};
use crate::sql::{Problem, TableUse};

impl Resolver<'_> {
    pub(super) fn from(&mut self, items: &mut [FromItem], scope: &mut Scope) {
        let first = scope.relations.len();
        for (place, item) in items.iter_mut().enumerate() {
            if place > 0 {
                self.refuse_outer_joins(item);
            }
            self.joined(item, first, scope);
        }
    }

    /// A comma joins everything before it to what follows, and says less of that than a RIGHT or FULL JOIN asks.
    fn refuse_outer_joins(&mut self, item: &FromItem) {
        let outer = |join: &&Join| is_outer_right(join.kind);
        if let Some(join) = item.joins.iter().find(outer) {
            let word = if join.kind == JoinKind::Right { "RIGHT" } else { "FULL" };
            let message = format!("a {word} JOIN behind a comma stands in brackets");
            let problem = Problem::new(Code::SqlSyntax, join.relation.span, message);
            self.problems
                .push(problem.hint("write CROSS JOIN in place of the comma, or brackets around the join"));
        }
    }

    /// Joins stand behind all relations from `first` on: a comma binds no less than they do.
    fn joined(&mut self, item: &mut FromItem, first: usize, scope: &mut Scope) {
        self.relation(&mut item.relation, scope);
        for join in &mut item.joins {
            let joined = scope.relations.len();
            if let RelationKind::Table { path, .. } = &join.relation.kind
                && is_outer_right(join.kind)
                && path.len() > 1
                && scope.has_relation(&path[0].text)
            {
                let message = "a RIGHT or FULL JOIN takes no array of the rows before it";
                self.problem(Code::SqlSyntax, join.relation.span, message);
            }
            self.relation(&mut join.relation, scope);
            match &mut join.constraint {
                Constraint::On(condition) => {
                    self.expression(condition, scope);
                    self.expect_bool(condition, "ON");
                    self.refuse_aggregates(condition, "ON", "aggregate in a query that is joined");
                    self.refuse_windows(condition, "ON");
                    let is_array = matches!(join.relation.kind, RelationKind::Unnest { .. });
                    if join.kind == JoinKind::Cross && !is_array {
                        let problem =
                            Problem::new(Code::SqlSyntax, condition.span, "a CROSS JOIN takes no ON");
                        self.problems.push(problem.hint("write JOIN … ON, or leave ON out"));
                    }
                }
                Constraint::Using { names, sides } => {
                    if join.kind == JoinKind::Cross {
                        self.problem(Code::SqlSyntax, join.relation.span, "a CROSS JOIN takes no USING");
                    }
                    *sides = self.using(names, join.kind, first, joined, scope);
                }
                Constraint::None => {
                    let is_unnest = matches!(join.relation.kind, RelationKind::Unnest { .. });
                    if join.kind != JoinKind::Cross && (!is_unnest || is_outer_right(join.kind)) {
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

    fn relation(&mut self, relation: &mut Relation, scope: &mut Scope) {
        if let RelationKind::Nested(item) = &mut relation.kind {
            let first = scope.relations.len();
            return self.joined(item, first, scope);
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
        let mut found = ScopeRelation::of_values(String::new(), Vec::new());
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
            relation.kind = RelationKind::Subquery(query);
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
                let given = given_name(query);
                let rows = self.query(query, scope.outer);
                found.unnamed = rows.is_value && relation.alias.is_none() && given.is_none();
                name = given.filter(|_| rows.is_value);
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
            RelationKind::Sample { input, amount, .. } => {
                found = self.columns_of(input, scope)?;
                self.expression(amount, &Scope::inside(scope.outer));
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
        found.yields &= relation.alias.is_none();
        let alias = match relation.alias.clone().or(name) {
            Some(alias) => alias,
            None => Name { text: self.fresh("subquery"), span },
        };
        found.alias = alias.text.clone();
        if found.element {
            found.columns.name_value(&alias.text);
        }
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
        let stands_in_backticks =
            matches!(path.as_slice(), [.., dataset, table] if dataset.span == table.span);
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
            self.expect_one_project(&name, &table.name, span);
            // What it is declared as: a project stood before it.
            *path = table.name.split('.').map(|part| Name { text: part.to_owned(), span }).collect();
        }
        found.open = table.open;
        found.has_suffix = is_wildcard(&name);
        found.hidden = if found.has_suffix { WILDCARD } else { PARTITIONS };
        found.yields = stands_in_backticks;
        let table_use = self.uses.len();
        self.uses.push(TableUse { name: table.name, span, columns: Arc::clone(&table.columns) });
        found.columns = Columns::Table { fields: table.columns, table_use, movable: true };
    }
}

impl Resolver<'_> {
    /// A table is declared without its project. Two projects may each have one of its name, which are not the same.
    fn expect_one_project(&mut self, written: &str, declared: &str, span: Span) {
        let before = written.strip_suffix(declared).and_then(|project| project.strip_suffix('.'));
        let Some(project) = before.filter(|project| !project.is_empty()) else { return };
        let first = self.projects.entry(declared.to_owned()).or_insert_with(|| project.to_owned());
        if first.as_str() == project {
            return;
        }
        let message =
            format!("`{written}` would be read as `{first}.{declared}`: both are `{declared}` here");
        let hint = "give the rows of one of them another name, as a table of another dataset, and read that";
        self.problems.push(Problem::new(Code::AmbiguousName, span, message).hint(hint));
    }
}

fn is_outer_right(kind: JoinKind) -> bool {
    matches!(kind, JoinKind::Right | JoinKind::Full)
}

/// The name of the only relation that a query in pipe syntax hands on as it is.
fn given_name(query: &Query) -> Option<Name> {
    let Body::Select(select) = &query.body else { return None };
    match select.from.as_slice() {
        [FromItem { relation, joins }] if select.shape == Shape::Given && joins.is_empty() => {
            relation.alias.clone()
        }
        _ => None,
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
