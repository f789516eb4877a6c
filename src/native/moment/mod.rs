//! Dates, times, timestamps and intervals: what DuckDB has not, or has with other values. All of them lie between the years 1 and
//! 9999, and count microseconds.

pub mod arithmetic;
pub mod construct;
pub mod element;
pub mod extract;
pub mod interval;
pub mod model;
mod model_read;
pub mod parse;
pub mod series;
pub mod truncate;

use super::unexpected;
use crate::value::calendar::{DAY, DAYS, MICROS};
use crate::value::{DatePart, Value, Zone};

type Outcome<'a> = Result<Value<'a>, String>;

/// A DATE of so many days.
fn date<'a>(days: i64) -> Outcome<'a> {
    match i32::try_from(days) {
        Ok(days) if DAYS.contains(&days) => Ok(Value::Date(days)),
        _ => Err("DATE out of range: days lie between 0001-01-01 and 9999-12-31".to_owned()),
    }
}

/// A DATETIME of so many microseconds.
fn datetime<'a>(micros: i64) -> Outcome<'a> {
    match MICROS.contains(&micros) {
        true => Ok(Value::Datetime(micros)),
        false => Err("DATETIME out of range: years lie between 1 and 9999".to_owned()),
    }
}

/// A TIMESTAMP of so many microseconds.
fn timestamp<'a>(micros: i64) -> Outcome<'a> {
    match MICROS.contains(&micros) {
        true => Ok(Value::Timestamp(micros)),
        false => Err("TIMESTAMP out of range: years lie between 1 and 9999".to_owned()),
    }
}

/// A value of the same type as another, of so many days or microseconds.
fn like<'a>(value: &Value, count: i64) -> Outcome<'a> {
    match value {
        Value::Date(_) => date(count),
        Value::Timestamp(_) => timestamp(count),
        Value::Time(_) => Ok(Value::Time(count.rem_euclid(DAY))),
        _ => datetime(count),
    }
}

/// The zone of an argument; UTC where there is none.
fn zone(argument: Option<&Value>) -> Result<Zone, String> {
    match argument {
        None => Ok(Zone::UTC),
        Some(Value::String(name)) => Zone::named(name),
        Some(other) => Err(unexpected(std::slice::from_ref(other))),
    }
}

fn part(argument: &Value) -> Result<DatePart, String> {
    match argument {
        Value::String(name) => DatePart::parse(name).ok_or_else(|| format!("`{name}` is no date part")),
        other => Err(unexpected(std::slice::from_ref(other))),
    }
}
