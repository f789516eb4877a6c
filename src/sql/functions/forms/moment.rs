//! Dates and times: arithmetic, truncation, differences. DuckDB's own functions where they are exact, which is what telemetry
//! asks for most, else native ones. `SAFE.` is always native: DuckDB's TRY would also catch errors of the arguments.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{
    bounded_date, bounded_moment, convert, later_date, literal, native_call, now, whole_literal,
};
use crate::sql::functions::Translated;
use crate::sql::tree::{DatePart, Kind};

/// The microseconds from 0001-01-01 to 1970-01-01: counted from there no moment is negative.
const BEFORE_1970: &str = "62135596800000000";

/// A date part's name in DuckDB, where it is the same unit.
fn unit(part: DatePart) -> Option<&'static str> {
    Some(match part {
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
        _ => return None,
    })
}

/// The microseconds of a part of fixed length that may be added: of weeks the plain one.
fn micros(part: DatePart) -> Option<i64> {
    part.micros().filter(|_| !matches!(part, DatePart::Week(1..) | DatePart::IsoWeek))
}

fn months(part: DatePart) -> Option<i64> {
    match part {
        DatePart::Month => Some(1),
        DatePart::Quarter => Some(3),
        DatePart::Year => Some(12),
        _ => None,
    }
}

/// The days to move so that a week that starts on the day starts on DuckDB's Monday.
fn to_monday(first_day: u8) -> u8 {
    (8 - first_day) % 7
}

impl Translated<'_> {
    /// The part of `INTERVAL count part`, whose count is the argument's SQL.
    fn interval_part(&self, index: usize) -> Result<DatePart, String> {
        match self.arguments.get(index).map(|argument| &argument.kind) {
            Some(Kind::Interval { part, to: None, .. }) => Ok(*part),
            _ => Err("it takes `INTERVAL count PART`".to_owned()),
        }
    }

    /// The count of an `INTERVAL count part` times something, as a DuckDB number of 32 bits.
    fn small_count(&self, index: usize, times: i64) -> String {
        let known = match &self.arguments[index].kind {
            Kind::Interval { value, .. } => whole_literal(value),
            _ => None,
        };
        match known.and_then(|count| i32::try_from(count.checked_mul(times)?).ok()) {
            Some(count @ 0..) => count.to_string(),
            Some(count) => format!("({count})"),
            None => format!("CAST({} AS INTEGER)", product(&self.sql[index], times)),
        }
    }

    /// A DATE and the count of an `INTERVAL`, of so many days each.
    fn moved_date(&self, sign: char, days: i64) -> String {
        let value = &self.sql[0];
        let known = match &self.arguments[1].kind {
            Kind::Interval { value, .. } => whole_literal(value).and_then(|count| count.checked_mul(days)),
            _ => None,
        };
        let known = known.and_then(|days| if sign == '-' { days.checked_neg() } else { Some(days) });
        known
            .and_then(|days| later_date(value, days))
            .unwrap_or_else(|| bounded_date(&format!("{value} {sign} {}", self.small_count(1, days))))
    }

    /// A native function where a part is named as a text, and the interval is its count and its part.
    fn native_interval(&self, name: &str) -> Form {
        let (mut sql, mut types) = (Vec::new(), Vec::new());
        for (argument, text) in self.arguments.iter().zip(self.sql) {
            match &argument.kind {
                Kind::Interval { part, to: None, .. } => {
                    sql.extend([text.clone(), literal(&part.to_string())]);
                    types.extend([Type::Int64, Type::String]);
                }
                _ => {
                    sql.push(text.clone());
                    types.push(argument.ty.clone());
                }
            }
        }
        native_call(name, &sql, &types, self.result, self.safe)
    }

    /// Whether the argument is no zone, or the one that all is kept in.
    fn is_utc(&self, index: usize) -> bool {
        match self.arguments.get(index).map(|argument| &argument.kind) {
            None => true,
            Some(Kind::Text(name)) => name == "UTC",
            _ => false,
        }
    }
}

fn product(sql: &str, times: i64) -> String {
    if times == 1 { sql.to_owned() } else { format!("{sql} * {times}") }
}

