//! Roots, powers and logarithms of decimals, which are decimals again: NUMERIC all, BIGNUMERIC its square root.
//! Mathematical functions, "CBRT", "EXP", "LN", "LOG", "LOG10", "POW", "SQRT".

use super::exact::{Exact, decimal, pair, signed};
use super::{series, wide};
use crate::native::{Native, strict, unexpected};
use crate::value::{I256, U256, Value, text};

pub const ROWS: &[Native] = &[
    strict("decimal_sqrt", sqrt),
    strict("decimal_cbrt", cbrt),
    strict("decimal_exp", exp),
    strict("decimal_ln", ln),
    strict("decimal_log", log),
    strict("decimal_log10", log10),
    strict("decimal_pow", pow),
];

fn sqrt<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [number] = arguments else { return Err(unexpected(arguments)) };
    let (kind, units) = decimal(number).ok_or_else(|| unexpected(arguments))?;
    if units < 0 {
        return Err(format!("SQRT has no value for {}", text(number)));
    }
    kind.value(signed(false, wide::square_root(units.as_u256(), kind.one().as_u256())))
}

fn cbrt<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let units = numeric(arguments.first(), arguments)?;
    let unit = Exact::Numeric.one().as_u256();
    Exact::Numeric.value(signed(units < 0, wide::cube_root(units.unsigned_abs() * unit * unit)))
}

/// The units of an argument that has to be a NUMERIC.
fn numeric(argument: Option<&Value>, arguments: &[Value]) -> Result<I256, String> {
    match argument {
        Some(Value::Numeric(units)) => Ok(I256::from(*units)),
        _ => Err(unexpected(arguments)),
    }
}

/// The logarithm of a positive NUMERIC in the series' units.
fn logarithm(units: I256, name: &str) -> Result<I256, String> {
    let logarithm =
        if units > 0 { series::ln(units.as_u256(), Exact::Numeric.one().as_u256()) } else { None };
    logarithm.ok_or_else(|| format!("{name} has no value for {}", text(&Value::Numeric(units.as_i128()))))
}

/// A quotient of two numbers as a NUMERIC.
fn quotient<'a>(left: I256, right: I256) -> Result<Value<'a>, String> {
    let size = wide::rounded(left.unsigned_abs(), Exact::Numeric.one().as_u256(), right.unsigned_abs());
    Exact::Numeric.value(size.and_then(|size| signed((left < 0) != (right < 0), size)))
}

fn ln<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let units = numeric(arguments.first(), arguments)?;
    quotient(logarithm(units, "LN")?, series::one().as_i256())
}

fn log10<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let units = numeric(arguments.first(), arguments)?;
    quotient(logarithm(units, "LOG10")?, logarithm(Exact::Numeric.one() * 10, "LOG10")?)
}

fn log<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (units, base) = (numeric(arguments.first(), arguments)?, numeric(arguments.get(1), arguments)?);
    let (number, base) = (logarithm(units, "LOG")?, logarithm(base, "LOG")?);
    if base == 0 {
        return Err("LOG has no value to the base 1".to_owned());
    }
    quotient(number, base)
}

/// `e` to a power in the series' units; none where it overflows.
fn exponential(exponent: I256) -> Option<U256> {
    series::exp(exponent, Exact::Numeric.one().as_u256())
}

fn exp<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let units = numeric(arguments.first(), arguments)?;
    let one = Exact::Numeric.one();
    // e^70 has more than 29 digits, and e^-70 none of the first nine.
    let nearest = units.clamp(one * -100, one * 100);
    let exponent = nearest * (series::one().as_i256() / one);
    Exact::Numeric.value(exponential(exponent).and_then(|size| signed(false, size)))
}

fn pow<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, base, exponent) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
    let one = kind.one();
    let shown = || format!("{} to the power of {}", text(&arguments[0]), text(&arguments[1]));
    if kind != Exact::Numeric {
        return Err(unexpected(arguments));
    }
    let is_whole = exponent % one == 0;
    let is_odd = is_whole && (exponent / one) % 2 != 0;
    if exponent == 0 || base == one {
        return kind.value(Some(one));
    }
    if base == 0 && exponent > 0 {
        return kind.value(Some(I256::ZERO));
    }
    if base == 0 || (base < 0 && !is_whole) {
        return Err(format!("POW has no value for {}", shown()));
    }
    let logarithm = logarithm(base.abs(), "POW")?;
    let scaled = wide::rounded(logarithm.unsigned_abs(), exponent.unsigned_abs(), one.as_u256());
    let is_small = (logarithm < 0) != (exponent < 0);
    let scaled = scaled.and_then(|scaled| signed(is_small, scaled));
    let size = match scaled {
        Some(scaled) => exponential(scaled),
        // Far beyond all bounds, of 0 or of the type.
        None if is_small => Some(U256::ZERO),
        None => None,
    };
    kind.value(size.and_then(|size| signed(base < 0 && is_odd, size)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_rounded_half_away_from_zero() {
        let numeric = |text: &str| Value::Numeric(crate::value::parse_numeric(text).unwrap());
        for (base, exponent, expected) in [
            ("2", "10", "1024"),
            ("-2", "3", "-8"),
            ("2", "-1", "0.5"),
            ("1.00005", "2", "1.000100003"),
            ("-1.00005", "2", "1.000100003"),
            ("10", "28", "10000000000000000000000000000"),
            ("10", "-10", "0"),
            ("0", "0", "1"),
            ("4", "0.5", "2"),
            ("0.000000001", "99999", "0"),
        ] {
            assert_eq!(pow(&[numeric(base), numeric(exponent)]), Ok(numeric(expected)), "{base} {exponent}");
        }
        for (base, exponent) in [("0", "-1"), ("-1", "0.5"), ("10", "29"), ("99999", "99999")] {
            assert!(pow(&[numeric(base), numeric(exponent)]).is_err(), "{base} {exponent}");
        }
    }
}
