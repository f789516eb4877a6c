//! Dates, times, intervals and ranges as DuckDB SQL: the clock, literals, operators, EXTRACT, casts. DuckDB's own functions where
//! they are exact, else native ones; what needs DuckDB's time zones must never be written.

use super::once::is_plain;
use super::{Printer, data_type, identifier, literal, native_call};
use crate::schema::Type;
use crate::sql::functions::Function;
use crate::sql::resolve;
use crate::sql::tree::{Binary, DatePart, Expression, FormattedCast, Kind, Span, Unary};
use crate::value::{self, Interval, Value, Zone, calendar};

/// DuckDB's last day and GoogleSQL's are so many days apart, and their first ones.
const AFTER_LAST_DAY: i64 = 2_147_483_646 - 2_932_896;
const BEFORE_FIRST_DAY: i64 = 2_147_483_646 - 719_162;
/// The same for a count of microseconds in 64 bits.
const AFTER_LAST_MICRO: i64 = i64::MAX - 253_402_300_799_999_999;
const BEFORE_FIRST_MICRO: i64 = -62_135_596_800_000_000 - (i64::MIN + 1);

/// The time at which the query runs, the same throughout.
pub fn now() -> String {
    "make_timestamp(epoch_us(now()))".to_owned()
}

/// A clock that stands still.
fn standing(moment: jiff::Timestamp) -> String {
    format!("make_timestamp({})", moment.as_microsecond())
}

/// A DATE that may have left the calendar: it is moved so that what is beyond its ends overflows, and back.
pub fn bounded_date(sql: &str) -> String {
    format!("({sql} + {AFTER_LAST_DAY} - {AFTER_LAST_DAY} - {BEFORE_FIRST_DAY} + {BEFORE_FIRST_DAY})")
}

/// A DATE some days later or earlier: it can leave the calendar at one end only. None for more days than there are.
pub fn later_date(sql: &str, days: i64) -> Option<String> {
    match days {
        0..=2_932_896 => Some(format!("({sql} + {} - {AFTER_LAST_DAY})", AFTER_LAST_DAY + days)),
        -719_162..0 => Some(format!("({sql} - {} + {BEFORE_FIRST_DAY})", BEFORE_FIRST_DAY - days)),
        _ => None,
    }
}

/// The TIMESTAMP or DATETIME of a count of microseconds, which may have left the calendar.
pub fn bounded_moment(sql: &str) -> String {
    format!(
        "make_timestamp({sql} + {AFTER_LAST_MICRO} - {AFTER_LAST_MICRO} - {BEFORE_FIRST_MICRO} + {BEFORE_FIRST_MICRO})"
    )
}

/// A native function on arguments of these types.
pub(super) fn native(name: &str, arguments: &[(&str, &Type)], result: &Type, safe: bool) -> String {
    let sql: Vec<String> = arguments.iter().map(|(sql, _)| (*sql).to_owned()).collect();
    let types: Vec<Type> = arguments.iter().map(|(_, ty)| (*ty).clone()).collect();
    // There is no such function only where the translation itself is wrong; the query then says so.
    native_call(name, &sql, &types, result, safe)
        .unwrap_or_else(|problem| format!("error({})", literal(&problem)))
}

/// A cast to or from a date, time, interval or range; none where DuckDB's is exact.
pub(super) fn cast(sql: &str, from: &Type, to: &Type, safe: bool) -> Option<String> {
    let name = match (from, to) {
        (Type::String, Type::Date) => "date",
        (Type::String, Type::Datetime) => "datetime",
        (Type::String, Type::Time) => "time",
        (Type::String, Type::Timestamp) => "timestamp",
        (Type::String, Type::Interval) => "interval",
        (Type::String, Type::Range(element)) => match **element {
            Type::Date => "date_range",
            Type::Datetime => "datetime_range",
            _ => "timestamp_range",
        },
        (Type::Datetime | Type::Time | Type::Timestamp | Type::Interval | Type::Range(_), Type::String) => {
            "moment_text"
        }
        _ => return None,
    };
    Some(native(name, &[(sql, from)], to, safe))
}

