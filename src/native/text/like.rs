//! LIKE of BYTES: `_` is one byte. Operators, "LIKE operator".

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[strict("bytes_like", bytes_like)];

fn bytes_like<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Bytes(value), Value::Bytes(pattern)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bool(matches(value, &parts(pattern)?)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    One(u8),
    AnyOne,
    Any,
}

fn parts(pattern: &[u8]) -> Result<Vec<Part>, String> {
    let mut parts = Vec::with_capacity(pattern.len());
    let mut bytes = pattern.iter();
    while let Some(byte) = bytes.next() {
        parts.push(match byte {
            b'%' => Part::Any,
            b'_' => Part::AnyOne,
            b'\\' => match bytes.next() {
                Some(byte) => Part::One(*byte),
                None => return Err("a LIKE pattern ends with a backslash".to_owned()),
            },
            byte => Part::One(*byte),
        });
    }
    Ok(parts)
}

/// Goes back to the last `%` only: what an earlier one took need never change.
fn matches(value: &[u8], parts: &[Part]) -> bool {
    let (mut at, mut part) = (0, 0);
    let mut back = None;
    while at < value.len() {
        match parts.get(part) {
            Some(Part::Any) => {
                part += 1;
                back = Some((at, part));
            }
            Some(one) if *one == Part::AnyOne || *one == Part::One(value[at]) => {
                at += 1;
                part += 1;
            }
            _ => {
                let Some((taken, after)) = back else { return false };
                at = taken + 1;
                part = after;
                back = Some((at, part));
            }
        }
    }
    parts[part..].iter().all(|part| *part == Part::Any)
}
