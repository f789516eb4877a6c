//! SUM and AVG of BIGNUMERIC. What comes together on the way may have no room in the type, as long as the result has.
//! Aggregate functions, "SUM" and "AVG".

use super::listed;
use crate::native::number::exact::{Exact, signed};
use crate::native::number::wide;
use crate::native::{Native, strict, unexpected};
use crate::value::{I256, U256, Value};

pub const ROWS: &[Native] = &[strict("bignumeric_sum", sum), strict("bignumeric_avg", average)];

/// A sum in two parts, each with room for 2^120 numbers: what stands above the lowest 128 bits, and these.
#[derive(Default)]
struct Sum {
    high: I256,
    low: I256,
    count: u64,
}

impl Sum {
    fn of(arguments: &[Value]) -> Result<Self, String> {
        let mut sum = Self::default();
        for value in listed(arguments)? {
            match value {
                Value::Null => {}
                Value::BigNumeric(units) => {
                    sum.high += *units >> 128;
                    sum.low += *units & I256::from(u128::MAX);
                    sum.count += 1;
                }
                _ => return Err(unexpected(arguments)),
            }
        }
        // The low part is brought below 2^128.
        sum.high += sum.low >> 128;
        sum.low &= I256::from(u128::MAX);
        Ok(sum)
    }

    fn total(&self) -> Option<I256> {
        let fits = self.high >= I256::from(i128::MIN) && self.high <= I256::from(i128::MAX);
        fits.then(|| (self.high << 128) | self.low)
    }
}

fn sum<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let sum = Sum::of(arguments)?;
    if sum.count == 0 {
        return Ok(Value::Null);
    }
    Exact::BigNumeric.value(sum.total())
}

fn average<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let sum = Sum::of(arguments)?;
    if sum.count == 0 {
        return Ok(Value::Null);
    }
    let count = I256::from(sum.count);
    // The parts are divided one after the other, as by hand.
    let (whole, rest) = (sum.high.div_euclid(count), sum.high.rem_euclid(count));
    let low: I256 = (rest << 128) | sum.low;
    let low = low.as_u256();
    let (quotient, left) = wide::divided(low, U256::ONE, count.as_u256()).ok_or("BIGNUMERIC overflow")?;
    let fits = whole >= I256::from(i128::MIN) && whole <= I256::from(i128::MAX);
    let high: Option<I256> = fits.then(|| whole << 128);
    let units = high.and_then(|high| high.checked_add(signed(false, quotient)?));
    // Of what is left over, half goes away from zero.
    let twice = left.checked_mul(U256::from(2_u8)).ok_or("BIGNUMERIC overflow")?;
    let goes_up = if sum.high < 0 { twice > count.as_u256() } else { twice >= count.as_u256() };
    Exact::BigNumeric.value(units.and_then(|units| units.checked_add(I256::from(i8::from(goes_up)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(units: &[I256]) -> [Value<'static>; 1] {
        [Value::Array(units.iter().map(|units| Value::BigNumeric(*units)).collect())]
    }

    #[test]
    fn sums_may_have_no_room_on_the_way() {
        let values = list(&[I256::MAX, I256::MAX, I256::MIN, I256::ONE]);
        assert_eq!(sum(&values), Ok(Value::BigNumeric(I256::MAX)));
        assert!(sum(&list(&[I256::MAX, I256::ONE])).is_err());
        assert_eq!(average(&list(&[I256::MAX, I256::MAX])), Ok(Value::BigNumeric(I256::MAX)));
        assert_eq!(average(&list(&[I256::MIN, I256::MIN])), Ok(Value::BigNumeric(I256::MIN)));
        assert_eq!(sum(&list(&[])), Ok(Value::Null));
    }

    #[test]
    fn averages_are_rounded_half_away_from_zero() {
        let of = |units: &[i128]| {
            let units: Vec<I256> = units.iter().map(|units| I256::from(*units)).collect();
            match average(&list(&units)) {
                Ok(Value::BigNumeric(units)) => units.as_i128(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(of(&[1, 2]), 2);
        assert_eq!(of(&[-1, -2]), -2);
        assert_eq!(of(&[1, 1, 2]), 1);
        assert_eq!(of(&[-1, -1, -2]), -1);
        assert_eq!(of(&[-1, -2, -2]), -2);
    }
}
