//! Date parts.

use super::calendar::DAY;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    Nanosecond,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    /// Starts on the day so many days after Sunday.
    Week(u8),
    IsoWeek,
    Month,
    Quarter,
    Year,
    IsoYear,
    DayOfWeek,
    DayOfYear,
    Date,
    Time,
    Datetime,
}

/// The parts by their names; a week that starts on another day than Sunday is written `WEEK(MONDAY)`.
const NAMES: &[(&str, DatePart)] = &[
    ("NANOSECOND", DatePart::Nanosecond),
    ("MICROSECOND", DatePart::Microsecond),
    ("MILLISECOND", DatePart::Millisecond),
    ("SECOND", DatePart::Second),
    ("MINUTE", DatePart::Minute),
    ("HOUR", DatePart::Hour),
    ("DAY", DatePart::Day),
    ("WEEK", DatePart::Week(0)),
    ("ISOWEEK", DatePart::IsoWeek),
    ("MONTH", DatePart::Month),
    ("QUARTER", DatePart::Quarter),
    ("YEAR", DatePart::Year),
    ("ISOYEAR", DatePart::IsoYear),
    ("DAYOFWEEK", DatePart::DayOfWeek),
    ("DAYOFYEAR", DatePart::DayOfYear),
    ("DATE", DatePart::Date),
    ("TIME", DatePart::Time),
    ("DATETIME", DatePart::Datetime),
];

const DAYS: [&str; 7] = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];

impl DatePart {
    /// The microseconds of a part of fixed length; none of others, and of one that is no whole number of them.
    pub fn micros(self) -> Option<i64> {
        Some(match self {
            DatePart::Microsecond => 1,
            DatePart::Millisecond => 1000,
            DatePart::Second => 1_000_000,
            DatePart::Minute => 60_000_000,
            DatePart::Hour => 3_600_000_000,
            DatePart::Day => DAY,
            DatePart::Week(_) | DatePart::IsoWeek => 7 * DAY,
            _ => return None,
        })
    }

    /// Whether the part is one of a day's time.
    pub fn is_clock(self) -> bool {
        use DatePart::{Hour, Microsecond, Millisecond, Minute, Nanosecond, Second};
        matches!(self, Nanosecond | Microsecond | Millisecond | Second | Minute | Hour)
    }

    /// The part of a name such as `MONTH` or `WEEK(MONDAY)`, letter case aside.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_uppercase();
        if let Some(day) = name.strip_prefix("WEEK(").and_then(|rest| rest.strip_suffix(')')) {
            return DAYS.iter().position(|known| *known == day).map(|index| DatePart::Week(index as u8));
        }
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, part)| *part)
    }
}

impl std::fmt::Display for DatePart {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        if let Some((name, _)) = NAMES.iter().find(|(_, part)| part == self) {
            return formatter.write_str(name);
        }
        let day = match self {
            DatePart::Week(day) => DAYS.get(usize::from(*day)).copied(),
            _ => None,
        };
        write!(formatter, "WEEK({})", day.unwrap_or("SUNDAY"))
    }
}
