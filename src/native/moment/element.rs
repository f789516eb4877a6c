//! Format elements such as `%Y`: a format as its elements, and FORMAT_DATE with its kin. Format elements, "Format elements
//! for date and time parts". An element that has no meaning for a type is an error, never a guess.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use super::{Outcome, zone};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;
use crate::value::calendar::{DAY, civil, day_of_year, iso_week, iso_year, iso_year_start, week, weekday};

pub const ROWS: &[Native] = &[strict("format_moment", format_moment)];

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A piece of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(char),
    /// `%Y`
    Element(char),
    /// `%E3S`; `%E*S` has no number.
    Seconds(Option<u8>),
    /// `%E4Y`
    FourDigitYear,
    /// `%Ez`
    ColonOffset,
}

/// What stands for several others.
const COMPOSED: &[(char, &str)] = &[
    ('c', "%a %b %e %H:%M:%S %Y"),
    ('D', "%m/%d/%y"),
    ('F', "%Y-%m-%d"),
    ('R', "%H:%M"),
    ('r', "%I:%M:%S %p"),
    ('T', "%H:%M:%S"),
    ('X', "%H:%M:%S"),
    ('x', "%m/%d/%y"),
    ('h', "%b"),
];

/// Elements of a day, of a time, and of a zone.
const OF_DAYS: &str = "AaBbCdeGgJjmQUuVWwYy";
const OF_TIMES: &str = "HIklMPpSs";
const OF_ZONES: &str = "Zz";

/// The type that a format is for, as errors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum For {
    Date,
    Datetime,
    Time,
    Timestamp,
}

impl For {
    fn name(self) -> &'static str {
        match self {
            For::Date => "DATE",
            For::Datetime => "DATETIME",
            For::Time => "TIME",
            For::Timestamp => "TIMESTAMP",
        }
    }

    fn has(self, piece: Piece) -> bool {
        let (days, times, zones) = match piece {
            Piece::Plain(_) => return true,
            Piece::Element(element) => {
                (OF_DAYS.contains(element), OF_TIMES.contains(element), OF_ZONES.contains(element))
            }
            Piece::Seconds(_) => (false, true, false),
            Piece::FourDigitYear => (true, false, false),
            Piece::ColonOffset => (false, false, true),
        };
        match self {
            For::Date => days,
            For::Time => times,
            For::Datetime => days || times,
            For::Timestamp => days || times || zones,
        }
    }
}

/// How many formats a thread keeps.
const KEPT: usize = 64;

/// The pieces of formats, for the values of a type.
type Formats = HashMap<(String, For), Rc<Vec<Piece>>>;

thread_local! {
    static FORMATS: RefCell<Formats> = RefCell::new(HashMap::new());
}

/// The pieces of a format for values of a type.
pub(super) fn pieces(format: &str, of: For) -> Result<Rc<Vec<Piece>>, String> {
    // The allocation of the key is small beside what a format does.
    let key = (format.to_owned(), of);
    if let Some(known) = FORMATS.with_borrow(|formats| formats.get(&key).cloned()) {
        return Ok(known);
    }
    let mut all = Vec::new();
    cut(format, of, &mut all)?;
    let all = Rc::new(all);
    FORMATS.with_borrow_mut(|formats| {
        if formats.len() >= KEPT {
            formats.clear();
        }
        formats.insert(key, Rc::clone(&all));
    });
    Ok(all)
}

fn cut(format: &str, of: For, all: &mut Vec<Piece>) -> Result<(), String> {
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            all.push(Piece::Plain(letter));
            continue;
        }
        let unknown = |element: &str| format!("the format element `%{element}` is not known");
        let element = letters.next().ok_or("the format ends in a lone `%`")?;
        if let Some((_, composed)) = COMPOSED.iter().find(|(known, _)| *known == element) {
            cut(composed, of, all).map_err(|_| unfit(&element.to_string(), of))?;
            continue;
        }
        let (piece, written) = match element {
            '%' => (Piece::Plain('%'), element.to_string()),
            'n' => (Piece::Plain('\n'), element.to_string()),
            't' => (Piece::Plain('\t'), element.to_string()),
            'E' => {
                let rest = letters.as_str();
                let (piece, length) = extended(rest)
                    .ok_or_else(|| unknown(&format!("E{}", rest.chars().next().unwrap_or(' '))))?;
                letters = rest[length..].chars();
                (piece, format!("E{}", &rest[..length]))
            }
            known if OF_DAYS.contains(known) || OF_TIMES.contains(known) || OF_ZONES.contains(known) => {
                (Piece::Element(known), known.to_string())
            }
            other => return Err(unknown(&other.to_string())),
        };
        if !of.has(piece) {
            return Err(unfit(&written, of));
        }
        all.push(piece);
    }
    Ok(())
}

fn unfit(element: &str, of: For) -> String {
    format!("the format element `%{element}` has no meaning for a {}", of.name())
}

