//! DATE_ADD, DATE_DIFF and their kin; dates and times plus intervals.

use super::{Outcome, date, datetime, like, part};
use crate::native::{Native, strict, unexpected};
use crate::value::calendar::{DAY, civil, days_of, iso_year, month_length, week_start};
use crate::value::{DatePart, Interval, Value};

pub const ROWS: &[Native] = &[
    strict("moment_add", moment_add),
    strict("moment_sub", moment_sub),
    strict("moment_diff", moment_diff),
    strict("moment_plus", moment_plus),
    strict("moment_minus", moment_minus),
    strict("moment_between", moment_between),
];

/// `DATE_ADD(value, INTERVAL count part)`; the type of the value is that of the result.
fn moment_add<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, Value::Int64(count), of] = arguments else { return Err(unexpected(arguments)) };
    moved(value, i128::from(*count), part(of)?)
}

fn moment_sub<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, Value::Int64(count), of] = arguments else { return Err(unexpected(arguments)) };
    moved(value, -i128::from(*count), part(of)?)
}

pub(super) fn moved<'a>(value: &Value, count: i128, of: DatePart) -> Outcome<'a> {
    let Some(start) = value.ordinal() else { return Err(unexpected(std::slice::from_ref(value))) };
    let months = match of {
        DatePart::Month => 1,
        DatePart::Quarter => 3,
        DatePart::Year => 12,
        _ => 0,
    };
    let overflow = || format!("{count} {of} lead out of the calendar");
    if months > 0 {
        let months = count * months;
        return match value {
            Value::Date(days) => date(shifted(i64::from(*days), months).ok_or_else(overflow)?),
            Value::Datetime(micros) => datetime(shifted_micros(*micros, months).ok_or_else(overflow)?),
            _ => Err(unexpected(std::slice::from_ref(value))),
        };
    }
    let unit = of.micros().ok_or_else(|| format!("{of} cannot be added"))?;
    let unit = if matches!(value, Value::Date(_)) { unit / DAY } else { unit };
    let sum = i128::from(start) + count * i128::from(unit);
    if matches!(value, Value::Time(_)) {
        return Ok(Value::Time(sum.rem_euclid(i128::from(DAY)) as i64));
    }
    like(value, i64::try_from(sum).map_err(|_| overflow())?)
}

/// A day some months later. Where the month is shorter, its last day.
fn shifted(days: i64, months: i128) -> Option<i64> {
    let (year, month, day) = civil(days);
    let sum = i64::try_from(i128::from(year * 12 + month - 1) + months).ok()?;
    let (year, month) = (sum.div_euclid(12), sum.rem_euclid(12) + 1);
    if !(1..=9999).contains(&year) {
        return None;
    }
    Some(days_of(year, month, day.min(month_length(year, month))))
}

fn shifted_micros(micros: i64, months: i128) -> Option<i64> {
    Some(shifted(micros.div_euclid(DAY), months)? * DAY + micros.rem_euclid(DAY))
}

/// How many starts of a part lie between two values; of two TIMESTAMPs, how many whole parts.
fn moment_diff<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [later, earlier, of] = arguments else { return Err(unexpected(arguments)) };
    let (Some(last), Some(first), of) = (later.ordinal(), earlier.ordinal(), part(of)?) else {
        return Err(unexpected(arguments));
    };
    if matches!(later, Value::Timestamp(_)) {
        let unit = of.micros().ok_or_else(|| format!("TIMESTAMPs do not differ by {of}"))?;
        return Ok(Value::Int64((last - first) / unit));
    }
    let (days, clock) = match later {
        Value::Date(_) => ([last, first], None),
        _ => ([last.div_euclid(DAY), first.div_euclid(DAY)], of.micros().filter(|_| of.is_clock())),
    };
    let count = |number: &dyn Fn(i64) -> i64| number(days[0]) - number(days[1]);
    Ok(Value::Int64(match of {
        of if of.is_clock() => {
            let unit = clock.ok_or_else(|| format!("DATEs do not differ by {of}"))?;
            last.div_euclid(unit) - first.div_euclid(unit)
        }
        DatePart::Day => count(&|days| days),
        DatePart::Week(day) => count(&|days| week_start(days, day)) / 7,
        DatePart::IsoWeek => count(&|days| week_start(days, 1)) / 7,
        DatePart::Month => count(&|days| civil(days).0 * 12 + civil(days).1),
        DatePart::Quarter => count(&|days| civil(days).0 * 4 + (civil(days).1 - 1) / 3),
        DatePart::Year => count(&|days| civil(days).0),
        DatePart::IsoYear => count(&iso_year),
        _ => return Err(format!("there is no difference in {of}")),
    }))
}

/// `value + interval`. A DATE becomes a DATETIME. Operators, "Interval arithmetic operators".
fn moment_plus<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, Value::Interval(interval)] = arguments else { return Err(unexpected(arguments)) };
    plus(value, *interval)
}

fn moment_minus<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, Value::Interval(interval)] = arguments else { return Err(unexpected(arguments)) };
    plus(value, interval.negated())
}

/// Months first, then days and time.
pub(super) fn plus<'a>(value: &Value, interval: Interval) -> Outcome<'a> {
    let rest = i64::from(interval.days) * DAY + interval.micros;
    match value {
        Value::Timestamp(_) if interval.months != 0 => {
            Err("a TIMESTAMP plus months or years has no fixed meaning; use a DATETIME".to_owned())
        }
        Value::Timestamp(micros) => super::timestamp(micros + rest),
        Value::Date(_) | Value::Datetime(_) => {
            let micros = match value {
                Value::Date(days) => i64::from(*days) * DAY,
                other => other.ordinal().unwrap_or_default(),
            };
            let moved = shifted_micros(micros, i128::from(interval.months))
                .ok_or("DATETIME out of range: years lie between 1 and 9999")?;
            datetime(moved + rest)
        }
        _ => Err(unexpected(std::slice::from_ref(value))),
    }
}

/// `later - earlier`: days between DATEs, time between others. Operators, "Datetime subtraction".
fn moment_between<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [later, earlier] = arguments else { return Err(unexpected(arguments)) };
    let (Some(last), Some(first)) = (later.ordinal(), earlier.ordinal()) else {
        return Err(unexpected(arguments));
    };
    let between = i128::from(last - first);
    let interval = match later {
        Value::Date(_) => Interval::checked(0, between, 0),
        _ => Interval::checked(0, 0, between),
    };
    interval.map(Value::Interval)
}
