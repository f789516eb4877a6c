//! `--param name:TYPE:value`: the values of a query's parameters, each typed and converted before the query runs. All that
//! is wrong with them is reported together.

use std::sync::Arc;

use clap::Args;
use serde_json::Value as Json;

use crate::cli::context::Problem;
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::query::{Asked, Failure, Parameter, Session, Translated};
use crate::schema::{Type, parse_type};
use crate::sql::PARAMETERS;
use crate::value::Value;

/// Values for the parameters of a query.
#[derive(Args)]
pub struct Given {
    /// The value of a parameter, as often as there are parameters. `day:DATE:2026-11-22` is `@day`, `:INT64:1` the
    /// next `?`; without a type it is STRING, without a value NULL; an ARRAY or a STRUCT is given as JSON
    #[arg(long = "param", value_name = "NAME:TYPE:VALUE")]
    parameters: Vec<String>,
}

/// The parts of one option, with the columns that they begin in.
struct Parts<'a> {
    source: Arc<Source>,
    name: &'a str,
    ty: &'a str,
    value: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (name, rest) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let (ty, value) = match rest.map(|rest| rest.split_once(':').ok_or(rest)) {
            Some(Ok((ty, value))) => (ty, Some(value)),
            Some(Err(ty)) => (ty, None),
            None => ("", None),
        };
        Self { source: Source::new("--param", text), name, ty, value }
    }

    /// A finding about some of the characters.
    fn wrong(&self, before: usize, part: &str, message: impl Into<String>) -> Diagnostic {
        let length = part.chars().count().max(1) as u32;
        let position = Position::new(&self.source, 1, before as u32 + 1, length);
        Diagnostic::error(Code::WrongQueryParameter, message).at(&position)
    }

    fn before_type(&self) -> usize {
        self.name.chars().count() + 1
    }

    fn read(&self, session: &Session) -> Result<Parameter, Diagnostic> {
        if !self.source.text.contains(':') {
            return Err(self.wrong(0, self.name, "a parameter is `name:TYPE:value`").hint(
                "`--param day:DATE:2026-11-22`; the name or the type may be left out, the colons not",
            ));
        }
        let is_name = |one: char| one.is_alphanumeric() || one == '_';
        if !self.name.chars().all(is_name) {
            return Err(self.wrong(0, self.name, format!("`{}` is no name of a parameter", self.name)));
        }
        let ty = match self.ty.trim() {
            "" => Type::String,
            written => {
                parse_type(written).map_err(|problem| self.wrong(self.before_type(), self.ty, problem))?
            }
        };
        if !Parameter::is_type(&ty) {
            let message = format!("a parameter cannot be {ty}");
            return Err(self
                .wrong(self.before_type(), self.ty, message)
                .hint("give it as STRING and convert it in the query: `CAST(@name AS …)`"));
        }
        let value = match self.value {
            None => Value::Null,
            Some(text) => value(session, text, &ty).map_err(|problem| {
                let before = self.before_type() + self.ty.chars().count() + 1;
                self.wrong(before, text, format!("the value is no {ty}: {problem}"))
            })?,
        };
        let name = Some(self.name.to_lowercase()).filter(|name| !name.is_empty());
        Ok(Parameter { name, ty, value })
    }
}

impl Given {
    /// All values; a query has parameters with names, or without.
    pub fn read(&self, session: &Session) -> Result<Vec<Parameter>, Problem> {
        let (mut given, mut found): (Vec<Parameter>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
        for text in &self.parameters {
            let parts = Parts::of(text);
            match parts.read(session) {
                Err(finding) => found.push(finding),
                Ok(one) => {
                    let same = |other: &Parameter| other.name.is_some() && other.name == one.name;
                    if given.iter().any(same) {
                        found.push(parts.wrong(0, parts.name, format!("`{}` is given twice", parts.name)));
                    } else if given.first().is_some_and(|first| first.name.is_some() != one.name.is_some()) {
                        found.push(parts.wrong(
                            0,
                            parts.name,
                            "parameters have names, or none has: `@name` and `?` do not go together",
                        ));
                    }
                    given.push(one);
                }
            }
        }
        if found.is_empty() { Ok(given) } else { Err(Problem::Findings(found)) }
    }

    /// Sees that a query names all that it is given, and is given all that it names.
    pub fn check(
        &self,
        translated: &Translated,
        source: &Arc<Source>,
        given: &[Parameter],
    ) -> Result<(), Problem> {
        let mut found = Vec::new();
        for (place, text) in self.parameters.iter().enumerate() {
            if !translated.parameters.contains(&Asked::Given(place)) {
                let parts = Parts::of(text);
                let message = match given.get(place).and_then(|one| one.name.as_deref()) {
                    Some(name) => format!("the query does not name `@{name}`"),
                    None => format!("the query has no `?` for value {}", place + 1),
                };
                found.push(parts.wrong(0, text, message));
            }
        }
        if let Some(span) = translated.first_of_partition {
            let position = Position::new(source, span.line.max(1), span.column.max(1), span.length);
            let names = translated.parameters.iter().filter_map(|asked| match asked {
                Asked::Partition(place) => PARAMETERS.get(*place),
                Asked::Given(_) => None,
            });
            let options: Vec<String> = names.map(|(name, ty)| format!("--param {name}:{ty}:…")).collect();
            found.push(
                Diagnostic::error(
                    Code::UnknownQueryParameter,
                    "the query is for a partition, and none is given",
                )
                .at(&position)
                .hint(format!("give its values: {}", options.join(" "))),
            );
        }
        if found.is_empty() { Ok(()) } else { Err(Problem::Findings(found)) }
    }
}

/// The value that a text stands for: as GoogleSQL's CAST reads it, and JSON around that for an ARRAY or a STRUCT.
fn value(session: &Session, text: &str, ty: &Type) -> Result<Value<'static>, String> {
    match ty {
        Type::Array(_) | Type::Struct(_) => {
            let json: Json = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
            nested(session, &json, ty)
        }
        _ => session.value(text, ty).map_err(|failure| match failure {
            Failure::Mistakes(problems) => {
                problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; ")
            }
            other => other.told(),
        }),
    }
}

fn nested(session: &Session, json: &Json, ty: &Type) -> Result<Value<'static>, String> {
    match (json, ty) {
        (Json::Null, _) => Ok(Value::Null),
        (Json::Array(items), Type::Array(element)) => {
            let items = items.iter().map(|item| match item {
                Json::Null => Err("an array that is handed over holds no NULL".to_owned()),
                item => nested(session, item, element),
            });
            Ok(Value::Array(items.collect::<Result<_, _>>()?))
        }
        (Json::Object(values), Type::Struct(fields)) => {
            let known = |name: &String| fields.iter().any(|field| field.name == *name);
            if let Some(unknown) = values.keys().find(|name| !known(name)) {
                return Err(format!("there is no field `{unknown}`"));
            }
            let values = fields.iter().map(|field| match values.get(&field.name) {
                Some(json) => nested(session, json, &field.ty),
                None => Ok(Value::Null),
            });
            Ok(Value::Struct(values.collect::<Result<_, _>>()?))
        }
        (Json::String(text), Type::Array(_) | Type::Struct(_)) => Err(format!("`{text}` stands for {ty}")),
        (Json::String(text), ty) => value(session, text, ty),
        (Json::Bool(_) | Json::Number(_), Type::Array(_) | Type::Struct(_))
        | (Json::Array(_) | Json::Object(_), _) => Err(format!("`{json}` stands for {ty}")),
        (scalar, ty) => value(session, &scalar.to_string(), ty),
    }
}
