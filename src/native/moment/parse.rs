//! PARSE_DATE and its kin: a text read by the elements of a format. Timestamp functions, "PARSE_TIMESTAMP": what is not in the
//! text is that of 1970-01-01 00:00:00, and where two elements say the same, the last one holds.

use super::element::{DAYS, For, MONTHS, Piece, pieces};
use super::{Outcome, date, datetime, timestamp, zone};
use crate::native::{Native, strict, unexpected};
use crate::value::calendar::{DAY, checked_days, civil, days_of, iso_year, iso_year_start, week_start};
use crate::value::{Value, Zone};

pub const ROWS: &[Native] = &[
    strict("parse_date", parse_date),
    strict("parse_datetime", parse_datetime),
    strict("parse_time", parse_time),
    strict("parse_timestamp", parse_timestamp),
];

fn parse_date<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::String(format), Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    date(read(format, text, For::Date)?.days()?)
}

fn parse_datetime<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::String(format), Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    datetime(read(format, text, For::Datetime)?.local()?)
}

fn parse_time<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::String(format), Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Time(read(format, text, For::Time)?.local()?.rem_euclid(DAY)))
}

fn parse_timestamp<'a>(arguments: &[Value<'a>]) -> Outcome<'a> {
    let [Value::String(format), Value::String(text), rest @ ..] = arguments else {
        return Err(unexpected(arguments));
    };
    let default = zone(rest.first())?;
    let found = read(format, text, For::Timestamp)?;
    if found.epoch.is_some() {
        return timestamp(found.local()?);
    }
    let local = found.local()?;
    timestamp(found.zone.unwrap_or(default).instant(local))
}

/// Which elements say what day it is: the last that does.
#[derive(Clone, Copy)]
enum Day {
    OfMonth,
    OfYear(i64),
    OfIsoYear(i64),
    /// The week of a year, of weeks that start on this day.
    Week(i64, u8),
    IsoWeek(i64),
}

/// What the elements said.
struct Found {
    year: i64,
    century: Option<i64>,
    /// Of `%y`, which goes with a century.
    short_year: Option<i64>,
    iso_year: Option<i64>,
    month: i64,
    day: i64,
    which: Day,
    /// Sunday is 0.
    weekday: Option<i64>,
    hour: i64,
    /// Whether the hour is one of twelve.
    of_twelve: bool,
    afternoon: bool,
    minute: i64,
    second: i64,
    micros: i64,
    epoch: Option<i64>,
    zone: Option<Zone>,
}

impl Found {
    fn new() -> Self {
        Self {
            year: 1970,
            century: None,
            short_year: None,
            iso_year: None,
            month: 1,
            day: 1,
            which: Day::OfMonth,
            weekday: None,
            hour: 0,
            of_twelve: false,
            afternoon: false,
            minute: 0,
            second: 0,
            micros: 0,
            epoch: None,
            zone: None,
        }
    }

    fn year(&self) -> i64 {
        match (self.century, self.short_year) {
            (Some(century), short) => century * 100 + short.unwrap_or(0),
            (None, Some(short)) => short + if short < 69 { 2000 } else { 1900 },
            (None, None) => self.year,
        }
    }

    fn days(&self) -> Result<i64, String> {
        let year = self.year();
        let outside = || "the text names no day of the calendar".to_owned();
        if !(1..=9999).contains(&year) {
            return Err(outside());
        }
        // Of weeks that start on a day, how far the weekday is from it.
        let into_week = |first: i64| self.weekday.map_or(0, |weekday| (weekday - first).rem_euclid(7));
        let (days, is_in) = match self.which {
            Day::OfMonth => {
                return checked_days(year, self.month, self.day).map(i64::from).ok_or_else(outside);
            }
            Day::OfYear(day) => (days_of(year, 1, day), None),
            Day::OfIsoYear(day) => match self.iso_year {
                Some(of) => (iso_year_start(of) + day - 1, Some(of)),
                None => return checked_days(year, self.month, self.day).map(i64::from).ok_or_else(outside),
            },
            Day::Week(week, first) => {
                let january = days_of(year, 1, 1);
                let first_week = week_start(january + 6, first);
                (first_week + (week - 1) * 7 + into_week(i64::from(first)), None)
            }
            Day::IsoWeek(week) => {
                let of = self.iso_year.ok_or("`%V` goes with `%G`")?;
                (iso_year_start(of) + (week - 1) * 7 + into_week(1), Some(of))
            }
        };
        let fits = match is_in {
            Some(of) => iso_year(days) == of,
            None => civil(days).0 == year,
        };
        if fits { Ok(days) } else { Err(outside()) }
    }

