//! Dates and times: arithmetic, truncation, differences.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::convert;
use crate::sql::functions::Translated;
use crate::sql::tree::{DatePart, Kind};

/// A date part's name in DuckDB, where it is the same unit.
fn unit(part: DatePart) -> Result<&'static str, String> {
    Ok(match part {
        DatePart::Microsecond => "microsecond",
        DatePart::Millisecond => "millisecond",
        DatePart::Second => "second",
        DatePart::Minute => "minute",
        DatePart::Hour => "hour",
        DatePart::Day => "day",
        DatePart::IsoWeek => "week",
        DatePart::Month => "month",
        DatePart::Quarter => "quarter",
        DatePart::Year => "year",
        DatePart::IsoYear => "isoyear",
        DatePart::Nanosecond
        | DatePart::Week(_)
        | DatePart::DayOfWeek
        | DatePart::DayOfYear
        | DatePart::Date
        | DatePart::Time
        | DatePart::Datetime => {
            return Err("this date part cannot be used here".to_owned());
        }
    })
}

/// The days to move so that a week that starts on the day starts on DuckDB's Monday.
fn to_monday(first_day: u8) -> u8 {
    (8 - first_day) % 7
}

/// The unit of an INTERVAL that may be added to a value of the type.
pub fn interval_unit(ty: &Type, part: DatePart) -> Form {
    match (ty, part) {
        (_, DatePart::Week(0)) if *ty != Type::Timestamp => Ok("WEEK".to_owned()),
        (_, DatePart::Week(_) | DatePart::IsoWeek | DatePart::IsoYear) => {
            Err("this date part cannot be added".to_owned())
        }
        (Type::Date, part) if part.is_clock() => Err("a DATE moves by whole days; use a DATETIME".to_owned()),
        (Type::Timestamp, part) if !part.is_clock() && part != DatePart::Day => {
            Err("a TIMESTAMP moves by MICROSECOND to DAY; use a DATE or DATETIME".to_owned())
        }
        (_, part) => Ok(unit(part)?.to_ascii_uppercase()),
    }
}

fn shifted(call: &Translated, sign: char) -> Form {
    let (_, part) = call.interval(1)?;
    let unit = interval_unit(call.ty(0), part)?;
    // The interval's value was translated as the argument's SQL.
    let moved = format!("({} {sign} INTERVAL {} {unit})", call.sql[0], call.sql[1]);
    Ok(if *call.ty(0) == Type::Date { format!("CAST({moved} AS DATE)") } else { moved })
}

pub fn add(call: &Translated) -> Form {
    shifted(call, '+')
}

pub fn subtract(call: &Translated) -> Form {
    shifted(call, '-')
}

/// GoogleSQL's WEEK starts on Sunday, DuckDB's on Monday; a DATE stays a DATE.
pub fn truncate(call: &Translated) -> Form {
    let part = call.part(1)?;
    let value = &call.sql[0];
    if *call.ty(0) == Type::Date && part.is_clock() {
        return Err("a DATE has no time of day".to_owned());
    }
    let truncated = match part {
        DatePart::Week(first_day) => {
            let days = to_monday(first_day);
            format!("(date_trunc('week', {value} + INTERVAL {days} DAY) - INTERVAL {days} DAY)")
        }
        part => format!("date_trunc('{}', {value})", unit(part)?),
    };
    Ok(match call.ty(0) {
        Type::Date => format!("CAST({truncated} AS DATE)"),
        _ => format!("CAST({truncated} AS TIMESTAMP)"),
    })
}

/// Counts boundaries between two dates.
pub fn date_difference(call: &Translated) -> Form {
    let part = call.part(2)?;
    let (later, earlier) = (&call.sql[0], &call.sql[1]);
    if *call.ty(0) == Type::Date && *call.ty(1) == Type::Date && part.is_clock() {
        return Err("DATEs differ by whole days; use TIMESTAMP_DIFF or DATETIME_DIFF".to_owned());
    }
    // DuckDB counts weeks elapsed, not their starts.
    let weeks = |days: u8| {
        let start = |moment: &str| format!("date_trunc('week', {moment} + INTERVAL {days} DAY)");
        format!("(date_diff('day', {}, {}) // 7)", start(earlier), start(later))
    };
    Ok(match part {
        DatePart::Week(first_day) => weeks(to_monday(first_day)),
        DatePart::IsoWeek => weeks(0),
        part => format!("date_diff('{}', {earlier}, {later})", unit(part)?),
    })
}

