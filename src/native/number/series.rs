//! The logarithm and the exponential as binary fractions, with more bits than the digits that are kept need. The series are the
//! usual ones of the inverse hyperbolic tangent and of the exponential. It knows no type of GoogleSQL's.

use super::natural::Natural;

/// A number in units of the last bit behind the point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fraction {
    pub is_negative: bool,
    pub size: Natural,
}

impl Fraction {
    fn plus(&self, other: &Self) -> Self {
        if self.is_negative == other.is_negative {
            return Self { size: self.size.plus(&other.size), ..*self };
        }
        let larger = if self.size >= other.size { self } else { other };
        Self { is_negative: larger.is_negative, size: self.size.distance(&other.size) }
    }
}

/// How many bits stand behind the point, and how many of them may be wrong.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    bits: usize,
    loose: usize,
}

/// More bits before the point than any result has.
const MOST_TWOS: usize = 600;

impl Series {
    /// For results of 38 digits.
    pub const SHORT: Self = Self { bits: 192, loose: 40 };
    /// For results of 77 digits, of exponents of as many.
    pub const LONG: Self = Self { bits: 512, loose: 192 };

    pub fn one(self) -> Natural {
        Natural::power_of_two(self.bits)
    }

    /// The logarithm of `number / unit`; none where either is 0.
    pub fn ln(self, number: &Natural, unit: &Natural) -> Option<Fraction> {
        if number.is_zero() {
            return None;
        }
        // What is left without the powers of two lies between 1/2 and 2.
        let (above, below) = (number.bits(), unit.bits());
        let number = number.shifted_left(self.bits + below.saturating_sub(above));
        let (mantissa, _) = number.divided(&unit.shifted_left(above.saturating_sub(below)))?;
        let two = self.near(&self.one().shifted_left(1))?;
        let twos = Natural::from(above.abs_diff(below) as u32);
        let twos = Fraction { is_negative: above < below, size: two.size.times(&twos) };
        Some(self.near(&mantissa)?.plus(&twos))
    }

    /// The logarithm of a number near 1, by `2 artanh((x - 1) / (x + 1))`.
    fn near(self, number: &Natural) -> Option<Fraction> {
        let one = self.one();
        let distance = number.distance(&one).shifted_left(self.bits);
        let (ratio, _) = distance.divided(&number.plus(&one))?;
        let square = self.times(&ratio, &ratio);
        let (mut power, mut sum, mut odd) = (ratio, Natural::default(), 1_u32);
        while !power.is_zero() {
            sum = sum.plus(&power.over_small(odd));
            power = self.times(&power, &square);
            odd += 2;
        }
        Some(Fraction { is_negative: *number < one, size: sum.shifted_left(1) })
    }

    /// `unit * e^exponent`, rounded; none where that is larger than any decimal.
    pub fn exp(self, exponent: &Fraction, unit: &Natural) -> Option<Natural> {
        let two = self.near(&self.one().shifted_left(1))?.size;
        let (mut twos, mut rest) = exponent.size.divided(&two)?;
        if exponent.is_negative && !rest.is_zero() {
            twos = twos.plus(&1_u32.into());
            rest = two.distance(&rest);
        }
        let twos = twos.to_u256().and_then(|twos| usize::try_from(twos).ok());
        let twos = twos.filter(|twos| *twos < MOST_TWOS);
        let (mut power, mut sum, mut count) = (self.one(), Natural::default(), 0_u32);
        while !power.is_zero() {
            sum = sum.plus(&power);
            count += 1;
            power = self.times(&power, &rest).over_small(count);
        }
        // What is a half but for the last bits is a half.
        let product = sum.plus(&Natural::power_of_two(self.loose)).times(unit);
        let behind = match (twos, exponent.is_negative) {
            (Some(twos), true) => self.bits + twos,
            (None, true) => return Some(Natural::default()),
            (Some(twos), false) if twos < self.bits => self.bits - twos,
            _ => return None,
        };
        Some(product.plus(&Natural::power_of_two(behind - 1)).shifted_right(behind))
    }

    /// A product of two numbers of these units.
    pub fn times(self, left: &Natural, right: &Natural) -> Natural {
        left.times(right).shifted_right(self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(number: &Natural) -> String {
        number.to_u256().unwrap().to_string()
    }

    #[test]
    fn known_constants_have_their_digits() {
        for (series, places) in [(Series::SHORT, 40), (Series::LONG, 74)] {
            let scale = Natural::power_of_ten(places);
            // ln 10 = 2.30258509299404568401799145468436420760110148862877297603332790096757260967735248…
            let ten = series.ln(&10_u32.into(), &1_u32.into()).unwrap();
            let expected = "230258509299404568401799145468436420760110148862877297603332790096757260967";
            let places = places as usize;
            assert_eq!(digits(&series.times(&ten.size, &scale)), expected[..=places]);
            // e = 2.71828182845904523536028747135266249775724709369995957496696762772407663035354759…
            let one = Fraction { is_negative: false, size: series.one() };
            let e = series.exp(&one, &scale.shifted_left(3)).unwrap().shifted_right(3);
            let expected = "271828182845904523536028747135266249775724709369995957496696762772407663035";
            assert_eq!(digits(&e), expected[..=places]);
        }
    }

    #[test]
    fn small_and_large_numbers_have_logarithms_and_powers() {
        let series = Series::SHORT;
        let (one, billion) = (Natural::from(1_u32), Natural::power_of_ten(9));
        let small = series.ln(&one, &billion).unwrap();
        let large = series.ln(&billion, &one).unwrap();
        assert!(small.is_negative && !large.is_negative);
        assert_eq!(series.exp(&large, &one), Some(billion.clone()));
        assert_eq!(series.exp(&small, &billion), Some(one.clone()));
        assert_eq!(series.ln(&one, &one), Some(Fraction { is_negative: false, size: Natural::default() }));
        let far = Fraction { is_negative: true, size: series.one().shifted_left(40) };
        assert_eq!(series.exp(&far, &billion), Some(Natural::default()));
        assert_eq!(series.exp(&Fraction { is_negative: false, ..far }, &billion), None);
        assert_eq!(series.ln(&Natural::default(), &one), None);
    }
}
