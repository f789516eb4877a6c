//! `CAST(number AS STRING FORMAT …)`. Format elements, "Format numeric type as string". What the page leaves open is an
//! error: B and EEEE, and a whole part of nothing but an omitted zero.

use super::number::magnitude;
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[strict("number_as_text", number_as_text)];

/// How long Roman numerals are written.
const ROMAN_WIDTH: usize = 15;
/// The hexadecimal digits of an INT64.
const MOST_HEXADECIMAL: usize = 16;

fn number_as_text<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [number, Value::String(format)] = arguments else { return Err(unexpected(arguments)) };
    let layout = Layout::read(format).map_err(|problem| format!("the format `{format}`: {problem}"))?;
    layout.write(number).map(Value::string)
}

/// A place for a digit.
#[derive(Clone, Copy, PartialEq)]
enum Slot {
    /// `0`
    Zero,
    /// `9`
    Nine,
    /// `X` or `x`
    Hexadecimal { upper: bool },
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    /// Before the number where it is negative.
    Plain,
    /// `S` at the start
    Leading,
    /// `S` at the end
    Trailing,
    /// `MI`
    Minus,
    /// `PR`
    Brackets,
}

/// What a format asks for.
struct Layout {
    whole: Vec<Slot>,
    /// Before which slots of the whole part a separator stands.
    separators: Vec<usize>,
    fraction: usize,
    point: bool,
    /// How many slots of the whole part stand behind a `V`.
    scaled: usize,
    sign: Sign,
    currency: &'static str,
    filled: bool,
    roman: bool,
}

impl Layout {
    fn read(format: &str) -> Result<Self, String> {
        let mut layout = Self {
            whole: Vec::new(),
            separators: Vec::new(),
            fraction: 0,
            point: false,
            scaled: 0,
            sign: Sign::Plain,
            currency: "",
            filled: true,
            roman: false,
        };
        let mut after_scale = false;
        let mut rest = format;
        while let Some(found) = rest.chars().next() {
            let capitals: String = rest.chars().take(2).collect::<String>().to_ascii_uppercase();
            let mut length = found.len_utf8();
            if layout.sign != Sign::Plain && layout.sign != Sign::Leading && capitals != "FM" {
                return Err("a sign stands at the start or at the end".to_owned());
            }
            match capitals.as_str() {
                "FM" if layout.filled => (layout.filled, length) = (false, 2),
                "RN" if layout.is_empty() => (layout.roman, length) = (true, 2),
                "MI" => length = layout.signed(Sign::Minus, 2)?,
                "PR" => length = layout.signed(Sign::Brackets, 2)?,
                _ => match found.to_ascii_uppercase() {
                    _ if layout.roman => return Err("RN stands alone".to_owned()),
                    '0' | '9' if layout.point => layout.fraction += 1,
                    '0' => layout.slot(Slot::Zero, after_scale),
                    '9' => layout.slot(Slot::Nine, after_scale),
                    'X' => layout.slot(Slot::Hexadecimal { upper: found == 'X' }, after_scale),
                    ',' | 'G' if !layout.point && !layout.whole.is_empty() => {
                        layout.separators.push(layout.whole.len());
                    }
                    '.' | 'D' if !layout.point && !after_scale => layout.point = true,
                    'V' if !layout.point && !after_scale => after_scale = true,
                    'S' => {
                        let sign = if layout.is_empty() { Sign::Leading } else { Sign::Trailing };
                        length = layout.signed(sign, 1)?;
                    }
                    '$' | 'L' if layout.currency.is_empty() => layout.currency = "$",
                    'C' if layout.currency.is_empty() => {
                        layout.currency = if found == 'C' { "USD" } else { "usd" };
                    }
                    _ => return Err(format!("`{rest}` has no meaning here")),
                },
            }
            rest = &rest[length..];
        }
        layout.judge()
    }

    fn is_empty(&self) -> bool {
        self.whole.is_empty() && !self.point && self.currency.is_empty() && !self.roman
    }

    fn slot(&mut self, slot: Slot, after_scale: bool) {
        self.whole.push(slot);
        self.scaled += usize::from(after_scale);
    }

    /// Sets the only sign; gives back how long its element is.
    fn signed(&mut self, sign: Sign, length: usize) -> Result<usize, String> {
        if self.sign != Sign::Plain || self.roman {
            return Err("there is a sign too many".to_owned());
        }
        self.sign = sign;
        Ok(length)
    }

    fn is_hexadecimal(&self) -> bool {
        self.whole.iter().any(|slot| matches!(slot, Slot::Hexadecimal { .. }))
    }

