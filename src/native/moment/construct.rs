//! DATE, DATETIME, TIME and TIMESTAMP from their parts, from texts, and from each other by a time zone; and their texts.

use super::{Outcome, date, datetime, timestamp, zone};
use crate::native::{Native, strict, unexpected};
use crate::value::calendar::{DAY, MICROS, checked_days};
use crate::value::{
    Interval, Value, Zone, date_of, datetime_of, datetime_text, range_of, text, time_of, timestamp_of,
};

pub const ROWS: &[Native] = &[
    strict("date", date_from),
    strict("datetime", datetime_from),
    strict("time", time_from),
    strict("timestamp", timestamp_from),
    strict("interval", interval_from),
    strict("date_range", date_range),
    strict("datetime_range", datetime_range),
    strict("timestamp_range", timestamp_range),
    strict("moment_text", moment_text),
];

fn unread<'a>(text: &str, ty: &str) -> Outcome<'a> {
    Err(format!("invalid {ty}: `{text}`"))
}

/// Date functions, "DATE".
fn date_from<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match arguments {
        [Value::String(text)] => {
            date_of(text).map_or_else(|| unread(text, "DATE"), |days| Ok(Value::Date(days)))
        }
        [Value::Int64(year), Value::Int64(month), Value::Int64(day)] => checked_days(*year, *month, *day)
            .map(Value::Date)
            .ok_or_else(|| format!("there is no day {year}-{month}-{day}")),
        [Value::Timestamp(micros), in_zone] => date(zone(Some(in_zone))?.local(*micros).div_euclid(DAY)),
        _ => Err(unexpected(arguments)),
    }
}

/// Datetime functions, "DATETIME".
fn datetime_from<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match arguments {
        [Value::String(text)] => {
            datetime_of(text).map_or_else(|| unread(text, "DATETIME"), |micros| Ok(Value::Datetime(micros)))
        }
        [Value::Timestamp(micros), in_zone] => datetime(zone(Some(in_zone))?.local(*micros)),
        [Value::Date(days), Value::Time(micros)] => datetime(i64::from(*days) * DAY + micros),
        [Value::Int64(year), Value::Int64(month), Value::Int64(day), clock @ ..] => {
            let days = checked_days(*year, *month, *day)
                .ok_or_else(|| format!("there is no day {year}-{month}-{day}"))?;
            datetime(i64::from(days) * DAY + clock_of(clock)?)
        }
        _ => Err(unexpected(arguments)),
    }
}

/// Time functions, "TIME".
fn time_from<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match arguments {
        [Value::String(text)] => {
            time_of(text).map_or_else(|| unread(text, "TIME"), |micros| Ok(Value::Time(micros)))
        }
        [Value::Timestamp(micros), in_zone] => {
            Ok(Value::Time(zone(Some(in_zone))?.local(*micros).rem_euclid(DAY)))
        }
        clock => Ok(Value::Time(clock_of(clock)? % DAY)),
    }
}

/// Hour, minute and second; a leap second is the first of the next minute.
fn clock_of(clock: &[Value]) -> Result<i64, String> {
    let [Value::Int64(hour), Value::Int64(minute), Value::Int64(second)] = clock else {
        return Err(unexpected(clock));
    };
    if (0..24).contains(hour) && (0..60).contains(minute) && (0..=60).contains(second) {
        Ok((hour * 3600 + minute * 60 + second) * 1_000_000)
    } else {
        Err(format!("there is no time {hour}:{minute}:{second}"))
    }
}

/// Timestamp functions, "TIMESTAMP".
fn timestamp_from<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let in_zone = zone(arguments.get(1))?;
    match &arguments[..arguments.len().min(1)] {
        [Value::String(text)] => timestamp_of(text, &in_zone)
            .map_or_else(|| unread(text, "TIMESTAMP"), |micros| Ok(Value::Timestamp(micros))),
        [Value::Date(days)] => timestamp(in_zone.instant(i64::from(*days) * DAY)),
        [Value::Datetime(micros)] => timestamp(in_zone.instant(*micros)),
        [Value::Timestamp(micros)] => Ok(Value::Timestamp(*micros)),
        _ => Err(unexpected(arguments)),
    }
}

fn interval_from<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    Interval::parse(text).map(Value::Interval)
}

fn date_range<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    range_from(arguments, |text| date_of(text).map(Value::Date))
}

fn datetime_range<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    range_from(arguments, |text| datetime_of(text).map(Value::Datetime))
}

fn timestamp_range<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    range_from(arguments, |text| timestamp_of(text, &Zone::UTC).map(Value::Timestamp))
}

fn range_from<'a>(arguments: &[Value<'a>], bound: impl Fn(&str) -> Option<Value<'a>>) -> Outcome<'a> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    range_of(text, bound)
}

/// The text that CAST gives; of a TIMESTAMP in a zone where one is named. Conversion rules, "CAST AS STRING".
fn moment_text<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    match arguments {
        [Value::Timestamp(micros), in_zone] => {
            let in_zone = zone(Some(in_zone))?;
            let offset = in_zone.offset(*micros);
            // A year beyond the calendar has no text.
            let local = micros + i64::from(offset) * 1_000_000;
            if !MICROS.contains(&local) {
                return Err("TIMESTAMP out of range in this time zone".to_owned());
            }
            Ok(Value::string(datetime_text(local) + &offset_text(offset)))
        }
        [value] => Ok(Value::string(text(value))),
        _ => Err(unexpected(arguments)),
    }
}

/// `+00`, `-08`, `+05:30`
fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match minutes % 60 {
        0 => format!("{sign}{:02}", minutes / 60),
        rest => format!("{sign}{:02}:{rest:02}", minutes / 60),
    }
}
