//! The parser's tree → our own tree. What GoogleSQL has and we do not understand yet becomes a
//! problem that names it; nothing is dropped in silence.

mod expression;
mod literal;
mod query;

use super::tree::{Body, Expression, FromItem, InSet, Kind, Name, Query, RelationKind, Span};
use super::{Problem, TableUse};
use crate::diagnostic::Code;
use sqlparser::ast as parsed;

/// Deepest nesting of expressions; later passes recurse as deeply.
const DEEPEST: usize = 1_000;
/// Most parts of a dotted name, and most fields and subscripts behind a value: each is one more level.
const LONGEST_PATH: usize = 100;

/// Lowers one query.
///
/// # Errors
/// All constructs that are not understood.
pub fn lower(query: &parsed::Query) -> Result<Query, Vec<Problem>> {
    let mut lowering = Lowering {
        problems: Vec::new(),
        depth: 0,
        bodies: 0,
        deepest: 0,
        calls: Vec::new(),
        place: Span { line: 1, column: 1, length: 1 },
    };
    let mut lowered = lowering.query(query);
    lowered.depth = lowering.deepest;
    lowered.calls = std::mem::take(&mut lowering.calls);
    if lowering.problems.is_empty() { Ok(lowered) } else { Err(lowering.problems) }
}

struct Lowering {
    problems: Vec<Problem>,
    depth: usize,
    bodies: usize,
    deepest: usize,
    /// Functions with a dotted name.
    calls: Vec<(String, Span)>,
    /// The latest place that was seen, for nodes of the parser's tree that carry none.
    place: Span,
}

impl Lowering {
    fn unsupported(&mut self, what: impl std::fmt::Display) {
        let problem = Problem::new(Code::Unsupported, self.place, format!("{what} is not understood yet"));
        self.problems.push(problem);
    }

    /// Counts the levels that a path of so many parts adds; whether they are too many.
    fn is_too_long(&mut self, parts: usize) -> bool {
        self.deepest = self.deepest.max(self.depth + parts);
        if parts > LONGEST_PATH {
            let message = format!("a path of {parts} parts, more than the {LONGEST_PATH} that are read");
            self.problems.push(Problem::new(Code::SqlSyntax, self.place, message));
        }
        parts > LONGEST_PATH
    }

    fn name(&mut self, ident: &parsed::Ident) -> Name {
        Name { text: ident.value.clone(), span: self.at(ident.span) }
    }

    /// The names of a dotted object name; a quoted part may itself hold dots.
    fn path(&mut self, name: &parsed::ObjectName) -> Vec<Name> {
        let mut path = Vec::new();
        for part in &name.0 {
            match part {
                parsed::ObjectNamePart::Identifier(ident) => {
                    let span = self.at(ident.span);
                    path.extend(ident.value.split('.').map(|piece| Name { text: piece.to_owned(), span }));
                }
                parsed::ObjectNamePart::Function(_) => self.unsupported("a function in a table's name"),
            }
        }
        if self.is_too_long(path.len()) {
            path.truncate(1);
        }
        path
    }

    fn at(&mut self, span: sqlparser::tokenizer::Span) -> Span {
        if span.start.line > 0 {
            let length = if span.start.line == span.end.line {
                span.end.column.saturating_sub(span.start.column)
            } else {
                1
            };
            self.place = Span {
                line: span.start.line as u32,
                column: span.start.column as u32,
                length: (length as u32).max(1),
            };
        }
        self.place
    }
}

/// Where a query's first SELECT stands.
fn start(body: &Body) -> Span {
    match body {
        Body::Select(select) => select.span,
        Body::Query(query) => start(&query.body),
        Body::Set { left, .. } => start(left),
    }
}

/// The tables that a lowered query names, without its common tables; each once.
pub fn references(query: &Query) -> Vec<TableUse> {
    let mut uses: Vec<TableUse> = Vec::new();
    collect_query(query, &mut Vec::new(), &mut uses);
    uses
}

fn collect_query(query: &Query, common: &mut Vec<String>, uses: &mut Vec<TableUse>) {
    let outer = common.len();
    for table in &query.with {
        collect_query(&table.query, common, uses);
        common.push(table.name.text.to_lowercase());
    }
    collect_body(&query.body, common, uses);
    common.truncate(outer);
}

fn collect_body(body: &Body, common: &mut Vec<String>, uses: &mut Vec<TableUse>) {
    match body {
        Body::Query(query) => collect_query(query, common, uses),
        Body::Set { left, right, .. } => {
            collect_body(left, common, uses);
            collect_body(right, common, uses);
        }
        Body::Select(select) => {
            for item in &select.from {
                collect_from(item, common, uses);
            }
            select.expressions(&mut |expression| collect_expression(expression, common, uses));
        }
    }
}

fn collect_from(item: &FromItem, common: &mut Vec<String>, uses: &mut Vec<TableUse>) {
    for relation in std::iter::once(&item.relation).chain(item.joins.iter().map(|join| &join.relation)) {
        match &relation.kind {
            RelationKind::Table { path, .. } => {
                let name = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
                let is_common = path.len() == 1 && common.contains(&name.to_lowercase());
                if !is_common && !uses.iter().any(|known| known.name == name) {
                    uses.push(TableUse { name, span: relation.span, columns: Default::default() });
                }
            }
            RelationKind::Subquery(query) => collect_query(query, common, uses),
            RelationKind::Unnest { array, .. } => collect_expression(array, common, uses),
            RelationKind::Nested(item) => collect_from(item, common, uses),
        }
    }
}

fn collect_expression(expression: &Expression, common: &mut Vec<String>, uses: &mut Vec<TableUse>) {
    match &expression.kind {
        Kind::Scalar(query) | Kind::ArrayQuery(query) | Kind::Exists { query, .. } => {
            collect_query(query, common, uses);
        }
        Kind::In { set: InSet::Query(query), .. } => collect_query(query, common, uses),
        _ => {}
    }
    expression.children(&mut |child| collect_expression(child, common, uses));
}
