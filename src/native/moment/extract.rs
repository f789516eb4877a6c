//! EXTRACT of dates, times, timestamps in a zone, and intervals.

use super::{Outcome, date, datetime, part, zone};
use crate::native::{Native, strict, unexpected};
use crate::value::calendar::{DAY, civil, day_of_year, iso_week, iso_year, week, weekday};
use crate::value::{DatePart, Value};

pub const ROWS: &[Native] = &[strict("extract", extract)];

/// `EXTRACT(part FROM value AT TIME ZONE zone)`
fn extract<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, of, rest @ ..] = arguments else { return Err(unexpected(arguments)) };
    let of = part(of)?;
    let micros = match value {
        Value::Interval(interval) => {
            let found = interval.part(of).ok_or_else(|| format!("an INTERVAL has no {of}"))?;
            return Ok(Value::Int64(found));
        }
        Value::Date(days) => i64::from(*days) * DAY,
        Value::Time(micros) | Value::Datetime(micros) => *micros,
        Value::Timestamp(micros) => zone(rest.first())?.local(*micros),
        _ => return Err(unexpected(arguments)),
    };
    let (days, clock) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    Ok(Value::Int64(match of {
        DatePart::Date => return date(days),
        DatePart::Datetime => return datetime(micros),
        DatePart::Time => return Ok(Value::Time(clock)),
        DatePart::Nanosecond => clock % 1_000_000 * 1000,
        DatePart::Microsecond => clock % 1_000_000,
        DatePart::Millisecond => clock % 1_000_000 / 1000,
        DatePart::Second => clock / 1_000_000 % 60,
        DatePart::Minute => clock / 60_000_000 % 60,
        DatePart::Hour => clock / 3_600_000_000,
        DatePart::DayOfWeek => weekday(days) + 1,
        DatePart::DayOfYear => day_of_year(days),
        DatePart::Day => day,
        DatePart::Week(first_day) => week(days, first_day),
        DatePart::IsoWeek => iso_week(days),
        DatePart::Month => month,
        DatePart::Quarter => (month - 1) / 3 + 1,
        DatePart::Year => year,
        DatePart::IsoYear => iso_year(days),
    }))
}
