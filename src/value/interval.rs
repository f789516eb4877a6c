//! INTERVAL: three parts that are kept apart, since months and days have no fixed length. Data types, "Interval type". It
//! must never let a part leave its range.

use super::DatePart;
use super::calendar::DAY;

/// An interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    pub months: i32,
    pub days: i32,
    pub micros: i64,
}

/// 10,000 years, in the units of each part.
const MONTHS: i128 = 120_000;
const DAYS: i128 = 3_660_000;
const MICROS: i128 = 87_840_000 * HOUR;

const SECOND: i128 = 1_000_000;
const MINUTE: i128 = 60 * SECOND;
const HOUR: i128 = 60 * MINUTE;
/// A month's days where an interval is measured: comparison, JUSTIFY_DAYS, division.
const MONTH: i128 = 30;

/// The parts that a range such as YEAR TO SECOND is made of, from the longest to the shortest.
const RANGE: [DatePart; 6] =
    [DatePart::Year, DatePart::Month, DatePart::Day, DatePart::Hour, DatePart::Minute, DatePart::Second];
const FIRST_OF_CLOCK: usize = 3;
const SECONDS: usize = 5;

impl Interval {
    /// An interval of parts that are within their ranges.
    ///
    /// # Errors
    /// One is not.
    pub fn checked(months: i128, days: i128, micros: i128) -> Result<Self, String> {
        for (part, value, most) in
            [("months", months, MONTHS), ("days", days, DAYS), ("microseconds", micros, MICROS)]
        {
            if value.abs() > most {
                return Err(format!("INTERVAL overflow: {value} {part} are more than {most}"));
            }
        }
        match (i32::try_from(months), i32::try_from(days), i64::try_from(micros)) {
            (Ok(months), Ok(days), Ok(micros)) => Ok(Self { months, days, micros }),
            _ => Err("INTERVAL overflow".to_owned()),
        }
    }

    /// So many of a part.
    ///
    /// # Errors
    /// Too many, or a part that has no length.
    pub fn of(count: i64, part: DatePart) -> Result<Self, String> {
        let count = i128::from(count);
        match part {
            DatePart::Year => Self::checked(count * 12, 0, 0),
            DatePart::Quarter => Self::checked(count * 3, 0, 0),
            DatePart::Month => Self::checked(count, 0, 0),
            DatePart::Week(0) => Self::checked(0, count * 7, 0),
            DatePart::Day => Self::checked(0, count, 0),
            part => match micros_of(part) {
                Some(unit) => Self::checked(0, 0, count * unit),
                None => Err(format!("an INTERVAL has no {part}")),
            },
        }
    }

    /// The text of a literal: `'5'` of DAY, `'1-2 3'` of YEAR TO DAY.
    ///
    /// # Errors
    /// The text does not fit the parts, or they are too long.
    pub fn read(text: &str, part: DatePart, to: Option<DatePart>) -> Result<Self, String> {
        let unfit = || match to {
            None => format!("`{text}` is no INTERVAL of {part}"),
            Some(to) => format!("`{text}` is no INTERVAL of {part} TO {to}"),
        };
        let Some(to) = to else {
            return match part {
                DatePart::Second => {
                    let micros = signed(text, seconds).ok_or_else(unfit)?;
                    Self::checked(0, 0, micros)
                }
                _ => {
                    let count = signed(text, whole).and_then(|count| i64::try_from(count).ok());
                    Self::of(count.ok_or_else(unfit)?, part)
                }
            };
        };
        let place = |part: DatePart| RANGE.iter().position(|known| *known == part);
        let (Some(first), Some(last)) = (place(part), place(to)) else { return Err(unfit()) };
        if first >= last {
            return Err(unfit());
        }
        read_range(text, first, last).ok_or_else(unfit)?
    }

