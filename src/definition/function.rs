//! `function:` a function that queries call, in SQL or JavaScript, with examples that are its tests.

use super::Context;
use super::values::{self, TableName, table_name};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::{Field, Type, parse_type};
use crate::yaml::{MapReader, Node, Text};

/// A function's definition.
#[derive(Clone, Debug)]
pub struct Function {
    pub name: TableName,
    pub description: String,
    pub owners: Vec<String>,
    /// One of `ANY TYPE` has an unknown type.
    pub arguments: Vec<Field>,
    /// Of a SQL function that does not state it, the type is its body's.
    pub returns: Option<Type>,
    pub language: Language,
    pub body: Text,
    pub examples: Vec<Example>,
    pub labels: Vec<(String, String)>,
    pub tags: Vec<String>,
}

impl Function {
    /// Whether an argument may have any type.
    pub fn is_template(&self) -> bool {
        self.arguments.iter().any(|argument| argument.ty == Type::Unknown)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Sql,
    JavaScript,
}

/// A call and what it gives.
#[derive(Clone, Debug)]
pub struct Example {
    pub arguments: Node,
    pub gives: Node,
    /// The types of the arguments, where `ANY TYPE` leaves them open and the values do not tell them.
    pub types: Option<(Vec<Type>, Position)>,
}

/// Before these names and a dot GoogleSQL looks for functions of its own.
const OF_THE_LANGUAGE: &[&str] = &["aead", "hll_count", "keys", "kll_quantiles", "net", "safe"];

/// Reads a function's file.
pub fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<Function> {
    let reader = MapReader::of(node, "a function", &shapes::FUNCTION);
    let name = reader
        .required_text("function", "name the function: `function: tide.engine_name`")
        .and_then(|text| table_name(&reader, "function", &text, false));
    if let Some(name) = name.as_ref().filter(|name| OF_THE_LANGUAGE.contains(&name.schema.as_str())) {
        let message =
            format!("`{}` would never be called: GoogleSQL has functions of its own there", name.full());
        reader.report(
            Diagnostic::error(Code::InvalidFunction, message)
                .at(&name.position)
                .hint("name the function after the project or the product: `tide.engine_name`"),
        );
    }
    let description = reader.required_text("description", "say what the function gives");
    let owners = values::owners(&reader, &context.defaults.owners);
    let arguments = arguments(&reader);
    let returns =
        reader.optional_text("returns").and_then(|text| reader.parsed("returns", &text, parse_type));
    let language = match reader.optional_text("language") {
        None => Some(Language::Sql),
        Some(text) => reader.parsed("language", &text, |text| match text {
            "sql" => Ok(Language::Sql),
            "js" => Ok(Language::JavaScript),
            _ => Err("write `sql` or `js`".to_owned()),
        }),
    };
    if language == Some(Language::JavaScript) {
        refuse_any_type(&reader);
        reader.required("returns", "nobody can tell the type of what JavaScript gives: `returns: STRING`");
    }
    let body = reader.required_text("body", "an expression of the arguments: `body: LOWER(x)`");
    if let (Some(Language::JavaScript), Some(body)) = (language, &body)
        && body.text.contains("\"\"\"")
        && body.text.contains("'''")
    {
        let message = "the body holds both `\"\"\"` and `'''`, so that no quotes are left to put around it";
        let finding = Diagnostic::error(Code::InvalidFunction, message).at(&body.position);
        reader.report(finding.hint("write one of them in another way"));
    }
    let examples = examples(&reader);
    let labels = values::labels(&reader);
    let tags = reader.optional_texts("tags").into_iter().map(|tag| tag.text).collect();
    found.extend(reader.finish());
    if language == Some(Language::JavaScript) && returns.is_none() {
        return None;
    }
    Some(Function {
        name: name?,
        description: description?.text,
        owners,
        arguments: arguments?,
        returns,
        language: language?,
        body: body?,
        examples,
        labels,
        tags,
    })
}

fn arguments(reader: &MapReader) -> Option<Vec<Field>> {
    let Some(node) = reader.optional("arguments") else { return Some(Vec::new()) };
    let mut arguments: Vec<Field> = Vec::new();
    let mut whole = node.as_map().is_some();
    for (name, value) in reader.entries("arguments", node) {
        let is_name = name.text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.text.chars().all(|one| one.is_ascii_alphanumeric() || one == '_');
        let is_taken = arguments.iter().any(|known| known.name.eq_ignore_ascii_case(&name.text));
        if !is_name || is_taken {
            let message = match is_taken {
                true => format!("two arguments are named `{}`, letter case aside", name.text),
                false => format!("`{}` cannot name an argument", name.text),
            };
            let finding = Diagnostic::error(Code::InvalidFunction, message).at(&name.position);
            reader.report(finding.hint("names are of letters, digits and underscores, each once"));
            whole = false;
        }
        let ty = reader.text("arguments", value).and_then(|text| match is_any_type(&text.text) {
            true => Some(Type::Unknown),
            false => reader.parsed("arguments", &text, parse_type),
        });
        match ty {
            Some(ty) => arguments.push(Field::new(name.text, ty)),
            None => whole = false,
        }
    }
    whole.then_some(arguments)
}

/// `ANY TYPE`: the body is typed for each call.
fn is_any_type(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let mut is = |word: &str| words.next().is_some_and(|one| one.eq_ignore_ascii_case(word));
    is("ANY") && is("TYPE") && words.next().is_none()
}

/// JavaScript is handed values of types that are known where it is defined.
fn refuse_any_type(reader: &MapReader) {
    let Some(node) = reader.optional("arguments") else { return };
    for (_, value) in reader.entries("arguments", node) {
        if value.as_text().is_some_and(is_any_type) {
            let message = "a function in JavaScript takes no `ANY TYPE`";
            let finding = Diagnostic::error(Code::InvalidFunction, message).at(&value.position);
            reader.report(finding.hint("name the type, or write the body in SQL"));
        }
    }
}

fn examples(reader: &MapReader) -> Vec<Example> {
    let Some(node) = reader.optional("examples") else { return Vec::new() };
    let Some(items) = node.as_list() else {
        let message = format!("`examples` is a list, not {}", node.value.kind());
        let finding = Diagnostic::error(Code::WrongType, message).at(&node.position);
        reader.report(finding.hint("write `examples: [{arguments: ['x'], gives: 'X'}]`"));
        return Vec::new();
    };
    items.iter().filter_map(|item| example(item, reader)).collect()
}

fn example(item: &Node, outer: &MapReader) -> Option<Example> {
    let reader = MapReader::of(item, "an example", &shapes::EXAMPLE);
    let arguments = reader.required("arguments", "a value for every argument: `arguments: ['x']`");
    // NULL is a value here like any other, so the key is looked for as it was written.
    let _ = reader.optional("gives");
    let gives = item.get("gives");
    if gives.is_none() && item.as_map().is_some() {
        reader.required("gives", "what the call gives: `gives: 'X'`, or `gives: null`");
    }
    let types = types(&reader);
    outer.report_all(reader.finish());
    Some(Example { arguments: arguments?.clone(), gives: gives?.clone(), types: types? })
}

/// The types that an example states, if it does; `None` where one of them is none.
pub fn types(reader: &MapReader) -> Option<Option<(Vec<Type>, Position)>> {
    let Some(node) = reader.optional("types") else { return Some(None) };
    let texts = reader.optional_texts("types");
    let types: Option<Vec<Type>> =
        texts.iter().map(|text| reader.parsed("types", text, parse_type)).collect();
    types.map(|types| Some((types, node.position.clone())))
}
