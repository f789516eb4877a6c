//! Small values in definitions: table names, dates, durations.

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, Position};
use crate::period::Cadence;
use crate::yaml::{MapReader, Node, Text, Value};

/// `dataset.table`, both of lower-case letters, digits and underscores.
#[derive(Clone, Debug, PartialEq)]
pub struct TableName {
    pub schema: String,
    pub table: String,
    pub position: Position,
}

impl TableName {
    pub fn new(schema: &str, table: &str, position: &Position) -> Self {
        Self { schema: schema.to_owned(), table: table.to_owned(), position: position.clone() }
    }

    pub fn full(&self) -> String {
        format!("{}.{}", self.schema, self.table)
    }

    /// The table's name without its `_v1`, and the version.
    pub fn version(&self) -> Option<(&str, u32)> {
        let (name, version) = self.table.rsplit_once("_v")?;
        Some((name, version.parse().ok()?))
    }
}

/// Whether a text can be a part of a table's name.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_')
}

/// Reads a table's name; `versioned` ones end in `_v` and a number.
pub fn table_name(reader: &MapReader, key: &str, text: &Text, versioned: bool) -> Option<TableName> {
    reader
        .parsed(key, text, |text| {
            let help = "write `dataset.table` in lower-case letters, digits and underscores";
            let (schema, table) = text.split_once('.').ok_or(help)?;
            if !is_name(schema) || !is_name(table) {
                return Err(help.to_owned());
            }
            let name = TableName::new(schema, table, &Position::clone(reader.position()));
            if versioned && name.version().is_none() {
                return Err(format!("tables carry their version: `{schema}.{table}_v1`"));
            }
            Ok(name)
        })
        .map(|name| TableName { position: text.position.clone(), ..name })
}

/// A date as `YYYY-MM-DD` that exists.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return Err("dates are written YYYY-MM-DD, for example 2026-11-22".to_owned());
    }
    text.parse::<Date>().map_err(|_| format!("there is no such day as {text}"))
}

pub fn optional_date(reader: &MapReader, key: &'static str) -> Option<Date> {
    let text = reader.optional_text(key)?;
    reader.parsed(key, &text, parse_date)
}

/// A number of days: `27 days`, `1 day`, `2 weeks`.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_days(text: &str) -> Result<u32, String> {
    let help = || "write a number of days, for example `28 days`".to_owned();
    let (number, unit) = text.trim().split_once(' ').ok_or_else(help)?;
    let number: u32 = number.parse().map_err(|_| help())?;
    let days = match unit.trim() {
        "day" | "days" => number,
        "week" | "weeks" => number.checked_mul(7).ok_or_else(help)?,
        _ => return Err(help()),
    };
    if days > 36_500 { Err("more than a hundred years".to_owned()) } else { Ok(days) }
}

pub fn optional_days(reader: &MapReader, key: &'static str) -> Option<u32> {
    reader.optional(key).and_then(|node| days(reader, key, node))
}

/// A number of days; one without its unit is told the unit.
pub fn days(reader: &MapReader, key: &str, node: &Node) -> Option<u32> {
    if let Value::Integer(number) = node.value {
        reader.report(
            Diagnostic::error(Code::InvalidValue, format!("`{key}` is `{number}`, without a unit"))
                .at(&node.position)
                .hint(format!("write `{number} days`")),
        );
        return None;
    }
    let text = reader.text(key, node)?;
    reader.parsed(key, &text, parse_days)
}

/// How often there is a partition: `every: hour`, a day without it.
pub fn every(reader: &MapReader) -> Option<Cadence> {
    match reader.optional_text("every") {
        None => Some(Cadence::Day),
        Some(text) => reader.parsed("every", &text, |text| {
            let names = || Cadence::names().collect::<Vec<_>>().join(", ");
            Cadence::parse(text).ok_or_else(|| format!("write one of {}", names()))
        }),
    }
}

/// Owners: e-mail addresses or team names, at least one, from the definition or the project's defaults.
pub fn owners(reader: &MapReader, defaults: &[String]) -> Vec<String> {
    match reader.optional("owners") {
        Some(node) => {
            let owners = reader.texts("owners", node);
            if owners.is_empty() && node.as_list().is_some() {
                reader.report(
                    Diagnostic::error(Code::InvalidValue, "`owners` is empty")
                        .at(&node.position)
                        .hint("name who is asked about this table, for example `owners: [team@example.com]`"),
                );
            }
            owners.into_iter().map(|owner| owner.text).collect()
        }
        None if defaults.is_empty() => {
            reader.required(
                "owners",
                "name who is asked about this table: `owners: [team@example.com]`, here or once in tidemill.yaml under `defaults:`",
            );
            Vec::new()
        }
        None => defaults.to_vec(),
    }
}

/// Labels: a mapping of names to texts.
pub fn labels(reader: &MapReader) -> Vec<(String, String)> {
    let Some(node) = reader.optional("labels") else { return Vec::new() };
    let mut labels: Vec<(String, String)> = reader
        .entries("labels", node)
        .into_iter()
        .filter_map(|(name, value)| reader.text("labels", value).map(|value| (name.text, value.text)))
        .collect();
    labels.sort();
    labels
}

#[cfg(test)]
mod tests {
    use super::{parse_date, parse_days};

    #[test]
    fn dates_must_exist() {
        assert!(parse_date("2028-02-29").is_ok());
        for text in ["2026-02-29", "2026-13-01", "26-11-22", "2026-11-2", "today", "2026-11-22T00:00"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_are_days_and_weeks() {
        assert_eq!(parse_days("27 days"), Ok(27));
        assert_eq!(parse_days("2 weeks"), Ok(14));
        for text in ["27", "days", "-1 days", "1 month", "99999999 weeks"] {
            assert!(parse_days(text).is_err(), "{text}");
        }
    }
}
