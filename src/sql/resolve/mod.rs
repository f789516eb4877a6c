//! Names and types: every path becomes a column, a row or a field, every expression gets its type,
//! every star its columns. All problems are collected; the type of a part with a problem is unknown,
//! which mixes with everything, so that one slip is not reported twice.

mod call;
mod clauses;
mod clock;
mod coerce;
mod collation;
mod columns;
mod expression;
mod format;
mod from;
mod grouping;
mod keyed;
mod leading;
mod literal;
mod named_arguments;
mod names;
mod operator;
mod partial;
mod past;
mod pattern;
mod pivot;
mod recursion;
mod routine;
mod scope;
mod select;
mod set;
mod shards;
mod size;
mod special;
#[cfg(test)]
mod tests;
mod using;
mod warehouse;
mod window;
mod with;
mod written_out;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use self::columns::{Columns, ScopeColumn, pin};
use self::leading::Leading;
pub(super) use self::operator::symbol;
pub(super) use self::pivot::column_name as pivot_column_name;
pub(super) use self::routine::resolve_body;
use self::scope::Scope;
pub(super) use self::select::{VALUE, is_aggregate, is_of_rows, is_windowed};
pub use self::shards::{matches as matching_tables, wider as wider_table};
use self::size::Sizes;
pub(super) use self::with::names_itself;
use super::tree::{Body, Expression, Kind, Name, Output, Query, SetOperator, Shape, Span, SubscriptKind};
use super::{Analysis, Catalogue, Obstacle, Problem, TableUse, Undeclared};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};

/// Resolves a parsed query: what is known of it, and all problems that were found.
pub fn resolve(mut query: Query, is_shown: bool, catalogue: &dyn Catalogue) -> (Analysis, Vec<Problem>) {
    let functions = std::mem::take(&mut query.functions);
    let mut leading = Leading::new(&functions, catalogue);
    let found = std::mem::take(&mut leading.problems);
    let uses = std::mem::take(&mut leading.uses);
    let undeclared = std::mem::take(&mut leading.undeclared);
    let meanings = std::mem::take(&mut leading.meanings);
    let mut resolver = Resolver { problems: found, uses, undeclared, meanings, ..Resolver::new(&leading) };
    as_columns(&mut query.body);
    let rows = resolver.query(&mut query, None);
    let mut columns = match rows.is_value {
        true => fields_as_columns(&mut query.body).unwrap_or_else(|| unnamed(rows.columns, is_shown)),
        false => rows.columns,
    };
    match is_shown {
        true => columns
            .iter_mut()
            .filter(|column| column.field.name.is_empty())
            .enumerate()
            .for_each(|(place, column)| column.field.name = format!("f{place}_")),
        false => resolver.check_names(&query, &columns),
    }
    let result = |column: ScopeColumn| (Field { required: false, ..column.field }, column.origins);
    let (columns, origins) = columns.into_iter().map(result).unzip();
    let Resolver { uses, common_uses, meanings, deepest, keys, parameters, first_parameter, .. } = resolver;
    let Resolver { mut problems, refused, undeclared, .. } = resolver;
    query.depth += deepest;
    // An expression that is named in two clauses is resolved in both.
    let mut said = BTreeSet::new();
    problems.retain(|problem| said.insert((problem.span.line, problem.span.column, problem.message.clone())));
    query.functions = functions;
    let analysis = Analysis {
        query,
        columns,
        origins,
        uses,
        common_uses,
        meanings,
        keys,
        parameters,
        first_parameter,
        refused,
        undeclared,
    };
    (analysis, problems)
}

/// What is stored are columns: a struct that is the whole row becomes its fields.
fn as_columns(body: &mut Body) {
    match body {
        Body::Select(select) => {
            select.shape = if select.shape == Shape::Struct { Shape::Columns } else { select.shape }
        }
        Body::Query(query) => as_columns(&mut query.body),
        Body::Set { left, right, .. } => {
            as_columns(left);
            as_columns(right);
        }
    }
}

/// A value that is a whole row has no name to be shown with.
fn unnamed(mut columns: Vec<ScopeColumn>, is_shown: bool) -> Vec<ScopeColumn> {
    if is_shown {
        columns.iter_mut().for_each(|column| column.field.name.clear());
    }
    columns
}

/// The fields of the struct that `SELECT AS VALUE` gives, as columns of their own.
fn fields_as_columns(body: &mut Body) -> Option<Vec<ScopeColumn>> {
    let select = match body {
        Body::Select(select) => select,
        Body::Query(query) => return fields_as_columns(&mut query.body),
        Body::Set { .. } => return None,
    };
    let value = select.outputs.first()?.expression.clone();
    let fields = value.ty.fields()?.to_vec();
    let output = |(index, field): (usize, &Field)| Output {
        name: field.name.clone(),
        expression: field_of(&value, index, field),
        description: field.description.clone(),
    };
    select.outputs = fields.iter().enumerate().map(output).collect();
    select.shape = Shape::Columns;
    Some(fields.into_iter().map(|field| ScopeColumn { field, origins: Vec::new() }).collect())
}

