//! Stretches of a text. String functions, "SUBSTR", "LEFT", "RIGHT", "SPLIT",
//! "SPLIT_SUBSTR", "REVERSE".

use super::{Units, count, made, stretch};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("left", left),
    strict("reverse", reverse),
    strict("right", right),
    strict("split", split),
    strict("split_substr", split_substr),
    strict("substr", substr),
];

/// Position 1 is the first unit, -1 the last one; what is before the start counts as the start.
fn substr<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (value, position, length) = match arguments {
        [value, Value::Int64(position)] => (value, *position, None),
        [value, Value::Int64(position), Value::Int64(length)] => (value, *position, Some(*length)),
        _ => return Err(unexpected(arguments)),
    };
    let units = Units::of(value).ok_or_else(|| unexpected(arguments))?;
    let start = match usize::try_from(position) {
        Ok(position) => position.saturating_sub(1),
        Err(_) => {
            units.length().saturating_sub(usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX))
        }
    };
    let from = units.place(start);
    let to = match length {
        None => units.bytes.len(),
        Some(length) => {
            let rest = Units { bytes: &units.bytes[from..], ..units };
            from + rest.place(count(length, "a length")?)
        }
    };
    stretch(value, from..to)
}

fn left<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, Value::Int64(length)] = arguments else { return Err(unexpected(arguments)) };
    let units = Units::of(value).ok_or_else(|| unexpected(arguments))?;
    stretch(value, 0..units.place(count(*length, "a length")?))
}

fn right<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, Value::Int64(length)] = arguments else { return Err(unexpected(arguments)) };
    let units = Units::of(value).ok_or_else(|| unexpected(arguments))?;
    let left_out = units.length().saturating_sub(count(*length, "a length")?);
    stretch(value, units.place(left_out)..units.bytes.len())
}

fn reverse<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::String(text)] => Ok(Value::string(text.chars().rev().collect::<String>())),
        [Value::Bytes(bytes)] => made(bytes.iter().rev().copied().collect(), false),
        _ => Err(unexpected(arguments)),
    }
}

/// Without a separator between all units. An empty value has one empty part.
fn split<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let comma = Value::string(",");
    let (value, separator) = match arguments {
        [value] => (value, &comma),
        [value, separator] => (value, separator),
        _ => return Err(unexpected(arguments)),
    };
    let (Some(units), Some(separator)) = (Units::of(value), Units::of(separator)) else {
        return Err(unexpected(arguments));
    };
    let end = units.bytes.len();
    let mut parts = Vec::new();
    let mut from = 0;
    if separator.bytes.is_empty() {
        while from < end {
            let next = units.next(from);
            parts.push(stretch(value, from..next)?);
            from = next;
        }
        if parts.is_empty() {
            parts.push(stretch(value, 0..0)?);
        }
        return Ok(Value::Array(parts));
    }
    while let Some(at) = super::find::next(units.bytes, separator.bytes, from) {
        parts.push(stretch(value, from..at)?);
        from = at + separator.bytes.len();
    }
    parts.push(stretch(value, from..end)?);
    Ok(Value::Array(parts))
}

/// From one part between separators to another, with what stands between them. Positions count as those of SUBSTR.
fn split_substr<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (value, separator, start, most) = match arguments {
        [value, separator, Value::Int64(start)] => (value, separator, *start, None),
        [value, separator, Value::Int64(start), Value::Int64(most)] => {
            (value, separator, *start, Some(*most))
        }
        _ => return Err(unexpected(arguments)),
    };
    let (Some(units), Some(separator)) = (Units::of(value), Units::of(separator)) else {
        return Err(unexpected(arguments));
    };
    if separator.bytes.is_empty() {
        return Err("SPLIT_SUBSTR with an empty delimiter".to_owned());
    }
    let most = most.map(|most| count(most, "a count of splits")).transpose()?;
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(at) = super::find::next(units.bytes, separator.bytes, from) {
        parts.push(from..at);
        from = at + separator.bytes.len();
    }
    parts.push(from..units.bytes.len());
    let first = match usize::try_from(start) {
        Ok(start) => start.saturating_sub(1),
        Err(_) => parts.len().saturating_sub(usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX)),
    };
    let wanted = parts.get(first..).unwrap_or_default();
    let wanted = &wanted[..most.unwrap_or(usize::MAX).min(wanted.len())];
    match (wanted.first(), wanted.last()) {
        (Some(first), Some(last)) => stretch(value, first.start..last.end),
        _ => stretch(value, 0..0),
    }
}
