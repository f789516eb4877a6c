//! When two values of one type are equal: for `=`, where NULL leaves it open, and for DISTINCT; and which comes first.

use std::cmp::Ordering;

use crate::value::Value;

/// `left = right`; none where a NULL keeps it from being told.
pub fn is_equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Struct(left), Value::Struct(right)) => {
            let fields = left.iter().zip(right).map(|(left, right)| is_equal(left, right));
            fields.reduce(|all, one| match (all, one) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            })?
        }
        (Value::Interval(left), Value::Interval(right)) => Some(left.length() == right.length()),
        (left, right) => Some(left == right),
    }
}

/// Whether DISTINCT takes two values for one: NULL is one, and so is NaN.
pub fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Float64(left), Value::Float64(right)) => left == right || left.is_nan() && right.is_nan(),
        (Value::Struct(left), Value::Struct(right)) => {
            left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (Value::Interval(left), Value::Interval(right)) => left.length() == right.length(),
        (left, right) => left == right,
    }
}

/// The order of two values that have one.
pub fn order(left: &Value, right: &Value) -> Option<Ordering> {
    Some(match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Int64(left), Value::Int64(right)) => left.cmp(right),
        (Value::Float64(left), Value::Float64(right)) => left.partial_cmp(right)?,
        (Value::Numeric(left), Value::Numeric(right)) => left.cmp(right),
        (Value::BigNumeric(left), Value::BigNumeric(right)) => left.cmp(right),
        (Value::String(left), Value::String(right)) => left.as_bytes().cmp(right.as_bytes()),
        (Value::Bytes(left), Value::Bytes(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Datetime(left), Value::Datetime(right))
        | (Value::Time(left), Value::Time(right))
        | (Value::Timestamp(left), Value::Timestamp(right)) => left.cmp(right),
        (Value::Interval(left), Value::Interval(right)) => left.length().cmp(&right.length()),
        _ => return None,
    })
}
