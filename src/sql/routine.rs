//! Functions that a project defines. A call of one is resolved to its body, so that DuckDB needs no function
//! installed; the arguments are bound once, under a name that no query can write.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::tree::{Argument, Expression, Kind, Query, Span};
use super::{Catalogue, Problem, Varies, parse, resolve, stack};
use crate::diagnostic::{Code, Position};
use crate::schema::{Field, Type};

/// A function of the project.
#[derive(Clone, Debug)]
pub struct Routine {
    pub name: String,
    pub arguments: Vec<Field>,
    pub returns: Type,
    pub body: RoutineBody,
    /// Of what decides its values, the functions that it calls included.
    pub hash: String,
    /// Whether it makes one value of many rows.
    pub aggregate: bool,
    /// What of it differs from run to run; known of JavaScript only.
    pub varies: Option<Varies>,
    /// In which file; none for a function that stands before a query.
    pub defined_at: Option<Position>,
}

/// A function that gives a table.
#[derive(Clone, Debug)]
pub struct TableRoutine {
    pub arguments: Vec<Argument>,
    pub columns: Vec<Field>,
    /// As it was read: it is resolved for the tables and values of each call.
    pub query: Query,
}

/// A function that can be called and not run, and what it is.
#[derive(Clone, Debug)]
pub struct Obstacle {
    pub function: String,
    pub is: &'static str,
}

impl Routine {
    /// A problem with a place that shows the function, where it has a file.
    pub fn point_at(&self, problem: Problem, label: impl Into<String>) -> Problem {
        match &self.defined_at {
            Some(position) => problem.related(position, label),
            None => problem,
        }
    }

    /// Whether an argument may have any type.
    pub fn is_template(&self) -> bool {
        self.arguments.iter().any(|argument| argument.ty == Type::Unknown)
    }
}

/// A type as the signature of a function has it.
pub fn argument_type(ty: &Type) -> String {
    if *ty == Type::Unknown { "ANY TYPE".to_owned() } else { ty.to_string() }
}

#[derive(Clone, Debug)]
pub enum RoutineBody {
    Sql(SqlBody),
    /// With `ANY TYPE` among its arguments, whose types are unknown: resolved anew for the types of each call.
    Template(TemplateBody),
    /// JavaScript's source: the body of a function of the arguments' names.
    JavaScript(Arc<str>),
    /// A later version runs it; its types are as declared. What it is, in words.
    Typed(&'static str),
    /// Its definition has mistakes, which were reported; its calls are not judged.
    Broken,
}

/// A body that is parsed, and resolved for the types of each call.
#[derive(Clone, Debug)]
pub struct TemplateBody {
    pub expression: Arc<Expression>,
    pub depth: usize,
}

/// A resolved body.
#[derive(Clone, Debug)]
pub struct SqlBody {
    pub expression: Arc<Expression>,
    pub has_query: bool,
    pub depth: usize,
    /// The function that it calls, itself or through others, and that cannot be run.
    pub obstacle: Option<Obstacle>,
    /// The keys that keyed_hash names in it.
    pub keys: BTreeSet<String>,
}

/// A body's text, parsed and not yet resolved.
#[derive(Clone, Debug)]
pub struct ParsedBody {
    expression: Expression,
    depth: usize,
    /// The text without comments and spacing.
    pub canonical: String,
    /// The functions with a dotted name that it calls, each with its place.
    pub calls: Vec<(String, Span)>,
}

/// What resolving a body came to.
pub struct ResolvedBody {
    pub body: SqlBody,
    pub returns: Type,
    /// What its names mean, the functions that it calls among them.
    pub meanings: Vec<String>,
}

/// Longest way from a function to the last one that it calls, in levels of expressions.
const DEEPEST: usize = 1_000;

impl ParsedBody {
    /// Parses a body: one expression.
    ///
    /// # Errors
    /// Syntax errors, queries without parentheses, tables.
    pub fn new(text: &str) -> Result<Self, Vec<Problem>> {
        let is_query = ["select", "with"].iter().any(|word| starts_with_word(text, word));
        let (parsed, canonical) = match parse::expression(text) {
            Ok(parsed) => parsed,
            Err(_) if is_query && parse::query(text).is_ok() => {
                let problem =
                    Problem::new(Code::InvalidFunction, at_start(), "a body is an expression, not a query");
                return Err(vec![problem.hint("put the query in parentheses: `(SELECT …)`")]);
            }
            Err(problem) => return Err(vec![problem]),
        };
        let parse::Body { expression, depth, calls } = parsed;
        let tables = parse::references_of(&expression);
        if let Some(table) = tables.into_iter().next() {
            let message = format!("a function reads no tables, and this body reads `{}`", table.name);
            let problem = Problem::new(Code::InvalidFunction, table.span, message)
                .hint("hand the function the values that it needs as arguments");
            return Err(vec![problem]);
        }
        Ok(Self { expression, depth, canonical, calls })
    }

