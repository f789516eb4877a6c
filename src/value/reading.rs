//! Texts as dates and times, as CAST and literals read them. Lexical structure, "Date and time literals". It must never take
//! a text that GoogleSQL refuses.

use super::calendar::{DAY, MICROS, checked_days};
use super::{Value, Zone};

/// What is left of a text to read.
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    /// A number of at least so many digits and at most so many.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        if digits < least { None } else { number.parse().ok() }
    }

    /// One of these characters.
    fn one(&mut self, of: &[char]) -> Option<()> {
        self.0 = self.0.strip_prefix(of)?;
        Some(())
    }

    /// `2026-11-22`, also `2026-1-2`, in days.
    fn date(&mut self) -> Option<i32> {
        let year = self.number(4, 4)?;
        self.one(&['-'])?;
        let month = self.number(1, 2)?;
        self.one(&['-'])?;
        checked_days(year, month, self.number(1, 2)?)
    }

    /// `1:2:3.456789`, in microseconds. A leap second is the first moment of the next minute.
    fn clock(&mut self) -> Option<i64> {
        let hour = self.number(1, 2).filter(|hour| *hour < 24)?;
        self.one(&[':'])?;
        let minute = self.number(1, 2).filter(|minute| *minute < 60)?;
        self.one(&[':'])?;
        let second = self.number(1, 2).filter(|second| *second <= 60)?;
        let mut fraction = 0;
        if self.one(&['.']).is_some() {
            let before = self.0.len();
            let digits = self.number(1, 6)?;
            fraction = digits * 10_i64.pow(6 - (before - self.0.len()) as u32);
        }
        if second == 60 {
            fraction = 0;
        }
        Some((hour * 3600 + minute * 60 + second) * 1_000_000 + fraction)
    }

    /// A date, and a time behind it or not.
    fn datetime(&mut self) -> Option<(i64, bool)> {
        let days = i64::from(self.date()?);
        let has_clock = self.0.starts_with(['T', 't'])
            || self
                .0
                .strip_prefix(' ')
                .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
        if !has_clock {
            return Some((days * DAY, false));
        }
        self.one(&['T', 't', ' '])?;
        Some((days * DAY + self.clock()?, true))
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// `2024-02-29`, in days since 1970-01-01.
pub fn date_of(text: &str) -> Option<i32> {
    let mut reader = Reader(text);
    let days = reader.date()?;
    reader.end()?;
    Some(days)
}

/// `04:05:06.789`, in microseconds since midnight.
pub fn time_of(text: &str) -> Option<i64> {
    let mut reader = Reader(text);
    let micros = reader.clock()?;
    reader.end()?;
    // A leap second at the end of a day is its start.
    Some(micros % DAY)
}

/// `2024-02-29 04:05:06`, in microseconds since 1970-01-01 00:00:00, of no zone.
pub fn datetime_of(text: &str) -> Option<i64> {
    let mut reader = Reader(text);
    let (micros, _) = reader.datetime()?;
    reader.end()?;
    MICROS.contains(&micros).then_some(micros)
}

/// `2024-02-29 04:05:06+01`, in microseconds since 1970-01-01 00:00:00 UTC. A text without a zone is in the one given.
pub fn timestamp_of(text: &str, default: &Zone) -> Option<i64> {
    let mut reader = Reader(text);
    let (local, has_clock) = reader.datetime()?;
    let zone = match reader.0 {
        "" => default.clone(),
        "Z" | "z" if has_clock => Zone::UTC,
        // Behind a time an offset stands at once, behind a date alone it stands apart, and a name always does.
        rest => match rest.strip_prefix(' ') {
            None if has_clock && rest.starts_with(['+', '-']) => Zone::find(rest)?,
            Some(offset) if !has_clock && offset.starts_with(['+', '-']) => Zone::find(offset)?,
            Some(name) if has_clock && !name.starts_with(['+', '-']) => Zone::find(name)?,
            _ => return None,
        },
    };
    let micros = zone.instant(local);
    MICROS.contains(&micros).then_some(micros)
}

/// `[2024-01-01, UNBOUNDED)`, the bounds read by `bound`.
///
/// # Errors
/// What is wrong about the text.
pub fn range_of<'a>(text: &str, bound: impl Fn(&str) -> Option<Value<'a>>) -> Result<Value<'a>, String> {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    let (start, end) = inner
        .and_then(|inner| inner.split_once(", "))
        .ok_or_else(|| format!("`{text}` is no RANGE: it is written `[start, end)`"))?;
    let read = |text: &str| match text.to_ascii_uppercase().as_str() {
        "UNBOUNDED" | "NULL" => Ok(Value::Null),
        _ => bound(text).ok_or_else(|| format!("`{text}` is no bound of this RANGE")),
    };
    range(read(start)?, read(end)?)
}

