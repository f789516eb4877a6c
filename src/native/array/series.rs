//! GENERATE_ARRAY: numbers from a start to an end, both in, by steps. Array functions, "GENERATE_ARRAY".

use crate::native::{Native, strict, unexpected};
use crate::value::{I256, MOST_NUMERIC, Value};

pub const ROWS: &[Native] = &[strict("generate_array", generate_array)];

/// Most elements of a series.
const LONGEST: usize = 1_048_575;

fn generate_array<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(start), Value::Int64(end), rest @ ..] => {
            let step = match rest {
                [] => 1,
                [Value::Int64(step)] => *step,
                _ => return Err(unexpected(arguments)),
            };
            series((*start, *end, step), 0, i64::checked_add, Value::Int64)
        }
        [Value::Numeric(start), Value::Numeric(end), rest @ ..] => {
            let step = match rest {
                [] => 1_000_000_000,
                [Value::Numeric(step)] => *step,
                _ => return Err(unexpected(arguments)),
            };
            let next = |at: i128, step: i128| at.checked_add(step).filter(|sum| sum.abs() <= MOST_NUMERIC);
            series((*start, *end, step), 0, next, Value::Numeric)
        }
        [Value::BigNumeric(start), Value::BigNumeric(end), rest @ ..] => {
            let step = match rest {
                [] => I256::from(10).pow(38),
                [Value::BigNumeric(step)] => *step,
                _ => return Err(unexpected(arguments)),
            };
            series((*start, *end, step), I256::ZERO, I256::checked_add, Value::BigNumeric)
        }
        [Value::Float64(start), Value::Float64(end), rest @ ..] => {
            let step = match rest {
                [] => 1.0,
                [Value::Float64(step)] => *step,
                _ => return Err(unexpected(arguments)),
            };
            if start.is_nan() || end.is_nan() || step.is_nan() {
                return Err("GENERATE_ARRAY takes no NaN".to_owned());
            }
            series((*start, *end, step), 0.0, |at, step| Some(at + step), Value::Float64)
        }
        _ => Err(unexpected(arguments)),
    }
}

/// A step beyond what the type holds is one beyond the end.
fn series<T: Copy + PartialOrd>(
    (start, end, step): (T, T, T),
    zero: T,
    next: impl Fn(T, T) -> Option<T>,
    value: fn(T) -> Value<'static>,
) -> Result<Value<'static>, String> {
    if step == zero {
        return Err("a step of GENERATE_ARRAY of 0".to_owned());
    }
    let mut values = Vec::new();
    let mut at = start;
    while if step > zero { at <= end } else { at >= end } {
        if values.len() == LONGEST {
            return Err(format!("GENERATE_ARRAY of more than {LONGEST} elements"));
        }
        values.push(value(at));
        match next(at, step) {
            Some(after) => at = after,
            None => break,
        }
    }
    Ok(Value::Array(values))
}
