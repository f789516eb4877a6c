//! Numbers for FORMAT: `%d`, `%o` and `%x` of integers; `%f`, `%e` and `%g` of floats, whose exact value is rounded half to
//! even as C does, and of decimals, rounded half away from zero.

use super::{Shown, Specifier, mismatch};
use crate::value::{BIGNUMERIC_SCALE, I256, NUMERIC_SCALE, Value};

/// Digits behind the point where nothing is said.
const PRECISION: usize = 6;

/// Writes a number.
pub fn write<'v>(
    value: &Value,
    specifier: &Specifier,
    precision: Option<usize>,
) -> Result<Shown<'v>, String> {
    let shown = match (specifier.letter, value) {
        ('d' | 'i' | 'o' | 'x' | 'X', Value::Int64(number)) => return integer(*number, specifier, precision),
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', Value::Float64(number)) if !number.is_finite() => {
            let name = if number.is_nan() { "nan" } else { "inf" };
            let is_negative = *number < 0.0;
            let mut shown = Shown::of(cased(name.to_owned(), specifier.letter).into());
            shown.before = sign(is_negative, specifier);
            return Ok(shown);
        }
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', Value::Float64(number)) => {
            real(number.is_sign_negative(), &number.abs(), specifier, precision)
        }
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', Value::Numeric(units)) => {
            real(*units < 0, &Decimal::of(I256::from(*units), NUMERIC_SCALE), specifier, precision)
        }
        ('f' | 'F' | 'e' | 'E' | 'g' | 'G', Value::BigNumeric(units)) => {
            real(*units < 0, &Decimal::of(*units, BIGNUMERIC_SCALE), specifier, precision)
        }
        (letter, value) => return Err(mismatch(letter, value)),
    };
    Ok(shown)
}

fn sign(is_negative: bool, specifier: &Specifier) -> String {
    match (is_negative, specifier.flags) {
        (true, _) => "-",
        (false, flags) if flags.plus => "+",
        (false, flags) if flags.space => " ",
        _ => "",
    }
    .to_owned()
}

fn integer<'v>(number: i64, specifier: &Specifier, precision: Option<usize>) -> Result<Shown<'v>, String> {
    let letter = specifier.letter;
    let is_decimal = matches!(letter, 'd' | 'i');
    if number < 0 && !is_decimal {
        return Err(format!("`%{letter}` of {number}: it cannot be negative"));
    }
    let size = number.unsigned_abs();
    let mut digits = match letter {
        _ if number == 0 && precision == Some(0) => String::new(),
        'o' => format!("{size:o}"),
        'x' => format!("{size:x}"),
        'X' => format!("{size:X}"),
        _ => size.to_string(),
    };
    if let Some(least) = precision {
        digits = format!("{digits:0>least$}");
    }
    if specifier.flags.grouped {
        digits = match letter {
            'o' => grouped(&digits, 4, ','),
            'x' | 'X' => grouped(&digits, 4, ':'),
            _ => grouped(&digits, 3, ','),
        };
    }
    let before = match (is_decimal, specifier.flags.alternate && number != 0, letter) {
        (true, ..) => sign(number < 0, specifier),
        (false, true, 'o') if !digits.starts_with('0') => "0".to_owned(),
        (false, true, 'x' | 'X') => format!("0{letter}"),
        _ => String::new(),
    };
    // As in C, a precision says how many zeros there are.
    Ok(Shown { before, is_number: precision.is_none(), ..Shown::of(digits.into()) })
}

fn grouped(digits: &str, size: usize, mark: char) -> String {
    let mut written = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(size) {
            written.push(mark);
        }
        written.push(digit);
    }
    written
}

/// A number without its sign that can be rounded to digits.
pub(super) trait Rounded {
    /// With so many digits behind the point.
    fn fixed(&self, precision: usize) -> String;

    /// Digits with a point behind the first one, and the exponent.
    fn scientific(&self, precision: usize) -> (String, i32);
}

/// Whether a finite number is negative, and how large it is.
pub(super) fn magnitude(value: &Value) -> Option<(bool, Box<dyn Rounded>)> {
    Some(match value {
        Value::Int64(number) => (*number < 0, Box::new(Decimal::of(I256::from(*number), 0))),
        Value::Numeric(units) => (*units < 0, Box::new(Decimal::of(I256::from(*units), NUMERIC_SCALE))),
        Value::BigNumeric(units) => (*units < 0, Box::new(Decimal::of(*units, BIGNUMERIC_SCALE))),
        Value::Float64(number) if number.is_finite() => (*number < 0.0, Box::new(number.abs())),
        _ => return None,
    })
}