/// A range of two bounds of one type; NULL is none.
///
/// # Errors
/// The start is not before the end.
pub fn range<'a>(start: Value<'a>, end: Value<'a>) -> Result<Value<'a>, String> {
    match (start.ordinal(), end.ordinal()) {
        (Some(first), Some(last)) if first >= last => Err("a RANGE starts before it ends".to_owned()),
        _ => Ok(Value::Range(Box::new((start, end)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000_000;

    #[test]
    fn texts_of_dates_are_read_to_their_end() {
        assert_eq!(date_of("1970-1-2"), Some(1));
        for text in ["", "970-01-01", "1970-01-01 ", " 1970-01-01", "1970-001-01", "0000-01-01", "1970-02-29"]
        {
            assert_eq!(date_of(text), None, "{text}");
        }
    }

    #[test]
    fn leap_seconds_are_the_next_minute() {
        assert_eq!(time_of("00:00:60.5"), Some(MINUTE));
        assert_eq!(time_of("23:59:60"), Some(0));
        assert_eq!(time_of("00:00:00.1"), Some(100_000));
        assert_eq!(datetime_of("1970-01-01 00:00:60.5"), Some(MINUTE));
        for text in ["24:00:00", "00:60:00", "00:00:61", "1:2", "1:2:3.", "1:2:3.1234567"] {
            assert_eq!(time_of(text), None, "{text}");
        }
        assert_eq!(datetime_of("9999-12-31 23:59:60"), None);
    }

    #[test]
    fn a_timestamp_has_its_zone_where_it_may_stand() {
        let utc = |text: &str| timestamp_of(text, &Zone::UTC);
        for text in [
            "1970-01-01",
            "1970-01-01 00:00:00",
            "1970-01-01t00:00:00z",
            "1970-01-01 01:00:00+1",
            "1970-01-01 +0",
            "1969-12-31 23:00:00-01:00",
            "1970-01-01 00:00:00 UTC",
            "1970-01-01 08:00:00 UTC+8",
            "1969-12-31 16:00:00 America/Los_Angeles",
        ] {
            assert_eq!(utc(text), Some(0), "{text}");
        }
        for text in [
            "1970-01-01 00:00:00 +8",
            "1970-01-01+08",
            "1970-01-01 UTC",
            "1970-01-01Z",
            "1970-01-01 00:00:00 Z",
            "1970-01-01 00:00:00  UTC",
            "1970-01-01 00:00:00UTC",
            "1970-01-01 ",
            "1970-01-01T",
            "0001-01-01 00:00:00+01",
            "9999-12-31 23:59:59-01",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_starts_before_it_ends() {
        let dates = |text: &str| range_of(text, |text| date_of(text).map(Value::Date));
        assert_eq!(
            dates("[1970-01-01, unbounded)"),
            Ok(Value::Range(Box::new((Value::Date(0), Value::Null))))
        );
        for text in
            ["[1970-01-01,1970-01-02)", "[1970-01-02, 1970-01-02)", "[1970-01-01, x)", "(1970-01-01, NULL)"]
        {
            assert!(dates(text).is_err(), "{text}");
        }
    }
}
