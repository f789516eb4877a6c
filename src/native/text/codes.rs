//! Characters and bytes as numbers. String functions, "ASCII", "CHR", "CODE_POINTS_TO_STRING", "TO_CODE_POINTS", "UNICODE".

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("ascii", ascii),
    strict("chr", chr),
    strict("code_points_to_bytes", code_points_to_bytes),
    strict("code_points_to_string", code_points_to_string),
    strict("to_code_points", to_code_points),
    strict("unicode", unicode),
];

fn ascii<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let code = match arguments {
        [Value::String(text)] => match text.chars().next() {
            Some(first) if !first.is_ascii() => return Err(format!("`{first}` is no ASCII character")),
            first => first.map_or(0, number),
        },
        [Value::Bytes(bytes)] => bytes.first().map_or(0, |byte| i64::from(*byte)),
        _ => return Err(unexpected(arguments)),
    };
    Ok(Value::Int64(code))
}

fn unicode<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Int64(text.chars().next().map_or(0, number)))
}

/// Nothing for the code point 0.
fn chr<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Int64(code)] = arguments else { return Err(unexpected(arguments)) };
    match code {
        0 => Ok(Value::string("")),
        code => Ok(Value::string(String::from(character(*code)?))),
    }
}

fn to_code_points<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let codes = match arguments {
        [Value::String(text)] => text.chars().map(number).collect::<Vec<_>>(),
        [Value::Bytes(bytes)] => bytes.iter().map(|byte| i64::from(*byte)).collect(),
        _ => return Err(unexpected(arguments)),
    };
    Ok(Value::Array(codes.into_iter().map(Value::Int64).collect()))
}

/// NULL where one of the code points is.
fn code_points_to_string<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Array(codes)] = arguments else { return Err(unexpected(arguments)) };
    let mut text = String::with_capacity(codes.len());
    for code in codes {
        match code {
            Value::Int64(code) => text.push(character(*code)?),
            _ => return Ok(Value::Null),
        }
    }
    Ok(Value::string(text))
}

fn code_points_to_bytes<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Array(codes)] = arguments else { return Err(unexpected(arguments)) };
    let mut bytes = Vec::with_capacity(codes.len());
    for code in codes {
        match code {
            Value::Int64(code) => {
                bytes.push(u8::try_from(*code).map_err(|_| format!("{code} is no byte: 0 to 255 are"))?);
            }
            _ => return Ok(Value::Null),
        }
    }
    Ok(Value::Bytes(bytes.into()))
}

fn character(code: i64) -> Result<char, String> {
    let found = u32::try_from(code).ok().and_then(char::from_u32);
    found.ok_or_else(|| format!("{code} is no code point of Unicode"))
}

/// The number of a character.
fn number(character: char) -> i64 {
    i64::from(u32::from(character))
}
