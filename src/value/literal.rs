//! Values as GoogleSQL writes them: as `FORMAT('%T')` does, a constant of the same type, and as `FORMAT('%t')`
//! does, for reading. String functions, "FORMAT".

use super::{
    BIGNUMERIC_SCALE, I256, NUMERIC_SCALE, Value, date_text, datetime_text, decimal_text, float_text,
    interval_text, time_text, timestamp_text,
};

/// A value as a constant, as `%T` writes it.
pub fn literal(value: &Value) -> String {
    match value {
        Value::Float64(number) if !number.is_finite() => {
            format!("CAST(\"{}\" AS FLOAT64)", float_text(*number))
        }
        Value::Float64(number) => {
            let text = float_text(*number);
            if text.contains(['.', 'e']) { text } else { text + ".0" }
        }
        Value::Numeric(_) => format!("NUMERIC {}", quoted(&text(value))),
        Value::BigNumeric(_) => format!("BIGNUMERIC {}", quoted(&text(value))),
        Value::String(string) => quoted(string),
        Value::Bytes(bytes) => quoted_bytes(bytes),
        Value::Date(_) => format!("DATE {}", quoted(&text(value))),
        Value::Datetime(_) => format!("DATETIME {}", quoted(&text(value))),
        Value::Time(_) => format!("TIME {}", quoted(&text(value))),
        Value::Timestamp(_) => format!("TIMESTAMP {}", quoted(&text(value))),
        Value::Interval(_) => format!("INTERVAL {} YEAR TO SECOND", quoted(&text(value))),
        Value::Json(document) => format!("JSON {}", quoted(document)),
        Value::Range(bounds) => {
            let bound = [&bounds.0, &bounds.1].into_iter().find(|bound| !bound.is_null());
            let of = match bound {
                Some(Value::Datetime(_)) => "DATETIME",
                Some(Value::Timestamp(_)) => "TIMESTAMP",
                _ => "DATE",
            };
            format!("RANGE<{of}> {}", quoted(&text(value)))
        }
        Value::Array(values) => format!("[{}]", list(values)),
        // Brackets around one value would be nothing but brackets.
        Value::Struct(values) if values.len() < 2 => format!("STRUCT({})", list(values)),
        Value::Struct(values) => format!("({})", list(values)),
        Value::Null | Value::Bool(_) | Value::Int64(_) => text(value),
    }
}

fn list(values: &[Value]) -> String {
    values.iter().map(literal).collect::<Vec<_>>().join(", ")
}

/// A value for reading, as `%t` writes it.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int64(number) => number.to_string(),
        Value::Float64(number) => {
            let text = float_text(*number);
            if number.is_finite() && !text.contains(['.', 'e']) { text + ".0" } else { text }
        }
        Value::Numeric(units) => decimal_text(I256::from(*units), NUMERIC_SCALE),
        Value::BigNumeric(units) => decimal_text(*units, BIGNUMERIC_SCALE),
        Value::String(string) | Value::Json(string) => string.to_string(),
        Value::Bytes(bytes) => escaped_bytes(bytes, None),
        Value::Date(days) => date_text(*days),
        Value::Datetime(micros) => datetime_text(*micros),
        Value::Time(micros) => time_text(*micros),
        Value::Timestamp(micros) => timestamp_text(*micros),
        Value::Interval(interval) => interval_text(*interval),
        Value::Range(bounds) => {
            let bound = |bound: &Value| match bound {
                Value::Null => "UNBOUNDED".to_owned(),
                bound => text(bound),
            };
            format!("[{}, {})", bound(&bounds.0), bound(&bounds.1))
        }
        Value::Array(values) => {
            format!("[{}]", values.iter().map(text).collect::<Vec<_>>().join(", "))
        }
        Value::Struct(values) => {
            format!("({})", values.iter().map(text).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The quotation mark that needs no escaping where one does not: double, unless the text holds that one alone.
fn mark(has_double: bool, has_single: bool) -> char {
    if has_double && !has_single { '\'' } else { '"' }
}

/// A text between quotation marks, what cannot be seen escaped.
pub fn quoted(text: &str) -> String {
    let mark = mark(text.contains('"'), text.contains('\''));
    let mut written = String::with_capacity(text.len() + 2);
    written.push(mark);
    for character in text.chars() {
        match character {
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            '\\' => written.push_str("\\\\"),
            found if found == mark => written.extend(['\\', found]),
            found if found < ' ' || found == '\u{7f}' => {
                written.push_str(&format!("\\x{:02x}", found as u32));
            }
            found => written.push(found),
        }
    }
    written.push(mark);
    written
}

/// Bytes as a constant.
pub fn quoted_bytes(bytes: &[u8]) -> String {
    let mark = mark(bytes.contains(&b'"'), bytes.contains(&b'\''));
    format!("b{mark}{}{mark}", escaped_bytes(bytes, Some(mark)))
}

fn escaped_bytes(bytes: &[u8], mark: Option<char>) -> String {
    let mut written = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'\n' => written.push_str("\\n"),
            b'\r' => written.push_str("\\r"),
            b'\t' => written.push_str("\\t"),
            b'\\' => written.push_str("\\\\"),
            found if Some(*found as char) == mark => written.extend(['\\', *found as char]),
            b' '..=b'~' => written.push(*byte as char),
            _ => written.push_str(&format!("\\x{byte:02x}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_name_their_type_where_it_cannot_be_seen() {
        for (value, expected) in [
            (Value::Null, "NULL"),
            (Value::Bool(true), "true"),
            (Value::Float64(123.0), "123.0"),
            (Value::Float64(f64::NAN), "CAST(\"nan\" AS FLOAT64)"),
            (Value::Numeric(1_500_000_000), "NUMERIC \"1.5\""),
            (Value::string("it's"), "\"it's\""),
            (Value::string("\"x\""), "'\"x\"'"),
            (Value::Bytes(b"a\x01\xff"[..].into()), "b\"a\\x01\\xff\""),
            (Value::Date(19_782), "DATE \"2024-02-29\""),
            (Value::Array(vec![Value::Int64(1), Value::Null]), "[1, NULL]"),
            (Value::Struct(vec![Value::Int64(1), Value::string("a")]), "(1, \"a\")"),
            (Value::Struct(vec![Value::Int64(1)]), "STRUCT(1)"),
            (Value::Struct(Vec::new()), "STRUCT()"),
        ] {
            assert_eq!(literal(&value), expected);
        }
    }
}