    /// The body of a function with arguments of `ANY TYPE`.
    pub fn template(&self) -> TemplateBody {
        TemplateBody { expression: Arc::new(self.expression.clone()), depth: self.depth }
    }

    /// Resolves the body with its arguments; the type is the stated one, or its own.
    ///
    /// # Errors
    /// All problems that were found.
    pub fn resolve(
        self,
        name: &str,
        arguments: &[Field],
        returns: Option<&Type>,
        catalogue: &dyn Catalogue,
    ) -> Result<ResolvedBody, Vec<Problem>> {
        resolved(self.expression, self.depth, name, arguments, returns, catalogue)
    }
}

impl TemplateBody {
    /// Resolves the body for arguments whose types are known.
    ///
    /// # Errors
    /// All problems that were found.
    pub fn resolve(
        &self,
        name: &str,
        arguments: &[Field],
        returns: Option<&Type>,
        catalogue: &dyn Catalogue,
    ) -> Result<ResolvedBody, Vec<Problem>> {
        resolved((*self.expression).clone(), self.depth, name, arguments, returns, catalogue)
    }
}

fn resolved(
    mut expression: Expression,
    depth: usize,
    name: &str,
    arguments: &[Field],
    returns: Option<&Type>,
    catalogue: &dyn Catalogue,
) -> Result<ResolvedBody, Vec<Problem>> {
    let place = expression.span;
    let resolved = stack::roomy(depth, || {
        let outcome = resolve::resolve_body(&mut expression, name, arguments, returns, catalogue)?;
        Ok((expression, outcome))
    });
    let none =
        || Err(vec![Problem::new(Code::Unsupported, place, "there is no thread to resolve the body on")]);
    let (expression, outcome) = resolved.unwrap_or_else(none)?;
    let depth = depth + outcome.deepest;
    if depth > DEEPEST {
        let message = format!("the body and the functions that it calls nest more than {DEEPEST} deep");
        return Err(vec![Problem::new(Code::InvalidFunction, place, message)]);
    }
    let body = SqlBody {
        has_query: expression.holds_query(),
        depth,
        obstacle: outcome.obstacle,
        keys: outcome.keys,
        expression: Arc::new(expression),
    };
    let returns = body.expression.ty.clone();
    Ok(ResolvedBody { body, returns, meanings: outcome.meanings })
}

fn at_start() -> Span {
    Span { line: 1, column: 1, length: 1 }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.eq_ignore_ascii_case(word)
}

impl Expression {
    /// Whether a query stands in the expression, or in a function that it calls.
    pub fn holds_query(&self) -> bool {
        use super::tree::InSet;
        self.any(&|part| match &part.kind {
            Kind::Scalar(_) | Kind::ArrayQuery(_) | Kind::Exists { .. } => true,
            Kind::In { set: InSet::Query(_), .. } => true,
            Kind::Inlined(call) => call.has_query,
            _ => false,
        })
    }
}
