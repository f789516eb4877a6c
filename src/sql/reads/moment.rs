//! Points in time that expressions of the partition parameters stand for. Months differ in length, so that an
//! expression may stand for a stretch of days, one of which it is. Knows nothing of tables.

use crate::period::Anchor;
use crate::schema::Type;
use crate::sql::suffix;
use crate::sql::tree::{Binary, Call, DatePart, Expression, Kind, Unary};

/// Longest interval that counts as a bound, in days, as in definitions: what reaches further bounds nothing.
const LONGEST_INTERVAL: i32 = 36_500;

/// A bound value: the instant in which the partition begins or ends, or the midnight before it, so many days
/// later.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    pub anchor: Anchor,
    pub days: i32,
    /// A day, or its first instant.
    pub at_midnight: bool,
}

impl Moment {
    /// The day of it. A partition ends with the first instant of the day after its last one.
    fn day(self) -> Moment {
        let ends = i32::from(self.anchor == Anchor::Last && !self.at_midnight);
        Moment { days: self.days + ends, at_midnight: true, ..self }
    }

    fn shifted(self, days: i32) -> Option<Moment> {
        let days = self.days.checked_add(days)?;
        (-LONGEST_INTERVAL..=LONGEST_INTERVAL).contains(&days).then_some(Moment { days, ..self })
    }
}

/// A moment that is not earlier than one and not later than the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub low: Moment,
    pub high: Moment,
}

impl Stretch {
    fn of(moment: Moment) -> Self {
        Self { low: moment, high: moment }
    }

    /// The one moment that it is.
    pub fn exact(self) -> Option<Moment> {
        (self.low == self.high).then_some(self.low)
    }

    pub fn shifted(self, low: i32, high: i32) -> Option<Self> {
        Some(Self { low: self.low.shifted(low)?, high: self.high.shifted(high)? })
    }

    fn day(self) -> Self {
        Self { low: self.low.day(), high: self.high.day() }
    }
}

/// What an expression of the parameters stands for.
pub(super) fn stretch(expression: &Expression) -> Option<Stretch> {
    match &expression.kind {
        Kind::Parameter(name) => {
            let (anchor, at_midnight) = match name.as_str() {
                "submission_date" => (Anchor::First, true),
                "partition_start" => (Anchor::First, false),
                "partition_end" => (Anchor::Last, false),
                _ => return None,
            };
            Some(Stretch::of(Moment { anchor, days: 0, at_midnight }))
        }
        Kind::Call(call) => of_call(call),
        Kind::Cast { operand, to, .. } => match to {
            Type::Date => stretch(operand).map(Stretch::day),
            // Of a text nothing is known to sort as days do.
            Type::Timestamp | Type::Datetime => stretch(operand),
            _ => None,
        },
        Kind::Binary { operator, left, right } if left.ty == Type::Date && right.ty == Type::Int64 => {
            let days = integer(right)?;
            let days = match operator {
                Binary::Add => days,
                Binary::Subtract => days.checked_neg()?,
                _ => return None,
            };
            stretch(left)?.shifted(days, days)
        }
        _ => None,
    }
}

fn of_call(call: &Call) -> Option<Stretch> {
    match (call.name.as_str(), &call.arguments[..]) {
        ("DATE", [moment]) => stretch(moment).map(Stretch::day),
        ("TIMESTAMP" | "DATETIME", [moment]) => stretch(moment),
        ("DATE_ADD" | "TIMESTAMP_ADD" | "DATETIME_ADD", [moment, interval]) => {
            let (low, high) = interval_days(interval)?;
            stretch(moment)?.shifted(low, high)
        }
        ("DATE_SUB" | "TIMESTAMP_SUB" | "DATETIME_SUB", [moment, interval]) => {
            let (low, high) = interval_days(interval)?;
            stretch(moment)?.shifted(high.checked_neg()?, low.checked_neg()?)
        }
        ("DATE_TRUNC" | "TIMESTAMP_TRUNC" | "DATETIME_TRUNC", [moment, part]) => {
            let Kind::Part(part) = part.kind else { return None };
            let inner = stretch(moment)?;
            // The instant after the last one is of the next period.
            if inner.low.anchor == Anchor::Last && !inner.low.at_midnight {
                return None;
            }
            inner.day().shifted(-longest(part)?, 0)
        }
        ("LAST_DAY", [moment, rest @ ..]) => {
            let part = match rest {
                [] => DatePart::Month,
                [part] => match part.kind {
                    Kind::Part(part) => part,
                    _ => return None,
                },
                _ => return None,
            };
            stretch(moment)?.day().shifted(0, longest(part)?)
        }
        // Texts of days that sort as the days do, as the suffixes of tables are.
        ("FORMAT_DATE" | "FORMAT_TIMESTAMP" | "FORMAT_DATETIME", [format, moment])
            if suffix::is_format(format) =>
        {
            stretch(moment).map(Stretch::day)
        }
        _ => None,
    }
}

/// Most days from the first to the last day of a part of the calendar.
fn longest(part: DatePart) -> Option<i32> {
    Some(match part {
        DatePart::Day => 0,
        DatePart::Week(_) | DatePart::IsoWeek => 6,
        DatePart::Month => 30,
        DatePart::Quarter => 91,
        DatePart::Year => 365,
        DatePart::IsoYear => 370,
        _ => return None,
    })
}

/// The fewest and the most days of an interval.
pub(super) fn interval_days(interval: &Expression) -> Option<(i32, i32)> {
    let Kind::Interval { value, part, to: None } = &interval.kind else { return None };
    let count = integer(value)?;
    let (fewest, most) = match part {
        DatePart::Day => (1, 1),
        DatePart::Week(0) => (7, 7),
        DatePart::Month => (28, 31),
        DatePart::Quarter => (89, 92),
        DatePart::Year => (365, 366),
        DatePart::Hour if count % 24 == 0 => return Some((count / 24, count / 24)),
        _ => return None,
    };
    let (one, two) = (count.checked_mul(fewest)?, count.checked_mul(most)?);
    Some((one.min(two), one.max(two)))
}

/// Whether the days of a GENERATE_DATE_ARRAY lie between its first two arguments.
pub(super) fn rises(call: &Call) -> bool {
    match &call.arguments[..] {
        [_, _] => true,
        [_, _, step] => interval_days(step).is_some_and(|(low, _)| low > 0),
        _ => false,
    }
}

/// A whole number that stands in the query.
pub(super) fn integer(expression: &Expression) -> Option<i32> {
    match &expression.kind {
        Kind::Integer(value) => i32::try_from(*value).ok(),
        Kind::Text(text) => text.parse().ok(),
        Kind::Unary { operator: Unary::Minus, operand } => integer(operand)?.checked_neg(),
        _ => None,
    }
}