/// An INTERVAL whose parts are known.
fn constant(interval: Interval) -> String {
    let parts = [
        ("to_months", i64::from(interval.months)),
        ("to_days", i64::from(interval.days)),
        ("to_microseconds", interval.micros),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, count)| *count != 0)
        .map(|(name, count)| format!("{name}({count})"))
        .collect();
    match parts.as_slice() {
        [] => "to_days(0)".to_owned(),
        [one] => one.clone(),
        several => format!("({})", several.join(" + ")),
    }
}

/// What ranges sort by.
pub(super) fn range_key(sql: &str, ty: &Type) -> String {
    native("range_key", &[(sql, ty)], &Type::array(Type::Int64), false)
}

/// A whole number that stands in the text.
pub fn whole(value: &Expression) -> Option<i64> {
    match &value.kind {
        Kind::Integer(count) => Some(*count),
        Kind::Text(text) => text.parse().ok(),
        Kind::Unary { operator: Unary::Minus, operand } => whole(operand)?.checked_neg(),
        _ => None,
    }
}

/// An interval that stands in the text.
fn known_interval(value: &Expression, part: DatePart, to: Option<DatePart>) -> Option<Interval> {
    match &value.kind {
        Kind::Text(text) => Interval::read(text, part, to).ok(),
        _ => whole(value).and_then(|count| Interval::of(count, part).ok()),
    }
}

/// A literal RANGE, whose text the resolver has checked.
pub(super) fn range_literal(text: &str, element: &Type) -> Option<String> {
    let bound = |text: &str| match element {
        Type::Date => value::date_of(text).map(Value::Date),
        Type::Datetime => value::datetime_of(text).map(Value::Datetime),
        _ => value::timestamp_of(text, &Zone::UTC).map(Value::Timestamp),
    };
    let Ok(Value::Range(bounds)) = value::range_of(text, bound) else { return None };
    let ty = data_type(element);
    let written = |bound: &Value| match bound {
        Value::Null => format!("CAST(NULL AS {ty})"),
        bound => format!("CAST({} AS {ty})", literal(value::text(bound).trim_end_matches("+00"))),
    };
    Some(format!(
        "struct_pack({} := {}, {} := {})",
        identifier("start"),
        written(&bounds.0),
        identifier("end"),
        written(&bounds.1)
    ))
}

impl Printer {
    /// `INTERVAL 1 DAY` as a value.
    pub(super) fn interval(&mut self, value: &Expression, part: DatePart, to: Option<DatePart>) -> String {
        if let Some(interval) = known_interval(value, part, to) {
            return constant(interval);
        }
        let count = match whole(value) {
            Some(count) => format!("CAST({count} AS BIGINT)"),
            None => self.expression(value),
        };
        let part = literal(&part.to_string());
        native("interval_of", &[(&count, &Type::Int64), (&part, &Type::String)], &Type::Interval, false)
    }

    /// An argument of a function. An `INTERVAL count part` that stands for itself is its count alone.
    pub(super) fn argument(&mut self, function: &Function, index: usize, argument: &Expression) -> String {
        match &argument.kind {
            Kind::Interval { value, to: None, .. } if function.takes_parts(index) => match &value.kind {
                Kind::Text(text) => match text.parse::<i64>() {
                    Ok(count) => self.expression(&Expression::new(Kind::Integer(count), argument.span)),
                    Err(_) => self.untranslatable(argument.span, "a count that is no whole number"),
                },
                _ => self.expression(value),
            },
            Kind::Named { value, .. } => self.expression(value),
            _ => self.expression(argument),
        }
    }

    pub(super) fn negated_interval(&mut self, interval: &Expression) -> String {
        let sql = self.expression(interval);
        native("interval_negate", &[(&sql, &Type::Interval)], &Type::Interval, false)
    }

