//! Roots, powers and logarithms of decimals, which are decimals again.
//! Mathematical functions, "CBRT", "EXP", "LN", "LOG", "LOG10", "POW", "SQRT".

use super::exact::{Exact, decimal, pair, signed};
use super::natural::Natural;
use super::series::{Fraction, Series};
use super::wide;
use crate::native::{Native, strict, unexpected};
use crate::value::{I256, Value, text};

pub const ROWS: &[Native] = &[
    strict("decimal_sqrt", sqrt),
    strict("decimal_cbrt", cbrt),
    strict("decimal_exp", exp),
    strict("decimal_ln", ln),
    strict("decimal_log", log),
    strict("decimal_log10", log10),
    strict("decimal_pow", pow),
];

/// Powers of so many bits are multiplied out, longer ones are taken by their logarithms.
const MULTIPLIED: u64 = 2048;

impl Exact {
    /// The series that have more digits than the type.
    fn series(self) -> Series {
        match self {
            Exact::Numeric => Series::SHORT,
            Exact::BigNumeric => Series::LONG,
        }
    }

    fn unit(self) -> Natural {
        Natural::from(self.one().as_u256())
    }

    /// The value of so many units, where they are there and have room.
    fn made<'a>(self, is_negative: bool, size: Option<Natural>) -> Result<Value<'a>, String> {
        self.value(size.and_then(|size| size.to_u256()).and_then(|size| signed(is_negative, size)))
    }

    /// A number of a series' units.
    fn fraction(self, units: I256) -> Fraction {
        let whole = Natural::from(units.unsigned_abs()).times(&self.series().one());
        let size = whole.divided(&self.unit()).map(|(size, _)| size).unwrap_or_default();
        Fraction { is_negative: units < 0, size }
    }
}

fn one_of(arguments: &[Value], place: usize) -> Result<(Exact, I256), String> {
    arguments.get(place).and_then(decimal).ok_or_else(|| unexpected(arguments))
}

fn sqrt<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, units) = one_of(arguments, 0)?;
    if units < 0 {
        return Err(format!("SQRT has no value for {}", text(&arguments[0])));
    }
    kind.value(signed(false, wide::square_root(units.as_u256(), kind.one().as_u256())))
}

fn cbrt<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, units) = one_of(arguments, 0)?;
    let cube = Natural::from(units.unsigned_abs()).times(&kind.unit()).times(&kind.unit());
    kind.made(units < 0, Some(cube.cube_root()))
}

/// The logarithm of a positive decimal.
fn logarithm(kind: Exact, units: I256, name: &str) -> Result<Fraction, String> {
    let logarithm = match units > 0 {
        true => kind.series().ln(&Natural::from(units.as_u256()), &kind.unit()),
        false => None,
    };
    logarithm.ok_or_else(|| format!("{name} has no value for a number that is not above 0"))
}

/// A quotient of two fractions.
fn quotient<'a>(kind: Exact, left: &Fraction, right: &Fraction) -> Result<Value<'a>, String> {
    let size = left.size.times(&kind.unit()).rounded(&right.size);
    kind.made(left.is_negative != right.is_negative, size)
}

fn ln<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, units) = one_of(arguments, 0)?;
    let one = Fraction { is_negative: false, size: kind.series().one() };
    quotient(kind, &logarithm(kind, units, "LN")?, &one)
}

fn log10<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, units) = one_of(arguments, 0)?;
    quotient(kind, &logarithm(kind, units, "LOG10")?, &logarithm(kind, kind.one() * 10, "LOG10")?)
}

fn log<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, units, base) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
    let (number, base) = (logarithm(kind, units, "LOG")?, logarithm(kind, base, "LOG")?);
    if base.size.is_zero() {
        return Err("LOG has no value to the base 1".to_owned());
    }
    quotient(kind, &number, &base)
}

fn exp<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, units) = one_of(arguments, 0)?;
    kind.made(false, kind.series().exp(&kind.fraction(units), &kind.unit()))
}

fn pow<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (kind, base, exponent) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
    let one = kind.one();
    let is_whole = exponent % one == 0;
    let is_odd = is_whole && (exponent / one) % 2 != 0;
    if exponent == 0 || base == one {
        return kind.value(Some(one));
    }
    if base == 0 && exponent > 0 {
        return kind.value(Some(I256::ZERO));
    }
    if base == 0 || (base < 0 && !is_whole) {
        return Err(format!(
            "POW has no value for {} to the power of {}",
            text(&arguments[0]),
            text(&arguments[1])
        ));
    }
    let size = Natural::from(base.unsigned_abs());
    let times = u32::try_from((exponent / one).unsigned_abs()).ok().filter(|_| is_whole);
    let times = times.filter(|times| u64::from(*times) * size.bits() as u64 <= MULTIPLIED);
    let result = match times {
        Some(times) => multiplied(kind, &size, times, exponent < 0),
        None => {
            let logarithm = logarithm(kind, base.abs(), "POW")?;
            let scaled = logarithm.size.times(&Natural::from(exponent.unsigned_abs()));
            let (size, _) = scaled.divided(&kind.unit()).unwrap_or_default();
            let is_negative = logarithm.is_negative != (exponent < 0);
            kind.series().exp(&Fraction { is_negative, size }, &kind.unit())
        }
    };
    kind.made(base < 0 && is_odd, result)
}

/// A number of units by itself so many times, or 1 by that, rounded.
fn multiplied(kind: Exact, units: &Natural, times: u32, inverse: bool) -> Option<Natural> {
    let power = units.power(times);
    match (inverse, times) {
        (true, _) => kind.unit().power(times + 1).rounded(&power),
        (false, 0) => Some(kind.unit()),
        (false, _) => power.rounded(&kind.unit().power(times - 1)),
    }
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
