//! Whole numbers without a sign and without a bound, as schools teach them. It knows nothing of decimals.

use std::cmp::Ordering;

use crate::value::U256;

/// Digits of 32 bits, the lowest first, no zero at the top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Natural(Vec<u32>);

const BITS: usize = 32;

impl Natural {
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub fn power_of_two(bit: usize) -> Self {
        Self::from(1_u32).shifted_left(bit)
    }

    /// Ten to a power.
    #[cfg(test)]
    pub fn power_of_ten(power: u32) -> Self {
        Self::from(10_u32).power(power)
    }

    /// How many bits it has.
    pub fn bits(&self) -> usize {
        self.0.last().map_or(0, |top| self.0.len() * BITS - top.leading_zeros() as usize)
    }

    pub fn plus(&self, other: &Self) -> Self {
        let mut digits = Vec::with_capacity(self.0.len().max(other.0.len()) + 1);
        let mut carry = 0_u64;
        for place in 0..self.0.len().max(other.0.len()) {
            carry += u64::from(self.digit(place)) + u64::from(other.digit(place));
            digits.push(carry as u32);
            carry >>= BITS;
        }
        digits.push(carry as u32);
        Self::of(digits)
    }

    /// The distance to another one.
    pub fn distance(&self, other: &Self) -> Self {
        let (large, small) = if self < other { (other, self) } else { (self, other) };
        let mut borrow = 0_i64;
        let digits = (0..large.0.len()).map(|place| {
            let rest = i64::from(large.digit(place)) - i64::from(small.digit(place)) + borrow;
            borrow = rest >> BITS;
            rest as u32
        });
        Self::of(digits.collect())
    }

    pub fn times(&self, other: &Self) -> Self {
        let mut digits = vec![0_u32; self.0.len() + other.0.len()];
        for (at, left) in self.0.iter().enumerate() {
            let mut carry = 0_u64;
            for (place, digit) in digits[at..].iter_mut().enumerate() {
                carry += u64::from(*digit) + u64::from(*left) * u64::from(other.digit(place));
                *digit = carry as u32;
                carry >>= BITS;
            }
        }
        Self::of(digits)
    }

    pub fn power(&self, power: u32) -> Self {
        let (mut result, mut square, mut left) = (Self::from(1_u32), self.clone(), power);
        while left > 0 {
            if left & 1 == 1 {
                result = result.times(&square);
            }
            left >>= 1;
            if left > 0 {
                square = square.times(&square);
            }
        }
        result
    }

    pub fn shifted_left(&self, by: usize) -> Self {
        let (whole, bits) = (by / BITS, by % BITS);
        let mut digits = vec![0; whole];
        let mut carry = 0_u64;
        for digit in &self.0 {
            carry |= u64::from(*digit) << bits;
            digits.push(carry as u32);
            carry >>= BITS;
        }
        digits.push(carry as u32);
        Self::of(digits)
    }

    pub fn shifted_right(&self, by: usize) -> Self {
        let (whole, bits) = (by / BITS, by % BITS);
        let pair = |place: usize| u64::from(self.digit(place)) | (u64::from(self.digit(place + 1)) << BITS);
        Self::of((whole..self.0.len()).map(|place| (pair(place) >> bits) as u32).collect())
    }

    /// Divided by a small number; what is left over is dropped.
    pub fn over_small(&self, divisor: u32) -> Self {
        let mut rest = 0_u64;
        let mut digits: Vec<u32> = self
            .0
            .iter()
            .rev()
            .map(|digit| {
                rest = (rest << BITS) | u64::from(*digit);
                let quotient = rest.checked_div(u64::from(divisor)).unwrap_or_default();
                rest -= quotient * u64::from(divisor);
                quotient as u32
            })
            .collect();
        digits.reverse();
        Self::of(digits)
    }

