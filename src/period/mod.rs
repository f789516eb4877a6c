//! Stretches of time that tables are cut into: the hour, day, week or month of a partition, or the whole
//! table as one. All in UTC; weeks begin on Monday, as ISO 8601 has it. It must never look at a clock.

mod bounds;

pub use bounds::{Anchor, Bounds, Edge, Narrowing};

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// How often a table has a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cadence {
    Hour,
    Day,
    /// From Monday on.
    Week,
    Month,
    /// The whole table is one partition.
    Whole,
}

/// Names of the cadences that have a partition column, as definitions write them.
const NAMES: &[(&str, Cadence)] =
    &[("hour", Cadence::Hour), ("day", Cadence::Day), ("week", Cadence::Week), ("month", Cadence::Month)];

impl Cadence {
    /// `hour`, `day`, `week` or `month`.
    pub fn parse(text: &str) -> Option<Self> {
        NAMES.iter().find(|(name, _)| *name == text).map(|(_, cadence)| *cadence)
    }

    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(_, cadence)| *cadence == self).map_or("none", |(name, _)| name)
    }

    /// The names that [`Cadence::parse`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }
}

/// One hour, day, week or month, or all of time: what a partition holds. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: DateTime,
    cadence: Cadence,
}

/// The partition of a table without a partition column, as it is written.
pub const WHOLE: &str = "*";

impl Period {
    /// All of time.
    pub const WHOLE: Period = Period { start: DateTime::MIN, cadence: Cadence::Whole };

    /// The period of a cadence in which a day begins.
    pub fn of(cadence: Cadence, day: Date) -> Self {
        let first = match cadence {
            Cadence::Hour | Cadence::Day => day,
            Cadence::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(back.days()).unwrap_or(Date::MIN)
            }
            Cadence::Month => day.first_of_month(),
            Cadence::Whole => return Self::WHOLE,
        };
        Self { start: first.at(0, 0, 0, 0), cadence }
    }

    pub fn day(day: Date) -> Self {
        Self::of(Cadence::Day, day)
    }

    /// The period of a cadence that holds an instant.
    pub fn holding(cadence: Cadence, at: DateTime) -> Self {
        match cadence {
            Cadence::Hour => Self { start: at.date().at(at.hour(), 0, 0, 0), cadence },
            _ => Self::of(cadence, at.date()),
        }
    }

    pub fn cadence(self) -> Cadence {
        self.cadence
    }

    /// The first instant.
    pub fn start(self) -> DateTime {
        self.start
    }

    /// The first instant that is no longer within.
    pub fn end(self) -> DateTime {
        let end = match self.cadence {
            Cadence::Hour => self.start.checked_add(1.hour()),
            Cadence::Day => self.start.checked_add(1.day()),
            Cadence::Week => self.start.checked_add(1.week()),
            Cadence::Month => self.start.checked_add(1.month()),
            Cadence::Whole => return DateTime::MAX,
        };
        end.unwrap_or(DateTime::MAX)
    }

    /// The day in which it begins.
    pub fn first_day(self) -> Date {
        self.start.date()
    }

    /// The day in which it ends.
    pub fn last_day(self) -> Date {
        let end = self.end();
        match end.time() == Time::midnight() {
            true => end.date().yesterday().unwrap_or(Date::MIN),
            false => end.date(),
        }
    }

    /// The one that follows; none after the last, or after all of time.
    pub fn next(self) -> Option<Self> {
        let end = self.end();
        (end != DateTime::MAX).then_some(Self { start: end, ..self })
    }

    /// The periods of a cadence from one to another, both included.
    pub fn between(first: Self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors((first <= last).then_some(first), move |period| {
            period.next().filter(|next| *next <= last)
        })
    }

    /// Periods in their order as ranges of those that follow each other.
    pub fn ranges(periods: &[Self]) -> Vec<(Self, Self)> {
        let mut ranges: Vec<(Self, Self)> = Vec::new();
        for period in periods {
            match ranges.last_mut() {
                Some((_, last)) if last.next() == Some(*period) => *last = *period,
                _ => ranges.push((*period, *period)),
            }
        }
        ranges
    }

    /// The periods of a cadence that share time with a stretch from `start` up to but without `end`.
    pub fn within(cadence: Cadence, start: DateTime, end: DateTime) -> impl Iterator<Item = Self> {
        let first = (start < end).then(|| Self::holding(cadence, start));
        std::iter::successors(first, |period| period.next()).take_while(move |period| period.start < end)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let day = self.first_day();
        // `pad` keeps the widths that callers ask for.
        formatter.pad(&match self.cadence {
            Cadence::Hour => format!("{day}T{:02}", self.start.hour()),
            Cadence::Day => day.to_string(),
            Cadence::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Cadence::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Cadence::Whole => WHOLE.to_owned(),
        })
    }
}

