//! INTERVAL as a value: MAKE_INTERVAL, JUSTIFY_DAYS and their kin, arithmetic, sums.

use super::{Outcome, part};
use crate::native::{Native, strict, unexpected};
use crate::value::{Interval, Value};

pub const ROWS: &[Native] = &[
    strict("interval_of", interval_of),
    strict("make_interval", make_interval),
    strict("justify_days", justify_days),
    strict("justify_hours", justify_hours),
    strict("justify_interval", justify_interval),
    strict("interval_add", interval_add),
    strict("interval_subtract", interval_subtract),
    strict("interval_multiply", interval_multiply),
    strict("interval_divide", interval_divide),
    strict("interval_negate", interval_negate),
    strict("interval_greatest", interval_greatest),
    strict("interval_least", interval_least),
    strict("interval_sum", interval_sum),
    strict("interval_average", interval_average),
];

/// `INTERVAL count part`
fn interval_of<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Int64(count), of] = arguments else { return Err(unexpected(arguments)) };
    Interval::of(*count, part(of)?).map(Value::Interval)
}

/// Interval functions, "MAKE_INTERVAL".
fn make_interval<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [
        Value::Int64(year),
        Value::Int64(month),
        Value::Int64(day),
        Value::Int64(hour),
        Value::Int64(minute),
        Value::Int64(second),
    ] = arguments
    else {
        return Err(unexpected(arguments));
    };
    let wide = |number: &i64| i128::from(*number);
    let seconds = wide(hour) * 3600 + wide(minute) * 60 + wide(second);
    Interval::checked(wide(year) * 12 + wide(month), wide(day), seconds * 1_000_000).map(Value::Interval)
}

fn one<'a>(arguments: &[Value<'a>], change: fn(Interval) -> Result<Interval, String>) -> Outcome<'a> {
    let [Value::Interval(interval)] = arguments else { return Err(unexpected(arguments)) };
    change(*interval).map(Value::Interval)
}

fn justify_days<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    one(arguments, Interval::justified_days)
}

fn justify_hours<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    one(arguments, Interval::justified_hours)
}

fn justify_interval<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    one(arguments, Interval::justified)
}

fn interval_negate<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    one(arguments, |interval| Ok(interval.negated()))
}

fn interval_add<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Interval(left), Value::Interval(right)] = arguments else {
        return Err(unexpected(arguments));
    };
    left.plus(*right).map(Value::Interval)
}

fn interval_subtract<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Interval(left), Value::Interval(right)] = arguments else {
        return Err(unexpected(arguments));
    };
    left.plus(right.negated()).map(Value::Interval)
}

fn interval_multiply<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match arguments {
        [Value::Interval(interval), Value::Int64(factor)]
        | [Value::Int64(factor), Value::Interval(interval)] => interval.times(*factor).map(Value::Interval),
        _ => Err(unexpected(arguments)),
    }
}

fn interval_divide<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Interval(interval), Value::Int64(by)] = arguments else { return Err(unexpected(arguments)) };
    interval.divided(*by).map(Value::Interval)
}

/// The longest; of two that are as long, the first.
fn interval_greatest<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    extreme(arguments, |length, most| length > most)
}

fn interval_least<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    extreme(arguments, |length, least| length < least)
}

fn extreme<'a>(arguments: &[Value<'a>], is_better: fn(i128, i128) -> bool) -> Outcome<'a> {
    let mut best: Option<Interval> = None;
    for argument in arguments {
        let Value::Interval(interval) = argument else { return Err(unexpected(arguments)) };
        if best.is_none_or(|best| is_better(interval.length(), best.length())) {
            best = Some(*interval);
        }
    }
    best.map(Value::Interval).ok_or_else(|| unexpected(arguments))
}

/// The sum of each part, and how many there are.
fn sums(arguments: &[Value]) -> Result<([i128; 3], i128), String> {
    let [Value::Array(values)] = arguments else { return Err(unexpected(arguments)) };
    let (mut sums, mut count) = ([0; 3], 0);
    for value in values {
        let Value::Interval(interval) = value else { continue };
        let parts = [i128::from(interval.months), i128::from(interval.days), i128::from(interval.micros)];
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum += part;
        }
        count += 1;
    }
    Ok((sums, count))
}

/// Aggregate functions, "SUM": NULLs are left out; of nothing else the sum is NULL.
fn interval_sum<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match sums(arguments)? {
        (_, 0) => Ok(Value::Null),
        ([months, days, micros], _) => Interval::checked(months, days, micros).map(Value::Interval),
    }
}

fn interval_average<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match sums(arguments)? {
        (_, 0) => Ok(Value::Null),
        (sums, count) => Interval::shared(sums, count).map(Value::Interval),
    }
}
