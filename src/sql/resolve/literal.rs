//! Literals with a type before them: `DATE '2026-11-22'`. Each is checked, and brought to one spelling where
//! several mean the same.

use super::Resolver;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::tree::{Expression, Kind};

impl Resolver<'_> {
    /// Checks a typed literal; a TIMESTAMP with a zone becomes one in UTC.
    pub(super) fn typed_literal(&mut self, expression: &mut Expression) {
        let Kind::Typed { ty, text } = &mut expression.kind else { return };
        let fits = match ty {
            Type::Date => date(text).is_some(),
            Type::Datetime => datetime(text).is_some(),
            Type::Time => time(text).is_some(),
            Type::Timestamp => match utc(text) {
                Some(instant) => {
                    *text = instant;
                    true
                }
                None => named_zone(text),
            },
            Type::Numeric => decimal(text, 29, 9),
            Type::BigNumeric => decimal(text, 39, 38),
            Type::Json => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
            Type::Range(element) => range(text, element),
            _ => true,
        };
        expression.ty = ty.clone();
        if !fits {
            let message = format!("`{text}` is no {ty}");
            let span = expression.span;
            self.problem(Code::TypeMismatch, span, message);
        }
    }
}

/// `2026-11-22`, also `2026-1-2`.
fn date(text: &str) -> Option<jiff::civil::Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    if year.len() != 4 {
        return None;
    }
    let year = digits(year, 4)?;
    let day = jiff::civil::Date::new(year, digits(month, 2)? as i8, digits(day, 2)? as i8).ok();
    day.filter(|_| year > 0)
}

/// A number of so many digits at most, and nothing else.
fn digits(text: &str, most: usize) -> Option<i16> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// `1:2:3`, with up to six digits behind a point; the second may be a leap second.
fn time(text: &str) -> Option<jiff::civil::Time> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => {
            digits(fraction.get(..fraction.len().min(4))?, 4)?;
            let fits = fraction.len() <= 6 && fraction.bytes().all(|letter| letter.is_ascii_digit());
            (whole, if fits { format!("{fraction:0<9}").parse::<i32>().ok()? } else { return None })
        }
        None => (text, 0),
    };
    let mut parts = whole.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let second = match digits(second, 2)? {
        60 => 59,
        second => second,
    };
    jiff::civil::Time::new(digits(hour, 2)? as i8, digits(minute, 2)? as i8, second as i8, fraction).ok()
}

/// A date, and a time behind it or not.
fn datetime(text: &str) -> Option<jiff::civil::DateTime> {
    match text.split_once(['T', 't', ' ']) {
        Some((day, clock)) => Some(date(day)?.to_datetime(time(clock)?)),
        None => Some(date(text)?.to_datetime(jiff::civil::Time::midnight())),
    }
}

/// A timestamp's text as date and time in UTC. Zones by name need a database, so they are not known.
fn utc(text: &str) -> Option<String> {
    let local = text.strip_suffix(" UTC").filter(|local| local.contains(':'));
    let local = local.or_else(|| text.strip_suffix(['Z', 'z'])).unwrap_or(text);
    let bare = local.len() == text.len();
    let (local, minutes) = match local.rfind(['+', '-']).filter(|at| bare && has_zone(local, *at)) {
        None => (local, 0),
        Some(at) => (local.get(..at)?, offset(local.get(at..)?)?),
    };
    // Behind a date alone the offset stands apart.
    let local = if local.contains(':') { local } else { local.strip_suffix(' ').unwrap_or(local) };
    if !bare && !local.contains(':') {
        return None;
    }
    let moment = datetime(local)?;
    let moment = moment.checked_sub(jiff::SignedDuration::from_mins(minutes)).ok()?;
    (moment.year() > 0).then(|| moment.to_string().replace('T', " "))
}

/// Whether the sign at a place begins an offset: it stands behind a time, or behind a space.
fn has_zone(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.contains(':') || before.ends_with(' '))
}

/// `+8`, `-07:30`, `+0530`, in minutes.
fn offset(text: &str) -> Option<i64> {
    let (sign, text) = text.split_at_checked(1)?;
    let (hours, minutes) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() == 4 => text.split_at_checked(2)?,
        None => (text, "0"),
    };
    let (hours, minutes) = (i64::from(digits(hours, 2)?), i64::from(digits(minutes, 2)?));
    let sum = hours * 60 + minutes;
    (minutes < 60 && sum <= 14 * 60).then_some(if sign == "-" { -sum } else { sum })
}

/// A date and time with the name of a zone, such as `America/Los_Angeles`, behind it.
fn named_zone(text: &str) -> bool {
    match text.rsplit_once(' ') {
        Some((local, zone)) => {
            let letters = |letter: char| letter.is_ascii_alphanumeric() || "/_+-".contains(letter);
            zone.starts_with(|letter: char| letter.is_ascii_uppercase())
                && zone.len() > 1
                && zone.chars().all(letters)
                && local.contains(':')
                && datetime(local).is_some()
        }
        None => false,
    }
}

/// A number with so many digits before the point and behind it.
fn decimal(text: &str, whole: usize, fraction: usize) -> bool {
    let text = text.trim();
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()),
        None => (text, Some(0)),
    };
    let Some(exponent) = exponent else { return false };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let all = |part: &str| part.chars().all(|letter| letter.is_ascii_digit());
    if before.len() + after.len() == 0 || !all(before) || !all(after) {
        return false;
    }
    let before = before.trim_start_matches('0').len() as i64 + i64::from(exponent);
    let after = after.trim_end_matches('0').len() as i64 - i64::from(exponent);
    before <= whole as i64 && after <= fraction as i64
}

/// `[2026-11-22, UNBOUNDED)`: the start is before the end.
fn range(text: &str, element: &Type) -> bool {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    let Some((start, end)) = inner.and_then(|inner| inner.split_once(", ")) else { return false };
    let open = |bound: &str| bound.eq_ignore_ascii_case("UNBOUNDED") || bound.eq_ignore_ascii_case("NULL");
    let known = |bound: &str| match element {
        Type::Date => date(bound).map(|day| day.to_string()),
        Type::Datetime => datetime(bound).map(|moment| moment.to_string()),
        _ => utc(bound),
    };
    // What has a zone by name cannot be compared.
    let fits = |bound: &str| {
        open(bound) || known(bound).is_some() || (*element == Type::Timestamp && named_zone(bound))
    };
    let in_order = match (known(start), known(end)) {
        (Some(start), Some(end)) => start < end,
        _ => true,
    };
    fits(start) && fits(end) && in_order
}
