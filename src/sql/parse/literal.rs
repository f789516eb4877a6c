//! Literals: numbers, and what the escapes of strings, bytes and quoted names mean.

use super::cursor::{Parsed, Parser};
use super::tokens::{Token, TokenKind};
use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::tree::{Expression, Kind, Span};

impl Parser<'_> {
    /// Whether a literal text comes so many places on.
    pub(super) fn is_text_ahead(&self, places: usize) -> bool {
        self.ahead(places).is_some_and(|token| token.kind == TokenKind::Text)
    }

    /// A number; `negative` where a minus stands before it.
    pub(super) fn number(&mut self, token: &Token, negative: bool, span: Span) -> Parsed<Expression> {
        let kind = number(token.text, negative).map_err(|message| self.problem(span, message))?;
        self.node(kind, span)
    }

    /// Takes a string literal and gives its text.
    pub(super) fn text(&mut self, what: &str) -> Parsed<(String, Span)> {
        let place = self.here();
        let literal =
            if self.is_text_ahead(0) { self.text_literal()? } else { return Err(self.unexpected(what)) };
        match literal.kind {
            Kind::Text(text) => Ok((text, literal.span)),
            _ => Err(self.problem(place, format!("expected {what}, found BYTES"))),
        }
    }

    /// A string or bytes literal; literals that stand beside each other are one.
    pub(super) fn text_literal(&mut self) -> Parsed<Expression> {
        let Some(token) = self.advance() else { return Err(self.unexpected("a literal")) };
        let mut kind = literal(&token)?;
        while let Some(next) = self.peek().filter(|next| next.kind == TokenKind::Text) {
            let parted = next.span.line > token.span.line || next.start > token.end();
            match (&mut kind, literal(&next)?) {
                (Kind::Text(text), Kind::Text(more)) if parted => text.push_str(&more),
                (Kind::Bytes(bytes), Kind::Bytes(more)) if parted => bytes.extend(more),
                (Kind::Text(_), Kind::Text(_)) | (Kind::Bytes(_), Kind::Bytes(_)) => {
                    return Err(self.problem(next.span, "a quote within a literal is written `\\'`"));
                }
                _ => return Err(self.unexpected("a literal of the same kind")),
            }
            self.advance();
        }
        self.node(kind, token.span)
    }
}

fn number(digits: &str, negative: bool) -> Result<Kind, String> {
    let sign = if negative { "-" } else { "" };
    let whole = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hexadecimal) => i128::from_str_radix(hexadecimal, 16).ok(),
        None if digits.bytes().all(|digit| digit.is_ascii_digit()) => digits.parse::<i128>().ok(),
        None => {
            return match digits.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(Kind::Float(format!("{sign}{digits}"))),
                _ => Err(format!("`{sign}{digits}` is no FLOAT64")),
            };
        }
    };
    let value = whole.map(|value| if negative { -value } else { value });
    match value.and_then(|value| i64::try_from(value).ok()) {
        Some(value) => Ok(Kind::Integer(value)),
        None => Err(format!(
            "`{sign}{digits}` does not fit an INT64; write NUMERIC '{sign}{digits}' for a larger number"
        )),
    }
}

/// The value of a string or bytes literal.
pub(super) fn literal(token: &Token) -> Parsed<Kind> {
    let quotes = token.text.find(['\'', '"']).unwrap_or(0);
    let (prefix, rest) = token.text.split_at(quotes);
    let (mut raw, mut bytes) = (false, false);
    for letter in prefix.chars() {
        match letter {
            'r' | 'R' if !raw => raw = true,
            'b' | 'B' if !bytes => bytes = true,
            _ => return Err(complaint(token, &format!("`{prefix}` is no prefix of a literal"))),
        }
    }
    let triple = rest.len() >= 6 && (rest.starts_with("'''") || rest.starts_with("\"\"\""));
    let width = if triple { 3 } else { 1 };
    let inner = rest.get(width..rest.len() - width.min(rest.len() - width)).unwrap_or_default();
    let quote = (!triple).then(|| rest.chars().next()).flatten();
    let value = match raw {
        true => Ok(inner.as_bytes().to_vec()),
        false => unescape(inner, quote, bytes),
    };
    let value = value.map_err(|message| complaint(token, &message))?;
    if bytes {
        return Ok(Kind::Bytes(value));
    }
    match String::from_utf8(value) {
        Ok(text) => Ok(Kind::Text(text)),
        Err(_) => Err(complaint(token, "a string escape that is no Unicode")),
    }
}

/// The name in backticks.
pub(super) fn unquoted(token: &Token) -> Parsed<String> {
    let inner = token.text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or(token.text);
    let name = match inner.contains('\\') {
        true => unescape(inner, Some('`'), false).map_err(|message| complaint(token, &message))?,
        false => inner.as_bytes().to_vec(),
    };
    match String::from_utf8(name) {
        Ok(name) if !name.is_empty() => Ok(name),
        _ => Err(complaint(token, "a name in backticks that is empty or no Unicode")),
    }
}

fn complaint(token: &Token, message: &str) -> Problem {
    Problem::new(Code::SqlSyntax, token.span, format!("SQL syntax: {message}"))
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
            'x' | 'X' => digits_of(&mut rest, 2, 16)?,
            'u' if !bytes => digits_of(&mut rest, 4, 16)?,
            'U' if !bytes => digits_of(&mut rest, 8, 16)?,
            '0'..='3' => {
                let first = escape.to_digit(8).unwrap_or_default();
                first * 64 + digits_of(&mut rest, 2, 8)?
            }
            other => return Err(format!("`\\{other}` is no escape; write `\\\\` for a backslash, or r'…'")),
        };
        push(&mut read, simple)?;
    }
    Ok(read)
}

fn digits_of(rest: &mut std::str::Chars, digits: usize, radix: u32) -> Result<u32, String> {
    let mut value = 0_u32;
    for _ in 0..digits {
        match rest.next().and_then(|digit| digit.to_digit(radix)) {
            Some(digit) => value = value.wrapping_mul(radix).wrapping_add(digit),
            None => return Err(format!("an escape that lacks some of its {digits} digits")),
        }
    }
    Ok(value)
}