    /// Operators on dates, times, intervals and ranges; none where these are not concerned.
    pub(super) fn moment_binary(
        &mut self,
        operator: Binary,
        left: &Expression,
        right: &Expression,
        ty: &Type,
    ) -> Option<String> {
        let of_interval = |side: &Expression| side.ty == Type::Interval;
        let is_moment =
            |side: &Expression| matches!(side.ty, Type::Date | Type::Datetime | Type::Time | Type::Timestamp);
        let is_range = |side: &Expression| matches!(side.ty, Type::Range(_));
        if is_range(left) && is_range(right) {
            return self.range_comparison(operator, left, right);
        }
        if !matches!(operator, Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide)
            || ![left, right].into_iter().any(|side| of_interval(side) || is_moment(side))
        {
            return None;
        }
        let days = |printer: &mut Self, count: &Expression| match whole(count)
            .filter(|count| (0..1 << 31).contains(count))
        {
            Some(count) => count.to_string(),
            None => format!("CAST({} AS INTEGER)", printer.expression(count)),
        };
        if let (Type::Date, Some(days)) = (&left.ty, whole(right).filter(|_| right.ty == Type::Int64)) {
            let date = self.expression(left);
            let days = if operator == Binary::Subtract { days.checked_neg() } else { Some(days) };
            if let Some(sql) = days.and_then(|days| later_date(&date, days)) {
                return Some(sql);
            }
        }
        if left.ty == Type::Date && right.ty == Type::Int64 {
            let (date, days) = (self.expression(left), days(self, right));
            return Some(bounded_date(&format!("({date} {} {days})", resolve::symbol(operator))));
        }
        if left.ty == Type::Int64 && right.ty == Type::Date {
            let (date, days) = (self.expression(right), days(self, left));
            return Some(bounded_date(&format!("({date} + {days})")));
        }
        let name = match operator {
            Binary::Add if of_interval(left) && of_interval(right) => "interval_add",
            Binary::Subtract if of_interval(left) && of_interval(right) => "interval_subtract",
            Binary::Multiply => "interval_multiply",
            Binary::Divide => "interval_divide",
            Binary::Add => "moment_plus",
            Binary::Subtract if of_interval(right) => "moment_minus",
            Binary::Subtract => "moment_between",
            _ => return None,
        };
        // The interval stands second.
        let swapped = name == "moment_plus" && of_interval(left);
        let (left, right) = if swapped { (right, left) } else { (left, right) };
        // One without months is a count of microseconds.
        if let Kind::Interval { value, part, to } = &right.kind
            && let Some(interval) = known_interval(value, *part, *to).filter(|interval| interval.months == 0)
            && matches!(left.ty, Type::Date | Type::Datetime | Type::Timestamp)
        {
            let micros = i64::from(interval.days) * calendar::DAY + interval.micros;
            let moment = self.expression(left);
            let sign = resolve::symbol(operator);
            return Some(bounded_moment(&format!("epoch_us(CAST({moment} AS TIMESTAMP)) {sign} ({micros})")));
        }
        let (left_sql, right_sql) = (self.expression(left), self.expression(right));
        Some(native(name, &[(&left_sql, &left.ty), (&right_sql, &right.ty)], ty, false))
    }

    /// Ranges compare by their starts, then by their ends; none is before all starts and after all ends.
    fn range_comparison(
        &mut self,
        operator: Binary,
        left: &Expression,
        right: &Expression,
    ) -> Option<String> {
        if matches!(operator, Binary::Equal | Binary::NotEqual) {
            return None;
        }
        let mut key = |side: &Expression| range_key(&self.expression(side), &side.ty);
        let (left, right) = (key(left), key(right));
        Some(format!("({left} {} {right})", resolve::symbol(operator)))
    }

    pub(super) fn extract(
        &mut self,
        part: DatePart,
        operand: &Expression,
        zone: Option<&Expression>,
        expression: &Expression,
    ) -> String {
        let value = self.expression(operand);
        let is_utc = zone.is_none_or(|zone| matches!(&zone.kind, Kind::Text(name) if name == "UTC"));
        if is_utc && let Some(sql) = extracted(part, &value, operand) {
            return sql;
        }
        let name = literal(&part.to_string());
        let mut arguments = vec![(value.as_str(), &operand.ty), (name.as_str(), &Type::String)];
        let zone = zone.map(|zone| self.expression(zone));
        if let Some(zone) = &zone {
            arguments.push((zone, &Type::String));
        }
        native("extract", &arguments, &expression.ty, false)
    }

