//! Texts made longer, and shorter at their ends. String functions, "LPAD", "RPAD", "REPEAT", "TRIM".

use super::{LONGEST, Units, count, made, stretch};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("lpad", |arguments| padded(arguments, "LPAD")),
    strict("ltrim", |arguments| trimmed(arguments, true, false)),
    strict("repeat", repeat),
    strict("rpad", |arguments| padded(arguments, "RPAD")),
    strict("rtrim", |arguments| trimmed(arguments, false, true)),
    strict("trim", |arguments| trimmed(arguments, true, true)),
];

fn repeat<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, Value::Int64(times)] = arguments else { return Err(unexpected(arguments)) };
    let units = Units::of(value).ok_or_else(|| unexpected(arguments))?;
    let times = count(*times, "a number of repetitions")?;
    match units.bytes.len().checked_mul(times) {
        Some(length) if length <= LONGEST => made(units.bytes.repeat(times), units.characters),
        _ => Err(too_long("REPEAT")),
    }
}

/// A value that is longer already loses its end, on either side.
fn padded<'a>(arguments: &[Value<'a>], function: &str) -> Result<Value<'a>, String> {
    let (value, length, pattern) = match arguments {
        [value, Value::Int64(length)] => (value, *length, None),
        [value, Value::Int64(length), pattern] => (value, *length, Some(pattern)),
        _ => return Err(unexpected(arguments)),
    };
    let units = Units::of(value).ok_or_else(|| unexpected(arguments))?;
    let pattern = match pattern {
        Some(pattern) => Units::of(pattern).ok_or_else(|| unexpected(arguments))?,
        None => Units { bytes: b" ", ..units },
    };
    let length = count(length, "a length")?;
    if pattern.bytes.is_empty() {
        return Err(format!("{function} with an empty pattern"));
    }
    let missing = length.saturating_sub(units.length());
    if missing == 0 {
        return stretch(value, 0..units.place(length));
    }
    if length > LONGEST {
        return Err(too_long(function));
    }
    let whole = missing / pattern.length();
    let mut padding = pattern.bytes.repeat(whole);
    padding.extend(&pattern.bytes[..pattern.place(missing % pattern.length())]);
    let written = match function {
        "LPAD" => [&padding, units.bytes].concat(),
        _ => [units.bytes, &padding].concat(),
    };
    made(written, units.characters)
}

/// Drops units of a set from the ends.
fn trimmed<'a>(arguments: &[Value<'a>], front: bool, back: bool) -> Result<Value<'a>, String> {
    match arguments {
        [Value::String(text), Value::String(set)] => {
            let rest = if front { text.trim_start_matches(|unit| set.contains(unit)) } else { text.as_ref() };
            let kept = if back { rest.trim_end_matches(|unit| set.contains(unit)) } else { rest };
            let from = text.len() - rest.len();
            stretch(&arguments[0], from..from + kept.len())
        }
        [Value::Bytes(bytes), Value::Bytes(set)] => {
            let is_kept = |byte: &u8| !set.contains(byte);
            let end = bytes.len();
            let from = if front { bytes.iter().position(is_kept).unwrap_or(end) } else { 0 };
            let to = if back { bytes.iter().rposition(is_kept).map_or(from, |last| last + 1) } else { end };
            stretch(&arguments[0], from..to)
        }
        _ => Err(unexpected(arguments)),
    }
}

fn too_long(function: &str) -> String {
    format!("the result of {function} is longer than {LONGEST} bytes")
}
