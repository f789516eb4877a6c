//! Literals with a type before them: `DATE '2026-11-22'`. Each is checked, and brought to one spelling where
//! several mean the same.

use super::Resolver;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::tree::{Expression, Kind};
use crate::value::json::{Document, Wide};
use crate::value::{self, Value, Zone, date_of, datetime_of, time_of, timestamp_of};

impl Resolver<'_> {
    /// Checks a typed literal and spells it as its value's text; a TIMESTAMP with a zone becomes one in UTC.
    pub(super) fn typed_literal(&mut self, expression: &mut Expression) {
        let Kind::Typed { ty, text } = &mut expression.kind else { return };
        let canonical = match ty {
            Type::Date => date_of(text).map(|days| value::text(&Value::Date(days))),
            Type::Datetime => datetime_of(text).map(|micros| value::text(&Value::Datetime(micros))),
            Type::Time => time_of(text).map(|micros| value::text(&Value::Time(micros))),
            Type::Timestamp => timestamp_of(text, &Zone::UTC).map(value::datetime_text),
            Type::Range(element) => range(text, element),
            Type::Json => Document::parse(text, Wide::Exact).ok().map(|document| document.compact()),
            _ => None,
        };
        let fits = match ty {
            Type::Numeric => decimal(text, 29, 9),
            Type::BigNumeric => decimal(text, 39, 38),
            Type::Date | Type::Datetime | Type::Time | Type::Timestamp | Type::Range(_) | Type::Json => {
                canonical.is_some()
            }
            _ => true,
        };
        if let Some(canonical) = canonical {
            *text = canonical;
        }
        expression.ty = ty.clone();
        if !fits {
            let message = format!("`{text}` is no {ty}");
            let span = expression.span;
            self.problem(Code::TypeMismatch, span, message);
        }
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

/// `[2026-11-22, UNBOUNDED)`, in one spelling.
fn range(text: &str, element: &Type) -> Option<String> {
    let bound = |text: &str| match element {
        Type::Date => date_of(text).map(Value::Date),
        Type::Datetime => datetime_of(text).map(Value::Datetime),
        _ => timestamp_of(text, &Zone::UTC).map(Value::Timestamp),
    };
    value::range_of(text, bound).ok().map(|range| value::text(&range))
}
