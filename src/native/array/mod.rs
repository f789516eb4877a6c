//! Arrays: parts, what is in them, the least and the largest. Array functions.

mod equality;
pub mod series;

use std::cmp::Ordering;

use equality::{is_equal, is_same, order};

use super::text::LONGEST;
use super::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("array_first", |arguments| end(arguments, <[Value]>::first, "ARRAY_FIRST")),
    strict("array_includes", array_includes),
    strict("array_includes_all", |arguments| sought(arguments, true)),
    strict("array_includes_any", |arguments| sought(arguments, false)),
    strict("array_is_distinct", array_is_distinct),
    strict("array_last", |arguments| end(arguments, <[Value]>::last, "ARRAY_LAST")),
    strict("array_max", |arguments| extreme(arguments, Ordering::Greater)),
    strict("array_min", |arguments| extreme(arguments, Ordering::Less)),
    strict("array_slice", array_slice),
    strict("array_to_string", array_to_string),
];

type Outcome<'a> = Result<Value<'a>, String>;

fn end<'a>(
    arguments: &[Value<'a>],
    which: for<'v> fn(&'v [Value<'a>]) -> Option<&'v Value<'a>>,
    function: &str,
) -> Outcome<'a> {
    let [Value::Array(values)] = arguments else { return Err(unexpected(arguments)) };
    which(values).cloned().ok_or_else(|| format!("{function} of an array without elements"))
}

/// From one position to another, both in; negative ones count from the end, those beyond it are the end's.
fn array_slice<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Array(values), Value::Int64(start), Value::Int64(end)] = arguments else {
        return Err(unexpected(arguments));
    };
    let length = values.len() as i64;
    let place = |offset: i64| if offset < 0 { offset.saturating_add(length) } else { offset };
    let (start, end) = (place(*start).max(0), place(*end).min(length - 1));
    if start > end {
        return Ok(Value::Array(Vec::new()));
    }
    Ok(Value::Array(values[start as usize..=end as usize].to_vec()))
}

/// Without a third argument NULLs are left out.
fn array_to_string<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Array(values), between, rest @ ..] = arguments else { return Err(unexpected(arguments)) };
    let bytes = |value: &Value<'a>| match value {
        Value::String(text) => Ok(text.as_bytes().to_vec()),
        Value::Bytes(bytes) => Ok(bytes.to_vec()),
        _ => Err(unexpected(arguments)),
    };
    let (between_bytes, instead) = (bytes(between)?, rest.first());
    let mut joined: Vec<u8> = Vec::new();
    let mut is_first = true;
    for value in values {
        let shown = match value {
            Value::Null => match instead {
                Some(instead) => instead,
                None => continue,
            },
            value => value,
        };
        if !std::mem::replace(&mut is_first, false) {
            joined.extend_from_slice(&between_bytes);
        }
        match shown {
            Value::String(text) => joined.extend_from_slice(text.as_bytes()),
            Value::Bytes(bytes) => joined.extend_from_slice(bytes),
            _ => return Err(unexpected(arguments)),
        }
        if joined.len() > LONGEST {
            return Err(format!("the result of ARRAY_TO_STRING is longer than {LONGEST} bytes"));
        }
    }
    Ok(match between {
        Value::String(_) => Value::string(String::from_utf8_lossy(&joined).into_owned()),
        _ => Value::Bytes(joined.into()),
    })
}

/// A NULL among the elements is equal to nothing.
fn array_includes<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Array(values), wanted] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bool(values.iter().any(|value| is_equal(value, wanted) == Some(true))))
}

/// Whether all of the second array's elements, or any, are in the first one.
fn sought<'a>(arguments: &[Value<'a>], all: bool) -> Outcome<'a> {
    let [Value::Array(values), Value::Array(wanted)] = arguments else { return Err(unexpected(arguments)) };
    let is_in = |wanted: &Value| values.iter().any(|value| is_equal(value, wanted) == Some(true));
    Ok(Value::Bool(if all { wanted.iter().all(is_in) } else { wanted.iter().any(is_in) }))
}

/// As SELECT DISTINCT tells values apart.
fn array_is_distinct<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Array(values)] = arguments else { return Err(unexpected(arguments)) };
    let repeats = |(index, value): (usize, &Value)| values[..index].iter().any(|other| is_same(value, other));
    Ok(Value::Bool(!values.iter().enumerate().any(repeats)))
}

/// NULLs do not count, and NaN is what comes out wherever it is.
fn extreme<'a>(arguments: &[Value<'a>], wanted: Ordering) -> Outcome<'a> {
    let [Value::Array(values)] = arguments else { return Err(unexpected(arguments)) };
    let mut best: Option<&Value<'a>> = None;
    for value in values.iter().filter(|value| !value.is_null()) {
        if matches!(value, Value::Float64(number) if number.is_nan()) {
            return Ok(value.clone());
        }
        match best {
            Some(known) if order(value, known).ok_or_else(|| unexpected(arguments))? != wanted => {}
            _ => best = Some(value),
        }
    }
    Ok(best.cloned().unwrap_or(Value::Null))
}