    /// What CAST reads: `1-2 3 4:5:6.7`, parts at its ends left out where that is clear, or ISO 8601, `P1Y2M3DT4H5M6.7S`.
    ///
    /// # Errors
    /// The text is neither, or too long.
    pub fn parse(text: &str) -> Result<Self, String> {
        let unfit = || format!("`{text}` is no INTERVAL");
        if let Some(rest) = text.strip_prefix('P') {
            return iso(rest).ok_or_else(unfit)?;
        }
        // What separates the parts tells which they are.
        let count = |of: char| text.chars().filter(|letter| *letter == of).count();
        let after_digit =
            text.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_digit() && pair[1] == b'-');
        let (first, last) = match (after_digit.count(), count(' '), count(':')) {
            (1, 0, 0) => (0, 1),
            (1, 1, 0) => (0, 2),
            (1, 2, 0) => (0, 3),
            (1, 2, 1) => (0, 4),
            (1, 2, 2) => (0, 5),
            (0, 2, 0) => (1, 3),
            (0, 2, 1) => (1, 4),
            (0, 2, 2) => (1, 5),
            (0, 1, 1) => (2, 4),
            (0, 1, 2) => (2, 5),
            (0, 0, 2) => (3, 5),
            _ => return Err(unfit()),
        };
        read_range(text, first, last).ok_or_else(unfit)?
    }

    /// The length in microseconds, months of 30 days and days of 24 hours: what intervals compare by.
    pub fn length(self) -> i128 {
        (i128::from(self.months) * MONTH + i128::from(self.days)) * i128::from(DAY) + i128::from(self.micros)
    }

    /// # Errors
    /// The sum is too long.
    pub fn plus(self, other: Self) -> Result<Self, String> {
        Self::checked(
            i128::from(self.months) + i128::from(other.months),
            i128::from(self.days) + i128::from(other.days),
            i128::from(self.micros) + i128::from(other.micros),
        )
    }

    pub fn negated(self) -> Self {
        Self { months: -self.months, days: -self.days, micros: -self.micros }
    }

    /// # Errors
    /// The product is too long.
    pub fn times(self, factor: i64) -> Result<Self, String> {
        let factor = i128::from(factor);
        Self::checked(
            i128::from(self.months) * factor,
            i128::from(self.days) * factor,
            i128::from(self.micros) * factor,
        )
    }

    /// What a part leaves over goes on to the next: months to days of 30, days to 24 hours.
    ///
    /// # Errors
    /// A division by zero.
    pub fn divided(self, by: i64) -> Result<Self, String> {
        Self::shared(
            [i128::from(self.months), i128::from(self.days), i128::from(self.micros)],
            i128::from(by),
        )
    }

    /// Parts that may be longer than an interval's, divided.
    ///
    /// # Errors
    /// A division by zero, or a result that is too long.
    pub fn shared([months, days, micros]: [i128; 3], by: i128) -> Result<Self, String> {
        if by == 0 {
            return Err("division by zero: an INTERVAL by 0".to_owned());
        }
        let days = days + months % by * MONTH;
        let micros = micros + days % by * i128::from(DAY);
        Self::checked(months / by, days / by, micros / by)
    }

    /// Days beyond 29 become months.
    ///
    /// # Errors
    /// Too many months.
    pub fn justified_days(self) -> Result<Self, String> {
        let sum = i128::from(self.months) * MONTH + i128::from(self.days);
        Self::checked(sum / MONTH, sum % MONTH, i128::from(self.micros))
    }

    /// Hours beyond 23 become days.
    ///
    /// # Errors
    /// Too many days.
    pub fn justified_hours(self) -> Result<Self, String> {
        let sum = i128::from(self.days) * i128::from(DAY) + i128::from(self.micros);
        Self::checked(i128::from(self.months), sum / i128::from(DAY), sum % i128::from(DAY))
    }

    /// Both, so that all parts have one sign.
    ///
    /// # Errors
    /// Too many months.
    pub fn justified(self) -> Result<Self, String> {
        let (sum, day) = (self.length(), i128::from(DAY));
        Self::checked(sum / (MONTH * day), sum / day % MONTH, sum % day)
    }

    /// The value of a part, with the sign of its group.
    pub fn part(self, part: DatePart) -> Option<i64> {
        Some(match part {
            DatePart::Year => i64::from(self.months / 12),
            DatePart::Month => i64::from(self.months % 12),
            DatePart::Day => i64::from(self.days),
            DatePart::Hour => self.micros / 3_600_000_000,
            DatePart::Minute => self.micros / 60_000_000 % 60,
            DatePart::Second => self.micros / 1_000_000 % 60,
            DatePart::Millisecond => self.micros % 1_000_000 / 1000,
            DatePart::Microsecond => self.micros % 1_000_000,
            DatePart::Nanosecond => self.micros % 1_000_000 * 1000,
            _ => return None,
        })
    }
}