/// A field of a struct; by its place where its name does not tell it from the others.
fn field_of(value: &Expression, index: usize, field: &Field) -> Expression {
    let (span, ty) = (value.span, field.ty.clone());
    let base = Box::new(value.clone());
    let alike = |one: &&Field| one.name.eq_ignore_ascii_case(&field.name);
    let is_told = value.ty.fields().is_some_and(|fields| fields.iter().filter(alike).count() == 1);
    let kind = if is_told && !field.name.is_empty() {
        Kind::Field { base, field: Name { text: field.name.clone(), span } }
    } else {
        let index = Box::new(Expression::typed(Kind::Integer(index as i64), span, Type::Int64));
        Kind::Subscript { base, index, kind: SubscriptKind::Offset }
    };
    Expression::typed(kind, span, ty)
}

/// The rows that a query gives.
struct Rows {
    columns: Vec<ScopeColumn>,
    /// Whether a row is its only column, as of `SELECT AS STRUCT`.
    is_value: bool,
}

/// A common table that is in scope.
struct Common {
    name: String,
    number: usize,
    columns: Columns,
    is_value: bool,
}

struct Resolver<'a> {
    catalogue: &'a dyn Catalogue,
    problems: Vec<Problem>,
    uses: Vec<TableUse>,
    common: Vec<Common>,
    common_uses: Vec<usize>,
    meanings: Vec<String>,
    sizes: Sizes,
    /// The tables that are read, each with the moment as of which it is.
    moments: Vec<(String, Option<String>)>,
    /// Counts relations that need a name of our making.
    unnamed: usize,
    /// Whether a function's body is resolved: it has no query parameters, and need not run here.
    in_routine: bool,
    /// What is typed and cannot be run.
    refused: Vec<Problem>,
    /// Tables that nobody declares.
    undeclared: Vec<Undeclared>,
    /// By the names of tables: the project that was written before each.
    projects: BTreeMap<String, String>,
    /// Templates whose bodies are being resolved around this one.
    templates: usize,
    /// How often a template's body was resolved, for the whole query.
    instances: Arc<AtomicUsize>,
    /// The arguments of functions that are being written out, which take the place of their names.
    arguments: Vec<(String, Vec<(String, Expression)>)>,
    /// The first function that is called and cannot be run.
    obstacle: Option<Obstacle>,
    /// How deep the bodies of called functions nest.
    deepest: usize,
    /// The keys that keyed_hash names.
    keys: BTreeSet<String>,
    /// The declared parameters that are named.
    parameters: BTreeSet<String>,
    /// Where a parameter of the partition is named first.
    first_parameter: Option<Span>,
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
            sizes: Sizes::default(),
            moments: Vec::new(),
            unnamed: 0,
            in_routine: false,
            refused: Vec::new(),
            undeclared: Vec::new(),
            projects: BTreeMap::new(),
            templates: 0,
            instances: Arc::default(),
            arguments: Vec::new(),
            obstacle: None,
            deepest: 0,
            keys: BTreeSet::new(),
            parameters: BTreeSet::new(),
            first_parameter: None,
        }
    }
}

impl Resolver<'_> {
    fn problem(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.problems.push(Problem::new(code, span, message));
    }

    /// Takes a table that nobody declares, the first time that it is read.
    fn undeclared(&mut self, name: String, problem: Problem) {
        if !self.undeclared.iter().any(|known| known.name == name) {
            self.undeclared.push(Undeclared { name, problem });
        }
    }

    fn fresh(&mut self, what: &str) -> String {
        self.unnamed += 1;
        format!("_{what}_{}", self.unnamed)
    }

    fn query(&mut self, query: &mut Query, outer: Option<&Scope>) -> Rows {
        let mut rows = self.open_query(query, outer);
        for column in &mut rows.columns {
            coerce::settle(&mut column.field.ty);
        }
        rows
    }

    /// A query whose NULLs may yet take the types of the other side of a set operation.
    fn open_query(&mut self, query: &mut Query, outer: Option<&Scope>) -> Rows {
        let before = self.common.len();
        self.common_tables(&mut query.with, query.recursive, outer);
        let mut rows = self.body(&mut query.body, outer, &mut query.order_by);
        for (clause, bound) in [("LIMIT", &mut query.limit), ("OFFSET", &mut query.offset)] {
            if let Some(bound) = bound {
                self.expression(bound, &Scope::inside(outer));
                self.check_bound(bound, clause);
            }
        }
        if query.limit.is_some() {
            pin(&mut rows.columns);
        }
        self.common.truncate(before);
        rows
    }

    fn body(&mut self, body: &mut Body, outer: Option<&Scope>, order_by: &mut [super::tree::Order]) -> Rows {
        match body {
            Body::Select(select) => self.select(select, outer, order_by),
            Body::Query(query) => {
                let rows = self.open_query(query, outer);
                self.order_by_outputs(order_by, &rows.columns);
                rows
            }
            Body::Set { operator, all, by_name, left, right, span } => {
                let mut left_rows = self.body(left, outer, &mut []);
                let mut right_rows = self.body(right, outer, &mut []);
                if let Some(by_name) = by_name.take() {
                    let (left, right) = ((&mut **left, &mut left_rows), (&mut **right, &mut right_rows));
                    self.match_names(&by_name, left, right, *span);
                }
                let rows = self.set_operation(*operator, (left, left_rows), (right, right_rows), *span);
                let compares = !*all || *operator != SetOperator::Union;
                for column in rows.columns.iter().filter(|_| compares) {
                    self.expect_groupable(&column.field.ty, *span, "a set operation that compares rows");
                }
                self.order_by_outputs(order_by, &rows.columns);
                rows
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