/// A text that names no period.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no hour, day, week or month")]
pub struct NoPeriod(String);

impl FromStr for Period {
    type Err = NoPeriod;

    /// Reads what `Display` writes: `2026-11-22T05`, `2026-11-22`, `2026-W47`, `2026-11` or `*`.
    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let no = || NoPeriod(text.to_owned());
        if text == WHOLE {
            return Ok(Self::WHOLE);
        }
        if let Some((year, week)) = text.split_once("-W") {
            let (year, week) = (year.parse().map_err(|_| no())?, week.parse().map_err(|_| no())?);
            let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday);
            return Ok(Self::of(Cadence::Week, monday.map_err(|_| no())?.date()));
        }
        if let Some((day, hour)) = text.split_once('T') {
            let day: Date = day.parse().map_err(|_| no())?;
            let time = Time::new(hour.parse().map_err(|_| no())?, 0, 0, 0).map_err(|_| no())?;
            return Ok(Self { start: day.to_datetime(time), cadence: Cadence::Hour });
        }
        match text.len() {
            7 => {
                let day: Date = format!("{text}-01").parse().map_err(|_| no())?;
                Ok(Self::of(Cadence::Month, day))
            }
            10 => Ok(Self::day(text.parse().map_err(|_| no())?)),
            _ => Err(no()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_half_open_and_follow_each_other() {
        for (text, start, end, next) in [
            ("2026-11-22T23", "2026-11-22T23:00", "2026-11-23T00:00", "2026-11-23T00"),
            ("2028-02-28", "2028-02-28T00:00", "2028-02-29T00:00", "2028-02-29"),
            ("2026-W53", "2026-12-28T00:00", "2027-01-04T00:00", "2027-W01"),
            ("2026-02", "2026-02-01T00:00", "2026-03-01T00:00", "2026-03"),
        ] {
            let one = period(text);
            assert_eq!((one.start(), one.end()), (start.parse().unwrap(), end.parse().unwrap()), "{text}");
            assert_eq!(one.next().unwrap().to_string(), next);
        }
        assert_eq!(Period::WHOLE.next(), None);
        assert_eq!(period("2026-02").last_day().to_string(), "2026-02-28");
        assert_eq!(period("2026-11-22T05").last_day().to_string(), "2026-11-22");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in
            ["", "2026", "2026-13", "2026-W54", "2026-11-31", "2026-11-22T24", "yesterday", "2026-11-2"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_stretch_of_time_touches_whole_periods() {
        let touched = |cadence, from: &str, to: &str| {
            let periods = Period::within(cadence, from.parse().unwrap(), to.parse().unwrap());
            periods.map(|one| one.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(touched(Cadence::Month, "2026-10-31T00:00", "2026-11-02T00:00"), "2026-10 2026-11");
        assert_eq!(touched(Cadence::Week, "2026-11-22T00:00", "2026-11-23T00:00"), "2026-W47");
        assert_eq!(
            touched(Cadence::Hour, "2026-11-22T22:30", "2026-11-23T01:00"),
            "2026-11-22T22 2026-11-22T23 2026-11-23T00"
        );
        assert_eq!(touched(Cadence::Day, "2026-11-22T00:00", "2026-11-22T00:00"), "");
        assert_eq!(touched(Cadence::Whole, "2026-11-22T00:00", "2026-11-23T00:00"), "*");
    }

    proptest! {
        #[test]
        fn every_period_is_read_as_it_is_written(
            day in 0_i32..200_000, hour in 0_i8..24, cadence in 0_usize..4,
        ) {
            let day = Date::constant(1800, 1, 1).checked_add(day.days()).unwrap();
            let one = Period::holding(NAMES[cadence].1, day.at(hour, 59, 0, 0));
            prop_assert_eq!(one.to_string().parse::<Period>().unwrap(), one);
            prop_assert!(one.start() <= day.at(hour, 59, 0, 0) && day.at(hour, 59, 0, 0) < one.end());
            prop_assert_eq!(one.next().unwrap().start(), one.end());
        }
    }
}
