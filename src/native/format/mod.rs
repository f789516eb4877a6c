//! FORMAT: a text with values in it, as C's printf has them, and as GoogleSQL's `%t`, `%T`, `%p` and `%P` do. String
//! functions, "FORMAT". The letters and what they take stand in `specifier`, numbers are written by `number`;
//! `elements` are the other formats, those of CAST.

pub mod elements;
mod number;
mod specifier;

use std::borrow::Cow;

use specifier::{Measure, Piece, Specifier, pieces};

use super::text::LONGEST;
use super::{Native, unexpected};
use crate::value::json::Document;
use crate::value::{Value, literal, text};

pub const ROWS: &[Native] = &[Native { name: "format", strict: false, volatile: false, body: format }];

/// NULL where a value is, unless it is written by `%t` or `%T`.
fn format<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (format, mut values) = match arguments {
        [Value::Null, ..] => return Ok(Value::Null),
        [Value::String(format), values @ ..] => (format, values.iter()),
        _ => return Err(unexpected(arguments)),
    };
    let mut next =
        || values.next().ok_or_else(|| "FORMAT has fewer values than its format asks for".to_owned());
    let mut written = String::with_capacity(format.len() + 16);
    let mut is_null = false;
    for piece in pieces(format)? {
        let specifier = match piece {
            Piece::Plain(text) => {
                written.push_str(text);
                continue;
            }
            Piece::Specifier(specifier) => specifier,
        };
        let mut measure = |measure: Option<Measure>| -> Result<Option<i64>, String> {
            Ok(match measure {
                None => None,
                Some(Measure::Number(number)) => Some(number),
                Some(Measure::Argument) => match next()? {
                    Value::Int64(number) => Some(*number),
                    Value::Null => {
                        is_null = true;
                        None
                    }
                    _ => return Err("a `*` in a format takes an INT64".to_owned()),
                },
            })
        };
        let (width, precision) = (measure(specifier.width)?, measure(specifier.precision)?);
        let value = next()?;
        if *value == Value::Null && !matches!(specifier.letter, 't' | 'T') {
            is_null = true;
            continue;
        }
        // A width below zero is one to the left, and a precision below zero is none.
        let left = specifier.flags.left || width.is_some_and(|width| width < 0);
        let width = bounded(width.unwrap_or_default().unsigned_abs())?;
        let precision = match precision {
            Some(precision @ 0..) => Some(bounded(precision.unsigned_abs())?),
            _ => None,
        };
        let shown = match specifier.letter {
            's' | 't' | 'T' | 'p' | 'P' => {
                let whole = plain(value, specifier.letter)?;
                Shown { cut: precision, ..Shown::of(whole) }
            }
            _ => Shown { zeros: specifier.flags.zero, ..number::write(value, &specifier, precision)? },
        };
        shown.put(&mut written, width, left);
        if written.len() > LONGEST {
            return Err(format!("the result of FORMAT is longer than {LONGEST} bytes"));
        }
    }
    if values.next().is_some() {
        return Err("FORMAT has more values than its format asks for".to_owned());
    }
    Ok(if is_null { Value::Null } else { Value::string(written) })
}

fn bounded(measure: u64) -> Result<usize, String> {
    let measure = usize::try_from(measure).unwrap_or(usize::MAX);
    if measure > LONGEST {
        Err(format!("a width or precision of {measure} in a format"))
    } else {
        Ok(measure)
    }
}

fn plain<'v>(value: &'v Value, letter: char) -> Result<Cow<'v, str>, String> {
    Ok(match (letter, value) {
        ('s' | 't', Value::String(text)) => Cow::Borrowed(text),
        ('t', value) => text(value).into(),
        ('T', value) => literal(value).into(),
        ('p' | 'P', Value::Json(document)) => {
            let document = Document::stored(document)?;
            match letter {
                'p' => document.compact(),
                _ => document.pretty(),
            }
            .into()
        }
        (letter, value) => return Err(mismatch(letter, value)),
    })
}

fn mismatch(letter: char, value: &Value) -> String {
    format!("`%{letter}` does not write {}", literal(value))
}

/// A value as it is written, before it is fitted into a width.
struct Shown<'v> {
    /// A sign, `0x`.
    before: String,
    text: Cow<'v, str>,
    /// How many characters are left of the text.
    cut: Option<usize>,
    /// Whether zeros fill the width, between sign and digits.
    zeros: bool,
    is_number: bool,
}

impl<'v> Shown<'v> {
    fn of(text: Cow<'v, str>) -> Self {
        Self { before: String::new(), text, cut: None, zeros: false, is_number: false }
    }

    fn put(&self, written: &mut String, width: usize, left: bool) {
        let text = match self.cut {
            Some(characters) => match self.text.char_indices().nth(characters) {
                Some((end, _)) => &self.text[..end],
                None => &self.text,
            },
            None => &self.text,
        };
        let length = match width {
            0 => 0,
            _ => self.before.chars().count() + text.chars().count(),
        };
        let missing = width.saturating_sub(length);
        let zeros = self.zeros && self.is_number && !left;
        if !left && !zeros {
            written.extend(std::iter::repeat_n(' ', missing));
        }
        written.push_str(&self.before);
        if zeros {
            written.extend(std::iter::repeat_n('0', missing));
        }
        written.push_str(text);
        if left {
            written.extend(std::iter::repeat_n(' ', missing));
        }
    }
}
