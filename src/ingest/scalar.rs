//! A JSON value as a value of a scalar column, or the news that it does not fit.
//!
//! It must never cut or guess: a value that is not of the declared type is the client's mistake or the
//! schema's, and somebody must see it. Numbers with a fraction are read as JSON readers do, in 64 bits.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde_json::{Number, Value as Json};

use crate::schema::Type;

/// The value as the column's JSON reader takes it. Null fits every type.
///
/// # Errors
/// The value itself, where it does not fit.
pub(super) fn convert(ty: &Type, value: Json) -> Result<Json, Json> {
    if value.is_null() {
        return Ok(value);
    }
    let converted = match (ty, &value) {
        (Type::Json, _) | (Type::Bool, Json::Bool(_)) | (Type::String, Json::String(_)) => return Ok(value),
        (Type::Int64, Json::Number(number)) => integer(number).map(Json::from),
        (Type::Float64, Json::Number(number)) => {
            number.as_f64().filter(|float| float.is_finite()).map(Json::from)
        }
        // As text: a reader of numbers would go by way of floats.
        (Type::Numeric, Json::Number(number)) => decimal(&plain(number)),
        (Type::Numeric, Json::String(text)) => decimal(text),
        (Type::Timestamp, Json::String(text)) => text.parse().ok().and_then(timestamp).map(Json::from),
        (Type::Date, Json::String(text)) => text.parse::<Date>().ok().map(|date| date.to_string().into()),
        (Type::Datetime, Json::String(text)) => text
            .parse::<DateTime>()
            .ok()
            .map(|time| time.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string().into()),
        (Type::Time, Json::String(text)) => {
            text.parse::<Time>().ok().map(|time| time.strftime("%H:%M:%S.%6f").to_string().into())
        }
        (Type::Bytes | Type::Geography | Type::Interval, Json::String(_)) => return Ok(value),
        _ => None,
    };
    converted.ok_or(value)
}

/// Like [`convert`], for the values of maps: those of extras come as numbers and booleans too, and
/// their column is a text.
///
/// # Errors
/// The value itself, where it does not fit.
pub(super) fn convert_in_map(ty: &Type, value: Json) -> Result<Json, Json> {
    match (ty, &value) {
        (Type::String, Json::Number(_) | Json::Bool(_)) => Ok(Json::String(value.to_string())),
        _ => convert(ty, value),
    }
}

/// A time as tables take it, in UTC with microseconds; what BigQuery cannot hold is none.
fn timestamp(time: Timestamp) -> Option<String> {
    let local = time.to_zoned(TimeZone::UTC).datetime();
    (1..=9999).contains(&local.year()).then(|| local.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string())
}

/// A whole number in range; JSON writes some of them with a fraction of zero.
fn integer(number: &Number) -> Option<i64> {
    // Both bounds are powers of two, so the comparison is exact; 2^63 itself is out of range.
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    if let Some(integer) = number.as_i64() {
        return Some(integer);
    }
    let float = number.as_f64().filter(|_| number.is_f64())?;
    (float.fract() == 0.0 && (-BOUND..BOUND).contains(&float)).then_some(float as i64)
}

/// A number without an exponent.
fn plain(number: &serde_json::Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) => float.to_string(),
        None => number.to_string(),
    }
}

/// A decimal number that its column holds to the last digit, as text.
fn decimal(text: &str) -> Option<Json> {
    let most_fraction = 9;
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let fits = whole.len() + most_fraction <= 38 && fraction.len() <= most_fraction;
    (are_digits && fits && digits.bytes().any(|byte| byte.is_ascii_digit())).then(|| text.into())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{convert, convert_in_map};
    use crate::schema::Type;

    #[test]
    fn fitting_values_are_converted() {
        for (ty, value, expected) in [
            (Type::Int64, json!(5), json!(5)),
            (Type::Int64, json!(5.0), json!(5)),
            (Type::Int64, json!(-9_223_372_036_854_775_808.0), json!(i64::MIN)),
            (Type::Float64, json!(5), json!(5.0)),
            (Type::Bool, json!(true), json!(true)),
            (Type::Json, json!({"a": [1]}), json!({"a": [1]})),
            (Type::Numeric, json!("-12.50"), json!("-12.50")),
            (Type::Numeric, json!(123_456_789_012.34), json!("123456789012.34")),
            (Type::Numeric, json!(1e20), json!("100000000000000000000")),
            (Type::Timestamp, json!("2026-11-22T12:00:00.5+01:00"), json!("2026-11-22 11:00:00.500000")),
            (Type::Date, json!("2026-11-22"), json!("2026-11-22")),
            (Type::Datetime, json!("2026-11-22T01:02:03"), json!("2026-11-22 01:02:03.000000")),
            (Type::Time, json!("01:02:03"), json!("01:02:03.000000")),
            (Type::String, json!(null), json!(null)),
        ] {
            assert_eq!(convert(&ty, value), Ok(expected), "{ty}");
        }
    }

    #[test]
    fn what_does_not_fit_is_handed_back() {
        for (ty, value) in [
            (Type::Int64, json!(5.5)),
            (Type::Int64, json!("5")),
            (Type::Int64, json!(u64::MAX)),
            (Type::Int64, json!(9_223_372_036_854_775_808.0)),
            (Type::Int64, json!(1e300)),
            (Type::Float64, json!("1")),
            (Type::Bool, json!(1)),
            (Type::String, json!(5)),
            (Type::String, json!([])),
            (Type::Numeric, json!("1e5")),
            (Type::Numeric, json!("-")),
            (Type::Numeric, json!(1e35)),
            (Type::Numeric, json!("123456789012345678901234567890")),
            (Type::Numeric, json!("0.1234567891")),
            (Type::Timestamp, json!(1_700_000_000)),
            (Type::Timestamp, json!("-000044-03-15T00:00:00Z")),
            (Type::Date, json!("2026-02-30")),
        ] {
            assert_eq!(convert(&ty, value.clone()), Err(value), "{ty}");
        }
    }

    #[test]
    fn values_of_maps_become_texts_where_texts_are_declared() {
        let text = |value: Json| convert_in_map(&Type::String, value);
        assert_eq!(text(json!(5)), Ok(json!("5")));
        assert_eq!(text(json!(true)), Ok(json!("true")));
        assert_eq!(text(json!("x")), Ok(json!("x")));
        assert!(text(json!([1])).is_err());
        assert!(convert_in_map(&Type::Int64, json!("5")).is_err());
    }
}