fn shifted(call: &Translated, sign: char, native: &str) -> Form {
    let part = call.interval_part(1)?;
    let value = &call.sql[0];
    if call.safe {
        return call.native_interval(native);
    }
    Ok(match call.ty(0) {
        Type::Date => match (part, months(part)) {
            (DatePart::Day, _) => call.moved_date(sign, 1),
            (DatePart::Week(0), _) => call.moved_date(sign, 7),
            (_, Some(months)) => bounded_date(&format!(
                "CAST({value} {sign} to_months({}) AS DATE)",
                call.small_count(1, months)
            )),
            _ => return Err(format!("a DATE does not move by {part}")),
        },
        Type::Datetime | Type::Timestamp => match (micros(part), months(part)) {
            (Some(micros), _) => {
                bounded_moment(&format!("epoch_us({value}) {sign} {}", product(&call.sql[1], micros)))
            }
            (_, Some(months)) if *call.ty(0) == Type::Datetime => bounded_moment(&format!(
                "epoch_us({value} {sign} to_months({}))",
                call.small_count(1, months)
            )),
            _ => return Err(format!("a {} does not move by {part}", call.ty(0))),
        },
        _ => return call.native_interval(native),
    })
}

pub fn add(call: &Translated) -> Form {
    shifted(call, '+', "moment_add")
}

pub fn subtract(call: &Translated) -> Form {
    shifted(call, '-', "moment_sub")
}

/// GoogleSQL's WEEK starts on Sunday, DuckDB's on Monday; a DATE stays a DATE.
pub fn truncate(call: &Translated) -> Form {
    let part = call.part(1)?;
    let value = &call.sql[0];
    if call.safe || !call.is_utc(2) || *call.ty(0) == Type::Time {
        return call.native("moment_trunc");
    }
    let is_date = *call.ty(0) == Type::Date;
    if is_date && part.is_clock() {
        return Err("a DATE has no time of day".to_owned());
    }
    let ty = if is_date { "DATE" } else { "TIMESTAMP" };
    match (part, unit(part)) {
        (DatePart::Week(1), _) => Ok(format!("CAST(date_trunc('week', {value}) AS {ty})")),
        (DatePart::Week(first_day), _) => {
            let days = to_monday(first_day);
            Ok(if is_date {
                let monday = format!("CAST(date_trunc('week', {value} + {days}) AS DATE)");
                later_date(&monday, -i64::from(days)).unwrap_or(monday)
            } else {
                bounded_moment(&format!(
                    "epoch_us(CAST(date_trunc('week', {value} + to_days({days})) AS TIMESTAMP) - to_days({days}))"
                ))
            })
        }
        (_, Some(unit)) => Ok(format!("CAST(date_trunc('{unit}', {value}) AS {ty})")),
        _ => Err(format!("nothing is truncated to {part}")),
    }
}

/// Counts the starts of a part between two dates; of TIMESTAMPs, the whole units elapsed.
pub fn difference(call: &Translated) -> Form {
    let part = call.part(2)?;
    let (later, earlier) = (&call.sql[0], &call.sql[1]);
    if call.safe || *call.ty(0) == Type::Time {
        return call.native("moment_diff");
    }
    if *call.ty(0) == Type::Timestamp {
        return match micros(part).filter(|_| part.is_clock() || part == DatePart::Day) {
            Some(1) => Ok(format!("(epoch_us({later}) - epoch_us({earlier}))")),
            Some(micros) => Ok(format!("((epoch_us({later}) - epoch_us({earlier})) // {micros})")),
            None => Err("it takes MICROSECOND to DAY of TIMESTAMPs".to_owned()),
        };
    }
    let is_date = *call.ty(0) == Type::Date;
    if part.is_clock() {
        if is_date {
            return Err("DATEs differ by whole days; use TIMESTAMP_DIFF or DATETIME_DIFF".to_owned());
        }
        let unit = micros(part).unwrap_or(1);
        let number = |value: &str| format!("(epoch_us({value}) + {BEFORE_1970}) // {unit}");
        return Ok(format!("({} - {})", number(later), number(earlier)));
    }
    let day = |value: &str| if is_date { value.to_owned() } else { format!("CAST({value} AS DATE)") };
    // Days since 0001-01-01, a Monday.
    let weeks = |days: u8| {
        let number = |value: &str| format!("({} - DATE '0001-01-01' + {days}) // 7", day(value));
        format!("({} - {})", number(later), number(earlier))
    };
    Ok(match (part, unit(part)) {
        (DatePart::Week(first_day), _) => weeks(to_monday(first_day)),
        (DatePart::IsoWeek, _) => weeks(0),
        (_, Some(unit)) => format!("date_diff('{unit}', {}, {})", day(earlier), day(later)),
        _ => return Err(format!("there is no difference in {part}")),
    })
}