impl Rounded for f64 {
    fn fixed(&self, precision: usize) -> String {
        format!("{self:.precision$}")
    }

    fn scientific(&self, precision: usize) -> (String, i32) {
        let written = format!("{self:.precision$e}");
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        (mantissa.to_owned(), exponent.parse().unwrap_or_default())
    }
}

/// Digits of which the last `scale` stand behind the point; at least one stands before it.
struct Decimal {
    digits: String,
    scale: usize,
}

impl Decimal {
    fn of(units: I256, scale: usize) -> Self {
        Self { digits: format!("{:0>width$}", units.unsigned_abs().to_string(), width = scale + 1), scale }
    }

    /// The first digits, rounded by the others: one more of them where all were nines.
    fn kept(&self, count: usize) -> String {
        let mut digits: Vec<u8> = self.digits.bytes().take(count).collect();
        let rounds_up = self.digits.as_bytes().get(count).is_some_and(|digit| *digit >= b'5');
        if rounds_up {
            for digit in digits.iter_mut().rev() {
                if *digit != b'9' {
                    *digit += 1;
                    return String::from_utf8_lossy(&digits).into_owned();
                }
                *digit = b'0';
            }
            digits.insert(0, b'1');
        }
        String::from_utf8_lossy(&digits).into_owned()
    }
}

impl Rounded for Decimal {
    fn fixed(&self, precision: usize) -> String {
        let whole = self.digits.len() - self.scale;
        let mut digits = self.kept(whole + precision.min(self.scale));
        digits.extend(std::iter::repeat_n('0', precision.saturating_sub(self.scale)));
        pointed(&digits, digits.len() - precision)
    }

    fn scientific(&self, precision: usize) -> (String, i32) {
        let whole = (self.digits.len() - self.scale) as i32;
        let zeros = self.digits.bytes().take_while(|digit| *digit == b'0').count();
        if zeros == self.digits.len() {
            return (pointed(&"0".repeat(precision + 1), 1), 0);
        }
        let significant = Decimal { digits: self.digits[zeros..].to_owned(), scale: 0 };
        let mut digits = significant.kept(precision + 1);
        let mut exponent = whole - 1 - zeros as i32;
        // 9.99 has become 10.0.
        if digits.len() > (precision + 1).min(significant.digits.len()) {
            digits.pop();
            exponent += 1;
        }
        (pointed(&format!("{digits:0<width$}", width = precision + 1), 1), exponent)
    }
}

fn pointed(digits: &str, whole: usize) -> String {
    let (whole, fraction) = digits.split_at(whole);
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

fn real<'v>(
    is_negative: bool,
    number: &impl Rounded,
    specifier: &Specifier,
    precision: Option<usize>,
) -> Shown<'v> {
    let alternate = specifier.flags.alternate;
    let precision = precision.unwrap_or(PRECISION);
    let with_exponent = |(mantissa, exponent): (String, i32)| {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
    };
    let point = |digits: String| if alternate && !digits.contains('.') { digits + "." } else { digits };
    let text = match specifier.letter.to_ascii_lowercase() {
        'f' => point(number.fixed(precision)),
        'e' => {
            let (mantissa, exponent) = number.scientific(precision);
            with_exponent((point(mantissa), exponent))
        }
        _ => {
            let digits = precision.max(1);
            let (mantissa, exponent) = number.scientific(digits - 1);
            let finished = |digits: String| match alternate {
                true => point(digits),
                false if digits.contains('.') => {
                    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
                }
                false => digits,
            };
            match usize::try_from(exponent + 4) {
                Ok(above) if above < digits + 4 => {
                    finished(number.fixed((digits as i32 - 1 - exponent).unsigned_abs() as usize))
                }
                _ => with_exponent((finished(mantissa), exponent)),
            }
        }
    };
    Shown {
        before: sign(is_negative, specifier),
        is_number: true,
        ..Shown::of(cased(text, specifier.letter).into())
    }
}

fn cased(text: String, letter: char) -> String {
    if letter.is_ascii_uppercase() { text.to_ascii_uppercase() } else { text }
}
