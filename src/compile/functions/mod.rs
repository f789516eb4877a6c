//! Functions: each body resolved after those that it calls, its examples typed.

mod examples;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use self::examples::{CompiledExample, Execution, compile_one as compile_example};
use crate::compile::hash::FieldHasher;
use crate::compile::positions;
use crate::definition::{Function, Language};
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::graph::Graph;
use crate::schema::{Field, Type};
use crate::sql::{self, Catalogue, ParsedBody, Problem, Routine, RoutineBody, Table};
use crate::template::{one_expression, within};

/// A function that queries can call.
pub struct CompiledFunction {
    pub definition: Function,
    pub routine: Arc<Routine>,
    pub examples: Vec<CompiledExample>,
}

/// The functions that are resolved, by name.
pub type Routines = BTreeMap<String, Arc<Routine>>;

/// What a body may name: other functions, and no tables.
struct Callable<'a>(&'a Routines);

impl Catalogue for Callable<'_> {
    fn table(&self, _name: &str) -> Option<Table> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        let own = |name: &str| self.0.get(name).cloned();
        own(name).or_else(|| own(name.split_once('.')?.1))
    }

    fn routine_names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

/// Resolves all functions. One with mistakes is among them too, so that its callers are not blamed.
pub fn build(
    functions: &BTreeMap<String, Function>,
    unreadable: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) -> (BTreeMap<String, CompiledFunction>, Routines) {
    let nowhere = Position::new(&Source::new("", ""), 1, 1, 1);
    let mut routines: Routines =
        unreadable.iter().map(|name| (name.clone(), broken(name, &nowhere))).collect();
    let mut bodies: BTreeMap<&str, ParsedBody> = BTreeMap::new();
    for (name, function) in functions {
        match parsed(function) {
            Ok(Some(body)) => {
                bodies.insert(name, body);
            }
            Ok(None) => {
                routines.insert(name.clone(), javascript(function));
            }
            Err(mistakes) => {
                found.extend(mistakes);
                routines.insert(name.clone(), broken(name, &function.name.position));
            }
        }
    }
    found.extend(cycles(&bodies, functions));
    let calls =
        bodies.iter().map(|(name, body)| (*name, calls(body).filter(|one| one != name).collect::<Vec<_>>()));
    for name in Graph::new(calls).order() {
        let (Some(function), Some(body)) = (functions.get(&name), bodies.remove(name.as_str())) else {
            continue;
        };
        let calls_itself = calls_itself(&name, &body);
        let routine = match calls_itself {
            true => broken(&name, &function.name.position),
            false => resolved(function, body, &routines, found),
        };
        routines.insert(name, routine);
    }
    // What is left stands on a cycle or behind one.
    for name in bodies.keys() {
        routines.insert((*name).to_owned(), broken(name, &functions[*name].name.position));
    }
    let compiled = functions
        .iter()
        .filter_map(|(name, function)| {
            let routine = Arc::clone(routines.get(name)?);
            let examples = examples::compile(function, &routine, &Callable(&routines), found);
            Some((name.clone(), CompiledFunction { definition: function.clone(), routine, examples }))
        })
        .collect();
    (compiled, routines)
}

fn calls(body: &ParsedBody) -> impl Iterator<Item = &str> {
    body.calls.iter().map(|(name, _)| name.as_str())
}

fn calls_itself(name: &str, body: &ParsedBody) -> bool {
    calls(body).any(|called| called == name)
}

/// The parsed body of a SQL function; `None` for JavaScript.
fn parsed(function: &Function) -> Result<Option<ParsedBody>, Vec<Diagnostic>> {
    let located = |problems: Vec<Problem>| located(problems, function);
    if function.language == Language::JavaScript {
        return Ok(None);
    }
    one_expression(&function.body.text).map_err(|problem| located(vec![problem]))?;
    ParsedBody::new(&function.body.text).map(Some).map_err(located)
}

/// Problems in a body at their places in the definition.
fn located(problems: Vec<Problem>, function: &Function) -> Vec<Diagnostic> {
    // The name, RETURNS where it is known, and AS.
    let lines = if function.is_template() && function.returns.is_none() { 2 } else { 3 };
    problems
        .into_iter()
        .map(|problem| {
            let mut finding = Diagnostic::error(problem.code, problem.message)
                .at(&within(&function.body.position, problem.span));
            finding.compiled = positions::in_body(&function.name.full(), lines, problem.span);
            finding.hint = problem.hint;
            finding.related.extend(problem.related);
            finding
        })
        .collect()
}

