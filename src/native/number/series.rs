//! The logarithm and the exponential with sixty digits behind the point, for decimals of which 38 are kept. The series are the
//! usual ones of the inverse hyperbolic tangent and of the exponential. It knows no type of GoogleSQL's.

use super::exact::signed;
use super::wide;
use crate::value::{I256, U256};

/// Digits behind the point.
const DIGITS: u32 = 60;

/// 1 in units of 10^-60.
pub fn one() -> U256 {
    U256::from(10_u8).pow(DIGITS)
}

/// The logarithm of `number / unit`, both positive, in units of 10^-60.
pub fn ln(number: U256, unit: U256) -> Option<I256> {
    let twos = bits(number) - bits(unit);
    // Between 1/2 and 2.
    let mantissa = match u32::try_from(twos) {
        Ok(twos) => wide::rounded(number, one(), unit.checked_mul(U256::ONE << twos)?)?,
        Err(_) => wide::rounded(number << twos.unsigned_abs(), one(), unit)?,
    };
    let two = ln_near(one().checked_mul(U256::from(2_u8))?)?;
    ln_near(mantissa)?.checked_add(two.checked_mul(I256::from(twos))?)
}

fn bits(number: U256) -> i32 {
    256 - number.leading_zeros() as i32
}

/// Of a number near 1, by `2 artanh((x - 1) / (x + 1))`.
fn ln_near(number: U256) -> Option<I256> {
    let is_negative = number < one();
    let distance = if is_negative { one() - number } else { number - one() };
    let ratio = wide::rounded(distance, one(), number + one())?;
    let square = wide::rounded(ratio, ratio, one())?;
    let (mut power, mut sum) = (ratio, U256::ZERO);
    let mut odd = 1_u32;
    while power != U256::ZERO {
        sum += power / U256::from(odd);
        power = wide::rounded(power, square, one())?;
        odd += 2;
    }
    signed(is_negative, sum.checked_mul(U256::from(2_u8))?)
}

/// `unit * e^exponent`, rounded, where the exponent is in units of 10^-60; none where that has no room.
pub fn exp(exponent: I256, unit: U256) -> Option<U256> {
    let two = ln_near(one().checked_mul(U256::from(2_u8))?)?;
    let twos = exponent.div_euclid(two);
    let rest = exponent.rem_euclid(two).as_u256();
    let (mut power, mut sum) = (one(), U256::ZERO);
    let mut count = 0_u32;
    while power != U256::ZERO {
        sum += power;
        count += 1;
        power = wide::rounded(power, rest, one())? / U256::from(count);
    }
    // What is a half but for the last digits of the series is a half.
    sum += U256::from(10_u8).pow(DIGITS - 46);
    match i32::try_from(twos).ok()? {
        twos @ 0..=120 => wide::rounded(sum, unit.checked_mul(U256::ONE << twos.unsigned_abs())?, one()),
        twos @ -50..0 => wide::rounded(sum, unit, one() << twos.unsigned_abs()),
        ..-50 => Some(U256::ZERO),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_constants_have_their_digits() {
        let ten = U256::from(10_u8);
        // ln 10 = 2.30258509299404568401799145468436420760110148862877297603332790…
        let digits = "2302585092994045684017991454684364207601101488628772976033";
        assert!(ln(ten, U256::ONE).unwrap().to_string().starts_with(digits));
        // e = 2.71828182845904523536028747135266249775724709369995957…
        let e = exp(one().as_i256(), ten.pow(38)).unwrap();
        assert_eq!(e.to_string(), "271828182845904523536028747135266249776");
        assert_eq!(ln(U256::ONE, U256::ONE), Some(I256::ZERO));
        assert_eq!(exp(I256::ZERO, ten), Some(ten));
    }
}
