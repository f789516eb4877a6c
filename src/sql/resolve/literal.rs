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
            Type::Date => date(text),
            Type::Datetime => datetime(text).is_some(),
            Type::Time => padded(text).parse::<jiff::civil::Time>().is_ok(),
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
fn date(text: &str) -> bool {
    let text = text.trim();
    let parts: Option<Vec<i16>> = text.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year @ 1..=9999, month @ 1..=12, day]) => {
            jiff::civil::Date::new(*year, *month as i8, i8::try_from(*day).unwrap_or_default()).is_ok()
        }
        _ => false,
    }
}

/// A date, and a time behind it or not.
fn datetime(text: &str) -> Option<jiff::civil::DateTime> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<jiff::civil::DateTime>() {
        return Some(moment);
    }
    let (day, time) = match text.split_once(['T', 't', ' ']) {
        Some((day, time)) => (day, padded(time)),
        None => (text, "00:00:00".to_owned()),
    };
    let parts: Option<Vec<i16>> = day.split('-').map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts?.try_into().ok()?;
    let day = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(day.to_datetime(time.parse().ok()?))
}

/// A time with two digits for each part: `1:2:3` is `01:02:03`.
fn padded(time: &str) -> String {
    let parts: Vec<String> = time.trim().split(':').map(|part| format!("{part:0>2}")).collect();
    parts.join(":")
}

/// A timestamp's text as date and time in UTC. Zones by name need a database, so they are not known.
fn utc(text: &str) -> Option<String> {
    let text = text.trim();
    let local = text.strip_suffix("UTC").or_else(|| text.strip_suffix(['Z', 'z'])).unwrap_or(text).trim_end();
    let (local, minutes) = match local.rfind(['+', '-']).filter(|at| local[..*at].contains(':')) {
        None => (local, 0),
        Some(at) => {
            let (hours, minutes) = local[at + 1..].split_once(':').unwrap_or((&local[at + 1..], "0"));
            let offset: i64 = hours.parse::<u8>().ok()? as i64 * 60 + minutes.parse::<u8>().ok()? as i64;
            (local[..at].trim_end(), if local[at..].starts_with('-') { -offset } else { offset })
        }
    };
    let moment = datetime(local)?;
    let moment = moment.checked_sub(jiff::SignedDuration::from_mins(minutes)).ok()?;
    Some(moment.to_string().replace('T', " "))
}

/// A date and time with the name of a zone, such as `America/Los_Angeles`, behind it.
fn named_zone(text: &str) -> bool {
    match text.trim().rsplit_once(' ') {
        Some((local, zone)) => {
            let letters = |letter: char| letter.is_ascii_alphanumeric() || "/_+-".contains(letter);
            zone.starts_with(|letter: char| letter.is_ascii_alphabetic())
                && zone.chars().all(letters)
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

/// `[2026-11-22, UNBOUNDED)`.
fn range(text: &str, element: &Type) -> bool {
    let inner = text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    let Some((start, end)) = inner.and_then(|inner| inner.split_once(',')) else { return false };
    [start.trim(), end.trim()].into_iter().all(|bound| {
        bound.eq_ignore_ascii_case("UNBOUNDED")
            || bound.eq_ignore_ascii_case("NULL")
            || match element {
                Type::Date => date(bound),
                Type::Datetime => datetime(bound).is_some(),
                _ => utc(bound).is_some() || named_zone(bound),
            }
    })
}
