//! ABS, SIGN and what rounds. Mathematical functions, "ABS", "CEIL", "FLOOR", "ROUND", "SIGN", "TRUNC".

use super::exact::{Exact, Rounding, decimal};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("abs", abs),
    strict("sign", sign),
    strict("ceil", |arguments| whole(arguments, Rounding::Up)),
    strict("floor", |arguments| whole(arguments, Rounding::Down)),
    strict("round", |arguments| to_digits(arguments, Rounding::HalfAway)),
    strict("trunc", |arguments| to_digits(arguments, Rounding::Cut)),
];

fn abs<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::BigNumeric(units)] => Exact::BigNumeric.value(units.checked_abs()),
        [Value::Numeric(units)] => Ok(Value::Numeric(units.abs())),
        _ => Err(unexpected(arguments)),
    }
}

fn sign<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Float64(number)] if number.is_nan() || *number == 0.0 => Ok(Value::Float64(*number)),
        [Value::Float64(number)] => Ok(Value::Float64(number.signum())),
        [number] => {
            let (kind, units) = decimal(number).ok_or_else(|| unexpected(arguments))?;
            kind.value(Some(units.signum() * kind.one()))
        }
        _ => Err(unexpected(arguments)),
    }
}

fn whole<'a>(arguments: &[Value<'a>], rounding: Rounding) -> Result<Value<'a>, String> {
    let [number] = arguments else { return Err(unexpected(arguments)) };
    let (kind, units) = decimal(number).ok_or_else(|| unexpected(arguments))?;
    kind.value(kind.rounded(units, 0, rounding))
}

/// ROUND and TRUNC: a number, how many digits behind the point, how halves are rounded.
fn to_digits<'a>(arguments: &[Value<'a>], rounding: Rounding) -> Result<Value<'a>, String> {
    let (number, digits, rounding) = match arguments {
        [number] => (number, 0, rounding),
        [number, Value::Int64(digits)] => (number, *digits, rounding),
        [number, Value::Int64(digits), Value::String(mode)] => (number, *digits, mode_of(mode)?),
        _ => return Err(unexpected(arguments)),
    };
    if let Value::Float64(number) = number {
        return float(*number, digits, rounding).map(Value::Float64);
    }
    let (kind, units) = decimal(number).ok_or_else(|| unexpected(arguments))?;
    kind.value(kind.rounded(units, digits, rounding))
}

fn mode_of(mode: &str) -> Result<Rounding, String> {
    match mode {
        "ROUND_HALF_AWAY_FROM_ZERO" => Ok(Rounding::HalfAway),
        "ROUND_HALF_EVEN" => Ok(Rounding::HalfEven),
        _ => {
            Err(format!("`{mode}` is no rounding mode: ROUND_HALF_AWAY_FROM_ZERO or ROUND_HALF_EVEN is one"))
        }
    }
}

fn float(number: f64, digits: i64, rounding: Rounding) -> Result<f64, String> {
    let cut = |number: f64| if rounding == Rounding::Cut { number.trunc() } else { number.round() };
    // Parsed, since powers of ten that are multiplied up are not the nearest.
    let ten = |power: u64| format!("1e{power}").parse::<f64>().unwrap_or(f64::INFINITY);
    if !number.is_finite() || digits == 0 {
        return Ok(if number.is_finite() { cut(number) } else { number });
    }
    // So large a float has no fraction.
    if digits > 0 && number.abs() >= 4_503_599_627_370_496.0 {
        return Ok(number);
    }
    if digits > 0 {
        let scaled = number * ten(digits.unsigned_abs());
        return Ok(if scaled.is_finite() { cut(scaled) / ten(digits.unsigned_abs()) } else { number });
    }
    let unit = ten(digits.unsigned_abs());
    let kept = cut(number / unit);
    let rounded = if kept == 0.0 { kept } else { kept * unit };
    if rounded.is_finite() {
        return Ok(rounded);
    }
    Err(format!("FLOAT64 overflow: {} rounded to {digits} digits", crate::value::float_text(number)))
}