    /// Microseconds, of the zone that the text names.
    fn local(&self) -> Result<i64, String> {
        if let Some(seconds) = self.epoch {
            return seconds.checked_mul(1_000_000).ok_or_else(|| "`%s` out of range".to_owned());
        }
        let hour = match (self.of_twelve, self.afternoon) {
            (true, true) => self.hour % 12 + 12,
            (true, false) => self.hour % 12,
            (false, _) => self.hour,
        };
        let micros = if self.second == 60 { 0 } else { self.micros };
        Ok(self.days()? * DAY + (hour * 3600 + self.minute * 60 + self.second) * 1_000_000 + micros)
    }
}

fn read(format: &str, text: &str, of: For) -> Result<Found, String> {
    let pieces = pieces(format, of)?;
    let mut found = Found::new();
    let mut rest = text.trim_start();
    for piece in pieces.iter() {
        rest = element(*piece, rest, &mut found)
            .ok_or_else(|| format!("`{text}` does not fit the format `{format}`, from `{rest}` on"))?;
    }
    match rest.trim_start() {
        "" => Ok(found),
        more => Err(format!("`{text}` goes on after the format `{format}`, with `{more}`")),
    }
}

/// Reads a piece and gives what is left.
fn element<'t>(piece: Piece, text: &'t str, found: &mut Found) -> Option<&'t str> {
    let element = match piece {
        // White space stands for any amount of it, also none.
        Piece::Plain(letter) if letter.is_whitespace() => return Some(text.trim_start()),
        Piece::Plain(letter) => return text.strip_prefix(letter),
        Piece::Seconds(digits) => {
            let (second, rest) = number(text, 2, 0, 60)?;
            found.second = second;
            found.micros = 0;
            let most = usize::from(digits.unwrap_or(6));
            return match rest.strip_prefix('.').filter(|_| most > 0) {
                None => Some(rest),
                Some(fraction) => {
                    let (micros, rest) = fraction_of(fraction, most)?;
                    found.micros = micros;
                    Some(rest)
                }
            };
        }
        Piece::FourDigitYear => {
            let (year, rest) = number(text, 4, 0, 9999)?;
            if text.len() - rest.len() != 4 {
                return None;
            }
            found.set_year(year);
            return Some(rest);
        }
        Piece::ColonOffset => 'z',
        Piece::Element(element) => element,
    };
    let whole = |most: usize, least: i64, greatest: i64| number(text, most, least, greatest);
    Some(match element {
        'Y' => {
            let (year, rest) = whole(4, 0, 9999)?;
            found.set_year(year);
            rest
        }
        'C' => {
            let (century, rest) = whole(2, 0, 99)?;
            found.century = Some(century);
            rest
        }
        'y' => {
            let (year, rest) = whole(2, 0, 99)?;
            found.short_year = Some(year);
            rest
        }
        'm' => {
            let (month, rest) = whole(2, 1, 12)?;
            (found.month, found.which) = (month, Day::OfMonth);
            rest
        }
        'B' | 'b' => {
            let (month, rest) = name(text, &MONTHS)?;
            (found.month, found.which) = (month + 1, Day::OfMonth);
            rest
        }
        'd' | 'e' => {
            let (day, rest) = number(text.trim_start(), 2, 1, 31)?;
            (found.day, found.which) = (day, Day::OfMonth);
            rest
        }
        'j' => {
            let (day, rest) = whole(3, 1, 366)?;
            found.which = Day::OfYear(day);
            rest
        }
        'J' => {
            let (day, rest) = whole(3, 1, 371)?;
            found.which = Day::OfIsoYear(day);
            rest
        }
        'G' => {
            let (year, rest) = whole(4, 1, 9999)?;
            found.iso_year = Some(year);
            rest
        }
        'V' => {
            let (week, rest) = whole(2, 1, 53)?;
            found.which = Day::IsoWeek(week);
            rest
        }
        'U' | 'W' => {
            let (week, rest) = whole(2, 0, 53)?;
            found.which = Day::Week(week, u8::from(element == 'W'));
            rest
        }
        'A' | 'a' => {
            let (weekday, rest) = name(text, &DAYS)?;
            found.weekday = Some(weekday);
            rest
        }
        'u' => {
            let (weekday, rest) = whole(1, 1, 7)?;
            found.weekday = Some(weekday % 7);
            rest
        }
        'w' => {
            let (weekday, rest) = whole(1, 0, 6)?;
            found.weekday = Some(weekday);
            rest
        }
        'H' | 'k' => {
            let (hour, rest) = number(text.trim_start(), 2, 0, 23)?;
            (found.hour, found.of_twelve) = (hour, false);
            rest
        }
        'I' | 'l' => {
            let (hour, rest) = number(text.trim_start(), 2, 1, 12)?;
            (found.hour, found.of_twelve) = (hour, true);
            rest
        }
        'M' => {
            let (minute, rest) = whole(2, 0, 59)?;
            found.minute = minute;
            rest
        }
        'S' => {
            let (second, rest) = whole(2, 0, 60)?;
            (found.second, found.micros) = (second, 0);
            rest
        }
        'P' | 'p' => {
            let (half, rest) = text.split_at_checked(2)?;
            found.afternoon = match half.to_ascii_lowercase().as_str() {
                "am" => false,
                "pm" => true,
                _ => return None,
            };
            rest
        }
        's' => {
            let (sign, digits) = match text.strip_prefix('-') {
                Some(digits) => (-1, digits),
                None => (1, text),
            };
            let (seconds, rest) = number(digits, 18, 0, i64::MAX)?;
            found.epoch = Some(sign * seconds);
            rest
        }
        'z' => {
            let (zone, rest) = offset(text)?;
            found.zone = Some(zone);
            rest
        }
        'Z' => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            let (name, rest) = text.split_at(end);
            found.zone = Some(Zone::find(name)?);
            rest
        }
        // What reading a quarter or a year's last digits would mean is not documented.
        _ => return None,
    })
}

