//! How far texts are apart. String functions, "EDIT_DISTANCE".

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[strict("edit_distance", edit_distance)];

/// Levenshtein's distance, or the most that is asked for.
fn edit_distance<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let most = match arguments.get(2) {
        None => usize::MAX,
        Some(Value::Int64(most)) => super::count(*most, "a `max_distance`")?,
        Some(_) => return Err(unexpected(arguments)),
    };
    let distance = match arguments {
        [Value::String(one), Value::String(other), ..] => {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            distance(&one, &other, most)
        }
        [Value::Bytes(one), Value::Bytes(other), ..] => distance(one, other, most),
        _ => return Err(unexpected(arguments)),
    };
    Ok(Value::Int64(distance as i64))
}

/// Row by row; a row that is all beyond the most ends it.
fn distance<T: PartialEq>(one: &[T], other: &[T], most: usize) -> usize {
    if one.len().abs_diff(other.len()) >= most {
        return most;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, left) in one.iter().enumerate() {
        let mut before = index;
        row[0] = index + 1;
        for (at, right) in other.iter().enumerate() {
            let changed = before + usize::from(left != right);
            before = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(before + 1);
        }
        if row.iter().all(|distance| *distance >= most) {
            return most;
        }
    }
    row[other.len()].min(most)
}
