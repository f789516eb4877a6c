//! Names and types: every path becomes a column, a row or a field, every expression gets its type,
//! every star its columns. All problems are collected; a part with a problem has the type NULL,
//! which mixes with everything, so that one slip is not reported twice.

mod coerce;
mod columns;
mod expression;
mod from;
mod keyed;
mod names;
mod routine;
mod scope;
mod select;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::columns::{ScopeColumn, pin};
pub(super) use self::expression::symbol;
pub(super) use self::routine::resolve_body;
use self::scope::Scope;
use self::select::is_of_rows;
pub(super) use self::select::{is_windowed, natural_name};
use super::functions::supertype;
use super::tree::{Body, Expression, Kind, Query, SetOperator, Span};
use super::{Analysis, Catalogue, Problem, TableUse};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};

/// Resolves a lowered query: what is known of it, and all problems that were found.
pub fn resolve(mut query: Query, catalogue: &dyn Catalogue) -> (Analysis, Vec<Problem>) {
    let mut resolver = Resolver::new(catalogue);
    let columns = resolver.query(&mut query, None);
    resolver.check_names(&query, &columns);
    let (columns, origins) = columns.into_iter().map(|column| (column.field, column.origins)).unzip();
    let Resolver { uses, common_uses, meanings, deepest, keys, parameters, problems, .. } = resolver;
    query.depth += deepest;
    (Analysis { query, columns, origins, uses, common_uses, meanings, keys, parameters }, problems)
}

/// A common table that is in scope.
struct Common {
    name: String,
    number: usize,
    columns: Arc<Vec<ScopeColumn>>,
}

struct Resolver<'a> {
    catalogue: &'a dyn Catalogue,
    problems: Vec<Problem>,
    uses: Vec<TableUse>,
    common: Vec<Common>,
    common_uses: Vec<usize>,
    meanings: Vec<String>,
    /// Counts relations that need a name of our making.
    unnamed: usize,
    /// Whether a function's body is resolved: it has no query parameters, and need not run here.
    in_routine: bool,
    /// The first JavaScript function that is called.
    javascript: Option<String>,
    /// How deep the bodies of called functions nest.
    deepest: usize,
    /// The keys that keyed_hash names.
    keys: BTreeSet<String>,
    /// The declared parameters that are named.
    parameters: BTreeSet<String>,
}

impl<'a> Resolver<'a> {
    fn new(catalogue: &'a dyn Catalogue) -> Self {
        Self {
            catalogue,
            problems: Vec::new(),
            uses: Vec::new(),
            common: Vec::new(),
            common_uses: Vec::new(),
            meanings: Vec::new(),
            unnamed: 0,
            in_routine: false,
            javascript: None,
            deepest: 0,
            keys: BTreeSet::new(),
            parameters: BTreeSet::new(),
        }
    }
}

