//! Unicode's normal forms, with and without the difference of case. String functions, "NORMALIZE", "NORMALIZE_AND_CASEFOLD".

use caseless::default_case_fold_str;
use unicode_normalization::UnicodeNormalization;

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] =
    &[strict("normalize", normalize), strict("normalize_and_casefold", normalize_and_casefold)];

fn normalize<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (text, form) = of(arguments)?;
    Ok(Value::string(normal(text, form)?))
}

fn normalize_and_casefold<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (text, form) = of(arguments)?;
    // Folding may undo the form, and the form may bring letters that are folded.
    let folded = default_case_fold_str(&normal(&default_case_fold_str(text), form)?);
    Ok(Value::string(normal(&folded, form)?))
}

fn of<'v>(arguments: &'v [Value]) -> Result<(&'v str, &'v str), String> {
    match arguments {
        [Value::String(text)] => Ok((text, "NFC")),
        [Value::String(text), Value::String(form)] => Ok((text, form)),
        _ => Err(unexpected(arguments)),
    }
}

fn normal(text: &str, form: &str) -> Result<String, String> {
    if text.is_ascii() {
        return Ok(text.to_owned());
    }
    Ok(match form {
        "NFC" => text.nfc().collect(),
        "NFD" => text.nfd().collect(),
        "NFKC" => text.nfkc().collect(),
        "NFKD" => text.nfkd().collect(),
        other => return Err(format!("`{other}` is no normal form: NFC, NFD, NFKC and NFKD are")),
    })
}

/// A text as CONTAINS_SUBSTR compares it.
pub fn folded(text: &str) -> String {
    let folded = default_case_fold_str(&text.nfkc().collect::<String>());
    folded.nfkc().collect()
}
