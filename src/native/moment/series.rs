//! GENERATE_DATE_ARRAY, GENERATE_TIMESTAMP_ARRAY and GENERATE_RANGE_ARRAY.

use super::arithmetic::{moved, plus};
use super::{Outcome, like, part};
use crate::native::{Native, strict, unexpected};
use crate::value::{Interval, Value, calendar};

pub const ROWS: &[Native] = &[strict("moment_array", moment_array), strict("range_array", range_array)];

/// The most elements of an array.
const MOST: usize = 16_000_000;

fn too_long<'a>() -> Outcome<'a> {
    Err(format!("an array of more than {MOST} elements"))
}

/// From the first value in steps to the last, which may be in. Array functions, "GENERATE_DATE_ARRAY".
fn moment_array<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [first, last, Value::Int64(count), of] = arguments else { return Err(unexpected(arguments)) };
    let (Some(start), Some(end), of) = (first.ordinal(), last.ordinal(), part(of)?) else {
        return Err(unexpected(arguments));
    };
    if *count == 0 {
        return Err("a series with a step of 0 never ends".to_owned());
    }
    if let Some(unit) = of.micros() {
        let unit = if matches!(first, Value::Date(_)) { unit / calendar::DAY } else { unit };
        return evenly(first, (start, end), i128::from(*count) * i128::from(unit));
    }
    let mut values = Vec::new();
    let mut at = Ok(first.clone());
    // A step out of the calendar is one beyond the end.
    while let Ok(value) = at {
        if !value.ordinal().is_some_and(|place| if *count > 0 { place <= end } else { place >= end }) {
            break;
        }
        if values.len() == MOST {
            return too_long();
        }
        values.push(value);
        // Steps count from the first value, else a 31st would become a 28th for good.
        at = moved(first, i128::from(*count) * values.len() as i128, of);
    }
    Ok(Value::Array(values))
}

/// The values from a start to an end in steps of one length, which are counted before any is made.
fn evenly<'a>(first: &Value, (start, end): (i64, i64), step: i128) -> Outcome<'a> {
    let way = i128::from(end) - i128::from(start);
    if step == 0 {
        return Err("a DATE has no time of day".to_owned());
    }
    // Where the steps lead away from the end, there is nothing.
    let steps = if way == 0 || (way > 0) == (step > 0) { way / step } else { -1 };
    if steps >= MOST as i128 {
        return too_long();
    }
    let at = |index: i128| like(first, (i128::from(start) + step * index) as i64);
    (0..=steps).map(at).collect::<Result<_, _>>().map(Value::Array)
}

/// A range cut into ranges of one width. Range functions, "GENERATE_RANGE_ARRAY".
fn range_array<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::Range(bounds), Value::Interval(step), rest @ ..] = arguments else {
        return Err(unexpected(arguments));
    };
    let with_last = match rest {
        [] => true,
        [Value::Bool(with_last)] => *with_last,
        _ => return Err(unexpected(arguments)),
    };
    let (start, end) = &**bounds;
    let (Some(_), Some(last)) = (start.ordinal(), end.ordinal()) else {
        return Err("a RANGE without a bound cannot be cut into pieces".to_owned());
    };
    let parts = [step.months != 0, step.days != 0, step.micros != 0];
    if parts.iter().filter(|part| **part).count() != 1 {
        return Err("the step is an INTERVAL of one part, not of several or of none".to_owned());
    }
    if step.months < 0 || step.days < 0 || step.micros < 0 {
        return Err("the step is positive".to_owned());
    }
    if matches!(start, Value::Date(_)) && step.micros != 0 {
        return Err("a RANGE<DATE> is cut by whole days".to_owned());
    }
    let mut pieces = Vec::new();
    let mut from = start.clone();
    loop {
        if pieces.len() == MOST {
            return too_long();
        }
        let next = step
            .times(pieces.len() as i64 + 1)
            .and_then(|steps| stepped(start, steps))
            .ok()
            .filter(|next| next.ordinal().is_some_and(|next| next < last));
        let Some(next) = next else { break };
        pieces.push(Value::Range(Box::new((from, next.clone()))));
        from = next;
    }
    // The rest is whole where one more step leads to the end.
    let is_whole = step
        .times(pieces.len() as i64 + 1)
        .and_then(|steps| stepped(start, steps))
        .is_ok_and(|next| next.ordinal() == Some(last));
    if with_last || is_whole {
        pieces.push(Value::Range(Box::new((from, end.clone()))));
    }
    Ok(Value::Array(pieces))
}

fn stepped<'a>(start: &Value, steps: Interval) -> Outcome<'a> {
    match (start, plus(start, steps)?) {
        (Value::Date(_), Value::Datetime(micros)) => super::date(micros.div_euclid(calendar::DAY)),
        (_, moved) => Ok(moved),
    }
}
