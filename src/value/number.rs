//! NUMERIC and BIGNUMERIC as text.

use ethnum::{I256, U256};

/// Digits behind the point of a NUMERIC.
pub const NUMERIC_SCALE: usize = 9;
/// Digits behind the point of a BIGNUMERIC.
pub const BIGNUMERIC_SCALE: usize = 38;

/// A decimal without zeros at its end: `1.5`, `100`, `-0.000000001`.
pub fn decimal_text(units: I256, scale: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", units.unsigned_abs().to_string(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// Largest NUMERIC in its units, 38 digits.
pub const MOST_NUMERIC: i128 = 99_999_999_999_999_999_999_999_999_999_999_999_999;

/// The units of a decimal as `CAST(text AS NUMERIC)` reads it: a sign, digits with a point, an exponent, space around.
/// Digits beyond the scale are rounded, half away from zero. None where it is no number or one that I256 cannot
/// hold. Conversion rules, "CAST AS NUMERIC".
pub fn parse_decimal(text: &str, scale: usize) -> Option<I256> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // How many of the digits stand before the last unit.
    let kept = whole.len() as i64 + i64::from(exponent) + scale as i64;
    let digits = digits.as_bytes();
    if kept < 0 || digits.iter().all(|digit| *digit == b'0') {
        return Some(I256::ZERO);
    }
    let ten = U256::from(10_u8);
    let mut units = U256::ZERO;
    for place in 0..kept {
        let digit =
            usize::try_from(place).ok().and_then(|place| digits.get(place)).map_or(0, |digit| digit - b'0');
        units = units.checked_mul(ten)?.checked_add(U256::from(digit))?;
    }
    let next = usize::try_from(kept).ok().and_then(|place| digits.get(place));
    if next.is_some_and(|digit| *digit >= b'5') {
        units = units.checked_add(U256::ONE)?;
    }
    match (negative, units) {
        (false, units) => I256::try_from(units).ok(),
        // One further from zero than the largest.
        (true, units) if units == I256::MIN.unsigned_abs() => Some(I256::MIN),
        (true, units) => I256::try_from(units).ok().map(|units| -units),
    }
}

/// The units of a NUMERIC in a text; none where it is no number or too large.
pub fn parse_numeric(text: &str) -> Option<i128> {
    let units = i128::try_from(parse_decimal(text, NUMERIC_SCALE)?).ok()?;
    (units.abs() <= MOST_NUMERIC).then_some(units)
}

/// A BIGNUMERIC as bytes that are ordered as the numbers are: big-endian, the sign turned over.
pub fn bytes_of_units(units: I256) -> [u8; 32] {
    let mut bytes = units.to_be_bytes();
    bytes[0] ^= 0x80;
    bytes
}

/// The BIGNUMERIC that [`bytes_of_units`] wrote; none where the bytes are not as many.
pub fn units_of_bytes(bytes: &[u8]) -> Option<I256> {
    let mut bytes: [u8; 32] = bytes.try_into().ok()?;
    bytes[0] ^= 0x80;
    Some(I256::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_at_the_end_are_left_out() {
        let text = |units: i128| decimal_text(I256::from(units), NUMERIC_SCALE);
        assert_eq!(text(0), "0");
        assert_eq!(text(1_500_000_000), "1.5");
        assert_eq!(text(-1), "-0.000000001");
        assert_eq!(text(100_000_000_000), "100");
    }

    #[test]
    fn bytes_are_in_the_order_of_their_numbers() {
        let ordered = [I256::MIN, I256::from(-1), I256::ZERO, I256::ONE, I256::MAX];
        for pair in ordered.windows(2) {
            assert!(bytes_of_units(pair[0]) < bytes_of_units(pair[1]));
        }
        for units in ordered {
            assert_eq!(units_of_bytes(&bytes_of_units(units)), Some(units));
        }
        assert_eq!(units_of_bytes(b"1.5"), None);
    }

    #[test]
    fn texts_are_read_and_rounded_half_away_from_zero() {
        for (text, units) in [
            ("0", 0),
            (" -1.5 ", -1_500_000_000),
            (".5", 500_000_000),
            ("1.", 1_000_000_000),
            ("1e-9", 1),
            ("5e-10", 1),
            ("-5e-10", -1),
            ("4.9e-10", 0),
            ("1e-400", 0),
            ("12E2", 1_200_000_000_000),
            ("99999999999999999999999999999.999999999", MOST_NUMERIC),
        ] {
            assert_eq!(parse_numeric(text), Some(units), "{text}");
        }
        for text in [
            "",
            ".",
            "x",
            "1x",
            "--1",
            "1e",
            "1e99999999999",
            "1e29",
            "99999999999999999999999999999.9999999995",
        ] {
            assert_eq!(parse_numeric(text), None, "{text}");
        }
    }
}