impl Resolver<'_> {
    fn problem(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.problems.push(Problem::new(code, span, message));
    }

    fn fresh(&mut self, what: &str) -> String {
        self.unnamed += 1;
        format!("_{what}_{}", self.unnamed)
    }

    fn query(&mut self, query: &mut Query, outer: Option<&Scope>) -> Vec<ScopeColumn> {
        let before = self.common.len();
        for table in &mut query.with {
            let mut columns = self.query(&mut table.query, outer);
            let number = self.common_uses.len();
            self.common_uses.push(0);
            for origin in columns.iter_mut().flat_map(|column| &mut column.origins) {
                origin.through.push(number);
            }
            let name = table.name.text.to_lowercase();
            self.common.push(Common { name, number, columns: Arc::new(columns) });
        }
        let mut columns = self.body(&mut query.body, outer, &mut query.order_by);
        for bound in query.limit.iter_mut().chain(&mut query.offset) {
            self.expression(bound, &Scope::inside(outer));
        }
        if query.limit.is_some() {
            pin(&mut columns);
        }
        self.common.truncate(before);
        columns
    }

    fn body(
        &mut self,
        body: &mut Body,
        outer: Option<&Scope>,
        order_by: &mut [super::tree::Order],
    ) -> Vec<ScopeColumn> {
        match body {
            Body::Select(select) => self.select(select, outer, order_by),
            Body::Query(query) => {
                let columns = self.query(query, outer);
                self.order_by_outputs(order_by, &columns);
                columns
            }
            Body::Set { operator, left, right, span, .. } => {
                let mut left_columns = self.body(left, outer, &mut []);
                let mut right_columns = self.body(right, outer, &mut []);
                self.adapt_columns(left, &mut left_columns, &right_columns);
                self.adapt_columns(right, &mut right_columns, &left_columns);
                let columns = self.set_operation(*operator, left_columns, &right_columns, *span);
                let types: Vec<Type> = columns.iter().map(|column| column.field.ty.clone()).collect();
                coerce::coerce_columns(left, &types);
                coerce::coerce_columns(right, &types);
                self.order_by_outputs(order_by, &columns);
                columns
            }
        }
    }

    fn set_operation(
        &mut self,
        operator: SetOperator,
        left: Vec<ScopeColumn>,
        right: &[ScopeColumn],
        span: Span,
    ) -> Vec<ScopeColumn> {
        let what = match operator {
            SetOperator::Union => "UNION",
            SetOperator::Intersect => "INTERSECT",
            SetOperator::Except => "EXCEPT",
        };
        if has_rest(&left) || has_rest(right) {
            return united_in_part(left, right);
        }
        if left.len() != right.len() {
            let message = format!("{what} of {} and {} columns", left.len(), right.len());
            self.problem(Code::TypeMismatch, span, message);
            return left;
        }
        left.into_iter()
            .zip(right)
            .map(|(left, right)| {
                let ty = supertype(&left.field.ty, &right.field.ty).unwrap_or_else(|| {
                    let message = format!(
                        "{what} of column `{}` {} with {}",
                        left.field.name, left.field.ty, right.field.ty
                    );
                    self.problem(Code::TypeMismatch, span, message);
                    Type::Null
                });
                // A condition on a column of a union holds for the tables of both sides.
                let origins = match operator == SetOperator::Union && left.field.ty == right.field.ty {
                    true => left.origins.into_iter().chain(right.origins.iter().cloned()).collect(),
                    false => Vec::new(),
                };
                ScopeColumn { field: Field { ty, ..left.field }, origins }
            })
            .collect()
    }

    /// ORDER BY of a set operation names output columns only.
    fn order_by_outputs(&mut self, order_by: &mut [super::tree::Order], columns: &[ScopeColumn]) {
        for order in order_by {
            let span = order.expression.span;
            match &order.expression.kind {
                Kind::Integer(_) => {}
                Kind::Path(path) if path.len() == 1 => {
                    let name = &path[0].text;
                    match columns.iter().find(|column| column.field.name.eq_ignore_ascii_case(name)) {
                        Some(column) => order.expression = output_reference(&column.field, span),
                        None if has_rest(columns) => {}
                        None => {
                            let problem = Problem::new(
                                Code::UnknownColumn,
                                span,
                                format!("no column `{name}` to order by"),
                            )
                            .suggest(name, columns.iter().map(|column| column.field.name.as_str()));
                            self.problems.push(problem);
                        }
                    }
                }
                _ => self.problem(
                    Code::Unsupported,
                    span,
                    "ordering a set operation by an expression is not understood yet",
                ),
            }
        }
    }

    /// Every column of the outermost query needs a name of its own.
    fn check_names(&mut self, query: &Query, columns: &[ScopeColumn]) {
        let mut seen = BTreeSet::new();
        for (index, column) in columns.iter().enumerate() {
            let span = output_span(&query.body, index).unwrap_or(query.span);
            if column.field.name.is_empty() {
                let problem =
                    Problem::new(Code::UnnamedColumn, span, format!("column {} has no name", index + 1));
                self.problems.push(problem.hint("give the expression an alias: `… AS name`"));
            } else if !seen.insert(column.field.name.to_lowercase()) && !column.field.is_rest() {
                let message = format!("two columns are named `{}`", column.field.name);
                self.problems.push(
                    Problem::new(Code::UnnamedColumn, span, message).hint("rename one of them with `AS`"),
                );
            }
        }
    }
}

/// Whether a query gives columns that nobody knows.
fn has_rest(columns: &[ScopeColumn]) -> bool {
    columns.iter().any(|column| column.field.is_rest())
}

/// What a set operation gives where one side is known in part only: names of the first side.
fn united_in_part(left: Vec<ScopeColumn>, right: &[ScopeColumn]) -> Vec<ScopeColumn> {
    let known = left.into_iter().filter(|column| !column.field.is_rest()).enumerate();
    let mut columns: Vec<ScopeColumn> = known
        .map(|(index, column)| {
            let same = right.get(index).is_some_and(|other| other.field.ty == column.field.ty);
            let ty = if same { column.field.ty } else { Type::Null };
            ScopeColumn { field: Field { ty, ..column.field }, origins: Vec::new() }
        })
        .collect();
    columns.push(ScopeColumn { field: Field::unknown_rest(), origins: Vec::new() });
    columns
}

fn output_span(body: &Body, index: usize) -> Option<Span> {
    match body {
        Body::Select(select) => select.outputs.get(index).map(|output| output.expression.span),
        Body::Query(query) => output_span(&query.body, index),
        Body::Set { left, .. } => output_span(left, index),
    }
}

/// A reference to an output column by name, as ORDER BY makes it.
fn output_reference(field: &Field, span: Span) -> Expression {
    let kind = Kind::Column { relation: None, name: field.name.clone(), origins: Vec::new() };
    Expression::typed(kind, span, field.ty.clone())
}