/// What follows `%E`, and how long it is.
fn extended(rest: &str) -> Option<(Piece, usize)> {
    let bytes = rest.as_bytes();
    match (bytes.first()?, bytes.get(1)) {
        (b'z', _) => Some((Piece::ColonOffset, 1)),
        (b'4', Some(b'Y')) => Some((Piece::FourDigitYear, 2)),
        (b'*', Some(b'S')) => Some((Piece::Seconds(None), 2)),
        (digit @ b'0'..=b'6', Some(b'S')) => Some((Piece::Seconds(Some(digit - b'0')), 2)),
        _ => None,
    }
}

/// `FORMAT_DATE(format, value)`; a TIMESTAMP in the zone of the third argument.
fn format_moment<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::String(format), value, rest @ ..] = arguments else { return Err(unexpected(arguments)) };
    let (of, local, offset) = match value {
        Value::Date(days) => (For::Date, i64::from(*days) * DAY, 0),
        Value::Datetime(micros) => (For::Datetime, *micros, 0),
        Value::Time(micros) => (For::Time, *micros, 0),
        Value::Timestamp(micros) => {
            let offset = zone(rest.first())?.offset(*micros);
            (For::Timestamp, micros + i64::from(offset) * 1_000_000, offset)
        }
        _ => return Err(unexpected(arguments)),
    };
    let mut written = String::with_capacity(format.len() + 8);
    for piece in pieces(format, of)?.iter() {
        write(*piece, local, offset, &mut written)?;
    }
    Ok(Value::String(written.into()))
}

fn write(piece: Piece, local: i64, offset: i32, to: &mut String) -> Result<(), String> {
    let (days, clock) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (clock / 3_600_000_000, clock / 60_000_000 % 60, clock / 1_000_000 % 60);
    let hour_of_twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    let minutes_east = offset.unsigned_abs() / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    let outcome = match piece {
        Piece::Plain(letter) => {
            to.push(letter);
            Ok(())
        }
        Piece::Seconds(digits) => {
            let fraction = format!("{:06}", clock % 1_000_000);
            let fraction = match digits {
                Some(digits) => &fraction[..usize::from(digits)],
                None => fraction.trim_end_matches('0'),
            };
            let point = if fraction.is_empty() { "" } else { "." };
            write!(to, "{second:02}{point}{fraction}")
        }
        Piece::FourDigitYear => write!(to, "{year:04}"),
        Piece::ColonOffset => write!(to, "{sign}{:02}:{:02}", minutes_east / 60, minutes_east % 60),
        Piece::Element(element) => match element {
            'A' => to.write_str(DAYS[weekday(days) as usize]),
            'a' => to.write_str(&DAYS[weekday(days) as usize][..3]),
            'B' => to.write_str(MONTHS[month as usize - 1]),
            'b' => to.write_str(&MONTHS[month as usize - 1][..3]),
            'C' => write!(to, "{:02}", year / 100),
            'd' => write!(to, "{day:02}"),
            'e' => write!(to, "{day:2}"),
            'G' => write!(to, "{}", iso_year(days)),
            'g' => write!(to, "{:02}", iso_year(days) % 100),
            'H' => write!(to, "{hour:02}"),
            'I' => write!(to, "{hour_of_twelve:02}"),
            'J' => write!(to, "{:03}", days - iso_year_start(iso_year(days)) + 1),
            'j' => write!(to, "{:03}", day_of_year(days)),
            'k' => write!(to, "{hour:2}"),
            'l' => write!(to, "{hour_of_twelve:2}"),
            'M' => write!(to, "{minute:02}"),
            'm' => write!(to, "{month:02}"),
            'P' => to.write_str(if hour < 12 { "am" } else { "pm" }),
            'p' => to.write_str(if hour < 12 { "AM" } else { "PM" }),
            'Q' => write!(to, "{}", (month - 1) / 3 + 1),
            'S' => write!(to, "{second:02}"),
            's' => write!(to, "{}", (local - i64::from(offset) * 1_000_000).div_euclid(1_000_000)),
            'U' => write!(to, "{:02}", week(days, 0)),
            'u' => write!(to, "{}", (weekday(days) + 6) % 7 + 1),
            'V' => write!(to, "{:02}", iso_week(days)),
            'W' => write!(to, "{:02}", week(days, 1)),
            'w' => write!(to, "{}", weekday(days)),
            'Y' => write!(to, "{year}"),
            'y' => write!(to, "{:02}", year % 100),
            'z' => write!(to, "{sign}{:02}{:02}", minutes_east / 60, minutes_east % 60),
            'Z' if minutes_east == 0 => to.write_str("UTC"),
            'Z' if minutes_east.is_multiple_of(60) => write!(to, "UTC{sign}{}", minutes_east / 60),
            'Z' => {
                return Err(
                    "`%Z` of a time zone that is no whole number of hours from UTC: write `%Ez`".to_owned()
                );
            }
            other => return Err(format!("the format element `%{other}` is not known")),
        },
    };
    outcome.map_err(|_| "the text cannot be written".to_owned())
}
