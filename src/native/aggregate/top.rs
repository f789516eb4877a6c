//! APPROX_TOP_COUNT and APPROX_TOP_SUM, which are exact here. Of what is equally many or much, the one whose constant comes first
//! is first. Approximate aggregate functions.

use std::collections::BTreeMap;

use super::listed;
use crate::native::number::exact::decimal;
use crate::native::{Native, strict, unexpected};
use crate::value::{I256, Value, literal};

pub const ROWS: &[Native] = &[strict("top_count", top_count), strict("top_sum", top_sum)];

fn limit(arguments: &[Value]) -> Result<usize, String> {
    match arguments.get(1) {
        Some(Value::Int64(number)) if *number > 0 => Ok(usize::try_from(*number).unwrap_or(usize::MAX)),
        Some(Value::Int64(number)) => Err(format!("the {number} most: a number above 0 is due")),
        _ => Err(unexpected(arguments)),
    }
}

fn top_count<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let limit = limit(arguments)?;
    let mut counts: BTreeMap<String, (&Value<'a>, i64)> = BTreeMap::new();
    for value in listed(arguments)? {
        counts.entry(literal(value)).or_insert((value, 0)).1 += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let top = counts.into_iter().take(limit);
    let pair = |(value, count): (&Value<'a>, i64)| Value::Struct(vec![value.clone(), Value::Int64(count)]);
    Ok(Value::Array(top.map(pair).collect()))
}

/// A sum of weights of one type.
enum Weight {
    Float(f64),
    Exact(I256),
}

fn top_sum<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let limit = limit(arguments)?;
    let mut sums: BTreeMap<String, (&Value<'a>, Option<Weight>)> = BTreeMap::new();
    let mut sample = &Value::Null;
    for pair in listed(arguments)? {
        let Value::Struct(pair) = pair else { return Err(unexpected(arguments)) };
        let [value, weight] = pair.as_slice() else { return Err(unexpected(arguments)) };
        let sum = &mut sums.entry(literal(value)).or_insert((value, None)).1;
        if weight.is_null() {
            continue;
        }
        sample = weight;
        *sum = Some(match (sum.take(), weight) {
            (None, Value::Float64(number)) => Weight::Float(*number),
            (Some(Weight::Float(sum)), Value::Float64(number)) => Weight::Float(sum + number),
            (sum, weight) => {
                let added = match weight {
                    Value::Int64(number) => I256::from(*number),
                    other => decimal(other).ok_or_else(|| unexpected(arguments))?.1,
                };
                let sum = match sum {
                    Some(Weight::Exact(sum)) => sum,
                    _ => I256::ZERO,
                };
                Weight::Exact(sum.checked_add(added).ok_or("APPROX_TOP_SUM overflow")?)
            }
        });
    }
    let mut sums: Vec<_> = sums.into_values().collect();
    // Sums that are NULL come last.
    sums.sort_by(|(_, left), (_, right)| match (left, right) {
        (Some(Weight::Float(left)), Some(Weight::Float(right))) => right.total_cmp(left),
        (Some(Weight::Exact(left)), Some(Weight::Exact(right))) => right.cmp(left),
        (left, right) => right.is_some().cmp(&left.is_some()),
    });
    let pairs = sums.into_iter().take(limit).map(|(value, sum)| {
        let sum = match sum {
            None => Value::Null,
            Some(Weight::Float(sum)) => Value::Float64(sum),
            Some(Weight::Exact(sum)) => match decimal(sample) {
                Some((kind, _)) => kind.value(Some(sum))?,
                None => i64::try_from(sum).map(Value::Int64).map_err(|_| "INT64 overflow".to_owned())?,
            },
        };
        Ok(Value::Struct(vec![value.clone(), sum]))
    });
    Ok(Value::Array(pairs.collect::<Result<_, String>>()?))
}
