//! What is in a document: JSON_TYPE, JSON_KEYS, JSON_CONTAINS, JSON_FLATTEN.

use std::collections::BTreeSet;

use super::{Native, json, strict, unexpected};
use crate::value::Value;
use crate::value::json::Document;

pub const ROWS: &[Native] = &[
    strict("json_contains", json_contains),
    strict("json_flatten", json_flatten),
    Native { name: "json_keys", strict: false, volatile: false, body: json_keys },
    strict("json_type", json_type),
];

fn json_type<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Json(text)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::string(Document::stored(text)?.kind()))
}

fn json_contains<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Json(whole), Value::Json(part)] = arguments else { return Err(unexpected(arguments)) };
    let (whole, part) = (Document::stored(whole)?, Document::stored(part)?);
    let is_in = match (&whole, &part) {
        // Only here, at the top.
        (Document::Array(items), scalar) if !matches!(scalar, Document::Array(_) | Document::Object(_)) => {
            items.contains(scalar)
        }
        _ => contains(&whole, &part),
    };
    Ok(Value::Bool(is_in))
}

fn contains(whole: &Document, part: &Document) -> bool {
    match (whole, part) {
        (Document::Object(members), Document::Object(wanted)) => {
            wanted.iter().all(|(key, value)| members.get(key).is_some_and(|found| contains(found, value)))
        }
        (Document::Array(items), Document::Array(wanted)) => {
            wanted.iter().all(|value| items.iter().any(|item| contains(item, value)))
        }
        (whole, part) => whole == part,
    }
}

fn json_flatten<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Json(text)] = arguments else { return Err(unexpected(arguments)) };
    let mut values = Vec::new();
    flatten(&Document::stored(text)?, &mut values);
    Ok(Value::Array(values))
}

fn flatten(document: &Document, values: &mut Vec<Value<'_>>) {
    match document {
        Document::Array(items) => items.iter().for_each(|item| flatten(item, values)),
        other => values.push(json(other)),
    }
}

/// Which keys within arrays count.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// None.
    Strict,
    /// Those of objects that stand in an array, not in an array of arrays.
    Lax,
    /// All.
    Recursive,
}

/// `json_keys(json, most, mode)`: paths of keys, each once, in order.
fn json_keys<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (text, most, mode) = match arguments {
        [Value::Null, ..] | [_, _, Value::Null] => return Ok(Value::Null),
        [Value::Json(text), Value::Null, Value::String(mode)] => (text, usize::MAX, mode),
        [Value::Json(text), Value::Int64(most), Value::String(mode)] => match usize::try_from(*most) {
            Ok(most @ 1..) => (text, most, mode),
            _ => return Err(format!("a depth of {most}: it is at least 1")),
        },
        _ => return Err(unexpected(arguments)),
    };
    let mode = match mode.to_ascii_lowercase().as_str() {
        "strict" => Mode::Strict,
        "lax" => Mode::Lax,
        "lax recursive" | "recursive lax" => Mode::Recursive,
        _ => return Err(format!("the mode is 'strict', 'lax' or 'lax recursive', not '{mode}'")),
    };
    let mut keys = BTreeSet::new();
    collect(&Document::stored(text)?, "", most, mode, false, &mut keys);
    Ok(Value::Array(keys.into_iter().map(Value::string).collect()))
}

fn collect(
    document: &Document,
    before: &str,
    most: usize,
    mode: Mode,
    in_array: bool,
    keys: &mut BTreeSet<String>,
) {
    match document {
        Document::Object(members) if most > 0 => {
            for (name, value) in members {
                let point = if before.is_empty() { "" } else { "." };
                let key = format!("{before}{point}{}", written(name));
                collect(value, &key, most - 1, mode, false, keys);
                keys.insert(key);
            }
        }
        Document::Array(items) if mode == Mode::Recursive || (mode == Mode::Lax && !in_array) => {
            items.iter().for_each(|item| collect(item, before, most, mode, true, keys));
        }
        _ => {}
    }
}

/// A key as a path has it: quoted where it is no word.
fn written(name: &str) -> String {
    let is_word = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '_' | '-' | ':') || letter.is_whitespace()
    };
    if !name.is_empty() && name.chars().all(is_word) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\\\""))
    }
}
