//! A clock that stands still: where the catalogue says what time it is, `CURRENT_DATE` and its like are that moment.
//! Without such a moment they are left alone. A cast with a format, which may ask for the current year and month, takes the moment with it.

use jiff::tz::TimeZone;

use super::Resolver;
use crate::schema::Type;
use crate::sql::tree::{Call, Expression, Kind};

/// The functions that read the clock, with what they give.
const READS_CLOCK: &[(&str, &str, Type)] = &[
    ("CURRENT_DATE", "DATE", Type::Date),
    ("CURRENT_DATETIME", "DATETIME", Type::Datetime),
    ("CURRENT_TIME", "TIME", Type::Time),
    ("CURRENT_TIMESTAMP", "TIMESTAMP", Type::Timestamp),
];

impl Resolver<'_> {
    /// Puts the moment in the place of a call that reads the clock.
    pub(super) fn stop_clock(&self, expression: &mut Expression) {
        let Kind::Call(call) = &expression.kind else { return };
        let Some((_, function, ty)) = READS_CLOCK.iter().find(|(name, _, _)| *name == call.name) else {
            return;
        };
        let Some(now) = self.catalogue.now() else { return };
        let zone = match (call.arguments.as_slice(), ty) {
            _ if !call.is_plain() => return,
            ([], _) => Some(TimeZone::UTC),
            // A mistake, which is reported as one.
            ([_], Type::Timestamp) | ([_, _, ..], _) => return,
            ([zone], _) => match &zone.kind {
                Kind::Text(name) => TimeZone::get(name).ok(),
                _ => None,
            },
        };
        let span = expression.span;
        let literal = |ty: &Type, text: String| Expression::new(Kind::Typed { ty: ty.clone(), text }, span);
        *expression = match zone {
            Some(zone) => {
                let moment = now.to_zoned(zone).datetime();
                literal(
                    ty,
                    match ty {
                        Type::Date => moment.date().to_string(),
                        Type::Time => moment.time().to_string(),
                        _ => moment.to_string().replace('T', " "),
                    },
                )
            }
            // The zone is known when the query runs, or is none.
            None => {
                let moment = now.to_zoned(TimeZone::UTC).datetime().to_string().replace('T', " ");
                let mut arguments = vec![literal(&Type::Timestamp, moment)];
                arguments.extend(call.arguments.iter().cloned());
                Expression::new(Kind::Call(Box::new(Call::plain(function, arguments))), span)
            }
        };
    }
}
