//! NUMERIC and BIGNUMERIC as text.

use ethnum::I256;

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
}
