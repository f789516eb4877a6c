//! A search through whole values, blind to case. String functions, "CONTAINS_SUBSTR".

use serde_json::Value as Document;

use super::normal::folded;
use crate::native::{Native, unexpected};
use crate::value::{Value, float_text, text};

pub const ROWS: &[Native] =
    &[Native { name: "contains_substr", strict: false, volatile: false, body: contains_substr }];

/// Which parts of a JSON document are looked into.
#[derive(Clone, Copy, PartialEq)]
enum Scope {
    Values,
    Keys,
    Both,
}

/// TRUE where any part has the wanted text in it; else NULL where any part is NULL.
fn contains_substr<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let scope = match arguments.get(2) {
        None => Scope::Values,
        Some(Value::String(scope)) => match scope.as_ref() {
            "JSON_VALUES" => Scope::Values,
            "JSON_KEYS" => Scope::Keys,
            "JSON_KEYS_AND_VALUES" => Scope::Both,
            other => return Err(format!("`{other}` is no `json_scope`")),
        },
        Some(_) => return Err(unexpected(arguments)),
    };
    match arguments {
        [value, Value::String(wanted), ..] => Ok(match within(value, &folded(wanted), scope)? {
            Some(found) => Value::Bool(found),
            None => Value::Null,
        }),
        [_, Value::Null, ..] => Err("CONTAINS_SUBSTR looks for NULL".to_owned()),
        _ => Err(unexpected(arguments)),
    }
}

fn within(value: &Value, wanted: &str, scope: Scope) -> Result<Option<bool>, String> {
    Ok(match value {
        Value::Null => None,
        Value::Array(parts) | Value::Struct(parts) => {
            let mut found = Some(false);
            for part in parts {
                match within(part, wanted, scope)? {
                    Some(true) => return Ok(Some(true)),
                    Some(false) => {}
                    None => found = None,
                }
            }
            found
        }
        Value::Json(document) => {
            let document: Document =
                serde_json::from_str(document).map_err(|problem| format!("a bad JSON value: {problem}"))?;
            Some(within_document(&document, wanted, scope))
        }
        Value::Float64(number) => Some(has(&float_text(*number), wanted)),
        other => Some(has(&text(other), wanted)),
    })
}

fn has(text: &str, wanted: &str) -> bool {
    folded(text).contains(wanted)
}

fn within_document(document: &Document, wanted: &str, scope: Scope) -> bool {
    let scalar = |text: &str| scope != Scope::Keys && has(text, wanted);
    match document {
        Document::Null => false,
        Document::Bool(truth) => scalar(&truth.to_string()),
        Document::Number(number) => scalar(&number.to_string()),
        Document::String(text) => scalar(text),
        Document::Array(parts) => parts.iter().any(|part| within_document(part, wanted, scope)),
        Document::Object(fields) => fields.iter().any(|(key, value)| {
            scope != Scope::Values && has(key, wanted) || within_document(value, wanted, scope)
        }),
    }
}
