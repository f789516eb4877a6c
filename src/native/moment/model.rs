//! Format models such as `YYYY-MM-DD HH24:MI:SS`, of CAST with FORMAT: their elements, and values written by them. Format elements,
//! "Format clause for CAST".

use std::fmt::Write;

use super::element::{DAYS, MONTHS};
use super::model_read;
use super::{Outcome, zone};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;
use crate::value::calendar::{DAY, civil, day_of_year, weekday};

pub const ROWS: &[Native] = &[
    strict("write_by_model", write_by_model),
    strict("read_date_by_model", model_read::date_by_model),
    strict("read_datetime_by_model", model_read::datetime_by_model),
    strict("read_time_by_model", model_read::time_by_model),
    strict("read_timestamp_by_model", model_read::timestamp_by_model),
];

/// The elements, the longer before those that they begin with.
const ELEMENTS: &[&str] = &[
    "Y,YYY", "YYYY", "YYY", "YY", "Y", "RRRR", "RR", "MONTH", "MON", "MM", "MI", "DAY", "DDD", "DD", "DY",
    "D", "HH24", "HH12", "HH", "SSSSS", "SS", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FF7", "FF8", "FF9",
    "A.M.", "AM", "P.M.", "PM", "TZH", "TZM",
];

/// A piece of a format model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Its name, and how its first two letters are cased.
    Element(&'static str, Case),
    /// What stands as it is.
    Text(String),
    Space,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Title,
    Lower,
}

impl Case {
    fn of(element: &str) -> Self {
        let mut letters =
            element.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.is_ascii_uppercase());
        match (letters.next(), letters.next()) {
            (Some(true), Some(false)) => Case::Title,
            (Some(false), _) => Case::Lower,
            _ => Case::Upper,
        }
    }

    fn apply(self, name: &str) -> String {
        match self {
            Case::Upper => name.to_ascii_uppercase(),
            Case::Title => name.to_owned(),
            Case::Lower => name.to_ascii_lowercase(),
        }
    }
}

/// Cuts a format model.
pub(super) fn pieces(model: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = model;
    while let Some(first) = rest.chars().next() {
        let fits =
            |name: &&&str| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let length = if let Some(name) = ELEMENTS.iter().find(fits) {
            pieces.push(Piece::Element(name, Case::of(&rest[..name.len()])));
            name.len()
        } else if first == ' ' {
            pieces.push(Piece::Space);
            1
        } else if first == '"' {
            let (text, length) = quoted(rest).ok_or("a quoted text in the format has no end")?;
            pieces.push(Piece::Text(text));
            length
        } else if "-./,';:".contains(first) {
            pieces.push(Piece::Text(first.to_string()));
            1
        } else {
            return Err(format!("`{rest}` begins with no element of a format"));
        };
        rest = &rest[length..];
    }
    Ok(pieces)
}

/// A text between double quotes, `\"` and `\\` being one letter each, and how long it is as written.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((text, at + 1)),
            '\\' => match letters.next()? {
                (_, escaped @ ('"' | '\\')) => text.push(escaped),
                _ => return None,
            },
            other => text.push(other),
        }
    }
    None
}

/// `CAST(value AS STRING FORMAT model AT TIME ZONE zone)`
fn write_by_model<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [value, Value::String(model), rest @ ..] = arguments else { return Err(unexpected(arguments)) };
    let (local, has_day, has_clock, offset) = match value {
        Value::Date(days) => (i64::from(*days) * DAY, true, false, None),
        Value::Datetime(micros) => (*micros, true, true, None),
        Value::Time(micros) => (*micros, false, true, None),
        Value::Timestamp(micros) => {
            let offset = zone(rest.first())?.offset(*micros);
            (micros + i64::from(offset) * 1_000_000, true, true, Some(offset))
        }
        _ => return Err(unexpected(arguments)),
    };
    let mut written = String::new();
    for piece in pieces(model)? {
        match piece {
            Piece::Space => written.push(' '),
            Piece::Text(text) => written.push_str(&text),
            Piece::Element(name, case) => {
                let fits = match name.as_bytes()[0] {
                    b'Y' | b'R' | b'D' => has_day,
                    b'M' if name != "MI" => has_day,
                    b'T' => offset.is_some(),
                    _ => has_clock,
                };
                if !fits {
                    return Err(format!("the format element `{name}` has no meaning for this value"));
                }
                write(name, case, local, offset.unwrap_or(0), &mut written)?;
            }
        }
    }
    Ok(Value::String(written.into()))
}

fn write(name: &str, case: Case, local: i64, offset: i32, to: &mut String) -> Result<(), String> {
    let (days, clock) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let (hour, minutes_east) = (clock / 3_600_000_000, offset.unsigned_abs() / 60);
    let (of_month, of_week) = (MONTHS[month as usize - 1], DAYS[weekday(days) as usize]);
    let outcome = match name {
        "YYYY" | "RRRR" => write!(to, "{year:04}"),
        "YYY" => write!(to, "{:03}", year % 1000),
        "YY" | "RR" => write!(to, "{:02}", year % 100),
        "Y" => write!(to, "{}", year % 10),
        "MM" => write!(to, "{month:02}"),
        "MON" => to.write_str(&case.apply(&of_month[..3])),
        "MONTH" => to.write_str(&case.apply(of_month)),
        "DAY" => write!(to, "{:9}", case.apply(of_week)),
        "DY" => to.write_str(&case.apply(&of_week[..3])),
        "D" => write!(to, "{}", weekday(days) + 1),
        "DD" => write!(to, "{day:02}"),
        "DDD" => write!(to, "{:03}", day_of_year(days)),
        "HH" | "HH12" => write!(to, "{:02}", if hour % 12 == 0 { 12 } else { hour % 12 }),
        "HH24" => write!(to, "{hour:02}"),
        "MI" => write!(to, "{:02}", clock / 60_000_000 % 60),
        "SS" => write!(to, "{:02}", clock / 1_000_000 % 60),
        "SSSSS" => write!(to, "{:05}", clock / 1_000_000),
        "AM" | "PM" => to.write_str(&meridian(hour, case, "")),
        "A.M." | "P.M." => to.write_str(&meridian(hour, case, ".")),
        "TZH" => write!(to, "{}{:02}", if offset < 0 { '-' } else { '+' }, minutes_east / 60),
        "TZM" => write!(to, "{:02}", minutes_east % 60),
        _ => match name.strip_prefix("FF").and_then(|digits| digits.parse::<usize>().ok()) {
            Some(digits) => to.write_str(&format!("{:06}000", clock % 1_000_000)[..digits]),
            None => return Err(format!("the format element `{name}` writes nothing")),
        },
    };
    outcome.map_err(|_| "the text cannot be written".to_owned())
}

/// `AM` or `p.m.`: the first letter's case decides.
fn meridian(hour: i64, case: Case, dot: &str) -> String {
    let half = if hour < 12 { "A" } else { "P" };
    let text = format!("{half}{dot}M{dot}");
    if case == Case::Lower { text.to_ascii_lowercase() } else { text }
}
