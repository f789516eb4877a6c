//! Products and roots that need more than 256 bits on the way. It knows whole numbers without a sign, nothing of decimals.

use crate::value::U256;

/// The 512 bits of a product: high and low.
fn product(left: U256, right: U256) -> (U256, U256) {
    let (left_high, left_low) = left.into_words();
    let (right_high, right_low) = right.into_words();
    let of = |one: u128, other: u128| U256::from(one) * U256::from(other);
    let (middle, middle_carry) = of(left_high, right_low).overflowing_add(of(left_low, right_high));
    let (low, low_carry) = of(left_low, right_low).overflowing_add(middle << 128);
    let carried = U256::from(u8::from(middle_carry)) << 128;
    (of(left_high, right_high) + (middle >> 128) + carried + U256::from(u8::from(low_carry)), low)
}

/// `left * right / divisor` and the remainder; none where that has more than 256 bits or the divisor is 0.
pub fn divided(left: U256, right: U256, divisor: U256) -> Option<(U256, U256)> {
    let (high, low) = product(left, right);
    if high >= divisor {
        return None;
    }
    if high == U256::ZERO {
        return Some((low / divisor, low % divisor));
    }
    let (mut quotient, mut rest) = (U256::ZERO, high);
    for bit in (0..256_u32).rev() {
        let carried = rest >> 255 == U256::ONE;
        rest = (rest << 1) | ((low >> bit) & U256::ONE);
        quotient <<= 1;
        if carried || rest >= divisor {
            rest = rest.wrapping_sub(divisor);
            quotient |= U256::ONE;
        }
    }
    Some((quotient, rest))
}

/// `left * right / divisor`, half rounded up.
pub fn rounded(left: U256, right: U256, divisor: U256) -> Option<U256> {
    let (quotient, rest) = divided(left, right, divisor)?;
    if rest >= divisor - rest { quotient.checked_add(U256::ONE) } else { Some(quotient) }
}

/// The root of `left * right`, rounded.
pub fn square_root(left: U256, right: U256) -> U256 {
    let wanted = product(left, right);
    let mut root = U256::ZERO;
    for bit in (0..256_u32).rev() {
        let tried = root | (U256::ONE << bit);
        if product(tried, tried) <= wanted {
            root = tried;
        }
    }
    // (root + 1/2)² is root * (root + 1) + 1/4.
    match root.checked_add(U256::ONE) {
        Some(next) if product(root, next) < wanted => next,
        _ => root,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ten(power: u32) -> U256 {
        U256::from(10_u8).pow(power)
    }

    #[test]
    fn products_of_more_than_256_bits_are_divided() {
        assert_eq!(divided(U256::MAX, U256::MAX, U256::MAX), Some((U256::MAX, U256::ZERO)));
        assert_eq!(divided(ten(76), ten(76), ten(76) - U256::ONE), Some((ten(76) + U256::ONE, U256::ONE)));
        assert_eq!(divided(ten(76), ten(76), ten(70)), None);
        assert_eq!(divided(U256::ONE, U256::ONE, U256::ZERO), None);
        assert_eq!(rounded(ten(60), U256::from(5_u8), ten(61)), Some(U256::ONE));
    }

    #[test]
    fn roots_are_rounded() {
        assert_eq!(square_root(ten(38), ten(38)), ten(38));
        assert_eq!(square_root(U256::from(6_u8), U256::ONE), U256::from(2_u8));
        assert_eq!(square_root(U256::from(7_u8), U256::ONE), U256::from(3_u8));
    }
}