fn resolved(
    function: &Function,
    body: ParsedBody,
    routines: &Routines,
    found: &mut Vec<Diagnostic>,
) -> Arc<Routine> {
    let name = function.name.full();
    let text = body.canonical.clone();
    let template = body.template();
    let resolved = body.resolve(&name, &function.arguments, function.returns.as_ref(), &Callable(routines));
    match resolved {
        // Nothing was known of the arguments; what is wrong whatever they are was found all the same.
        Ok(resolved) if function.is_template() => {
            let returns = function.returns.clone().unwrap_or(Type::Unknown);
            Arc::new(Routine {
                hash: hash("sql", &text, &function.arguments, &returns, &resolved.meanings),
                arguments: function.arguments.clone(),
                returns,
                body: RoutineBody::Template(template),
                aggregate: false,
                varies: None,
                defined_at: Some(function.name.position.clone()),
                name,
            })
        }
        Ok(resolved) => Arc::new(Routine {
            hash: hash("sql", &text, &function.arguments, &resolved.returns, &resolved.meanings),
            arguments: function.arguments.clone(),
            returns: resolved.returns,
            body: RoutineBody::Sql(resolved.body),
            aggregate: false,
            varies: None,
            defined_at: Some(function.name.position.clone()),
            name,
        }),
        Err(problems) => {
            found.extend(located(problems, function));
            broken(&name, &function.name.position)
        }
    }
}

fn javascript(function: &Function) -> Arc<Routine> {
    let returns = function.returns.clone().unwrap_or(Type::Unknown);
    Arc::new(Routine {
        hash: hash("js", function.body.text.trim(), &function.arguments, &returns, &[]),
        name: function.name.full(),
        arguments: function.arguments.clone(),
        returns,
        body: RoutineBody::JavaScript(function.body.text.trim().into()),
        aggregate: false,
        varies: sql::varies(&function.body.text),
        defined_at: Some(function.name.position.clone()),
    })
}

fn broken(name: &str, defined_at: &Position) -> Arc<Routine> {
    Arc::new(Routine {
        name: name.to_owned(),
        arguments: Vec::new(),
        returns: Type::Unknown,
        body: RoutineBody::Broken,
        hash: String::new(),
        aggregate: false,
        varies: None,
        defined_at: Some(defined_at.clone()),
    })
}

/// Of what decides a function's values.
fn hash(language: &str, body: &str, arguments: &[Field], returns: &Type, meanings: &[String]) -> String {
    let mut hasher = FieldHasher::default();
    hasher.field(language);
    hasher.field(body);
    hasher.columns(arguments);
    hasher.field(&returns.to_string());
    meanings.iter().for_each(|meaning| hasher.field(meaning));
    hasher.finish()
}

/// Functions that call themselves, directly or in a ring.
fn cycles(bodies: &BTreeMap<&str, ParsedBody>, functions: &BTreeMap<String, Function>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let place = |caller: &str, called: &str| -> Option<Position> {
        let (_, span) = bodies.get(caller)?.calls.iter().find(|(name, _)| name == called)?;
        let mut span = *span;
        // The line that was put before the body.
        span.line = span.line.saturating_sub(1).max(1);
        Some(within(&functions.get(caller)?.body.position, span))
    };
    let mut paths: Vec<Vec<String>> = bodies
        .iter()
        .filter(|(name, body)| calls_itself(name, body))
        .map(|(name, _)| vec![(*name).to_owned(), (*name).to_owned()])
        .collect();
    let calls = bodies.iter().map(|(name, body)| (*name, calls(body).collect::<Vec<_>>()));
    paths.extend(Graph::new(calls).cycles().into_iter().map(|mut path| {
        // The graph's edges run from what is called to its callers.
        path.reverse();
        path
    }));
    for path in paths {
        let message = format!("a function that calls itself: {}", path.join(" calls "));
        let mut finding = Diagnostic::error(Code::Cycle, message)
            .hint("a body is written out where it is called, so it must end");
        for pair in path.windows(2) {
            let Some(at) = place(&pair[0], &pair[1]) else { continue };
            let label = format!("calls `{}`", pair[1]);
            finding = match finding.position {
                None => finding.at(&at).label(label),
                Some(_) => finding.related(&at, label),
            };
        }
        found.push(finding);
    }
    found
}

impl CompiledFunction {
    /// The statement that creates the function on BigQuery.
    pub fn statement(&self) -> String {
        let definition = &self.definition;
        let arguments: Vec<String> = definition
            .arguments
            .iter()
            .map(|field| format!("{} {}", field.name, sql::argument_type(&field.ty)))
            .collect();
        let head =
            format!("CREATE OR REPLACE FUNCTION `{}`({})\n", definition.name.full(), arguments.join(", "));
        // What a template gives is known where it is called.
        let head = match self.routine.returns {
            Type::Unknown => head,
            ref returns => format!("{head}RETURNS {returns}\n"),
        };
        let body = definition.body.text.trim_end();
        match definition.language {
            Language::Sql => {
                let lines: Vec<String> =
                    body.lines().map(|line| format!("  {line}").trim_end().to_owned()).collect();
                format!("{head}AS (\n{}\n);\n", lines.join("\n"))
            }
            // A raw text ends at its quotes alone.
            Language::JavaScript => {
                let quotes = if body.contains("\"\"\"") { "'''" } else { "\"\"\"" };
                format!("{head}LANGUAGE js\nAS r{quotes}\n{body}\n{quotes};\n")
            }
        }
    }
}
