//! An answer as a table for people: names, types, rows. Values are as `FORMAT('%t')` writes them, and as constants
//! within arrays and structs, so that nothing is ambiguous there. It must never break a line within a value.

use comfy_table::Table;

use super::Answer;
use crate::value::{Value, literal, text};

/// The table without a line end after its last line.
pub fn table(answer: &Answer) -> String {
    let mut table = Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header(answer.columns.iter().map(|column| printable(&column.name)));
    table.add_row(answer.columns.iter().map(|column| column.ty.to_string()));
    for row in &answer.rows {
        table.add_row(row.iter().map(cell));
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn cell(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Struct(_) => printable(&literal(value)),
        value => printable(&text(value)),
    }
}

/// A text in one line, that does nothing to a terminal.
fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_control() {
            true => shown.extend(character.escape_default()),
            false => shown.push(character),
        }
    }
    shown
}