    /// The quotient and what is left over; none for the divisor 0.
    pub fn divided(&self, divisor: &Self) -> Option<(Self, Self)> {
        if divisor.is_zero() {
            return None;
        }
        let (mut quotient, mut rest) = (vec![0_u32; self.0.len()], Self::default());
        for bit in (0..self.bits()).rev() {
            rest = rest.shifted_left(1);
            if self.digit(bit / BITS) >> (bit % BITS) & 1 == 1 {
                rest = rest.plus(&Self::from(1_u32));
            }
            if rest >= *divisor {
                rest = rest.distance(divisor);
                quotient[bit / BITS] |= 1 << (bit % BITS);
            }
        }
        Some((Self::of(quotient), rest))
    }

    /// The quotient, half rounded up; none for the divisor 0.
    pub fn rounded(&self, divisor: &Self) -> Option<Self> {
        let (quotient, rest) = self.divided(divisor)?;
        let goes_up = rest.shifted_left(1) >= *divisor;
        Some(if goes_up { quotient.plus(&Self::from(1_u32)) } else { quotient })
    }

    /// The cube root, rounded.
    pub fn cube_root(&self) -> Self {
        let mut root = Self::default();
        for bit in (0..=self.bits() / 3).rev() {
            let tried = root.plus(&Self::power_of_two(bit));
            if tried.power(3) <= *self {
                root = tried;
            }
        }
        // 8 (root + 1/2)³ is (2 root + 1)³.
        let one = Self::from(1_u32);
        let goes_up = root.shifted_left(1).plus(&one).power(3) <= self.shifted_left(3);
        if goes_up { root.plus(&one) } else { root }
    }

    /// None where it has more than 256 bits.
    pub fn to_u256(&self) -> Option<U256> {
        let fits = self.bits() <= 256;
        fits.then(|| self.0.iter().rev().fold(U256::ZERO, |all, digit| (all << 32) | U256::from(*digit)))
    }

    fn digit(&self, place: usize) -> u32 {
        self.0.get(place).copied().unwrap_or_default()
    }

    fn of(mut digits: Vec<u32>) -> Self {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self(digits)
    }
}

impl From<u32> for Natural {
    fn from(number: u32) -> Self {
        Self::of(vec![number])
    }
}

impl From<U256> for Natural {
    fn from(number: U256) -> Self {
        Self::of((0..8_u32).map(|place| (number >> (32 * place)).as_u32()).collect())
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_multiplied_is_divided_again() {
        let (left, right) = (Natural::power_of_ten(60), Natural::power_of_ten(41).plus(&7_u32.into()));
        let product = left.times(&right).plus(&5_u32.into());
        assert_eq!(product.divided(&right), Some((left.clone(), 5_u32.into())));
        assert_eq!(product.divided(&Natural::default()), None);
        assert_eq!(product.distance(&5_u32.into()), left.times(&right));
        assert_eq!(Natural::power_of_ten(20).over_small(10), Natural::power_of_ten(19));
    }

    #[test]
    fn cube_roots_are_rounded() {
        assert_eq!(Natural::power_of_ten(57).cube_root(), Natural::power_of_ten(19));
        for (number, root) in [(0_u32, 0_u32), (1, 1), (3, 1), (4, 2), (26, 3), (27, 3)] {
            assert_eq!(Natural::from(number).cube_root(), root.into(), "{number}");
        }
    }

    #[test]
    fn halves_are_rounded_up() {
        let of = |number: u32, divisor: u32| Natural::from(number).rounded(&divisor.into());
        assert_eq!(of(5, 2), Some(3_u32.into()));
        assert_eq!(of(7, 3), Some(2_u32.into()));
        assert_eq!(of(8, 3), Some(3_u32.into()));
        assert_eq!(of(1, 0), None);
    }

    #[test]
    fn bits_are_shifted_over_digits() {
        let one = Natural::power_of_two(200);
        assert_eq!(one.bits(), 201);
        assert_eq!(one.shifted_right(199), 2_u32.into());
        assert_eq!(one.shifted_right(201), Natural::default());
        assert_eq!(Natural::from(U256::MAX).to_u256(), Some(U256::MAX));
        assert_eq!(Natural::power_of_two(256).to_u256(), None);
    }
}
