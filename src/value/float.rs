//! FLOAT64 as text.

/// Digits that every text of so many keeps through a double, and those that every double needs at most.
const DIGITS: [usize; 2] = [15, 17];

/// The text of a FLOAT64, as `CAST(x AS STRING)` gives it: few digits where they give the number back.
/// Conversion rules, "CAST AS STRING".
pub fn float_text(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let [few, all] = DIGITS;
    let short = general(value, few);
    if short.parse() == Ok(value) { short } else { general(value, all) }
}

/// As C's `%.*g` writes it: no zeros at the end, and an exponent where the number is small or long.
pub fn general(value: f64, digits: usize) -> String {
    let digits = digits.max(1);
    if value == 0.0 {
        return if value.is_sign_negative() { "-0" } else { "0" }.to_owned();
    }
    let scientific = format!("{:.*e}", digits - 1, value);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if exponent < -4 || exponent >= digits as i32 {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", stripped(mantissa), exponent.abs());
    }
    let places = (digits as i32 - 1 - exponent).max(0) as usize;
    stripped(&format!("{value:.places$}")).to_owned()
}

fn stripped(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_digits_where_they_give_the_number_back() {
        for (value, expected) in [
            (0.0, "0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (100_000.0, "100000"),
            (1e15, "1e+15"),
            (123_456_789_012_345.0, "123456789012345"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(float_text(value), expected);
        }
    }
}
