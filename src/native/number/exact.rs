//! The two exact decimals, NUMERIC and BIGNUMERIC, as whole numbers of their smallest unit. What has no room in its type is an
//! error; what has more digits is rounded half away from zero. Data types, "Decimal types".

use super::wide;
use crate::value::{BIGNUMERIC_SCALE, I256, MOST_NUMERIC, NUMERIC_SCALE, U256, Value};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    Numeric,
    BigNumeric,
}

/// What becomes of the digits that are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    HalfAway,
    HalfEven,
    Cut,
    Down,
    Up,
}

/// A decimal and which it is; none for other values.
pub fn decimal(value: &Value) -> Option<(Exact, I256)> {
    match value {
        Value::Numeric(units) => Some((Exact::Numeric, I256::from(*units))),
        Value::BigNumeric(units) => Some((Exact::BigNumeric, *units)),
        _ => None,
    }
}

/// Two decimals of one type.
pub fn pair(arguments: &[Value]) -> Option<(Exact, I256, I256)> {
    let [left, right] = arguments else { return None };
    let ((kind, left), (other, right)) = (decimal(left)?, decimal(right)?);
    (kind == other).then_some((kind, left, right))
}

impl Exact {
    pub fn scale(self) -> u32 {
        match self {
            Exact::Numeric => NUMERIC_SCALE as u32,
            Exact::BigNumeric => BIGNUMERIC_SCALE as u32,
        }
    }

    /// The units of 1.
    pub fn one(self) -> I256 {
        I256::from(10).pow(self.scale())
    }

    pub fn name(self) -> &'static str {
        match self {
            Exact::Numeric => "NUMERIC",
            Exact::BigNumeric => "BIGNUMERIC",
        }
    }

    /// The value of so many units, or that there is no room for them.
    pub fn value<'a>(self, units: Option<I256>) -> Result<Value<'a>, String> {
        let value = match self {
            Exact::BigNumeric => units.map(Value::BigNumeric),
            Exact::Numeric => units
                .and_then(|units| i128::try_from(units).ok())
                .filter(|units| units.unsigned_abs() <= MOST_NUMERIC.unsigned_abs())
                .map(Value::Numeric),
        };
        value.ok_or_else(|| format!("{} overflow", self.name()))
    }

    pub fn times(self, left: I256, right: I256) -> Option<I256> {
        let size = wide::rounded(left.unsigned_abs(), right.unsigned_abs(), self.one().as_u256())?;
        signed((left < 0) != (right < 0), size)
    }

    /// None where it overflows or the divisor is 0.
    pub fn over(self, left: I256, right: I256) -> Option<I256> {
        let size = wide::rounded(left.unsigned_abs(), self.one().as_u256(), right.unsigned_abs())?;
        signed((left < 0) != (right < 0), size)
    }

    /// Rounded to so many digits behind the point, which may be negative.
    pub fn rounded(self, units: I256, digits: i64, rounding: Rounding) -> Option<I256> {
        match u32::try_from(i64::from(self.scale()).saturating_sub(digits)) {
            Ok(dropped) => without_digits(units, dropped, rounding),
            Err(_) if digits < 0 => without_digits(units, u32::MAX, rounding),
            Err(_) => Some(units),
        }
    }
}

/// A number with its sign; none where there is no room for it.
pub fn signed(is_negative: bool, size: U256) -> Option<I256> {
    if size <= I256::MAX.as_u256() {
        let size = size.as_i256();
        return Some(if is_negative { -size } else { size });
    }
    (is_negative && size == I256::MIN.unsigned_abs()).then_some(I256::MIN)
}

/// As many of the last digits are made zeros.
fn without_digits(units: I256, dropped: u32, rounding: Rounding) -> Option<I256> {
    let size = units.unsigned_abs();
    // 10^77 is the largest power of ten in 256 bits, and 10^78 is more than twice of any number in them.
    let (kept, rest, unit) = match dropped {
        0..=77 => {
            let unit = U256::from(10_u8).pow(dropped);
            (size / unit, size % unit, Some(unit))
        }
        _ => (U256::ZERO, size, None),
    };
    // A half is told from what is more or less without the double, which may have no room.
    let half = unit.map(|unit| rest.cmp(&(unit - rest)));
    let is_odd = kept & U256::ONE == U256::ONE;
    let goes_up = rest != U256::ZERO
        && match rounding {
            Rounding::HalfAway => half.is_some_and(|half| half.is_ge()),
            Rounding::HalfEven => half.is_some_and(|half| half.is_gt() || (half.is_eq() && is_odd)),
            Rounding::Cut => false,
            Rounding::Down => units < 0,
            Rounding::Up => units > 0,
        };
    let kept = if goes_up { kept + U256::ONE } else { kept };
    if kept == U256::ZERO {
        return Some(I256::ZERO);
    }
    signed(units < 0, unit?.checked_mul(kept)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_and_quotients_are_rounded_half_away_from_zero() {
        let numeric = Exact::Numeric;
        let of = |units: i128| I256::from(units);
        assert_eq!(numeric.times(of(1_500_000_000), of(-3)), Some(of(-5)));
        assert_eq!(numeric.over(of(2_000_000_000), of(3_000_000_000)), Some(of(666_666_667)));
        assert_eq!(numeric.over(of(1), I256::ZERO), None);
        let big = Exact::BigNumeric;
        assert_eq!(big.times(I256::MAX, big.one()), Some(I256::MAX));
        assert_eq!(big.times(I256::MIN, big.one()), Some(I256::MIN));
        assert_eq!(big.times(I256::MIN, -big.one()), None);
    }

    #[test]
    fn digits_are_dropped_as_asked() {
        let round = |units: i128, digits, rounding| {
            Exact::Numeric.rounded(I256::from(units), digits, rounding).unwrap().as_i128()
        };
        assert_eq!(round(-2_500_000_000, 0, Rounding::HalfAway), -3_000_000_000);
        assert_eq!(round(-2_500_000_000, 0, Rounding::HalfEven), -2_000_000_000);
        assert_eq!(round(-2_500_000_000, 0, Rounding::Cut), -2_000_000_000);
        assert_eq!(round(-2_500_000_000, 0, Rounding::Down), -3_000_000_000);
        assert_eq!(round(2_000_000_001, 0, Rounding::Up), 3_000_000_000);
        assert_eq!(round(50_000_000_000, -2, Rounding::HalfAway), 100_000_000_000);
        assert_eq!(round(49_000_000_000, -2, Rounding::HalfAway), 0);
        assert_eq!(round(1, 9, Rounding::HalfAway), 1);
        assert_eq!(round(1, i64::MAX, Rounding::HalfAway), 1);
        assert_eq!(round(MOST_NUMERIC, i64::MIN, Rounding::HalfAway), 0);
    }
}