impl Found {
    fn set_year(&mut self, year: i64) {
        (self.year, self.century, self.short_year) = (year, None, None);
    }
}

/// Digits, so many at most, and what is left.
pub(super) fn number(text: &str, most: usize, least: i64, greatest: i64) -> Option<(i64, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    let number = number.parse().ok()?;
    (least..=greatest).contains(&number).then_some((number, rest))
}

/// Digits behind a point, as microseconds.
fn fraction_of(text: &str, most: usize) -> Option<(i64, &str)> {
    let (number, rest) = number(text, most, 0, 999_999)?;
    let digits = text.len() - rest.len();
    Some((number * 10_i64.pow(6 - digits as u32), rest))
}

/// A name in full or its first three letters, in any case; gives its place.
pub(super) fn name<'t>(text: &'t str, names: &[&str]) -> Option<(i64, &'t str)> {
    let begins = |length: usize, name: &str| {
        text.get(..length).is_some_and(|start| start.eq_ignore_ascii_case(&name[..length]))
    };
    let (place, full) = names.iter().enumerate().find(|(_, name)| begins(3, name))?;
    let length = if begins(full.len(), full) { full.len() } else { 3 };
    Some((place as i64, &text[length..]))
}

/// `+0530`, `-08:00`, `+09`, `Z`
fn offset(text: &str) -> Option<(Zone, &str)> {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        return Some((Zone::UTC, rest));
    }
    let unsigned = text.strip_prefix(['+', '-'])?;
    let hours = unsigned.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let after = unsigned.get(hours..)?;
    let minutes = after.strip_prefix(':').unwrap_or(after);
    let has_minutes = minutes.bytes().take(2).take_while(u8::is_ascii_digit).count() == 2;
    let rest = if has_minutes { &minutes[2..] } else { after };
    let zone = Zone::find(&text[..text.len() - rest.len()])?;
    Some((zone, rest))
}
