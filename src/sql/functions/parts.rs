//! Which date parts a function takes. The sets stand in signatures by name.

use crate::sql::tree::DatePart;

/// A set of date parts.
#[derive(Debug, PartialEq)]
pub struct Parts {
    pub name: &'static str,
    /// As people write them.
    pub members: &'static [&'static str],
}

const DATE: &[&str] = &["DAY", "WEEK", "ISOWEEK", "MONTH", "QUARTER", "YEAR", "ISOYEAR"];
const PERIODS: &[&str] = &["WEEK", "ISOWEEK", "MONTH", "QUARTER", "YEAR", "ISOYEAR"];
const CLOCK: &[&str] = &["MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR"];
const STAMP: &[&str] = &["MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY"];
const STEPS: &[&str] = &["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"];
const ALL: &[&str] = &[
    "MICROSECOND",
    "MILLISECOND",
    "SECOND",
    "MINUTE",
    "HOUR",
    "DAY",
    "WEEK",
    "ISOWEEK",
    "MONTH",
    "QUARTER",
    "YEAR",
    "ISOYEAR",
];
const LENGTHS: &[&str] =
    &["MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"];

/// Parts as an argument of their own: `DATE_TRUNC(d, MONTH)`.
const PARTS: &[Parts] = &[
    Parts { name: "DatePart", members: DATE },
    Parts { name: "PeriodPart", members: PERIODS },
    Parts { name: "ClockPart", members: CLOCK },
    Parts { name: "StampPart", members: STAMP },
    Parts { name: "AnyPart", members: ALL },
];

/// Parts of an interval: `DATE_ADD(d, INTERVAL 1 MONTH)`.
const INTERVALS: &[Parts] = &[
    Parts { name: "DateInterval", members: STEPS },
    Parts { name: "ClockInterval", members: CLOCK },
    Parts { name: "StampInterval", members: STAMP },
    Parts { name: "AnyInterval", members: LENGTHS },
];

/// The set of a name, and whether it is one of intervals.
pub fn find(name: &str) -> Option<(&'static Parts, bool)> {
    let of = |sets: &'static [Parts]| sets.iter().find(|set| set.name == name);
    of(PARTS).map(|set| (set, false)).or_else(|| of(INTERVALS).map(|set| (set, true)))
}

impl Parts {
    pub fn holds(&self, part: DatePart) -> bool {
        let part = match part {
            DatePart::Week(_) => DatePart::Week(0),
            other => other,
        };
        self.members.iter().any(|member| DatePart::parse(member) == Some(part))
    }
}
