//! Rows of a JSON file: a list of objects whose keys are columns. A key that is missing or `null` is NULL.

use std::sync::Arc;

use super::Placed;
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::schema::value::{self, Constant};
use crate::schema::{Field, Type};
use crate::yaml::{self, Limits, Node, Value};

/// Reads all rows; mistakes are reported at their values.
pub fn rows(source: &Arc<Source>, columns: &[Field], found: &mut Vec<Diagnostic>) -> Vec<Placed> {
    let node = match yaml::parse(source, Limits::SCHEMA) {
        Ok(node) => node,
        Err(error) => {
            found.push(error);
            return Vec::new();
        }
    };
    let Some(items) = node.as_list() else {
        let message = format!("a JSON file of rows is a list, not {}", node.value.kind());
        let finding = Diagnostic::error(Code::WrongTableFile, message).at(&node.position);
        found.push(finding.hint("write `[{\"code\": \"DE\"}, …]`"));
        return Vec::new();
    };
    items.iter().filter_map(|item| row(item, columns, found)).collect()
}

fn row(item: &Node, columns: &[Field], found: &mut Vec<Diagnostic>) -> Option<Placed> {
    if item.as_map().is_none() {
        let message = format!("a row is an object of columns, not {}", item.value.kind());
        found.push(Diagnostic::error(Code::WrongTableFile, message).at(&item.position));
        return None;
    }
    let entries = item.as_map().unwrap_or_default();
    for (index, (key, _)) in entries.iter().enumerate() {
        let name = key.as_text().unwrap_or_default();
        if entries[..index].iter().any(|(other, _)| other.as_text() == Some(name)) {
            let message = format!("the column `{name}` stands twice");
            found.push(Diagnostic::error(Code::WrongTableFile, message).at(&key.position));
        }
        if !columns.iter().any(|column| column.name == name) {
            let message = format!("the schema has no column `{name}`");
            let finding = Diagnostic::error(Code::WrongTableFile, message).at(&key.position);
            found.push(finding.suggest(name, columns.iter().map(|column| column.name.as_str())));
        }
    }
    let values = columns
        .iter()
        .map(|column| {
            let node = item.get(&column.name)?;
            // Any value is JSON; it needs no quotes around it here.
            if column.ty == Type::Json && node.value != Value::Null {
                return Some(json(node).to_string());
            }
            match value::constant(node, &column.ty, found) {
                Some(Constant::Scalar(text)) => Some(text),
                _ => None,
            }
        })
        .collect();
    Some(Placed { values, position: item.position.clone() })
}

fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Integer(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => serde_json::Value::Object(
            entries
                .iter()
                .filter_map(|(key, value)| Some((key.as_text()?.to_owned(), json(value))))
                .collect(),
        ),
    }
}
