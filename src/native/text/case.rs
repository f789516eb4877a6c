//! Upper and lower case, by Unicode's full mapping (`ß` → `SS`), whatever the language. String functions, "UPPER",
//! "LOWER", "INITCAP".

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[strict("initcap", initcap), strict("lower", lower), strict("upper", upper)];

/// What stands between words where nothing else is said, beside white space.
const BETWEEN: &str = "[](){}/|\\<>!?@\"^#$&~_,.:;*%+-";

fn upper<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::String(text)] if text.is_ascii() => Ok(Value::string(text.to_ascii_uppercase())),
        [Value::String(text)] => Ok(Value::string(text.to_uppercase())),
        [Value::Bytes(bytes)] => Ok(Value::Bytes(bytes.to_ascii_uppercase().into())),
        _ => Err(unexpected(arguments)),
    }
}

fn lower<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::String(text)] if text.is_ascii() => Ok(Value::string(text.to_ascii_lowercase())),
        [Value::String(text)] => Ok(Value::string(text.to_lowercase())),
        [Value::Bytes(bytes)] => Ok(Value::Bytes(bytes.to_ascii_lowercase().into())),
        _ => Err(unexpected(arguments)),
    }
}

/// The first character of each word in upper case, the others in lower case.
fn initcap<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (text, between) = match arguments {
        [Value::String(text)] => (text, None),
        [Value::String(text), Value::String(between)] => (text, Some(between)),
        _ => return Err(unexpected(arguments)),
    };
    let is_between = |found: char| match between {
        Some(between) => between.contains(found),
        None => found.is_whitespace() || BETWEEN.contains(found),
    };
    let mut written = String::with_capacity(text.len());
    let mut begins = true;
    for found in text.chars() {
        match begins {
            true => written.extend(found.to_uppercase()),
            false => written.extend(found.to_lowercase()),
        }
        begins = is_between(found);
    }
    Ok(Value::string(written))
}
