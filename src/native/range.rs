//! RANGE: two bounds of one type, NULL where there is none.

use super::{Native, strict, unexpected};
use crate::value::{Value, range};

pub const ROWS: &[Native] = &[
    Native { name: "range", strict: false, volatile: false, body: range_from },
    strict("range_contains", range_contains),
    strict("range_overlaps", range_overlaps),
    strict("range_intersect", range_intersect),
    strict("range_key", range_key),
    strict("range_greatest", |arguments| extreme(arguments, |all| all.max_by_key(|bounds| order(bounds)))),
    strict("range_least", |arguments| extreme(arguments, |all| all.min_by_key(|bounds| order(bounds)))),
];

type Outcome<'a> = Result<Value<'a>, String>;

/// Range functions, "RANGE": the start is before the end.
fn range_from<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match arguments {
        [start, end] => range(start.clone(), end.clone()),
        _ => Err(unexpected(arguments)),
    }
}

/// A bound as a number: none is before, or after, all others.
fn start(bound: &Value) -> i128 {
    bound.ordinal().map_or(i128::MIN, i128::from)
}

fn end(bound: &Value) -> i128 {
    bound.ordinal().map_or(i128::MAX, i128::from)
}

type Bounds<'a> = (Value<'a>, Value<'a>);

fn order(bounds: &Bounds) -> (i128, i128) {
    (start(&bounds.0), end(&bounds.1))
}

/// Mathematical functions, "GREATEST" and "LEAST".
fn extreme<'a>(
    arguments: &[Value<'a>],
    among: for<'v> fn(&mut dyn Iterator<Item = &'v Bounds<'a>>) -> Option<&'v Bounds<'a>>,
) -> Outcome<'a> {
    let mut ranges = arguments.iter().filter_map(|one| match one {
        Value::Range(bounds) => Some(&**bounds),
        _ => None,
    });
    match among(&mut ranges) {
        Some((start, end)) => range(start.clone(), end.clone()),
        None => Err(unexpected(arguments)),
    }
}

fn range_contains<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Range(outer), inner] = arguments else { return Err(unexpected(arguments)) };
    let (first, last) = (start(&outer.0), end(&outer.1));
    Ok(Value::Bool(match inner {
        Value::Range(inner) => first <= start(&inner.0) && end(&inner.1) <= last,
        value => first <= start(value) && start(value) < last,
    }))
}

fn overlap<'v, 'a>(arguments: &'v [Value<'a>]) -> Result<Option<(&'v Value<'a>, &'v Value<'a>)>, String> {
    let [Value::Range(left), Value::Range(right)] = arguments else { return Err(unexpected(arguments)) };
    let first = if start(&left.0) >= start(&right.0) { &left.0 } else { &right.0 };
    let last = if end(&left.1) <= end(&right.1) { &left.1 } else { &right.1 };
    Ok((start(first) < end(last)).then_some((first, last)))
}

fn range_overlaps<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    Ok(Value::Bool(overlap(arguments)?.is_some()))
}

fn range_intersect<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match overlap(arguments)? {
        Some((start, end)) => range(start.clone(), end.clone()),
        None => Err("the ranges do not overlap".to_owned()),
    }
}

/// Start and end as two numbers, by which ranges compare: a range without a start comes before all others, one without
/// an end after those that start with it.
fn range_key<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Range(bounds)] = arguments else { return Err(unexpected(arguments)) };
    let first = bounds.0.ordinal().unwrap_or(i64::MIN);
    let last = bounds.1.ordinal().unwrap_or(i64::MAX);
    Ok(Value::Array(vec![Value::Int64(first), Value::Int64(last)]))
}
