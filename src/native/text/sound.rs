//! How words sound in English. String functions, "SOUNDEX".

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[strict("soundex", soundex)];

/// Digits of the letters from A to Z: `0` for vowels, which part equal digits, `-` for H and W, which do not.
const DIGITS: &[u8; 26] = b"0123012-02245501262301-202";
/// A letter and three digits.
const LENGTH: usize = 4;

/// Anything but Latin letters is left out.
fn soundex<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    let mut letters = text.bytes().filter(u8::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase());
    let digit = |letter: u8| DIGITS[usize::from(letter - b'A')];
    let Some(first) = letters.next() else { return Ok(Value::string("")) };
    let mut code = String::from(char::from(first));
    let mut last = digit(first);
    for found in letters.map(digit) {
        match found {
            b'-' => continue,
            b'0' => {}
            digit if digit != last => code.push(char::from(digit)),
            _ => {}
        }
        last = found;
        if code.len() == LENGTH {
            break;
        }
    }
    Ok(Value::string(format!("{code:0<LENGTH$}")))
}
