//! PARSE_NUMERIC and PARSE_BIGNUMERIC, which allow commas, spaces and a sign behind the number. Conversion functions,
//! "PARSE_NUMERIC" and "PARSE_BIGNUMERIC".

use super::exact::Exact;
use crate::native::{Native, strict, unexpected};
use crate::value::{Value, parse_decimal};

pub const ROWS: &[Native] = &[
    strict("parse_numeric", |arguments| parse(arguments, Exact::Numeric)),
    strict("parse_bignumeric", |arguments| parse(arguments, Exact::BigNumeric)),
];

fn parse<'a>(arguments: &[Value<'a>], kind: Exact) -> Result<Value<'a>, String> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    let plain = plain(text).ok_or_else(|| format!("`{text}` is no {}", kind.name()))?;
    let units = parse_decimal(&plain, kind.scale() as usize)
        .ok_or_else(|| format!("`{text}` is no {} or out of its range", kind.name()))?;
    kind.value(Some(units))
}

/// The text without commas and spaces, the sign in front; none where they stand where they cannot.
fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let (leading, text) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (Some(text.starts_with('-')), rest.trim_start()),
        None => (None, text),
    };
    let (trailing, text) = match text.strip_suffix(['+', '-']) {
        Some(rest) => (Some(text.ends_with('-')), rest.trim_end()),
        None => (None, text),
    };
    if leading.is_some() && trailing.is_some() || text.starts_with(['+', '-']) {
        return None;
    }
    let whole_end = text.find(['.', 'e', 'E']).unwrap_or(text.len());
    let (whole, rest) = text.split_at(whole_end);
    let digits = whole.replace(',', "");
    if (digits.is_empty() && !whole.is_empty()) || rest.contains(',') {
        return None;
    }
    let sign = if leading.or(trailing) == Some(true) { "-" } else { "" };
    Some(format!("{sign}{digits}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_spaces_and_signs_stand_where_they_can() {
        for (text, expected) in [
            ("- 12,34567,89.0", "-123456789.0"),
            (" 0,.12 -", "-0.12"),
            ("  1,2,,3,.45 + ", "123.45"),
            ("12.34e-1-", "-12.34e-1"),
            (".1234  ", ".1234"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected));
        }
        for text in [",,,.1234  ", "  - 12.3 - ", "1.2,3", "--1"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