/// Counts whole units elapsed.
pub fn timestamp_difference(call: &Translated) -> Form {
    let part = call.part(2)?;
    if !part.is_clock() && part != DatePart::Day {
        return Err("it takes MICROSECOND to DAY".to_owned());
    }
    Ok(format!("date_sub('{}', {}, {})", unit(part)?, call.sql[1], call.sql[0]))
}

/// The day before the next unit starts.
pub fn last_day(call: &Translated) -> Form {
    let value = &call.sql[0];
    let (start, length) = match call.part(1)? {
        DatePart::Month => return Ok(format!("last_day({value})")),
        DatePart::Quarter => (format!("date_trunc('quarter', {value})"), "3 MONTH"),
        DatePart::Year => (format!("date_trunc('year', {value})"), "12 MONTH"),
        DatePart::IsoWeek => (format!("date_trunc('week', {value})"), "7 DAY"),
        DatePart::Week(first_day) => {
            let days = to_monday(first_day);
            (format!("date_trunc('week', {value} + INTERVAL {days} DAY) - INTERVAL {days} DAY"), "7 DAY")
        }
        _ => return Err("it takes WEEK, ISOWEEK, MONTH, QUARTER or YEAR".to_owned()),
    };
    Ok(format!("CAST({start} + INTERVAL {length} - INTERVAL 1 DAY AS DATE)"))
}

pub fn date(call: &Translated) -> Form {
    match call.sql.len() {
        1 => Ok(convert(&call.sql[0], call.ty(0), &Type::Date, false)),
        3 => Ok(format!("make_date({})", call.sql.join(", "))),
        _ => Err("time zones are not understood yet; DATE(timestamp) is the day in UTC".to_owned()),
    }
}

pub fn timestamp(call: &Translated) -> Form {
    match call.sql.len() {
        1 => Ok(convert(&call.sql[0], call.ty(0), &Type::Timestamp, false)),
        _ => Err("time zones are not understood yet; all times are UTC".to_owned()),
    }
}

pub fn datetime(call: &Translated) -> Form {
    match (call.sql.len(), call.ty(1)) {
        (1, _) => Ok(convert(&call.sql[0], call.ty(0), &Type::Datetime, false)),
        (2, Type::Time) => Ok(format!("({} + {})", call.sql[0], call.sql[1])),
        (6, _) => Ok(format!("make_timestamp({})", call.sql.join(", "))),
        _ => Err("time zones are not understood yet; all times are UTC".to_owned()),
    }
}

pub fn date_array(call: &Translated) -> Form {
    let (first, last) = (&call.sql[0], &call.sql[1]);
    let step = match call.arguments.get(2) {
        None => "INTERVAL 1 DAY".to_owned(),
        Some(_) => {
            let (count, part) = call.interval(2)?;
            let unit = interval_unit(&Type::Date, part)?;
            if matches!(part, DatePart::Month | DatePart::Quarter | DatePart::Year) {
                // Months count from the first day, else a 31st would become a 28th for good.
                let Kind::Integer(count @ 1..=1200) = count.kind else {
                    return Err("a step of months must be a positive literal".to_owned());
                };
                return Ok(format!(
                    "list_filter(list_transform(generate_series(0, date_diff('{}', {first}, {last}) // {count}), lambda step: CAST({first} + INTERVAL (step * {count}) {unit} AS DATE)), lambda moment: moment <= {last})",
                    unit.to_ascii_lowercase()
                ));
            }
            format!("INTERVAL {} {unit}", call.sql[2])
        }
    };
    Ok(format!(
        "list_transform(generate_series(CAST({first} AS TIMESTAMP), CAST({last} AS TIMESTAMP), {step}), lambda moment: CAST(moment AS DATE))"
    ))
}

pub fn timestamp_array(call: &Translated) -> Form {
    let (_, part) = call.interval(2)?;
    let unit = interval_unit(&Type::Timestamp, part)?;
    Ok(format!("generate_series({}, {}, INTERVAL {} {unit})", call.sql[0], call.sql[1], call.sql[2]))
}
