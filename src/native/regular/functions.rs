//! The functions of regular expressions. String functions, "REGEXP_CONTAINS" to "REGEXP_SUBSTR".

use std::rc::Rc;

use super::{Matches, Pattern, Place, is_match, pattern};
use crate::native::text::{LONGEST, Units, stretch};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("regexp_contains", contains),
    strict("regexp_extract", extract),
    strict("regexp_extract_all", extract_all),
    strict("regexp_instr", instr),
    strict("regexp_replace", replace),
];

fn contains<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, written] = arguments else { return Err(unexpected(arguments)) };
    let units = Units::of(value).ok_or_else(|| unexpected(arguments))?;
    Ok(Value::Bool(is_match(&*pattern(written)?, units)))
}

/// At most one group may capture.
fn one_group(pattern: &Pattern) -> Result<(), String> {
    match pattern.groups {
        0 | 1 => Ok(()),
        groups => Err(format!("the regular expression has {groups} capturing groups: one is the most here")),
    }
}

/// An argument that counts from 1.
fn counted(arguments: &[Value], index: usize, what: &str) -> Result<usize, String> {
    match arguments.get(index) {
        None => Ok(1),
        Some(Value::Int64(number)) if *number > 0 => Ok(usize::try_from(*number).unwrap_or(usize::MAX)),
        Some(Value::Int64(number)) => Err(format!("{what} {number}: the first one is 1")),
        Some(_) => Err(unexpected(arguments)),
    }
}

/// The wanted part of an occurrence, counted from a position on.
fn occurrence(
    pattern: &Pattern,
    units: Units,
    position: usize,
    occurrence: usize,
) -> Result<Option<(Place, Option<Place>)>, String> {
    let from = units.place(position - 1);
    if position > 1 && from >= units.bytes.len() {
        return Ok(None);
    }
    let nth = |units: Units, from: usize| -> Result<Option<(Place, Option<Place>)>, String> {
        let mut matches = Matches::new(pattern, units, from);
        for _ in 1..occurrence {
            if matches.certain()?.is_none() {
                return Ok(None);
            }
        }
        Ok(matches.certain()?.map(|whole| (whole, matches.wanted())))
    };
    let found = nth(units, from)?;
    if from > 0 {
        // `^` and `\b` may look at what stands before the position, or not: it is not documented which.
        let shifted = |(start, end): Place| (start + from, end + from);
        let alone = nth(Units { bytes: &units.bytes[from..], ..units }, 0)?;
        if alone.map(|(whole, wanted)| (shifted(whole), wanted.map(shifted))) != found {
            return Err("the regular expression looks at what is before the position, as `^` and `\\b` do, and what it finds there is not defined".to_owned());
        }
    }
    Ok(found)
}

/// What is searched for what, by the functions that give a match or its only group.
fn search<'v>(
    value: &'v Value,
    written: &'v Value,
    arguments: &[Value],
) -> Result<(Units<'v>, Rc<Pattern>), String> {
    let units = Units::of(value).ok_or_else(|| unexpected(arguments))?;
    let pattern = pattern(written)?;
    one_group(&pattern)?;
    Ok((units, pattern))
}

fn extract<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, written, ..] = arguments else { return Err(unexpected(arguments)) };
    let (units, pattern) = search(value, written, arguments)?;
    let position = counted(arguments, 2, "the position")?;
    let number = counted(arguments, 3, "the occurrence")?;
    match occurrence(&pattern, units, position, number)? {
        Some((_, Some((start, end)))) => stretch(value, start..end),
        _ => Ok(Value::Null),
    }
}

/// A group that took no part in its match is NULL.
fn extract_all<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, written] = arguments else { return Err(unexpected(arguments)) };
    let (units, pattern) = search(value, written, arguments)?;
    let mut matches = Matches::new(&pattern, units, 0);
    let mut found = Vec::new();
    while matches.certain()?.is_some() {
        found.push(match matches.wanted() {
            Some((start, end)) => stretch(value, start..end)?,
            None => Value::Null,
        });
    }
    Ok(Value::Array(found))
}

fn instr<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, written, ..] = arguments else { return Err(unexpected(arguments)) };
    let (units, pattern) = search(value, written, arguments)?;
    let position = counted(arguments, 2, "the position")?;
    let number = counted(arguments, 3, "the occurrence")?;
    let end = match arguments.get(4) {
        None | Some(Value::Int64(0)) => false,
        Some(Value::Int64(1)) => true,
        _ => return Err("the last argument of REGEXP_INSTR is 0 for the start or 1 for the end".to_owned()),
    };
    if pattern.is_empty {
        return Ok(Value::Int64(0));
    }
    let found = occurrence(&pattern, units, position, number)?;
    let place = found.and_then(|(_, wanted)| wanted).map(|(start, stop)| if end { stop } else { start });
    Ok(Value::Int64(place.map_or(0, |place| units.before(place) as i64 + 1)))
}

/// A piece of a replacement.
enum Piece {
    Bytes(Vec<u8>),
    Group(usize),
}

/// `\1` to `\9` are groups, `\0` is the whole match, `\\` a backslash.
fn pieces(replacement: &[u8], groups: usize) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut plain = Vec::new();
    let mut bytes = replacement.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'\\' {
            plain.push(*byte);
            continue;
        }
        match bytes.next() {
            Some(b'\\') => plain.push(b'\\'),
            Some(digit @ b'0'..=b'9') => {
                let group = usize::from(digit - b'0');
                if group > groups {
                    return Err(format!("the replacement names group {group} of {groups}"));
                }
                pieces.push(Piece::Bytes(std::mem::take(&mut plain)));
                pieces.push(Piece::Group(group));
            }
            _ => return Err("a `\\` in a replacement is followed by a digit or by another one".to_owned()),
        }
    }
    pieces.push(Piece::Bytes(plain));
    Ok(pieces)
}

/// All matches; an empty one right behind another one is passed over.
fn replace<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value, written, replacement] = arguments else { return Err(unexpected(arguments)) };
    let (Some(units), Some(replacement)) = (Units::of(value), Units::of(replacement)) else {
        return Err(unexpected(arguments));
    };
    let pattern = pattern(written)?;
    let pieces = pieces(replacement.bytes, pattern.groups)?;
    let mut matches = Matches::new(&pattern, units, 0);
    let mut result = Vec::with_capacity(units.bytes.len());
    let (mut copied, mut ended) = (0, None);
    while let Some((start, end)) = matches.find_next() {
        if start == end && ended == Some(start) {
            continue;
        }
        result.extend(&units.bytes[copied..start]);
        for piece in &pieces {
            match piece {
                Piece::Bytes(bytes) => result.extend(bytes),
                Piece::Group(index) => {
                    let (start, end) = matches.group(*index).unwrap_or_default();
                    result.extend(&units.bytes[start..end]);
                }
            }
        }
        if result.len() > LONGEST.max(units.bytes.len()) {
            return Err(format!("the result of REGEXP_REPLACE is longer than {LONGEST} bytes"));
        }
        (copied, ended) = (end, Some(end));
    }
    if copied == 0 && ended.is_none() {
        return Ok(value.clone());
    }
    result.extend(&units.bytes[copied..]);
    match value {
        Value::Bytes(_) => Ok(Value::Bytes(result.into())),
        _ => Ok(Value::string(
            String::from_utf8(result).map_err(|_| "a match ends within a character".to_owned())?,
        )),
    }
}