    /// `CAST(… FORMAT … AT TIME ZONE …)` of dates and times; none where these are not concerned.
    pub(super) fn formatted_moment(&mut self, cast: &FormattedCast, span: Span) -> Option<String> {
        let is_moment = |ty: &Type| matches!(ty, Type::Date | Type::Datetime | Type::Time | Type::Timestamp);
        let from = &cast.operand.ty;
        if !cast.parameters.is_empty() || !(is_moment(from) || is_moment(&cast.to)) {
            return None;
        }
        let operand = self.expression(&cast.operand);
        let zone = cast.zone.as_ref().map(|zone| self.expression(zone));
        let format = cast.format.as_ref().map(|format| self.expression(format));
        let clock = cast.now.map_or_else(now, standing);
        let mut arguments = vec![(operand.as_str(), from)];
        let name = match (&format, &cast.to) {
            (Some(format), Type::String) => {
                arguments.push((format, &Type::String));
                "write_by_model"
            }
            (Some(format), to) => {
                arguments.push((format, &Type::String));
                arguments.push((&clock, &Type::Timestamp));
                match to {
                    Type::Date => "read_date_by_model",
                    Type::Datetime => "read_datetime_by_model",
                    Type::Time => "read_time_by_model",
                    _ => "read_timestamp_by_model",
                }
            }
            (None, Type::String) => "moment_text",
            (None, Type::Date) => "date",
            (None, Type::Datetime) => "datetime",
            (None, Type::Time) => "time",
            (None, _) => "timestamp",
        };
        if let Some(zone) = &zone {
            if *from != Type::Timestamp && cast.to != Type::Timestamp {
                return Some(self.untranslatable(span, "CAST with a time zone, and no TIMESTAMP"));
            }
            arguments.push((zone, &Type::String));
        }
        Some(native(name, &arguments, &cast.to, cast.safe))
    }
}

/// What DuckDB extracts exactly, of a value in UTC.
fn extracted(part: DatePart, value: &str, operand: &Expression) -> Option<String> {
    if operand.ty == Type::Interval {
        return None;
    }
    let counted = |unit: &str| format!("CAST(date_part('{unit}', {value}) AS BIGINT)");
    Some(match part {
        DatePart::Date => format!("CAST({value} AS DATE)"),
        DatePart::Datetime if operand.ty != Type::Date => value.to_owned(),
        DatePart::Time => format!("CAST({value} AS TIME)"),
        DatePart::DayOfWeek => format!("(CAST(date_part('dow', {value}) AS BIGINT) + 1)"),
        DatePart::DayOfYear => counted("doy"),
        DatePart::IsoWeek => counted("week"),
        DatePart::IsoYear => counted("isoyear"),
        DatePart::Microsecond => format!("(CAST(date_part('microsecond', {value}) AS BIGINT) % 1000000)"),
        DatePart::Millisecond => format!("(CAST(date_part('millisecond', {value}) AS BIGINT) % 1000)"),
        DatePart::Second => counted("second"),
        DatePart::Minute => counted("minute"),
        DatePart::Hour => counted("hour"),
        DatePart::Day => counted("day"),
        DatePart::Month => counted("month"),
        DatePart::Quarter => counted("quarter"),
        DatePart::Year => counted("year"),
        // Days before the first one on which a week starts are in week 0.
        DatePart::Week(first) if is_plain(operand) => format!(
            "((CAST(date_part('doy', {value}) AS BIGINT) + 6 - (date_part('dow', {value}) + {}) % 7) // 7)",
            7 - first
        ),
        DatePart::Week(_) | DatePart::Datetime | DatePart::Nanosecond => return None,
    })
}
