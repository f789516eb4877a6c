//! An answer as CSV: a line of names, then the rows. NULL is nothing at all, an empty text is `""`. Arrays and structs are
//! JSON. It must never write a value that is read back as two.

use super::{Answer, json_value};
use crate::schema::{Field, Type};
use crate::value::{Value, float_text, text};

/// The lines, each with its end.
pub fn csv(answer: &Answer) -> String {
    let mut written = line(answer.columns.iter().map(|column| quoted(&column.name)));
    for row in &answer.rows {
        written.push_str(&line(row.iter().zip(&answer.columns).map(|(value, column)| cell(value, column))));
    }
    written
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(",") + "\n"
}

fn cell(value: &Value, column: &Field) -> String {
    match (value, &column.ty) {
        (Value::Null, _) => String::new(),
        (Value::Float64(number), _) => float_text(*number),
        (Value::Array(_) | Value::Struct(_), ty) => quoted(&json_value(value, ty)),
        (Value::Bytes(_), ty @ Type::Bytes) => json_value(value, ty).trim_matches('"').to_owned(),
        (value, _) => quoted(&text(value)),
    }
}

fn quoted(text: &str) -> String {
    let is_plain = !text.is_empty()
        && !text.contains(['"', ',', '\n', '\r'])
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
