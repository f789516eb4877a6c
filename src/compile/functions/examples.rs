//! Examples of a function: values of its types, and the query that compares what it gives with what it should.

use std::sync::Arc;

use crate::definition::{Example, Function};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::value::{self, Constant};
use crate::schema::{Field, Type};
use crate::sql::tree::{Call, Expression, Inlined, Kind, Script, Span};
use crate::sql::{
    Catalogue, Obstacle, Routine, RoutineBody, SqlBody, TemplateBody, constant, duckdb, supertype, written,
};
use crate::yaml::{Node, Value};

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
pub fn compile(
    function: &Function,
    routine: &Routine,
    catalogue: &dyn Catalogue,
    found: &mut Vec<Diagnostic>,
) -> Vec<CompiledExample> {
    let examples = function.examples.iter();
    examples.filter_map(|example| compile_one(example, function, routine, catalogue, found)).collect()
}

/// Types one example. Mistakes are reported at their values.
pub fn compile_one(
    example: &Example,
    function: &Function,
    routine: &Routine,
    catalogue: &dyn Catalogue,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledExample> {
    match &routine.body {
        RoutineBody::Broken => None,
        RoutineBody::Template(body) => {
            let routine = for_values(example, function, routine, body, catalogue, found)?;
            one(example, function, &routine, found)
        }
        RoutineBody::Sql(_) | RoutineBody::JavaScript(_) | RoutineBody::Typed(_) => {
            if let Some((_, position)) = &example.types {
                let message = "`types` is for arguments of ANY TYPE, and this function has none";
                let finding = Diagnostic::error(Code::InvalidExample, message).at(position);
                found.push(finding.hint("take it out: the values take the types of the arguments"));
            }
            one(example, function, routine, found)
        }
    }
}

/// A function of `ANY TYPE` for the types of an example's values.
fn for_values(
    example: &Example,
    function: &Function,
    routine: &Routine,
    body: &TemplateBody,
    catalogue: &dyn Catalogue,
    found: &mut Vec<Diagnostic>,
) -> Option<Routine> {
    let items = counted(example, function, found)?;
    let refused = |message: String, position: &Position| {
        Diagnostic::error(Code::InvalidExample, message)
            .at(position)
            .related(&function.name.position, "of this function")
    };
    if let Some((types, position)) = example.types.as_ref().filter(|(types, _)| types.len() != items.len()) {
        let message = format!("`types` names {} types for {} arguments", types.len(), items.len());
        found.push(refused(message, position));
        return None;
    }
    let stated = example.types.as_ref().map(|(types, _)| types.as_slice());
    let mut arguments = Vec::new();
    for (index, (item, argument)) in items.iter().zip(&routine.arguments).enumerate() {
        let ty = match (&argument.ty, stated) {
            (Type::Unknown, Some(stated)) => Some(stated[index].clone()),
            (Type::Unknown, None) => type_of(item).map(|ty| ty.settled()),
            (ty, _) => Some(ty.clone()),
        };
        let Some(ty) = ty else {
            let finding = refused("the items of a list have no type in common".to_owned(), &item.position);
            found.push(finding.hint("make them of one type, or state it: `types: [ARRAY<STRING>]`"));
            return None;
        };
        arguments.push(Field::new(argument.name.clone(), ty));
    }
    let returns = function.returns.as_ref();
    match body.resolve(&routine.name, &arguments, returns, catalogue) {
        Ok(resolved) => Some(Routine {
            arguments,
            returns: resolved.returns.settled(),
            body: RoutineBody::Sql(resolved.body),
            ..routine.clone()
        }),
        Err(problems) => {
            let types: Vec<String> = arguments.iter().map(|argument| argument.ty.to_string()).collect();
            let types = types.join(", ");
            found.extend(problems.into_iter().map(|problem| {
                let message = format!("`{}` for ({types}): {}", routine.name, problem.message);
                refused(message, &example.arguments.position)
                    .hint("give values that the body takes, or state what they are: `types: [DATE]`")
            }));
            None
        }
    }
}

/// The type that a value has by itself; none for a list of values that have no type in common.
fn type_of(node: &Node) -> Option<Type> {
    Some(match &node.value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Bool,
        Value::Integer(_) => Type::Int64,
        Value::Float(_) => Type::Float64,
        Value::Text(_) => Type::String,
        Value::List(items) => {
            let mut element = Type::Null;
            for item in items {
                element = supertype(&element, &type_of(item)?)?;
            }
            Type::array(element)
        }
        Value::Map(entries) => {
            let field = |(name, value): &(Node, Node)| {
                Some(Field::new(name.as_text().unwrap_or_default(), type_of(value)?))
            };
            Type::structure(entries.iter().map(field).collect::<Option<_>>()?)
        }
    })
}

/// The values of an example, where there is one for each argument.
fn counted<'a>(example: &'a Example, function: &Function, found: &mut Vec<Diagnostic>) -> Option<&'a [Node]> {
    let wanted = function.arguments.len();
    if let Some(items) = example.arguments.as_list().filter(|items| items.len() == wanted) {
        return Some(items);
    }
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
    None
}

fn one(
    example: &Example,
    function: &Function,
    routine: &Routine,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledExample> {
    let items = counted(example, function, found)?;
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
fn told(node: &Node) -> String {
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