pub fn last_day(call: &Translated) -> Form {
    match call.part(1)? {
        DatePart::Month => Ok(format!("last_day({})", call.sql[0])),
        part => {
            let sql = [call.sql[0].clone(), literal(&part.to_string())];
            native_call("last_day", &sql, &[call.ty(0).clone(), Type::String], call.result, call.safe)
        }
    }
}

/// DATE, DATETIME, TIME and TIMESTAMP of all that they take.
fn made(call: &Translated, name: &str, to: &Type) -> Form {
    let of_moment = matches!(call.ty(0), Type::Date | Type::Datetime | Type::Timestamp | Type::Time);
    match call.sql.len() {
        1 => Ok(convert(&call.sql[0], call.ty(0), to, call.safe)),
        2 if of_moment && call.is_utc(1) => Ok(convert(&call.sql[0], call.ty(0), to, call.safe)),
        _ => call.native(name),
    }
}

pub fn date(call: &Translated) -> Form {
    made(call, "date", &Type::Date)
}

pub fn datetime(call: &Translated) -> Form {
    made(call, "datetime", &Type::Datetime)
}

pub fn time(call: &Translated) -> Form {
    made(call, "time", &Type::Time)
}

pub fn timestamp(call: &Translated) -> Form {
    made(call, "timestamp", &Type::Timestamp)
}

/// STRING of a date or time; a TIMESTAMP in the zone of the second argument.
pub fn string(call: &Translated) -> Form {
    match call.ty(0) {
        Type::Json => call.native("json_string"),
        ty if call.sql.len() == 1 => Ok(convert(&call.sql[0], ty, &Type::String, call.safe)),
        _ => call.native("moment_text"),
    }
}

/// The clock, in the zone of the argument.
pub fn current(call: &Translated) -> Form {
    let name = match call.result {
        Type::Date => "date",
        Type::Datetime => "datetime",
        Type::Time => "time",
        _ => return Ok(now()),
    };
    match call.sql.first() {
        Some(zone) if !call.is_utc(0) => native_call(
            name,
            &[now(), zone.clone()],
            &[Type::Timestamp, Type::String],
            call.result,
            call.safe,
        ),
        _ => Ok(convert(&now(), &Type::Timestamp, call.result, false)),
    }
}

/// A moment of a count of units since 1970.
fn since_1970(call: &Translated, micros: i64) -> Form {
    if *call.ty(0) == Type::Timestamp {
        return Ok(call.sql[0].clone());
    }
    Ok(bounded_moment(&product(&call.sql[0], micros)))
}

pub fn from_seconds(call: &Translated) -> Form {
    since_1970(call, 1_000_000)
}

pub fn from_millis(call: &Translated) -> Form {
    since_1970(call, 1000)
}

pub fn from_micros(call: &Translated) -> Form {
    since_1970(call, 1)
}

pub fn from_days(call: &Translated) -> Form {
    let cast = if call.safe { "TRY_CAST" } else { "CAST" };
    Ok(bounded_date(&format!("DATE '1970-01-01' + {cast}({} AS INTEGER)", call.sql[0])))
}

/// MAKE_INTERVAL: six numbers by place or by name, 0 where they are left out.
pub fn make_interval(call: &Translated) -> Form {
    const NAMES: [&str; 6] = ["year", "month", "day", "hour", "minute", "second"];
    let mut sql = vec!["0::BIGINT".to_owned(); NAMES.len()];
    for (index, (argument, text)) in call.arguments.iter().zip(call.sql).enumerate() {
        let place = match &argument.kind {
            Kind::Named { name, .. } => NAMES.iter().position(|known| name.text.eq_ignore_ascii_case(known)),
            _ => Some(index),
        };
        if let Some(slot) = place.and_then(|place| sql.get_mut(place)) {
            slot.clone_from(text);
        }
    }
    native_call("make_interval", &sql, &[const { Type::Int64 }; 6], call.result, call.safe)
}

pub fn moment_array(call: &Translated) -> Form {
    if call.sql.len() > 2 {
        call.interval_part(2)?;
        return call.native_interval("moment_array");
    }
    let sql = [call.sql[0].clone(), call.sql[1].clone(), "1::BIGINT".to_owned(), literal("DAY")];
    let types = [call.ty(0).clone(), call.ty(1).clone(), Type::Int64, Type::String];
    native_call("moment_array", &sql, &types, call.result, call.safe)
}
