//! Texts within texts: their places and what takes their place. String functions, "INSTR", "STRPOS", "ENDS_WITH",
//! "STARTS_WITH", "REPLACE", "TRANSLATE".

use super::{LONGEST, Units, made};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("ends_with", |arguments| compared(arguments, <[u8]>::ends_with)),
    strict("instr", instr),
    strict("replace", replace),
    strict("starts_with", |arguments| compared(arguments, <[u8]>::starts_with)),
    strict("strpos", strpos),
    strict("translate", translate),
];

/// Where one text stands in another from a place on. What is valid UTF-8 begins nowhere within a character.
pub fn next(within: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = within.get(from..)?;
    let Some((first, _)) = wanted.split_first() else { return Some(from) };
    let mut at = 0;
    loop {
        at += rest[at..].iter().position(|byte| byte == first)?;
        if rest[at..].starts_with(wanted) {
            return Some(from + at);
        }
        at += 1;
    }
}

fn compared<'a>(arguments: &[Value<'a>], holds: fn(&[u8], &[u8]) -> bool) -> Result<Value<'a>, String> {
    let [value, other] = arguments else { return Err(unexpected(arguments)) };
    match (Units::of(value), Units::of(other)) {
        (Some(value), Some(other)) => Ok(Value::Bool(holds(value.bytes, other.bytes))),
        _ => Err(unexpected(arguments)),
    }
}

fn strpos<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, wanted] = arguments else { return Err(unexpected(arguments)) };
    let (Some(value), Some(wanted)) = (Units::of(value), Units::of(wanted)) else {
        return Err(unexpected(arguments));
    };
    let found = next(value.bytes, wanted.bytes, 0);
    Ok(Value::Int64(found.map_or(0, |at| value.before(at) as i64 + 1)))
}

/// A negative position counts from the end, and the search goes towards the start. Occurrences may overlap.
fn instr<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let number = |index: usize| match arguments.get(index) {
        None => Ok(1),
        Some(Value::Int64(number)) => Ok(*number),
        Some(_) => Err(unexpected(arguments)),
    };
    let (position, occurrence) = (number(2)?, number(3)?);
    let [value, wanted, ..] = arguments else { return Err(unexpected(arguments)) };
    let (Some(value), Some(wanted)) = (Units::of(value), Units::of(wanted)) else {
        return Err(unexpected(arguments));
    };
    if position == 0 {
        return Err("a position of 0: the first one is 1, the last one -1".to_owned());
    }
    if occurrence <= 0 {
        return Err(format!("the occurrence {occurrence}: the first one is 1"));
    }
    let length = value.length();
    let distance = usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX);
    if distance > length {
        return Ok(Value::Int64(0));
    }
    let mut left = occurrence;
    let mut is_last = |at: usize| {
        let here = next(&value.bytes[..(at + wanted.bytes.len()).min(value.bytes.len())], wanted.bytes, at);
        if here == Some(at) {
            left -= 1;
        }
        left == 0
    };
    let (start, forward) = if position > 0 { (distance - 1, true) } else { (length - distance, false) };
    let places: Vec<usize> =
        value.bytes.iter().enumerate().filter(|(_, byte)| value.begins(**byte)).map(|(at, _)| at).collect();
    let found = match forward {
        true => (start..length).find(|index| is_last(places[*index])),
        false => (0..=start).rev().find(|index| is_last(places[*index])),
    };
    Ok(Value::Int64(found.map_or(0, |index| index as i64 + 1)))
}

/// Nothing is replaced where the wanted text is empty.
fn replace<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, wanted, by] = arguments else { return Err(unexpected(arguments)) };
    let (Some(units), Some(wanted), Some(by)) = (Units::of(value), Units::of(wanted), Units::of(by)) else {
        return Err(unexpected(arguments));
    };
    if wanted.bytes.is_empty() {
        return Ok(value.clone());
    }
    let mut written = Vec::with_capacity(units.bytes.len());
    let mut from = 0;
    while let Some(at) = next(units.bytes, wanted.bytes, from) {
        written.extend(&units.bytes[from..at]);
        written.extend(by.bytes);
        if written.len() > LONGEST.max(units.bytes.len()) {
            return Err(format!("the result of REPLACE is longer than {LONGEST} bytes"));
        }
        from = at + wanted.bytes.len();
    }
    written.extend(&units.bytes[from..]);
    made(written, units.characters)
}

/// Units by others, in pairs; those without a partner are left out.
fn translate<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::String(value), Value::String(from), Value::String(to)] => {
            let table = pairs(from.chars(), to.chars(), |unit| format!("`{unit}`"))?;
            let each = |unit: char| partner(&table, unit);
            Ok(Value::string(value.chars().filter_map(each).collect::<String>()))
        }
        [Value::Bytes(value), Value::Bytes(from), Value::Bytes(to)] => {
            let table = pairs(from.iter().copied(), to.iter().copied(), |unit| format!("{unit:#04x}"))?;
            let each = |unit: u8| partner(&table, unit);
            Ok(Value::Bytes(value.iter().copied().filter_map(each).collect::<Vec<_>>().into()))
        }
        _ => Err(unexpected(arguments)),
    }
}

/// What stands for a unit: another one, none, or itself.
fn partner<T: Copy + PartialEq>(table: &[(T, Option<T>)], unit: T) -> Option<T> {
    table.iter().find(|(from, _)| *from == unit).map_or(Some(unit), |(_, to)| *to)
}

fn pairs<T: Copy + PartialEq>(
    from: impl Iterator<Item = T>,
    mut to: impl Iterator<Item = T>,
    shown: fn(T) -> String,
) -> Result<Vec<(T, Option<T>)>, String> {
    let mut table: Vec<(T, Option<T>)> = Vec::new();
    for unit in from {
        if table.iter().any(|(known, _)| *known == unit) {
            return Err(format!("{} stands twice among what TRANSLATE replaces", shown(unit)));
        }
        table.push((unit, to.next()));
    }
    Ok(table)
}
