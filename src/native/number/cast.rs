//! Casts between numbers and from texts to numbers and truths. Conversion functions, "CAST AS INT64", "CAST AS FLOAT64",
//! "CAST AS NUMERIC", "CAST AS BIGNUMERIC", "CAST AS BOOL".

use super::exact::{Exact, Rounding, decimal, signed};
use super::wide;
use crate::native::{Native, strict, unexpected};
use crate::value::{I256, U256, Value, float_text, parse_decimal, text};

pub const ROWS: &[Native] = &[
    strict("as_int64", as_int64),
    strict("as_float64", as_float64),
    strict("as_numeric", |arguments| as_decimal(arguments, Exact::Numeric)),
    strict("as_bignumeric", |arguments| as_decimal(arguments, Exact::BigNumeric)),
    strict("as_bool", as_bool),
    strict("within", within),
];

fn bad<'a>(value: &Value, ty: &str) -> Result<Value<'a>, String> {
    Err(match value {
        Value::String(text) => format!("bad value: {text}"),
        value => format!("{} is no {ty} or out of its range", text(value)),
    })
}

fn as_int64<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value] = arguments else { return Err(unexpected(arguments)) };
    let number = match value {
        Value::String(text) => whole(unpadded(text)),
        Value::BigNumeric(units) => Exact::BigNumeric
            .rounded(*units, 0, Rounding::HalfAway)
            .and_then(|units| i64::try_from(units / Exact::BigNumeric.one()).ok()),
        _ => return Err(unexpected(arguments)),
    };
    number.map_or_else(|| bad(value, "INT64"), |number| Ok(Value::Int64(number)))
}

/// A text without the spaces around it.
fn unpadded(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\u{b}', '\u{c}', '\r'])
}

/// Decimal digits, or hexadecimal ones behind `0x`, with a sign; no space.
fn whole(text: &str) -> Option<i64> {
    let (is_negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let (digits, radix) = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    if !digits.starts_with(|first: char| first.is_digit(radix)) {
        return None;
    }
    let size = i128::from(u64::from_str_radix(digits, radix).ok()?);
    i64::try_from(if is_negative { -size } else { size }).ok()
}

fn as_float64<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        // Parsed from its digits, so that it is the nearest.
        [number @ (Value::Numeric(_) | Value::BigNumeric(_))] => {
            text(number).parse().map(Value::Float64).map_err(|_| unexpected(arguments))
        }
        [value @ Value::String(text)] => {
            // Infinity has to be written, not to come of too large an exponent.
            let is_named = text.contains(['i', 'I', 'n', 'N']);
            match unpadded(text).parse::<f64>() {
                Ok(number) if is_named || number.is_finite() => Ok(Value::Float64(number)),
                _ => bad(value, "FLOAT64"),
            }
        }
        _ => Err(unexpected(arguments)),
    }
}

fn as_decimal<'a>(arguments: &[Value<'a>], kind: Exact) -> Result<Value<'a>, String> {
    let [value] = arguments else { return Err(unexpected(arguments)) };
    let units = match value {
        Value::Int64(number) => I256::from(*number).checked_mul(kind.one()),
        Value::Float64(number) => of_float(*number, kind),
        Value::String(text) => parse_decimal(text, kind.scale() as usize),
        _ => match decimal(value) {
            Some((from, units)) => between(units, from, kind),
            None => return Err(unexpected(arguments)),
        },
    };
    match kind.value(units) {
        Err(_) => bad(value, kind.name()),
        made => made,
    }
}

/// From one decimal to the other.
fn between(units: I256, from: Exact, to: Exact) -> Option<I256> {
    let apart = I256::from(10).pow(from.scale().abs_diff(to.scale()));
    match from.scale() > to.scale() {
        true => Some(from.rounded(units, i64::from(to.scale()), Rounding::HalfAway)? / apart),
        false => units.checked_mul(apart),
    }
}

/// All digits of a float are taken, which are more than those that it is written with.
fn of_float(number: f64, kind: Exact) -> Option<I256> {
    if !number.is_finite() {
        return None;
    }
    let bits = number.to_bits();
    let exponent = (bits >> 52) & 0x7ff;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, power) = match exponent {
        0 => (fraction, -1074),
        _ => (fraction | (1 << 52), exponent as i32 - 1075),
    };
    let (mantissa, one) = (U256::from(mantissa), kind.one().as_u256());
    let size = match power {
        0..=127 => wide::rounded(mantissa << power.unsigned_abs(), one, U256::ONE)?,
        -255..0 => wide::rounded(mantissa, one, U256::ONE << power.unsigned_abs())?,
        // Below half of a unit.
        ..-255 => U256::ZERO,
        _ if mantissa == U256::ZERO => U256::ZERO,
        _ => return None,
    };
    signed(number < 0.0, size)
}

fn as_bool<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [value @ Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    match text {
        text if text.eq_ignore_ascii_case("true") => Ok(Value::Bool(true)),
        text if text.eq_ignore_ascii_case("false") => Ok(Value::Bool(false)),
        _ => bad(value, "BOOL"),
    }
}

/// What the engine computed, if its type has room for it: `within(number, precision, scale)` as NUMERIC(p, s) says too.
fn within<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (value, precision, scale) = match arguments {
        [value] => (value, None, None),
        [value, Value::Int64(precision), Value::Int64(scale)] => (value, Some(*precision), Some(*scale)),
        _ => return Err(unexpected(arguments)),
    };
    if let Value::Float64(number) = value {
        return match number.is_finite() {
            true => Ok(Value::Float64(*number)),
            false => Err(format!("FLOAT64 overflow: {}", float_text(*number))),
        };
    }
    let (kind, units) = decimal(value).ok_or_else(|| unexpected(arguments))?;
    let (Some(precision), Some(scale)) = (precision, scale) else { return kind.value(Some(units)) };
    let rounded = kind.rounded(units, scale, Rounding::HalfAway);
    let digits = u32::try_from(i64::from(kind.scale()) - scale + precision).unwrap_or_default();
    let fits = |units: &I256| digits > 76 || units.unsigned_abs() < U256::from(10_u8).pow(digits);
    match rounded.filter(fits) {
        Some(units) => kind.value(Some(units)),
        None => Err(format!("{} has no room in {}({precision}, {scale})", text(value), kind.name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_whole_numbers() {
        for (text, expected) in [
            ("007", Some(7)),
            ("+12", Some(12)),
            ("-0x1f", Some(-31)),
            ("0X1F", Some(31)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("0x8000000000000000", None),
            ("", None),
            ("0x", None),
            ("+-1", None),
            (" 12", None),
            ("1.0", None),
            ("1_0", None),
        ] {
            assert_eq!(whole(text), expected, "{text}");
        }
    }

    #[test]
    fn floats_keep_all_their_digits() {
        let units = |number, kind| of_float(number, kind).map(|units| units.to_string());
        assert_eq!(units(0.5, Exact::Numeric).as_deref(), Some("500000000"));
        assert_eq!(units(-1.5e-9, Exact::Numeric).as_deref(), Some("-1"));
        assert_eq!(units(5e-324, Exact::BigNumeric).as_deref(), Some("0"));
        let tenth = Some("10000000000000000555111512312578270212");
        assert_eq!(units(0.1, Exact::BigNumeric).as_deref(), tenth);
        assert_eq!(units(1e300, Exact::BigNumeric), None);
        assert_eq!(units(f64::NAN, Exact::Numeric), None);
    }
}
