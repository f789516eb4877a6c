//! Examples of a function: values of its types, and the query that compares what it gives with what it should.

use std::sync::Arc;

use crate::definition::{Example, Function};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::value::{self, Constant};
use crate::sql::tree::{Call, Expression, Inlined, Kind, Script, Span};
use crate::sql::{Obstacle, Routine, RoutineBody, SqlBody, constant, duckdb, written};

/// One example of a function.
#[derive(Clone, Debug)]
pub struct CompiledExample {
    /// The call in words, as in SQL.
    pub call: String,
    pub position: Position,
    pub execution: Execution,
}

#[derive(Clone, Debug)]
pub enum Execution {
    /// DuckDB SQL that gives one row: whether it is as it should be, what came out, and what was to come.
    Query(String),
    /// Why it cannot be run.
    Skipped(String),
}

/// Types the examples of a function. Mistakes are reported at their values.
pub fn compile(function: &Function, routine: &Routine, found: &mut Vec<Diagnostic>) -> Vec<CompiledExample> {
    if matches!(routine.body, RoutineBody::Broken) {
        return Vec::new();
    }
    function.examples.iter().filter_map(|example| one(example, function, routine, found)).collect()
}

fn one(
    example: &Example,
    function: &Function,
    routine: &Routine,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledExample> {
    let wanted = routine.arguments.len();
    let Some(items) = example.arguments.as_list().filter(|items| items.len() == wanted) else {
        let given = match example.arguments.as_list() {
            Some(items) => format!("{} of them", items.len()),
            None => example.arguments.value.kind().to_owned(),
        };
        let message = format!("an example takes a list of {wanted} values, not {given}");
        found.push(
            Diagnostic::error(Code::InvalidExample, message)
                .at(&example.arguments.position)
                .related(&function.name.position, "of this function"),
        );
        return None;
    };
    let values: Vec<Option<Constant>> = items
        .iter()
        .zip(&routine.arguments)
        .map(|(item, field)| value::constant(item, &field.ty, found))
        .collect();
    let gives = value::constant(&example.gives, &routine.returns, found);
    let values: Vec<Constant> = values.into_iter().collect::<Option<_>>()?;
    let gives = gives?;
    let told: Vec<String> = items.iter().map(told).collect();
    let call = format!("{}({})", routine.name, told.join(", "));
    let arguments = routine.arguments.iter().zip(&values);
    let arguments: Vec<(String, Expression)> = arguments
        .map(|(field, value)| (field.name.clone(), constant(value, &field.ty, Span::default())))
        .collect();
    let execution = execution(routine, arguments, constant(&gives, &routine.returns, Span::default()));
    Some(CompiledExample { call, position: example.arguments.position.clone(), execution })
}

fn execution(routine: &Routine, arguments: Vec<(String, Expression)>, gives: Expression) -> Execution {
    let kind = match &routine.body {
        RoutineBody::Sql(SqlBody { obstacle: Some(Obstacle { function, is }), .. }) => {
            return Execution::Skipped(format!("`{function}` is {is}, which runs in a later version"));
        }
        RoutineBody::Sql(body) => Kind::Inlined(Box::new(Inlined {
            function: routine.name.clone(),
            arguments,
            body: Arc::clone(&body.expression),
            has_query: body.has_query,
        })),
        RoutineBody::JavaScript(source) => {
            let values = arguments.into_iter().map(|(_, value)| value).collect();
            let script = Script { arguments: routine.arguments.clone(), source: Arc::clone(source) };
            Kind::Call(Box::new(Call {
                script: Some(Arc::new(script)),
                ..Call::plain(&routine.name, values)
            }))
        }
        RoutineBody::Template(_) | RoutineBody::Typed(_) | RoutineBody::Broken => {
            return Execution::Skipped("the function runs in a later version".to_owned());
        }
    };
    let call = Expression::typed(kind, Span::default(), routine.returns.clone());
    match (duckdb::expression(&call), duckdb::expression(&gives)) {
        (Ok(call), Ok(gives)) => Execution::Query(format!(
            "SELECT got IS NOT DISTINCT FROM wanted, got, wanted FROM (SELECT {call} AS got, {gives} AS wanted)"
        )),
        (Err(problems), _) | (_, Err(problems)) => {
            let messages: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
            Execution::Skipped(messages.join("; "))
        }
    }
}

/// A value as its author wrote it.
fn told(node: &crate::yaml::Node) -> String {
    use crate::yaml::Value;
    match &node.value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => value.to_string().to_ascii_uppercase(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => written::literal(text),
        Value::List(items) => format!("[{}]", items.iter().map(told).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let fields: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{} AS {}", told(value), key.as_text().unwrap_or_default()))
                .collect();
            format!("STRUCT({})", fields.join(", "))
        }
    }
}
