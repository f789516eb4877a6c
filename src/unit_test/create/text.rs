//! A test as its file says it, in the form in which people write them: a row a line where it fits. What is written must be read
//! as the same values again.

use super::Sample;
use crate::compile::{Compilation, CompiledDataset};
use crate::period::{Cadence, Period};
use crate::schema::value::Constant;
use crate::schema::{Field, Type};

/// Longest line.
const WIDTH: usize = 110;

/// What the file is written of.
pub struct Test<'a> {
    pub compilation: &'a Compilation,
    pub dataset: &'a CompiledDataset,
    pub period: Period,
    pub sample: &'a Sample,
    pub result: &'a [Vec<Constant>],
}

impl Test<'_> {
    pub fn text(&self) -> String {
        let mut text = format!("dataset: {}\ntests:\n", self.dataset.name());
        let of = match self.period {
            Period::WHOLE => "real rows, made anonymous".to_owned(),
            period => format!("real rows of {period}, made anonymous"),
        };
        text.push_str(&format!("  - name: {of}\n"));
        match self.dataset.partition.cadence {
            Cadence::Whole => {
                text.push_str(&format!("    parameters: {{submission_date: {}}}\n", self.dataset.start));
            }
            Cadence::Hour => {
                let start = self.period.start().strftime("%Y-%m-%d %H:%M:%S");
                text.push_str(&format!("    parameters: {{partition_start: {start}}}\n"));
            }
            _ => {
                let day = self.period.first_day();
                text.push_str(&format!("    parameters: {{submission_date: {day}}}\n"));
            }
        }
        if !self.sample.is_empty() {
            text.push_str("    given:\n");
        }
        for (table, rows) in self.sample {
            let columns = self.compilation.columns(table).unwrap_or_default();
            text.push_str(&format!("      {table}:\n"));
            rows.iter().for_each(|row| text.push_str(&line(row, columns, 8)));
        }
        if self.result.is_empty() {
            text.push_str("    expect: []\n");
        } else {
            text.push_str("    expect:\n");
            self.result.iter().for_each(|row| text.push_str(&line(row, &self.dataset.columns, 6)));
        }
        text
    }
}

/// A row as an item of a list, with so many blanks before it.
fn line(row: &[Constant], columns: &[Field], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let parts = fields(row, columns);
    let whole = format!("{blanks}- {{{}}}\n", parts.join(", "));
    if parts.is_empty() || whole.chars().count() <= WIDTH {
        return whole;
    }
    let mut text = String::new();
    for (index, line) in block(row, columns, indent + 2).iter().enumerate() {
        let mark = if index == 0 { "- " } else { "  " };
        text.push_str(&format!("{blanks}{mark}{line}\n"));
    }
    text
}

/// Fields a line each, those that do not fit into one over several.
fn block(values: &[Constant], of: &[Field], indent: usize) -> Vec<String> {
    let written = values.iter().zip(of).filter(|(value, _)| **value != Constant::Null);
    let mut lines = Vec::new();
    for (one, field) in written {
        let whole = format!("{}: {}", plain(&field.name), value(one, &field.ty));
        match (one, &field.ty) {
            (Constant::Struct(inner), Type::Struct(fields))
                if indent + whole.chars().count() > WIDTH
                    && inner.iter().any(|one| *one != Constant::Null) =>
            {
                lines.push(format!("{}:", plain(&field.name)));
                lines.extend(block(inner, fields, indent + 2).into_iter().map(|line| format!("  {line}")));
            }
            _ => lines.push(whole),
        }
    }
    lines
}

/// `name: value` for all that is not NULL.
fn fields(values: &[Constant], fields: &[Field]) -> Vec<String> {
    let written = values.iter().zip(fields).filter(|(value, _)| **value != Constant::Null);
    written
        .map(|(value, field)| format!("{}: {}", plain(&field.name), self::value(value, &field.ty)))
        .collect()
}

fn value(value: &Constant, ty: &Type) -> String {
    match (value, ty) {
        (Constant::Null, _) => "null".to_owned(),
        (Constant::Array(items), ty) => {
            let element = ty.element().unwrap_or(&Type::Null);
            let items: Vec<String> = items.iter().map(|item| self::value(item, element)).collect();
            format!("[{}]", items.join(", "))
        }
        (Constant::Struct(values), ty) => {
            format!("{{{}}}", fields(values, ty.fields().unwrap_or_default()).join(", "))
        }
        (
            Constant::Scalar(text),
            Type::Int64 | Type::Bool | Type::Date | Type::Datetime | Type::Timestamp,
        ) => text.clone(),
        (Constant::Scalar(text), Type::Float64) if text.parse::<f64>().is_ok_and(f64::is_finite) => {
            text.clone()
        }
        (Constant::Scalar(text), Type::String) => plain(text),
        (Constant::Scalar(text), _) => quoted(text),
    }
}

/// A text without quotes where YAML takes it for nothing else.
fn plain(text: &str) -> String {
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_safe =
        |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '.' | '/' | '@' | '-' | '+' | ' ');
    let words = ["true", "false", "null", "nan", "inf", "infinity", "yes", "no", "on", "off", "y", "n"];
    let is_word = words.contains(&text.to_ascii_lowercase().as_str());
    match begins && !is_word && text.trim() == text && text.chars().all(is_safe) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    if text.chars().any(char::is_control) {
        // JSON's texts are YAML's.
        return serde_json::Value::String(text.to_owned()).to_string();
    }
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_yaml_takes_for_something_else_have_quotes() {
        for (text, written) in [
            ("release", "release"),
            ("a b", "a b"),
            ("", "''"),
            ("7", "'7'"),
            ("1e3", "'1e3'"),
            ("True", "'True'"),
            ("null", "'null'"),
            ("it's", "'it''s'"),
            ("a: b", "'a: b'"),
            ("- a", "'- a'"),
            (" a", "' a'"),
            ("a\nb", "\"a\\nb\""),
            ("#a", "'#a'"),
        ] {
            assert_eq!(plain(text), written);
        }
    }
}