/// The microseconds of a part of a day's time.
pub(super) fn micros_of(part: DatePart) -> Option<i128> {
    Some(match part {
        DatePart::Microsecond => 1,
        DatePart::Millisecond => 1000,
        DatePart::Second => SECOND,
        DatePart::Minute => MINUTE,
        DatePart::Hour => HOUR,
        _ => return None,
    })
}

/// The parts between two of [`RANGE`].
fn read_range(text: &str, first: usize, last: usize) -> Option<Result<Interval, String>> {
    let mut words = text.split(' ');
    let (mut months, mut days, mut micros) = (0, 0, 0);
    if first <= 1 {
        let sums = group(words.next()?, first, last.min(1), '-')?;
        months = sums[0] * 12 + sums[1];
    }
    if first <= 2 && last >= 2 {
        days = signed(words.next()?, whole)?;
    }
    if last >= FIRST_OF_CLOCK {
        let sums = group(words.next()?, first.max(FIRST_OF_CLOCK), last, ':')?;
        micros = sums[3] * HOUR + sums[4] * MINUTE + sums[5];
    }
    if words.next().is_some() {
        return None;
    }
    Some(Interval::checked(months, days, micros))
}

/// `1-2` or `4:5:6`: one sign, then a number for each part, each at its place of [`RANGE`].
fn group(word: &str, from: usize, to: usize, between: char) -> Option<[i128; 6]> {
    let (sign, word) = sign(word);
    let numbers: Vec<&str> = word.split(between).collect();
    if numbers.len() != to + 1 - from {
        return None;
    }
    let mut sums = [0; 6];
    for (place, number) in (from..=to).zip(numbers) {
        // Alone `.5` are seconds, here they have a digit before the point.
        let read = if place == SECONDS && !number.starts_with('.') { seconds } else { whole };
        sums[place] = sign * read(number)?;
    }
    Some(sums)
}

