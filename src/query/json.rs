//! An answer as JSON, each value as GoogleSQL's `TO_JSON(value, stringify_wide_numbers => TRUE)` has it: what a double
//! cannot hold is a text, so that no reader loses digits. It must never write a document that is none.

use data_encoding::BASE64;
use serde_json::Value as Json;

use super::Answer;
use crate::schema::{Field, Type};
use crate::value::{
    BIGNUMERIC_SCALE, I256, NUMERIC_SCALE, Value, date_text, datetime_text, decimal_text, text,
};

/// Whole numbers up to here are numbers in every reader of JSON.
const WIDEST: u64 = 1 << 53;

/// `{"columns": [{"name": …, "type": …}], "rows": […], "more": false}`. A row is an object where its names are all
/// there and differ, else a list; so is a struct.
pub fn json(answer: &Answer) -> String {
    let mut written = String::from("{\n  \"columns\": [");
    for (place, column) in answer.columns.iter().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let (name, ty) = (quoted(&column.name), quoted(&column.ty.to_string()));
        written.push_str(&format!("{comma}\n    {{\"name\": {name}, \"type\": {ty}}}"));
    }
    written.push_str("\n  ],\n  \"rows\": [");
    for (place, row) in answer.rows.iter().enumerate() {
        written.push_str(if place > 0 { ",\n    " } else { "\n    " });
        fields(row, &answer.columns, &mut written);
    }
    let end = if answer.rows.is_empty() { "" } else { "\n  " };
    written.push_str(&format!("{end}],\n  \"more\": {}\n}}", answer.more));
    written
}

/// One value.
pub fn json_value(value: &Value, ty: &Type) -> String {
    let mut written = String::new();
    write(value, ty, &mut written);
    written
}

fn fields(values: &[Value], fields: &[Field], written: &mut String) {
    let is_object = fields.iter().enumerate().all(|(place, field)| {
        !field.name.is_empty()
            && fields[..place].iter().all(|other| !other.name.eq_ignore_ascii_case(&field.name))
    });
    written.push(if is_object { '{' } else { '[' });
    for (place, (value, field)) in values.iter().zip(fields).enumerate() {
        if place > 0 {
            written.push_str(", ");
        }
        if is_object {
            written.push_str(&quoted(&field.name));
            written.push_str(": ");
        }
        write(value, &field.ty, written);
    }
    written.push(if is_object { '}' } else { ']' });
}

fn write(value: &Value, ty: &Type, written: &mut String) {
    match (value, ty) {
        (Value::Null, _) => written.push_str("null"),
        (Value::Bool(truth), _) => written.push_str(if *truth { "true" } else { "false" }),
        (Value::Int64(number), _) => match number.unsigned_abs() > WIDEST {
            true => written.push_str(&format!("\"{number}\"")),
            false => written.push_str(&number.to_string()),
        },
        (Value::Float64(number), _) => match serde_json::Number::from_f64(*number) {
            Some(number) => written.push_str(&number.to_string()),
            None if number.is_nan() => written.push_str("\"NaN\""),
            None => written.push_str(if *number > 0.0 { "\"Infinity\"" } else { "\"-Infinity\"" }),
        },
        (Value::Numeric(units), _) => decimal(&decimal_text(I256::from(*units), NUMERIC_SCALE), written),
        (Value::BigNumeric(units), _) => decimal(&decimal_text(*units, BIGNUMERIC_SCALE), written),
        (Value::String(text), _) => written.push_str(&quoted(text)),
        (Value::Bytes(bytes), _) => written.push_str(&quoted(&BASE64.encode(bytes))),
        (Value::Date(days), _) => written.push_str(&quoted(&date_text(*days))),
        (Value::Datetime(micros), _) => written.push_str(&quoted(&iso(*micros))),
        (Value::Timestamp(micros), _) => written.push_str(&quoted(&(iso(*micros) + "Z"))),
        (Value::Time(_) | Value::Interval(_) | Value::Range(_), _) => written.push_str(&quoted(&text(value))),
        // A document that is none can only be shown as the text that it is.
        (Value::Json(document), _) => match serde_json::from_str::<serde::de::IgnoredAny>(document) {
            Ok(_) => written.push_str(document),
            Err(_) => written.push_str(&quoted(document)),
        },
        (Value::Array(values), ty) => {
            let element = ty.element().unwrap_or(&Type::Unknown);
            written.push('[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    written.push_str(", ");
                }
                write(value, element, written);
            }
            written.push(']');
        }
        (Value::Struct(values), ty) => fields(values, ty.fields().unwrap_or_default(), written),
    }
}

/// A decimal is a number where a double gives all its digits back.
fn decimal(text: &str, written: &mut String) {
    let is_same = text.parse::<f64>().is_ok_and(|number| format!("{number}") == text);
    if is_same { written.push_str(text) } else { written.push_str(&format!("\"{text}\"")) }
}

fn iso(micros: i64) -> String {
    datetime_text(micros).replacen(' ', "T", 1)
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
