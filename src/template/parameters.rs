//! What stands under `with:` → typed values for a template.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value};

use super::expand::{Input, expand, one_expression};
use super::header::{Header, Parameter, ParameterType};
use super::sourcemap::{Fragment, Text, within};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::path_to_field;
use crate::sql::tree::Span;
use crate::yaml::{Node, Value as Yaml};

/// A value from YAML as SQL; the formatter marks where it was written.
#[derive(Debug)]
pub struct Sql {
    pub text: String,
    pub number: usize,
}

impl fmt::Display for Sql {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Object for Sql {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Reads parameters one by one and keeps where each value came from.
pub struct Reader<'a> {
    pub template: &'a Text,
    pub input: Option<&'a Input>,
    pub fragments: Vec<Fragment>,
    pub found: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// All parameters of a template; what is missing and has no default stays undefined.
    pub fn read(
        &mut self,
        header: &Header,
        with: Option<&Node>,
        used_at: &Position,
    ) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        let known = || header.parameters.iter().map(|parameter| parameter.name.as_str());
        let given = match with.map(|node| (&node.value, node)) {
            None => &[],
            Some((Yaml::Map(entries), _)) => entries.as_slice(),
            Some((other, node)) => {
                let message = format!("`with` is a mapping, not {}", other.kind());
                self.found.push(
                    Diagnostic::error(Code::WrongType, message)
                        .at(&node.position)
                        .hint("write `with: {parameter: value}`"),
                );
                return values;
            }
        };
        let mut seen: Vec<&str> = Vec::new();
        for (key, _) in given {
            let name = key.as_text().unwrap_or_default();
            if seen.contains(&name) {
                let message = format!("`{name}` stands twice under `with`");
                self.found.push(Diagnostic::error(Code::DuplicateKey, message).at(&key.position));
            } else if !known().any(|parameter| parameter == name) {
                let names: Vec<&str> = known().collect();
                let hint = match names.is_empty() {
                    true => "the template takes no parameters".to_owned(),
                    false => format!("its parameters are: {}", names.join(", ")),
                };
                let message = format!("the template `{}` has no parameter `{name}`", self.template.name);
                self.found.push(
                    Diagnostic::error(Code::WrongParameter, message)
                        .at(&key.position)
                        .hint(hint)
                        .suggest(name, known()),
                );
            }
            seen.push(name);
        }
        for parameter in &header.parameters {
            let given = given.iter().find(|(key, _)| key.as_text() == Some(parameter.name.as_str()));
            let node = match given {
                Some((_, node)) => Some(node),
                None => parameter.default.as_ref(),
            };
            match node {
                Some(node) => {
                    if let Some(value) = self.value(parameter, node) {
                        values.insert(parameter.name.clone(), value);
                    }
                }
                None if parameter.required => self.found.push(
                    Diagnostic::error(
                        Code::WrongParameter,
                        format!(
                            "the template `{}` needs the parameter `{}`",
                            self.template.name, parameter.name
                        ),
                    )
                    .at(used_at)
                    .hint(format!(
                        "under `with:` write {}: {}",
                        parameter.ty.takes(),
                        parameter.description
                    )),
                ),
                None => {}
            }
        }
        values
    }

    fn wrong(&mut self, parameter: &Parameter, node: &Node) {
        let message = format!("`{}` is {}, not {}", parameter.name, parameter.ty.takes(), node.value.kind());
        let hint = parameter.description.clone();
        self.found.push(Diagnostic::error(Code::WrongParameter, message).at(&node.position).hint(hint));
    }

    fn value(&mut self, parameter: &Parameter, node: &Node) -> Option<Value> {
        let is_empty = match &node.value {
            Yaml::List(items) => items.is_empty(),
            Yaml::Map(entries) => entries.is_empty(),
            _ => false,
        };
        if is_empty && parameter.required {
            let message = format!("`{}` is empty: it takes {}", parameter.name, parameter.ty.takes());
            let finding = Diagnostic::error(Code::WrongParameter, message).at(&node.position);
            self.found.push(finding.hint(parameter.description.clone()));
            return None;
        }
        match (parameter.ty, &node.value) {
            (ParameterType::Columns, Yaml::List(items)) => Some(Value::from_iter(
                items.iter().filter_map(|item| self.column(parameter, item)).collect::<Vec<_>>(),
            )),
            (ParameterType::Measures, Yaml::Map(entries)) => Some(Value::from_iter(
                entries
                    .iter()
                    .filter_map(|(key, value)| self.named(parameter, key, value))
                    .collect::<Vec<_>>(),
            )),
            (ParameterType::Expression, _) => {
                let (text, exact) = self.expression(parameter, node)?;
                Some(self.sql(text, &node.position, exact))
            }
            (ParameterType::Column, Yaml::Text(name)) => {
                let path = self.column_path(parameter, name, node)?;
                let exact = path == *name;
                Some(self.sql(path, &node.position, exact))
            }
            (ParameterType::Text, Yaml::Text(text)) => Some(Value::from(text.as_str())),
            (ParameterType::Integer, Yaml::Integer(number)) => Some(Value::from(*number)),
            (ParameterType::Boolean, Yaml::Bool(value)) => Some(Value::from(*value)),
            _ => {
                self.wrong(parameter, node);
                None
            }
        }
    }

    fn sql(&mut self, text: String, position: &Position, exact: bool) -> Value {
        self.fragments.push(Fragment { position: position.clone(), exact });
        Value::from_object(Sql { text, number: self.fragments.len() - 1 })
    }