fn sign(text: &str) -> (i128, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn signed(text: &str, read: fn(&str) -> Option<i128>) -> Option<i128> {
    let (sign, text) = sign(text);
    Some(sign * read(text)?)
}

/// Digits, as many as an INT64 has at most.
fn whole(text: &str) -> Option<i128> {
    let fits = (1..=19).contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// Seconds with up to six digits behind the point, in microseconds.
fn seconds(text: &str) -> Option<i128> {
    let Some((before, after)) = text.split_once('.') else {
        return whole(text).map(|seconds| seconds * SECOND);
    };
    if after.len() > 6 {
        return None;
    }
    let fraction = whole(after)? * 10_i128.pow(6 - after.len() as u32);
    let before = if before.is_empty() { 0 } else { whole(before)? };
    Some(before * SECOND + fraction)
}

/// `1Y2M3W4DT5H6M7.8S`, each with a sign of its own.
fn iso(text: &str) -> Option<Result<Interval, String>> {
    let (mut months, mut days, mut micros) = (0_i128, 0_i128, 0_i128);
    let (mut rest, mut in_clock, mut any) = (text, false, false);
    while !rest.is_empty() {
        if let Some(clock) = rest.strip_prefix('T') {
            if in_clock || clock.is_empty() {
                return None;
            }
            (rest, in_clock) = (clock, true);
            continue;
        }
        let end = rest.find(|letter: char| letter.is_ascii_uppercase())?;
        let (number, letter) = (&rest[..end], rest[end..].chars().next()?);
        rest = &rest[end + 1..];
        any = true;
        match (in_clock, letter) {
            (false, 'Y') => months += signed(number, whole)? * 12,
            (false, 'M') => months += signed(number, whole)?,
            (false, 'W') => days += signed(number, whole)? * 7,
            (false, 'D') => days += signed(number, whole)?,
            (true, 'H') => micros += signed(number, whole)? * HOUR,
            (true, 'M') => micros += signed(number, whole)? * MINUTE,
            (true, 'S') => micros += signed(number, seconds)?,
            _ => return None,
        }
    }
    any.then(|| Interval::checked(months, days, micros))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::interval_text;

    #[test]
    fn texts_are_read_by_their_parts() {
        use DatePart::{Day, Hour, Minute, Month, Quarter, Second, Week, Year};
        for (text, part, to, expected) in [
            ("-5", Day, None, "0-0 -5 0:0:0"),
            ("1.25", Second, None, "0-0 0 0:0:1.250"),
            (".5", Second, None, "0-0 0 0:0:0.500"),
            ("2", Quarter, None, "0-6 0 0:0:0"),
            ("2", Week(0), None, "0-0 14 0:0:0"),
            ("2-13", Year, Some(Month), "3-1 0 0:0:0"),
            ("-1-2 3 -4:5:6.7", Year, Some(Second), "-1-2 3 -4:5:6.700"),
            ("3 4", Month, Some(Day), "0-3 4 0:0:0"),
            ("25:61", Hour, Some(Minute), "0-0 0 26:1:0"),
            ("9 4:5", Day, Some(Minute), "0-0 9 4:5:0"),
        ] {
            assert_eq!(Interval::read(text, part, to).map(interval_text), Ok(expected.to_owned()), "{text}");
        }
        for (text, part, to) in [
            ("", Day, None),
            ("1 2", Day, None),
            ("1.5", Day, None),
            ("1.", Second, None),
            ("10001", Year, None),
            ("3660001", Day, None),
            ("1-2", Month, Some(Day)),
            ("1", Day, Some(Month)),
            ("1", Quarter, Some(Day)),
            ("1-2  3", Year, Some(Day)),
            ("1:-2", Minute, Some(Second)),
            ("1:.5", Minute, Some(Second)),
            ("4:5:6", Hour, Some(Minute)),
        ] {
            assert!(Interval::read(text, part, to).is_err(), "{text}");
        }
    }

    #[test]
    fn a_cast_reads_what_is_clear() {
        for (text, expected) in [
            ("1-2 3 4:5:6.789", "1-2 3 4:5:6.789"),
            ("-1-2", "-1-2 0 0:0:0"),
            ("3 -4:5", "0-0 3 -4:5:0"),
            ("4:5:6", "0-0 0 4:5:6"),
            ("P1Y2M3DT4H5M6.7S", "1-2 3 4:5:6.700"),
            ("P-1YT-1H1M", "-1-0 0 -0:59:0"),
            ("P2W", "0-0 14 0:0:0"),
        ] {
            assert_eq!(Interval::parse(text).map(interval_text), Ok(expected.to_owned()), "{text}");
        }
        for text in ["", "1", "4:5", "P", "PT", "P1", "P1H", "p1Y", "1-2-3"] {
            assert!(Interval::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_a_division_leaves_goes_on() {
        let month = Interval { months: 1, days: 0, micros: 0 };
        assert_eq!(month.divided(7).map(interval_text), Ok("0-0 4 6:51:25.714285".to_owned()));
        assert!(month.divided(0).is_err());
    }
}
