//! Numbers of JSON. One that loses digits is told from one that does not by its decimal digits, not by arithmetic.

use std::cmp::Ordering;
use std::fmt;

use super::Wide;

/// Most digits before the point that a FLOAT64 is written with; larger ones get an exponent.
const MOST_DIGITS: i32 = 15;
/// Most zeros behind the point that a FLOAT64 is written with, and one more.
const MOST_ZEROS: i32 = 4;

#[derive(Clone, Copy, Debug)]
pub enum Number {
    Int64(i64),
    /// Beyond INT64.
    Uint64(u64),
    Float64(f64),
}

impl Number {
    /// A number in JSON's grammar.
    pub fn parse(text: &str, wide: Wide) -> Result<Self, String> {
        if !text.contains(['.', 'e', 'E']) {
            if let Ok(number) = text.parse() {
                return Ok(Number::Int64(number));
            }
            if let Ok(number) = text.parse() {
                return Ok(Number::Uint64(number));
            }
        }
        let number: f64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
        if number.is_infinite() {
            return Err(format!("the number {text} is too large"));
        }
        if wide == Wide::Exact && Decimal::of(text) != Decimal::of(&digits(number)) {
            return Err(format!(
                "the number {text} loses digits in JSON, which holds INT64, UINT64 and FLOAT64; PARSE_JSON with wide_number_mode => 'round' takes it"
            ));
        }
        Ok(Number::Float64(number))
    }

    pub fn as_f64(self) -> f64 {
        match self {
            Number::Int64(number) => number as f64,
            Number::Uint64(number) => number as f64,
            Number::Float64(number) => number,
        }
    }
}

/// Numbers are equal where they mean the same, whatever holds them.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Number::Int64(left), Number::Int64(right)) => left == right,
            (Number::Uint64(left), Number::Uint64(right)) => left == right,
            (Number::Float64(left), Number::Float64(right)) => left == right,
            (Number::Int64(_), Number::Uint64(_)) | (Number::Uint64(_), Number::Int64(_)) => false,
            (left, right) => left.as_f64().partial_cmp(&right.as_f64()) == Some(Ordering::Equal),
        }
    }
}

/// Floats have the fewest digits that give them back, and a point or an exponent.
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let number = match self {
            Number::Int64(number) => return write!(formatter, "{number}"),
            Number::Uint64(number) => return write!(formatter, "{number}"),
            Number::Float64(number) => *number,
        };
        let sign = if number.is_sign_negative() { "-" } else { "" };
        if number == 0.0 {
            return write!(formatter, "{sign}0.0");
        }
        let written = digits(number.abs());
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let digits: String = mantissa.chars().filter(|letter| *letter != '.').collect();
        // Where the point stands, counted from before the first digit.
        let point = exponent.parse::<i32>().unwrap_or_default() + 1;
        let length = digits.len() as i32;
        if length <= point && point <= MOST_DIGITS {
            write!(formatter, "{sign}{digits}{}.0", "0".repeat((point - length) as usize))
        } else if 0 < point && point <= MOST_DIGITS {
            let (whole, fraction) = digits.split_at(point as usize);
            write!(formatter, "{sign}{whole}.{fraction}")
        } else if -MOST_ZEROS < point && point <= 0 {
            write!(formatter, "{sign}0.{}{digits}", "0".repeat(-point as usize))
        } else {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            let exponent = point - 1;
            let direction = if exponent < 0 { '-' } else { '+' };
            write!(formatter, "{sign}{first}{dot}{rest}e{direction}{:02}", exponent.abs())
        }
    }
}

/// The fewest digits that give a float back, as `1.5e300`. A text that lies in the middle between two floats is none of
/// them, though reading it gives the even one: 1e23 is written 9.999999999999999e22.
fn digits(number: f64) -> String {
    /// Between these lie all middles that have few digits, and 128 bits hold them.
    const MIDDLES: std::ops::Range<f64> = 1e16..1e38;
    const MOST: usize = 17;
    let shortest = format!("{number:e}");
    let size = number.abs();
    let is_middle = |text: &str| {
        let near = |bits: u64| f64::from_bits(bits) as u128;
        let Some(written) = whole(text) else { return false };
        let (value, bits) = (size as u128, size.to_bits());
        let next = if written < value { near(bits - 1) } else { near(bits + 1) };
        written != value && written.checked_mul(2) == value.checked_add(next)
    };
    if !MIDDLES.contains(&size) || !is_middle(&shortest) {
        return shortest;
    }
    let mut longer = (0..MOST).map(|digits| format!("{number:.digits$e}"));
    longer.find(|text| text.parse() == Ok(number) && !is_middle(text)).unwrap_or(shortest)
}

/// The number of a text such as `-1.5e20`, its sign aside, where it is whole.
fn whole(text: &str) -> Option<u128> {
    let decimal = Decimal::of(text)?;
    let digits: u128 = String::from_utf8(decimal.digits).ok()?.parse().ok()?;
    digits.checked_mul(10_u128.checked_pow(u32::try_from(decimal.exponent).ok()?)?)
}

/// Sign, digits without zeros around them, and the power of ten of the last digit: the same for the same number.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// None where the exponent is beyond what any number needs.
    fn of(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut exponent = exponent.parse::<i64>().ok()?.checked_sub(fraction.len() as i64)?;
        let mut digits: Vec<u8> =
            whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0').collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
            exponent += 1;
        }
        if digits.is_empty() {
            exponent = 0;
        }
        Some(Self { negative, digits, exponent })
    }
}
