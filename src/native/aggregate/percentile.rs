//! Quantiles of a list: APPROX_QUANTILES, which is exact here, PERCENTILE_CONT and PERCENTILE_DISC. NULL is the smallest value,
//! then NaN. Approximate aggregate functions, "APPROX_QUANTILES"; Navigation functions.

use std::cmp::Ordering;

use super::listed;
use crate::native::number::exact::{Exact, decimal};
use crate::native::number::order::compare;
use crate::native::{Native, strict, unexpected};
use crate::value::{I256, Value};

pub const ROWS: &[Native] = &[
    strict("quantiles", quantiles),
    strict("percentile_cont", continuous),
    strict("percentile_disc", discrete),
];

/// The values in order; with `respect` NULLs among them.
fn sorted<'v, 'a>(values: &'v [Value<'a>], respect: bool) -> Vec<&'v Value<'a>> {
    let mut values: Vec<&Value> = values.iter().filter(|value| respect || !value.is_null()).collect();
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Float64(number) if number.is_nan() => 1,
        _ => 2,
    };
    values.sort_by(|left, right| {
        rank(left).cmp(&rank(right)).then_with(|| compare(left, right).unwrap_or(Ordering::Equal))
    });
    values
}

/// `quantiles(list, parts, respect)`: the bounds of so many equal parts.
fn quantiles<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [_, Value::Int64(parts), Value::Bool(respect)] = arguments else { return Err(unexpected(arguments)) };
    let parts = usize::try_from(*parts).ok().filter(|parts| *parts > 0);
    let parts = parts.ok_or("the number of quantiles must be above 0")?;
    let values = sorted(listed(arguments)?, *respect);
    if values.is_empty() {
        return Ok(Value::Null);
    }
    let bound = |part: usize| values[(part * values.len()).div_ceil(parts).saturating_sub(1)].clone();
    Ok(Value::Array((0..=parts).map(bound).collect()))
}

/// The fraction that is asked for.
fn fraction(arguments: &[Value]) -> Result<(f64, bool), String> {
    let [_, fraction, Value::Bool(respect)] = arguments else { return Err(unexpected(arguments)) };
    let fraction = match fraction {
        Value::Float64(fraction) => *fraction,
        other if decimal(other).is_some() => {
            crate::value::text(other).parse().map_err(|_| unexpected(arguments))?
        }
        _ => return Err(unexpected(arguments)),
    };
    if (0.0..=1.0).contains(&fraction) {
        return Ok((fraction, *respect));
    }
    Err(format!("a percentile at {fraction}: it lies between 0 and 1"))
}

fn discrete<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (fraction, respect) = fraction(arguments)?;
    let values = sorted(listed(arguments)?, respect);
    let place = (fraction * values.len() as f64).ceil() as usize;
    Ok(values.get(place.saturating_sub(1)).map_or(Value::Null, |value| (*value).clone()))
}

fn continuous<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (fraction, respect) = fraction(arguments)?;
    let values = sorted(listed(arguments)?, respect);
    if values.is_empty() {
        return Ok(Value::Null);
    }
    let place = fraction * (values.len() - 1) as f64;
    let (low, high) = (values[place.floor() as usize], values[place.ceil() as usize]);
    let between = place - place.floor();
    Ok(match (low, high) {
        (low, _) if between == 0.0 => low.clone(),
        // Between a NULL and a value is the value.
        (Value::Null, value) => value.clone(),
        (Value::Float64(low), Value::Float64(high)) => Value::Float64(low * (1.0 - between) + high * between),
        (low, high) => {
            let ((kind, low), (_, high)) =
                decimal(low).zip(decimal(high)).ok_or_else(|| unexpected(arguments))?;
            weighted(kind, low, high, between)?
        }
    })
}

/// Between two decimals; the share is taken with as many digits as a float of its size keeps.
fn weighted<'a>(kind: Exact, low: I256, high: I256, share: f64) -> Result<Value<'a>, String> {
    let whole = I256::from(1_000_000_000_000_000_i64);
    let share = I256::from((share * 1e15).round() as i64);
    let distance = high.checked_sub(low).ok_or_else(|| format!("{} overflow", kind.name()))?;
    let part = crate::native::number::wide::rounded(distance.as_u256(), share.as_u256(), whole.as_u256());
    kind.value(part.and_then(|part| low.checked_add(part.as_i256())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_documentation() {
        let list = |values: &[Option<i64>]| {
            Value::Array(values.iter().map(|value| value.map_or(Value::Null, Value::Int64)).collect())
        };
        let values = [
            None,
            None,
            Some(1),
            Some(1),
            Some(1),
            Some(4),
            Some(5),
            Some(6),
            Some(7),
            Some(8),
            Some(9),
            Some(10),
        ];
        let of = |parts, respect| quantiles(&[list(&values), Value::Int64(parts), Value::Bool(respect)]);
        assert_eq!(of(2, false), Ok(list(&[Some(1), Some(5), Some(10)])));
        assert_eq!(of(2, true), Ok(list(&[None, Some(4), Some(10)])));
        let Ok(Value::Array(hundred)) = of(100, false) else { panic!() };
        assert_eq!(hundred[90], Value::Int64(9));
        assert!(of(0, false).is_err());
    }
}
