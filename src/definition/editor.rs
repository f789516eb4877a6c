//! The JSON Schema by which editors complete and check definitions, made of the tables that the readers go by. It
//! says less than the readers do (nothing of SQL, nothing that depends on other files), and never more.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::shapes;
use crate::yaml::{Shape, Takes};

/// What a project has that authors name.
#[derive(Default)]
pub struct Names {
    pub templates: Vec<Template>,
    /// Sources' tables, datasets, views, static tables.
    pub tables: Vec<String>,
    /// The names of matrices, as they are written there.
    pub patterns: Vec<String>,
    /// What an axis may run over beside plain lists.
    pub axes: Vec<String>,
}

/// A template and its parameters.
pub struct Template {
    pub name: String,
    pub description: String,
    pub parameters: Vec<Parameter>,
}

/// A parameter: its name, the JSON types that it takes, what it is for.
pub struct Parameter {
    pub name: String,
    pub types: &'static [&'static str],
    pub required: bool,
    pub description: String,
}

/// The schema of every file of definitions. Without a project, names are any texts.
pub fn json_schema(names: &Names) -> Value {
    let mut definitions = BTreeMap::new();
    for shape in shapes::FILES {
        collect(shape, names, &mut definitions);
    }
    let files: Vec<Value> = shapes::FILES.iter().map(|shape| reference(shape.name)).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A definition of Tidemill",
        "anyOf": files,
        "definitions": definitions,
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

/// Writes a shape and those that stand in it, each once.
fn collect(shape: &'static Shape, names: &Names, definitions: &mut BTreeMap<&'static str, Value>) {
    if definitions.contains_key(shape.name) {
        return;
    }
    definitions.insert(shape.name, Value::Null);
    let mut properties = Map::new();
    for key in shape.all() {
        let mut value = takes(&key.takes, names, definitions);
        if let Some(object) = value.as_object_mut() {
            // Beside `$ref` draft 7 reads nothing else.
            if object.contains_key("$ref") {
                value = json!({"allOf": [value.clone()], "description": key.about});
            } else {
                object.insert("description".to_owned(), json!(key.about));
            }
        }
        properties.insert(key.name.to_owned(), value);
    }
    let required: Vec<&str> = shape.all().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if !shape.one_of.is_empty() {
        let one_of: Vec<Value> = shape.one_of.iter().map(|key| json!({"required": [key]})).collect();
        schema["anyOf"] = json!(one_of);
    }
    if shape.has("with") && !names.templates.is_empty() {
        schema["allOf"] = names.templates.iter().map(parameters).collect();
    }
    definitions.insert(shape.name, schema);
}

fn takes(takes: &Takes, names: &Names, definitions: &mut BTreeMap<&'static str, Value>) -> Value {
    match takes {
        Takes::Text => json!({"type": "string"}),
        Takes::Bool => json!({"type": "boolean"}),
        Takes::Integer => json!({"type": "integer"}),
        Takes::Any => json!({}),
        // In a matrix the value may be that of an axis.
        Takes::Date => json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$|\{.+\}"}),
        Takes::Days => json!({"type": "string", "pattern": r"^\d+ (days?|weeks?)$|\{.+\}"}),
        Takes::Word(words) => json!({"enum": words}),
        Takes::Name(kind) => name(kind, names),
        Takes::List(item) => json!({"type": "array", "items": self::takes(item, names, definitions)}),
        Takes::Map(value) => {
            json!({"type": "object", "additionalProperties": self::takes(value, names, definitions)})
        }
        Takes::Of(shape) => {
            collect(shape, names, definitions);
            reference(shape.name)
        }
        Takes::Either(kinds) => {
            let kinds: Vec<Value> = kinds.iter().map(|kind| self::takes(kind, names, definitions)).collect();
            json!({"anyOf": kinds})
        }
    }
}

/// A text, with the names that there are offered.
fn name(kind: &str, names: &Names) -> Value {
    let known: Vec<&str> = match kind {
        "template" => names.templates.iter().map(|template| template.name.as_str()).collect(),
        "table" => names.tables.iter().map(String::as_str).collect(),
        "pattern" => names.patterns.iter().map(String::as_str).collect(),
        "axis" => names.axes.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    match (known.is_empty(), kind) {
        (true, _) => json!({"type": "string"}),
        // A template is there or it is not; the other names may be of a file that was not saved yet.
        (false, "template") => json!({"enum": known}),
        (false, _) => json!({"anyOf": [{"enum": known}, {"type": "string"}]}),
    }
}

/// What stands under `with` where a template is named.
fn parameters(template: &Template) -> Value {
    let mut properties = Map::new();
    for parameter in &template.parameters {
        let mut schema = json!({"description": parameter.description});
        if !parameter.types.is_empty() {
            schema["type"] = json!(parameter.types);
        }
        properties.insert(parameter.name.clone(), schema);
    }
    let required: Vec<&str> = template
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|parameter| parameter.name.as_str())
        .collect();
    let mut with = json!({
        "description": template.description,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        with["required"] = json!(required);
    }
    json!({
        "if": {"properties": {"template": {"const": template.name}}, "required": ["template"]},
        "then": {"properties": {"with": with}},
    })
}
