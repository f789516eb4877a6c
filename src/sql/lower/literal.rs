//! String and bytes literals: what their escapes mean.

use sqlparser::ast::Value;

use super::Lowering;
use crate::diagnostic::Code;
use crate::sql::Problem;

impl Lowering {
    /// The text of a string literal; none for other literals.
    pub(super) fn text(&mut self, value: &Value) -> Option<String> {
        let (written, quote) = match value {
            Value::SingleQuotedRawStringLiteral(text)
            | Value::DoubleQuotedRawStringLiteral(text)
            | Value::TripleSingleQuotedRawStringLiteral(text)
            | Value::TripleDoubleQuotedRawStringLiteral(text) => return Some(text.clone()),
            Value::SingleQuotedString(text) => (text, Some('\'')),
            Value::DoubleQuotedString(text) => (text, Some('"')),
            Value::TripleSingleQuotedString(text) | Value::TripleDoubleQuotedString(text) => (text, None),
            _ => return None,
        };
        let read = unescape(written, quote, false).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| "a string escape that is no Unicode".to_owned())
        });
        Some(self.or_problem(read))
    }

    /// The bytes of a bytes literal; none for other literals.
    pub(super) fn bytes(&mut self, value: &Value) -> Option<Vec<u8>> {
        let (written, quote) = match value {
            Value::SingleQuotedByteStringLiteral(text) => (text, Some('\'')),
            Value::DoubleQuotedByteStringLiteral(text) => (text, Some('"')),
            Value::TripleSingleQuotedByteStringLiteral(text)
            | Value::TripleDoubleQuotedByteStringLiteral(text) => (text, None),
            _ => return None,
        };
        Some(self.or_problem(unescape(written, quote, true)))
    }

    fn or_problem<T: Default>(&mut self, read: Result<T, String>) -> T {
        read.unwrap_or_else(|message| {
            self.problems.push(Problem::new(Code::SqlSyntax, self.place, message));
            T::default()
        })
    }
}

/// Reads escapes. In a text `\x41` is a character, among bytes it is a byte.
fn unescape(written: &str, quote: Option<char>, bytes: bool) -> Result<Vec<u8>, String> {
    let mut read = Vec::with_capacity(written.len());
    let push = |read: &mut Vec<u8>, code: u32| -> Result<(), String> {
        match (bytes, u8::try_from(code), char::from_u32(code)) {
            (true, Ok(byte), _) => read.push(byte),
            (false, _, Some(character)) => read.extend(character.encode_utf8(&mut [0; 4]).bytes()),
            _ => return Err(format!("the escape for {code:#x} stands for no character")),
        }
        Ok(())
    };
    let mut rest = written.chars();
    while let Some(character) = rest.next() {
        if Some(character) == quote {
            return Err(format!("a quote within a literal is written `\\{character}`"));
        }
        if character != '\\' {
            read.extend(character.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        let Some(escape) = rest.next() else { return Err("a literal ends in a lone backslash".to_owned()) };
        let simple = match escape {
            'a' => 7,
            'b' => 8,
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            '\\' | '?' | '"' | '\'' | '`' => u32::from(escape),
            'x' | 'X' => number(&mut rest, 2, 16)?,
            'u' if !bytes => number(&mut rest, 4, 16)?,
            'U' if !bytes => number(&mut rest, 8, 16)?,
            '0'..='3' => {
                let first = escape.to_digit(8).unwrap_or_default();
                first * 64 + number(&mut rest, 2, 8)?
            }
            other => return Err(format!("`\\{other}` is no escape; write `\\\\` for a backslash, or r'…'")),
        };
        push(&mut read, simple)?;
    }
    Ok(read)
}

fn number(rest: &mut std::str::Chars, digits: usize, radix: u32) -> Result<u32, String> {
    let mut value = 0_u32;
    for _ in 0..digits {
        match rest.next().and_then(|digit| digit.to_digit(radix)) {
            Some(digit) => value = value.wrapping_mul(radix).wrapping_add(digit),
            None => return Err(format!("an escape that lacks some of its {digits} digits")),
        }
    }
    Ok(value)
}
