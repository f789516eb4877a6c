//! GREATEST, LEAST and RANGE_BUCKET of any ordered type. Mathematical functions, "GREATEST", "LEAST", "RANGE_BUCKET".

use std::cmp::Ordering;

use crate::native::{Native, strict, unexpected};
use crate::value::{Interval, Value};

pub const ROWS: &[Native] = &[
    strict("greatest", |arguments| extreme(arguments, Ordering::Greater)),
    strict("least", |arguments| extreme(arguments, Ordering::Less)),
    strict("range_bucket", range_bucket),
];

/// How two values of one type are ordered; none where one is NULL or NaN, or they have no order.
pub fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Int64(left), Value::Int64(right)) => Some(left.cmp(right)),
        (Value::Float64(left), Value::Float64(right)) => left.partial_cmp(right),
        (Value::Numeric(left), Value::Numeric(right)) => Some(left.cmp(right)),
        (Value::BigNumeric(left), Value::BigNumeric(right)) => Some(left.cmp(right)),
        (Value::String(left), Value::String(right)) => Some(left.as_bytes().cmp(right.as_bytes())),
        (Value::Bytes(left), Value::Bytes(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Datetime(left), Value::Datetime(right))
        | (Value::Time(left), Value::Time(right))
        | (Value::Timestamp(left), Value::Timestamp(right)) => Some(left.cmp(right)),
        (Value::Interval(left), Value::Interval(right)) => Some(length(*left).cmp(&length(*right))),
        _ => None,
    }
}

/// Microseconds of an interval as intervals are compared: a month has 30 days, a day 24 hours.
fn length(interval: Interval) -> i128 {
    let days = i128::from(interval.months) * 30 + i128::from(interval.days);
    days * 86_400_000_000 + i128::from(interval.micros)
}

fn is_nan(value: &Value) -> bool {
    matches!(value, Value::Float64(number) if number.is_nan())
}

/// NaN is the answer where one is among them.
fn extreme<'a>(arguments: &[Value<'a>], wanted: Ordering) -> Result<Value<'a>, String> {
    if let Some(nan) = arguments.iter().find(|value| is_nan(value)) {
        return Ok(nan.clone());
    }
    let mut values = arguments.iter();
    let mut best = values.next().ok_or_else(|| unexpected(arguments))?;
    for value in values {
        let order = compare(value, best).ok_or_else(|| unexpected(arguments))?;
        if order == wanted {
            best = value;
        }
    }
    Ok(best.clone())
}

/// How many bounds are not above the point.
fn range_bucket<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [point, Value::Array(bounds)] = arguments else { return Err(unexpected(arguments)) };
    if bounds.iter().any(|bound| bound.is_null() || is_nan(bound)) {
        return Err("RANGE_BUCKET takes no array with NULL or NaN in it".to_owned());
    }
    if bounds.windows(2).any(|pair| compare(&pair[0], &pair[1]) == Some(Ordering::Greater)) {
        return Err("RANGE_BUCKET takes an array in ascending order".to_owned());
    }
    if is_nan(point) {
        return Ok(Value::Null);
    }
    let passed = bounds.partition_point(|bound| compare(bound, point) != Some(Ordering::Greater));
    Ok(Value::Int64(passed as i64))
}