    fn judge(self) -> Result<Self, String> {
        let alone = !self.point && self.separators.is_empty() && self.currency.is_empty() && self.scaled == 0;
        if self.is_hexadecimal()
            && (!alone || self.whole.contains(&Slot::Nine) || self.whole.len() > MOST_HEXADECIMAL)
        {
            return Err("X goes with 0, FM and a sign, at most 16 of them".to_owned());
        }
        if self.whole.is_empty() && !self.roman {
            return Err("it has no digits before the point".to_owned());
        }
        Ok(self)
    }

    fn write(&self, value: &Value) -> Result<String, String> {
        let (is_negative, number) =
            magnitude(value).ok_or_else(|| format!("no format for {}", crate::value::literal(value)))?;
        if self.roman {
            return roman(is_negative, &number.fixed(0), self.filled);
        }
        let precision = self.fraction + self.scaled;
        let digits = number.fixed(precision);
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let is_zero = !digits.contains(|digit: char| matches!(digit, '1'..='9'));
        let (whole, fraction) = match self.scaled {
            0 => (whole.to_owned(), fraction),
            _ => ([whole, fraction].concat(), ""),
        };
        let whole = self.based(whole.trim_start_matches('0'))?;
        let fits = whole.len() <= self.whole.len();
        let forced = self.whole.iter().position(|slot| *slot == Slot::Zero).unwrap_or(self.whole.len());
        let mut first = self.whole.len().saturating_sub(whole.len()).min(forced);
        if first == self.whole.len() {
            if self.point {
                return Err(
                    "whether a zero before the point is written is not defined: use 0 before it".to_owned()
                );
            }
            first -= 1;
        }
        let mut written = String::new();
        for index in first..self.whole.len() {
            if index > first && self.separators.contains(&index) {
                written.push(',');
            }
            let place = (index + whole.len()).checked_sub(self.whole.len());
            let digit =
                place.and_then(|place| whole.as_bytes().get(place)).map_or('0', |digit| char::from(*digit));
            written.push(match fits {
                true if self.is_upper(index) => digit.to_ascii_uppercase(),
                true => digit,
                false => '#',
            });
        }
        let blank = first + self.separators.iter().filter(|before| **before <= first).count();
        if self.point {
            written.push('.');
            match fits {
                true => written.push_str(fraction),
                false => written.extend(std::iter::repeat_n('#', self.fraction)),
            }
        }
        let explicit = if is_negative {
            '-'
        } else if is_zero {
            ' '
        } else {
            '+'
        };
        let minus = if is_negative { '-' } else { ' ' };
        let currency = self.currency;
        let text = match self.sign {
            Sign::Plain => format!("{minus}{currency}{written}"),
            Sign::Leading => format!("{explicit}{currency}{written}"),
            Sign::Trailing => format!("{currency}{written}{explicit}"),
            Sign::Minus => format!("{currency}{written}{minus}"),
            Sign::Brackets if is_negative => format!("<{currency}{written}>"),
            Sign::Brackets => format!(" {currency}{written} "),
        };
        match self.filled {
            true => Ok(" ".repeat(blank) + &text),
            false => self.bare(&text.replace(' ', "")),
        }
    }

    /// Without the zeros at the end of the fraction.
    fn bare(&self, text: &str) -> Result<String, String> {
        let Some((whole, fraction)) = text.split_once('.') else { return Ok(text.to_owned()) };
        let digits = fraction.trim_end_matches(['+', '-', '>']);
        match digits.trim_end_matches('0') {
            "" => Err("whether FM leaves a point with no digits behind it is not defined".to_owned()),
            kept => Ok(format!("{whole}.{kept}{}", &fraction[digits.len()..])),
        }
    }

    /// Decimal digits in the base of the slots, in small letters.
    fn based(&self, digits: &str) -> Result<String, String> {
        if !self.is_hexadecimal() || digits.is_empty() {
            return Ok(digits.to_owned());
        }
        match digits.parse::<u128>() {
            Ok(number) => Ok(format!("{number:x}")),
            Err(_) => Ok("#".repeat(self.whole.len() + 1)),
        }
    }

    /// Whether the digit of a slot is a capital: as the next X or x has it, else yes.
    fn is_upper(&self, index: usize) -> bool {
        let next = self.whole[index..].iter().find_map(|slot| match slot {
            Slot::Hexadecimal { upper } => Some(*upper),
            _ => None,
        });
        next.unwrap_or(true)
    }
}

/// From large to small.
#[rustfmt::skip]
const ROMAN: &[(u32, &str)] = &[
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
];

fn roman(is_negative: bool, digits: &str, filled: bool) -> Result<String, String> {
    let number = digits.parse::<u32>().ok().filter(|number| !is_negative && (1..=3999).contains(number));
    let mut rest = number.ok_or_else(|| format!("RN of {digits}: 1 to 3999 have Roman numerals"))?;
    let mut written = String::new();
    for (value, letters) in ROMAN {
        while rest >= *value {
            written.push_str(letters);
            rest -= value;
        }
    }
    Ok(if filled { format!("{written:>ROMAN_WIDTH$}") } else { written })
}
