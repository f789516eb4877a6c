//! STRING and BYTES, a file for each theme with its rows. Functions that take both count characters in the one and
//! bytes in the other; they must do so in one place. String functions.

pub mod case;
pub mod codes;
pub mod contains;
pub mod distance;
pub mod encoded;
pub mod fill;
pub mod find;
pub mod like;
pub mod normal;
pub mod parts;
pub mod sound;

use std::borrow::Cow;
use std::ops::Range;

use super::unexpected;
use crate::value::Value;

/// What a function that multiplies its argument may come to, in bytes.
pub const LONGEST: usize = 1 << 20;

/// A STRING seen as its characters, or BYTES seen as bytes.
#[derive(Clone, Copy)]
pub struct Units<'v> {
    pub bytes: &'v [u8],
    pub characters: bool,
}

impl<'v> Units<'v> {
    pub fn of(value: &'v Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self { bytes: text.as_bytes(), characters: true }),
            Value::Bytes(bytes) => Some(Self { bytes, characters: false }),
            _ => None,
        }
    }

    /// Whether a unit begins with this byte: all do but those within a character.
    fn begins(self, byte: u8) -> bool {
        !self.characters || byte & 0b1100_0000 != 0b1000_0000
    }

    pub fn length(self) -> usize {
        if !self.characters {
            return self.bytes.len();
        }
        self.bytes.iter().filter(|byte| self.begins(**byte)).count()
    }

    /// How many units stand before a place, given in bytes.
    pub fn before(self, place: usize) -> usize {
        Self { bytes: &self.bytes[..place], ..self }.length()
    }

    /// Where the unit of an index begins, in bytes; the end where there are not so many.
    pub fn place(self, index: usize) -> usize {
        if !self.characters {
            return index.min(self.bytes.len());
        }
        let mut starts = self.bytes.iter().enumerate().filter(|(_, byte)| self.begins(**byte));
        starts.nth(index).map_or(self.bytes.len(), |(place, _)| place)
    }

    /// Where the next unit after a place begins, or one beyond the end.
    pub fn next(self, place: usize) -> usize {
        let rest = self.bytes.get(place + 1..).unwrap_or_default();
        place + 1 + rest.iter().take_while(|byte| !self.begins(**byte)).count()
    }
}

/// A stretch of a STRING or BYTES between two places, which have to be between units.
pub fn stretch<'a>(value: &Value<'a>, range: Range<usize>) -> Result<Value<'a>, String> {
    let cut = || format!("a match ends within a character of {value:?}");
    Ok(match value {
        Value::String(Cow::Borrowed(text)) => Value::string(text.get(range).ok_or_else(cut)?),
        Value::String(text) => Value::string(text.get(range).ok_or_else(cut)?.to_owned()),
        Value::Bytes(Cow::Borrowed(bytes)) => Value::Bytes(bytes.get(range).ok_or_else(cut)?.into()),
        Value::Bytes(bytes) => Value::Bytes(bytes.get(range).ok_or_else(cut)?.to_vec().into()),
        other => return Err(unexpected(std::slice::from_ref(other))),
    })
}

/// Bytes as a value of the kind that they were made from.
fn made<'a>(bytes: Vec<u8>, characters: bool) -> Result<Value<'a>, String> {
    if !characters {
        return Ok(Value::Bytes(bytes.into()));
    }
    let text = String::from_utf8(bytes).map_err(|_| "the result is no valid UTF-8".to_owned())?;
    Ok(Value::string(text))
}

/// A count that may not be negative, as what it is in memory.
fn count(number: i64, of: &str) -> Result<usize, String> {
    usize::try_from(number).map_err(|_| format!("{of} of {number}: it cannot be negative"))
}