    /// A list item: `country`, `metadata.geo.country` or `country: metadata.geo.country`.
    fn column(&mut self, parameter: &Parameter, item: &Node) -> Option<Value> {
        match &item.value {
            Yaml::Text(name) => {
                let path = self.column_path(parameter, name, item)?;
                let output = name.rsplit('.').next().unwrap_or(name).to_owned();
                let exact = path == *name;
                Some(self.pair(&output, path, &item.position, exact))
            }
            Yaml::Map(entries) if entries.len() == 1 => self.named(parameter, &entries[0].0, &entries[0].1),
            _ => {
                self.wrong(parameter, item);
                None
            }
        }
    }

    fn named(&mut self, parameter: &Parameter, key: &Node, value: &Node) -> Option<Value> {
        let Some(name) = key.as_text() else {
            self.wrong(parameter, key);
            return None;
        };
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_');
        if !is_name {
            let message = format!("`{name}` cannot name a column");
            self.found.push(
                Diagnostic::error(Code::WrongParameter, message)
                    .at(&key.position)
                    .hint("use letters, digits and underscores"),
            );
            return None;
        }
        let (text, exact) = self.expression(parameter, value)?;
        Some(self.pair(name, text, &value.position, exact))
    }

    fn pair(&mut self, name: &str, expression: String, position: &Position, exact: bool) -> Value {
        let same = expression == name;
        let select = if same { expression.clone() } else { format!("{expression} AS {name}") };
        let select = self.sql(select, position, exact);
        let expression = self.sql(expression, position, exact);
        Value::from(BTreeMap::from([
            ("name", Value::from(name)),
            ("expression", expression),
            ("select", select),
        ]))
    }

    /// A column or shortcut that must be there.
    fn column_path(&mut self, parameter: &Parameter, name: &str, node: &Node) -> Option<String> {
        let Some(input) = self.input else { return Some(name.to_owned()) };
        if input.has_path(name) {
            return Some(name.to_owned());
        }
        if let Some(path) = input.shortcut(name) {
            return Some(path.to_owned());
        }
        let what = if input.shortcuts.is_empty() { "column" } else { "column or shortcut" };
        let deeper = path_to_field(&input.columns, name);
        let finding =
            Diagnostic::error(Code::UnknownColumn, format!("no {what} `{name}` in {}", input.shown()))
                .at(&node.position)
                .label(self.read_by(parameter))
                .hint(columns_hint(input))
                .suggest(name, input.names());
        self.found.push(match deeper {
            Some(path) => finding.hint(format!("did you mean `{path}`?")),
            None => finding,
        });
        None
    }

    /// A GoogleSQL expression; numbers and booleans are expressions too.
    fn expression(&mut self, parameter: &Parameter, node: &Node) -> Option<(String, bool)> {
        let text = match &node.value {
            Yaml::Text(text) => text.trim().to_owned(),
            Yaml::Integer(number) => number.to_string(),
            Yaml::Float(number) => number.to_string(),
            Yaml::Bool(value) => value.to_string().to_ascii_uppercase(),
            other => {
                let message = format!("a GoogleSQL expression is expected, not {}", other.kind());
                self.found.push(Diagnostic::error(Code::WrongParameter, message).at(&node.position));
                return None;
            }
        };
        let expanded = match (one_expression(&text), self.input) {
            (Err(problem), _) => Err(problem),
            (Ok(()), Some(input)) => expand(&text, input),
            (Ok(()), None) => return Some((text, true)),
        };
        match expanded {
            Ok(expanded) => {
                let exact = expanded == text && !text.contains('\n');
                Some((expanded, exact))
            }
            Err(problem) => {
                let span = Span { line: problem.span.line, ..problem.span };
                let mut finding =
                    Diagnostic::error(problem.code, problem.message).at(&within(&node.position, span));
                finding.hint = problem.hint;
                self.found.push(finding.label(self.read_by(parameter)));
                None
            }
        }
    }

    /// Which template reads a parameter, and at which line first.
    fn read_by(&self, parameter: &Parameter) -> String {
        let name = &self.template.name;
        let text = &self.template.text;
        let body = text.find("---#}").unwrap_or(0);
        let is_part = |one: char| one.is_alphanumeric() || one == '_';
        let mut inside = false;
        for (number, line) in text.lines().enumerate().skip(text[..body].matches('\n').count()) {
            for part in line.split_inclusive(['{', '}']) {
                if inside && part.split(|one| !is_part(one)).any(|word| word == parameter.name) {
                    return format!("read by template `{name}`, line {}", number + 1);
                }
                inside = part.ends_with('{');
            }
            // A tag that goes on in the next line is rare; its first word is enough.
            inside = false;
        }
        format!("read by template `{name}`")
    }
}

/// Most columns that a hint names one by one.
const MOST_NAMED: usize = 20;

/// The names of a table's columns, or where they can be looked up.
fn columns_hint(input: &Input) -> String {
    let names: Vec<&str> = input.columns.iter().map(|column| column.name.as_str()).collect();
    let columns = match names.len() {
        ..=MOST_NAMED => format!("its columns are: {}", names.join(", ")),
        _ => format!("the columns stand in generated/{}/schema.json", input.table.replace('.', "/")),
    };
    if input.shortcuts.is_empty() {
        return columns;
    }
    let shortcuts: Vec<&str> = input.shortcuts.iter().map(|shortcut| shortcut.name).collect();
    format!("{columns}; shortcuts are: {}", shortcuts.join(", "))
}
