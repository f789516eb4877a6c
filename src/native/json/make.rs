//! Documents made of texts and values: PARSE_JSON, JSON_ARRAY, JSON_OBJECT. The first argument of the last two are the names
//! of fields, see [`super::encode`].

use std::collections::BTreeMap;

use super::encode::{document, names};
use super::{Native, json, strict, unexpected, wide};
use crate::value::Value;
use crate::value::json::Document;

pub const ROWS: &[Native] = &[
    Native { name: "json_array", strict: false, volatile: false, body: json_array },
    Native { name: "json_object", strict: false, volatile: false, body: json_object },
    Native { name: "json_object_of_arrays", strict: false, volatile: false, body: json_object_of_arrays },
    strict("parse_json", parse_json),
];

fn parse_json<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(text), Value::String(mode)] = arguments else { return Err(unexpected(arguments)) };
    Ok(json(&Document::parse(text, wide(mode)?)?))
}

fn json_array<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(written), values @ ..] = arguments else { return Err(unexpected(arguments)) };
    let names = names(written)?;
    let items = values.iter().enumerate().map(|(index, value)| document(value, names.field(index).1, false));
    Ok(json(&Document::Array(items.collect::<Result<_, _>>()?)))
}

fn json_object<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(written), pairs @ ..] = arguments else { return Err(unexpected(arguments)) };
    let names = names(written)?;
    let mut members = BTreeMap::new();
    for (index, pair) in pairs.chunks(2).enumerate() {
        let [key, value] = pair else { return Err(unexpected(arguments)) };
        let value = document(value, names.field(2 * index + 1).1, false)?;
        members.entry(self::key(key)?).or_insert(value);
    }
    Ok(json(&Document::Object(members)))
}

fn json_object_of_arrays<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (written, keys, values) = match arguments {
        [Value::String(written), Value::Array(keys), Value::Array(values)] => (written, keys, values),
        [_, Value::Null, _] => return Err("the array of keys is NULL".to_owned()),
        [_, _, Value::Null] => return Err("the array of values is NULL".to_owned()),
        _ => return Err(unexpected(arguments)),
    };
    if keys.len() != values.len() {
        return Err(format!("{} keys and {} values: there must be as many", keys.len(), values.len()));
    }
    let names = names(written)?;
    let mut members = BTreeMap::new();
    for (key, value) in keys.iter().zip(values) {
        let value = document(value, names.field(1).1.elements(), false)?;
        members.entry(self::key(key)?).or_insert(value);
    }
    Ok(json(&Document::Object(members)))
}

fn key(value: &Value) -> Result<String, String> {
    match value {
        Value::String(key) => Ok(key.to_string()),
        _ => Err("a key of a JSON object is NULL".to_owned()),
    }
}
