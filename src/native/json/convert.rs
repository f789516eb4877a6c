//! Documents as SQL values of one type, and nothing else: BOOL, INT64, FLOAT64, STRING, and arrays of these.

use super::{Native, strict, unexpected, wide};
use crate::value::Value;
use crate::value::json::{Document, Number, Wide};

pub const ROWS: &[Native] = &[
    strict("json_bool", |arguments| one(arguments, "BOOL", bool)),
    strict("json_bool_array", |arguments| each(arguments, "BOOL", bool)),
    strict("json_float64", |arguments| one(arguments, "FLOAT64", float64)),
    strict("json_float64_array", |arguments| each(arguments, "FLOAT64", float64)),
    strict("json_int64", |arguments| one(arguments, "INT64", int64)),
    strict("json_int64_array", |arguments| each(arguments, "INT64", int64)),
    strict("json_string", |arguments| one(arguments, "STRING", string)),
    strict("json_string_array", |arguments| each(arguments, "STRING", string)),
];

type Convert = fn(&Document, Wide) -> Option<Value<'static>>;

fn given(arguments: &[Value]) -> Result<(Document, Wide), String> {
    match arguments {
        [Value::Json(document)] => Ok((Document::stored(document)?, Wide::Round)),
        [Value::Json(document), Value::String(mode)] => Ok((Document::stored(document)?, wide(mode)?)),
        _ => Err(unexpected(arguments)),
    }
}

fn one<'a>(arguments: &[Value<'a>], ty: &str, convert: Convert) -> Result<Value<'a>, String> {
    let (document, wide) = given(arguments)?;
    convert(&document, wide).ok_or_else(|| misfit(&document, ty))
}

fn each<'a>(arguments: &[Value<'a>], ty: &str, convert: Convert) -> Result<Value<'a>, String> {
    let (document, wide) = given(arguments)?;
    let Document::Array(items) = &document else {
        return Err(format!("a JSON {} is no array of {ty}", document.kind()));
    };
    let values = items.iter().map(|item| convert(item, wide).ok_or_else(|| misfit(item, ty)));
    Ok(Value::Array(values.collect::<Result<_, _>>()?))
}

fn misfit(document: &Document, ty: &str) -> String {
    match document {
        Document::Number(number) => format!("the JSON number {number} is no {ty}"),
        other => format!("a JSON {} is no {ty}", other.kind()),
    }
}

fn bool(document: &Document, _: Wide) -> Option<Value<'static>> {
    match document {
        Document::Bool(truth) => Some(Value::Bool(*truth)),
        _ => None,
    }
}

fn string(document: &Document, _: Wide) -> Option<Value<'static>> {
    match document {
        Document::String(text) => Some(Value::string(text.clone())),
        _ => None,
    }
}

/// A float is taken where it is whole.
fn int64(document: &Document, _: Wide) -> Option<Value<'static>> {
    match document {
        Document::Number(Number::Int64(number)) => Some(Value::Int64(*number)),
        Document::Number(Number::Float64(number)) if number.fract() == 0.0 => {
            whole(*number).map(Value::Int64)
        }
        _ => None,
    }
}

/// An integral float that INT64 holds.
pub fn whole(number: f64) -> Option<i64> {
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    (-BOUND..BOUND).contains(&number).then_some(number as i64)
}

fn float64(document: &Document, wide: Wide) -> Option<Value<'static>> {
    let Document::Number(number) = document else { return None };
    let float = number.as_f64();
    let is_exact = match number {
        Number::Int64(number) => float as i128 == i128::from(*number),
        Number::Uint64(number) => float as i128 == i128::from(*number),
        Number::Float64(_) => true,
    };
    (is_exact || wide == Wide::Round).then_some(Value::Float64(float))
}
