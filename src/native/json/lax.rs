//! LAX_BOOL and its kin: documents as SQL values where something can be made of them, else NULL. They never fail.

use super::convert::whole;
use super::{Native, strict, unexpected};
use crate::value::json::{Document, Number};
use crate::value::{BIGNUMERIC_SCALE, I256, Value, float_text, parse_decimal};

pub const ROWS: &[Native] = &[
    strict("lax_bool", |arguments| one(arguments, bool)),
    strict("lax_bool_array", |arguments| each(arguments, bool)),
    strict("lax_float64", |arguments| one(arguments, float64)),
    strict("lax_float64_array", |arguments| each(arguments, float64)),
    strict("lax_int64", |arguments| one(arguments, int64)),
    strict("lax_int64_array", |arguments| each(arguments, int64)),
    strict("lax_string", |arguments| one(arguments, string)),
    strict("lax_string_array", |arguments| each(arguments, string)),
];

type Convert = fn(&Document) -> Option<Value<'static>>;

fn given(arguments: &[Value]) -> Result<Document, String> {
    let [Value::Json(document)] = arguments else { return Err(unexpected(arguments)) };
    Document::stored(document)
}

fn one<'a>(arguments: &[Value<'a>], convert: Convert) -> Result<Value<'a>, String> {
    Ok(convert(&given(arguments)?).unwrap_or(Value::Null))
}

fn each<'a>(arguments: &[Value<'a>], convert: Convert) -> Result<Value<'a>, String> {
    Ok(match given(arguments)? {
        Document::Array(items) => {
            Value::Array(items.iter().map(|item| convert(item).unwrap_or(Value::Null)).collect())
        }
        _ => Value::Null,
    })
}

fn bool(document: &Document) -> Option<Value<'static>> {
    match document {
        Document::Bool(truth) => Some(Value::Bool(*truth)),
        Document::Number(number) => Some(Value::Bool(number.as_f64() != 0.0)),
        Document::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    }
}

/// Fractions are rounded, half away from zero. A text is read as a BIGNUMERIC.
fn int64(document: &Document) -> Option<Value<'static>> {
    let number = match document {
        Document::Bool(truth) => i64::from(*truth),
        Document::Number(Number::Int64(number)) => *number,
        Document::Number(Number::Uint64(_)) => return None,
        Document::Number(Number::Float64(number)) => whole(number.round())?,
        Document::String(text) => {
            // Read with all its digits first: rounding twice would go wrong.
            let units = parse_decimal(text, BIGNUMERIC_SCALE)?;
            let one = I256::from(10).pow(BIGNUMERIC_SCALE as u32);
            let half = if units < 0 { -(one / 2) } else { one / 2 };
            i64::try_from(units.checked_add(half)? / one).ok()?
        }
        _ => return None,
    };
    Some(Value::Int64(number))
}

fn float64(document: &Document) -> Option<Value<'static>> {
    match document {
        Document::Number(number) => Some(Value::Float64(number.as_f64())),
        // Rust reads the numbers and words that GoogleSQL does: NaN, Inf and Infinity in any letter case.
        Document::String(text) => {
            let number: f64 = text.trim().parse().ok()?;
            let is_word = text.contains(['n', 'N']);
            (number.is_finite() || is_word).then_some(Value::Float64(number))
        }
        _ => None,
    }
}

fn string(document: &Document) -> Option<Value<'static>> {
    match document {
        Document::Bool(truth) => Some(Value::string(truth.to_string())),
        Document::String(text) => Some(Value::string(text.clone())),
        Document::Number(Number::Float64(number)) => Some(Value::string(float_text(*number))),
        Document::Number(number) => Some(Value::string(number.to_string())),
        _ => None,
    }
}
