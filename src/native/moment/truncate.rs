//! DATE_TRUNC, LAST_DAY and DATE_BUCKET with their kin.

use super::arithmetic::plus;
use super::{Outcome, date, datetime, like, part, timestamp, zone};
use crate::native::{Native, strict, unexpected};
use crate::value::calendar::{DAY, civil, days_of, iso_year, iso_year_start, month_length, week_start};
use crate::value::{DatePart, Interval, Value};

pub const ROWS: &[Native] = &[
    strict("moment_trunc", moment_trunc),
    strict("last_day", last_day),
    strict("moment_bucket", moment_bucket),
];

/// 1950-01-01, in days: where buckets start that no origin is given for.
const ORIGIN: i64 = -7305;

/// The first day of the part that a day is in.
fn first_day(days: i64, of: DatePart) -> Result<i64, String> {
    let (year, month, _) = civil(days);
    Ok(match of {
        DatePart::Day => days,
        DatePart::Week(day) => week_start(days, day),
        DatePart::IsoWeek => week_start(days, 1),
        DatePart::Month => days_of(year, month, 1),
        DatePart::Quarter => days_of(year, (month - 1) / 3 * 3 + 1, 1),
        DatePart::Year => days_of(year, 1, 1),
        DatePart::IsoYear => iso_year_start(iso_year(days)),
        _ => return Err(format!("nothing is truncated to {of}")),
    })
}

/// `DATE_TRUNC(value, part)`, `TIMESTAMP_TRUNC(value, part, zone)`.
fn moment_trunc<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, of, rest @ ..] = arguments else { return Err(unexpected(arguments)) };
    let of = part(of)?;
    match value {
        Value::Date(days) => date(first_day(i64::from(*days), of)?),
        Value::Time(micros) => {
            let unit = of.micros().ok_or_else(|| format!("a TIME has no {of}"))?;
            Ok(Value::Time(micros - micros % unit))
        }
        Value::Datetime(micros) => datetime(truncated(*micros, of)?),
        Value::Timestamp(micros) => {
            let zone = zone(rest.first())?;
            let local = zone.local(*micros);
            let truncated = truncated(local, of)?;
            // Of hours and less, what is beyond them is taken off; days start by the calendar of the zone.
            timestamp(if of.is_clock() { micros - (local - truncated) } else { zone.instant(truncated) })
        }
        _ => Err(unexpected(arguments)),
    }
}

fn truncated(micros: i64, of: DatePart) -> Result<i64, String> {
    match of.micros().filter(|_| of.is_clock()) {
        Some(unit) => Ok(micros - micros.rem_euclid(unit)),
        None => Ok(first_day(micros.div_euclid(DAY), of)? * DAY),
    }
}

/// The last day of the part that a day is in. Date functions, "LAST_DAY".
fn last_day<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, of] = arguments else { return Err(unexpected(arguments)) };
    let (Some(count), of) = (value.ordinal(), part(of)?) else { return Err(unexpected(arguments)) };
    let days = if matches!(value, Value::Date(_)) { count } else { count.div_euclid(DAY) };
    let (first, (year, month, _)) = (first_day(days, of)?, civil(first_day(days, of)?));
    date(match of {
        DatePart::Week(_) | DatePart::IsoWeek => first + 6,
        DatePart::Month => first + month_length(year, month) - 1,
        DatePart::Quarter => days_of(year, month + 2, month_length(year, month + 2)),
        DatePart::Year => days_of(year, 12, 31),
        DatePart::IsoYear => iso_year_start(iso_year(days) + 1) - 1,
        _ => return Err(format!("{of} has no last day")),
    })
}

/// The start of the bucket that a value is in. Time series functions, "DATE_BUCKET".
fn moment_bucket<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, Value::Interval(width), rest @ ..] = arguments else { return Err(unexpected(arguments)) };
    let scale = if matches!(value, Value::Date(_)) { 1 } else { DAY };
    let origin = match rest.first() {
        Some(origin) => origin.clone(),
        None => like(value, ORIGIN * scale)?,
    };
    let (Some(at), Some(start)) = (value.ordinal(), origin.ordinal()) else {
        return Err(unexpected(arguments));
    };
    let of_time = i64::from(width.days) * DAY + width.micros;
    let (has_months, has_days) = (width.months != 0, width.days != 0);
    if [has_months, has_days, width.micros != 0].iter().filter(|part| **part).count() != 1 {
        return Err("a bucket's width is an INTERVAL of one part, not of several or of none".to_owned());
    }
    if width.months < 0 || of_time < 0 {
        return Err("a bucket's width is positive".to_owned());
    }
    match value {
        Value::Date(_) if width.micros != 0 => Err("buckets of DATEs are of whole days".to_owned()),
        Value::Timestamp(_) if has_months => Err("buckets of TIMESTAMPs are of days or less".to_owned()),
        _ if has_months => by_months(value, &origin, at, width.months),
        _ => {
            let width = if scale == 1 { of_time / DAY } else { of_time };
            like(value, start + (at - start).div_euclid(width) * width)
        }
    }
}

/// Buckets of months count from the origin, so that its day of the month is that of all, or the last of a shorter month.
fn by_months<'a>(value: &Value, origin: &Value, at: i64, width: i32) -> Outcome<'a> {
    let days = |value: &Value| {
        let count = value.ordinal().unwrap_or_default();
        if matches!(value, Value::Date(_)) { count } else { count.div_euclid(DAY) }
    };
    let month = |days: i64| civil(days).0 * 12 + civil(days).1;
    let width = i64::from(width);
    let step = (month(days(value)) - month(days(origin))).div_euclid(width);
    // The months alone may point to the bucket after the value's.
    let start = |step: i64| -> Result<Value<'a>, String> {
        let months = i32::try_from(step * width).map_err(|_| "a bucket out of the calendar")?;
        let moved = plus(origin, Interval { months, days: 0, micros: 0 })?;
        match (origin, &moved) {
            (Value::Date(_), Value::Datetime(micros)) => date(micros.div_euclid(DAY)),
            _ => Ok(moved),
        }
    };
    let bucket = start(step)?;
    if bucket.ordinal().is_some_and(|start| start > at) { start(step - 1) } else { Ok(bucket) }
}
