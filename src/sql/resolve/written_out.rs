//! Functions before a query that are written out where they are called: aggregate functions, whose body is resolved
//! among the rows of the query, and table functions, whose query becomes a subquery. Arguments take the place of their
//! names; one that would then mean something else, or be computed twice with two results, is refused.

use std::sync::atomic::Ordering;

use super::coerce::coerce;
use super::columns::Columns;
use super::from::{dotted, unknown_columns};
use super::routine::{BodyOf, DEEPEST_TEMPLATE, MOST_TEMPLATES, Owner, count, fit, holder};
use super::scope::{Scope, ScopeRelation};
use super::{Common, Resolver, Rows};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::functions::{self, varies};
use crate::sql::tree::{
    ArgumentType, Body, CommonTable, Expression, FromItem, Kind, Name, Query, Relation, Select, SelectItem,
    Span, TableArgument,
};
use crate::sql::{Obstacle, Problem, Routine, TableRoutine, TemplateBody, parse};

/// How deep bodies may nest, those around them included: they are on the stack together.
const DEEPEST: usize = 400;
const QUERYING: &str = "an aggregate function with a query in it";

impl Resolver<'_> {
    /// Puts the argument in the place of its name, within functions that are being written out.
    pub(super) fn put_arguments(&self, expression: &mut Expression) {
        if self.arguments.is_empty() {
            return;
        }
        if let Kind::Column { relation: Some(relation), name, .. } = &expression.kind {
            let among = self.arguments.iter().rev().find(|(function, _)| function == relation);
            let found = among.and_then(|(_, values)| values.iter().find(|(known, _)| known == name));
            if let Some((_, value)) = found {
                *expression = value.clone();
            }
            return;
        }
        expression.children_mut(&mut |child| self.put_arguments(child));
    }

    /// Whether one more function, which nests so deep, may be written out.
    fn may_write_out(&mut self, name: &str, depth: usize, span: Span) -> bool {
        let instance = self.instances.fetch_add(1, Ordering::Relaxed);
        let fits = self.templates < DEEPEST_TEMPLATE && (self.templates + 1) * depth <= DEEPEST;
        let may = fits && instance < MOST_TEMPLATES;
        if !may {
            let message = format!(
                "functions call each other more than {DEEPEST_TEMPLATE} deep, or {MOST_TEMPLATES} times: `{name}`"
            );
            self.problem(Code::InvalidFunction, span, message);
        }
        may
    }

    /// An aggregate function's body, its arguments in it.
    pub(super) fn write_aggregate(
        &mut self,
        routine: &Routine,
        body: &TemplateBody,
        arguments: Vec<(String, Expression)>,
        span: Span,
    ) -> Expression {
        let nothing = |ty: &Type| Expression::typed(Kind::Null, span, ty.clone());
        if !self.may_write_out(&routine.name, body.depth, span) {
            return nothing(&Type::Unknown);
        }
        let varying = arguments.iter().find(|(_, value)| varies(value));
        if let Some((name, _)) = varying {
            self.refuse_argument(&routine.name, name, "which differs at each call", span);
            return nothing(&routine.returns);
        }
        let fields: Vec<Field> =
            arguments.iter().map(|(name, value)| Field::new(name.clone(), value.ty.settled())).collect();
        let holder = holder(&routine.name);
        let relation = ScopeRelation::of_values(holder.clone(), fields.clone());
        let scope = Scope { relations: vec![relation], ..Scope::default() };
        let mut expression = (*body.expression).clone();
        let before = self.problems.len();
        self.arguments.push((holder, arguments));
        self.templates += 1;
        self.expression(&mut expression, &scope);
        self.templates -= 1;
        self.arguments.pop();
        self.deepest += body.depth;
        if expression.holds_query() {
            self.refuse(routine, &Obstacle { function: routine.name.clone(), is: QUERYING }, span);
        }
        let returns = (routine.returns != Type::Unknown).then_some(&routine.returns);
        let of = BodyOf { name: &routine.name, arguments: &fields, returns, owner: Owner::QueryAggregate };
        if self.problems.len() == before {
            self.body_type(&mut expression, &of);
        }
        // What is wrong with it is wrong where it is called.
        for problem in &mut self.problems[before..] {
            problem.message = format!("`{}`: {}", routine.name, problem.message);
            problem.span = span;
        }
        expression
    }

    fn refuse_argument(&mut self, function: &str, argument: &str, what: &str, span: Span) {
        let message = format!("the argument `{argument}` of `{function}`, {what}");
        let problem = Problem::new(Code::NotOnDuckDb, span, message);
        self.refused.push(
            problem.hint("give it a name in a query within this one, or write the function's body here"),
        );
    }

    /// A function that gives a table: one that stands before the query becomes its query. What others give is unknown,
    /// which is said once.
    pub(super) fn table_function(
        &mut self,
        path: &[Name],
        arguments: &mut [TableArgument],
        span: Span,
        scope: &Scope,
        found: &mut ScopeRelation,
    ) -> Option<Query> {
        let name = dotted(path);
        if let Some(routine) = self.catalogue.table_routine(&name.to_lowercase()) {
            let columns = routine.columns.iter().cloned();
            found.columns = Columns::of_query(
                columns.map(|field| super::columns::ScopeColumn { field, origins: Vec::new() }).collect(),
            );
            let (query, rows) = self.write_table(&name, &routine, arguments, span, scope)?;
            (found.columns, found.element) = (Columns::of_query(rows.columns), rows.is_value);
            return Some(query);
        }
        let mut table = None;
        for argument in arguments {
            match argument {
                TableArgument::Value(value) => self.expression(value, &Scope::inside(scope.outer)),
                TableArgument::Table(relation) => {
                    let handed = self.columns_of(relation, &Scope::inside(scope.outer));
                    table = table.or(handed);
                }
            }
        }
        if self.own_table_function(&name, table.as_ref(), span, found) {
            return None;
        }
        found.columns = unknown_columns();
        let message = format!("nothing declares the table function `{name}`");
        let problem = Problem::new(Code::UnknownTable, span, message)
            .hint("what it gives is not known: read a table that it fills, declared as a source");
        self.undeclared(format!("{name}()"), problem);
        None
    }

    /// A table function's query, with the tables that it is handed as common tables of their arguments' names.
    fn write_table(
        &mut self,
        name: &str,
        routine: &TableRoutine,
        arguments: &mut [TableArgument],
        span: Span,
        scope: &Scope,
    ) -> Option<(Query, Rows)> {
        if arguments.len() != routine.arguments.len() {
            let message =
                format!("`{name}` takes {}, not {}", count(routine.arguments.len()), arguments.len());
            self.problem(Code::TypeMismatch, span, message);
            return None;
        }
        if !self.may_write_out(name, routine.query.depth, span) {
            return None;
        }
        let (mut values, mut tables) = (Vec::new(), Vec::new());
        for (given, wanted) in arguments.iter_mut().zip(&routine.arguments) {
            match (given, &wanted.ty) {
                (TableArgument::Table(relation), ArgumentType::Table(columns)) => {
                    let table = self.table_argument(name, relation, columns.as_deref(), scope);
                    tables.push((wanted.name.clone(), table));
                }
                (TableArgument::Value(value), ArgumentType::Type(_) | ArgumentType::Any)
                    if !matches!(value.kind, Kind::Named { .. } | Kind::Keyword(_)) =>
                {
                    let wanted_type = match &wanted.ty {
                        ArgumentType::Type(ty) => ty.clone(),
                        _ => Type::Unknown,
                    };
                    let value = self.value_argument(name, (&wanted.name.text, &wanted_type), value, scope)?;
                    values.push((wanted.name.text.clone(), value));
                }
                (TableArgument::Value(value), _) if value.is_named() => {
                    self.refuse_argument(name, &wanted.name.text, "which is handed by its name", span);
                    return None;
                }
                _ => {
                    let wants =
                        if matches!(wanted.ty, ArgumentType::Table(_)) { "a table" } else { "a value" };
                    let message = format!("`{name}` takes {wants} as `{}`", wanted.name.text);
                    self.problem(Code::TypeMismatch, span, message);
                    return None;
                }
            }
        }
        // One of them would be read in the place of the common table that another one names.
        let reads = |query: &Query| {
            let names = parse::references(query);
            names.iter().any(|one| tables.iter().any(|(name, _)| one.name.eq_ignore_ascii_case(&name.text)))
        };
        if tables.len() > 1 && tables.iter().any(|(_, (query, _))| reads(query)) {
            self.refuse_argument(
                name,
                &tables[0].0.text,
                "whose name a table has that is handed to it",
                span,
            );
            return None;
        }
        let around = std::mem::take(&mut self.common);
        let mut with = Vec::new();
        for (name, (query, mut rows)) in tables {
            let number = self.common_uses.len();
            self.common_uses.push(0);
            for origin in rows.columns.iter_mut().flat_map(|column| &mut column.origins) {
                origin.through.push(number);
            }
            let columns = Columns::of_query(rows.columns);
            let lower = name.text.to_lowercase();
            self.common.push(Common { name: lower, number, columns, is_value: rows.is_value });
            with.push(CommonTable { name, query });
        }
        let fields =
            values.iter().map(|(name, value)| Field::new(name.clone(), value.ty.settled())).collect();
        let holder = holder(&name.to_lowercase());
        let relation = ScopeRelation::of_values(holder.clone(), fields);
        let values_scope = Scope { relations: vec![relation], ..Scope::default() };
        let mut body = routine.query.clone();
        self.arguments.push((holder, values));
        self.templates += 1;
        let rows = self.query(&mut body, Some(&values_scope));
        self.templates -= 1;
        self.arguments.pop();
        self.common = around;
        self.deepest += body.depth + 1;
        if !self.gives_what_it_states(name, routine, &rows, span) {
            return None;
        }
        if with.is_empty() {
            return Some((body, rows));
        }
        let depth = body.depth + 1;
        let query = Query { with, ..Query::of(Body::Query(Box::new(body)), span, depth) };
        Some((query, rows))
    }

    /// Whether a function's query has the columns that `RETURNS TABLE` says.
    fn gives_what_it_states(&mut self, name: &str, routine: &TableRoutine, rows: &Rows, span: Span) -> bool {
        let is_open = |field: &Field| field.is_rest();
        if routine.columns.iter().any(is_open) {
            return true;
        }
        let same = routine.columns.len() == rows.columns.len()
            && routine.columns.iter().zip(&rows.columns).all(|(stated, own)| {
                stated.ty == own.field.ty && stated.name.eq_ignore_ascii_case(&own.field.name)
            });
        // Where `ANY TYPE` makes the columns, nothing was stated.
        let is_template = routine.arguments.iter().any(|one| matches!(one.ty, ArgumentType::Any));
        if !same && !is_template {
            let message = format!("`{name}`, whose query gives other columns than RETURNS TABLE states");
            let problem = Problem::new(Code::NotOnDuckDb, span, message);
            self.refused.push(problem.hint("cast and name them in the function's query as they are stated"));
        }
        same || is_template
    }

    /// A value for a table function. It stands within the function's query, where columns may mean something else.
    fn value_argument(
        &mut self,
        function: &str,
        (name, wanted): (&str, &Type),
        value: &Expression,
        scope: &Scope,
    ) -> Option<Expression> {
        let mut value = value.clone();
        self.expression(&mut value, &Scope::inside(scope.outer));
        self.adapt_literal(&mut value, wanted);
        if !fit(&mut value, wanted) {
            let message = format!("`{function}` takes `{name}` {wanted}, not {}", value.ty);
            self.problem(Code::TypeMismatch, value.span, message);
            return None;
        }
        let of_columns = |part: &Expression| matches!(part.kind, Kind::Column { .. } | Kind::Row { .. });
        if value.any(&of_columns) || value.holds_query() {
            self.refuse_argument(function, name, "which reads columns or a query", value.span);
            return None;
        }
        if varies(&value) {
            self.refuse_argument(function, name, "which differs at each call", value.span);
            return None;
        }
        Some(value)
    }

    /// A table for a table function: the columns that it asks for.
    fn table_argument(
        &mut self,
        function: &str,
        relation: &Relation,
        columns: Option<&[(Name, Type)]>,
        scope: &Scope,
    ) -> (Query, Rows) {
        let span = relation.span;
        let star = || SelectItem::Star {
            base: None,
            except: Vec::new(),
            replace: Vec::new(),
            rename: Vec::new(),
            span,
        };
        let column = |(name, _): &(Name, Type)| SelectItem::Expression {
            expression: Expression::new(Kind::Path(vec![Name { text: name.text.clone(), span }]), span),
            alias: Some(name.clone()),
        };
        let items = columns.map_or_else(|| vec![star()], |columns| columns.iter().map(column).collect());
        let from = vec![FromItem { relation: relation.clone(), joins: Vec::new() }];
        let select = Select { items, from, span, ..Select::default() };
        let mut query = Query::of(Body::Select(Box::new(select)), span, 1);
        let mut rows = self.query(&mut query, scope.outer);
        let Body::Select(select) = &mut query.body else { return (query, rows) };
        let wanted = columns.unwrap_or_default().iter();
        for ((name, ty), (output, column)) in wanted.zip(select.outputs.iter_mut().zip(&mut rows.columns)) {
            if output.expression.ty == *ty || output.expression.ty == Type::Unknown {
                continue;
            }
            if functions::distance(&output.expression, ty).is_none() {
                let message =
                    format!("`{function}` takes a column `{}` {ty}, not {}", name.text, output.expression.ty);
                self.problem(Code::TypeMismatch, span, message);
                continue;
            }
            coerce(&mut output.expression, ty);
            column.field.ty = ty.clone();
        }
        (query, rows)
    }
}
