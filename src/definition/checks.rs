//! Checks: statements about a partition that must hold before it is published.

use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{MapReader, Node};

/// One check of a dataset.
#[derive(Clone, Debug)]
pub struct Check {
    pub kind: CheckKind,
    /// A failing check blocks the partition; a warning is only reported.
    pub blocks: bool,
    /// As it was written.
    pub text: String,
    pub position: Position,
}

#[derive(Clone, Debug)]
pub enum CheckKind {
    /// `not_null(column, …)`
    NotNull(Vec<String>),
    /// `unique(column, …)`: no two rows agree in all of them.
    Unique(Vec<String>),
    /// `min_rows(n)`
    MinRows(u64),
    /// `accepted_values(column, 'a', 'b')`
    AcceptedValues { column: String, values: Vec<String> },
    /// `holds(expression)`: true for every row.
    Holds(String),
}

const FORMS: &[(&str, &str)] = &[
    ("not_null", "not_null(client_id)"),
    ("unique", "unique(client_id)"),
    ("min_rows", "min_rows(1)"),
    ("accepted_values", "accepted_values(channel, 'release', 'beta')"),
    ("holds", "holds(duration >= 0)"),
];

/// Reads `checks: [not_null(client_id), {warn: min_rows(1000)}]`.
pub fn read(reader: &MapReader) -> Vec<Check> {
    let Some(node) = reader.optional("checks") else { return Vec::new() };
    let Some(items) = node.as_list() else {
        reader.report(
            Diagnostic::error(Code::WrongType, format!("`checks` is a list, not {}", node.value.kind()))
                .at(&node.position)
                .hint("write `checks: [not_null(client_id), min_rows(1)]`"),
        );
        return Vec::new();
    };
    items.iter().filter_map(|item| read_check(item, reader)).collect()
}

fn read_check(item: &Node, reader: &MapReader) -> Option<Check> {
    let (node, blocks) = match item.as_map() {
        Some([(key, value)]) if key.as_text() == Some("warn") => (value, false),
        Some([(key, value)]) if key.as_text() == Some("fail") => (value, true),
        _ => (item, true),
    };
    let Some(text) = node.as_text() else {
        reader.report(
            Diagnostic::error(Code::InvalidCheck, "a check is written like a call")
                .at(&node.position)
                .hint("for example `not_null(client_id)`, or `warn: min_rows(1000)` to be told only"),
        );
        return None;
    };
    match parse(text) {
        Ok(kind) => Some(Check { kind, blocks, text: text.to_owned(), position: node.position.clone() }),
        Err(problem) => {
            reader.report(
                Diagnostic::error(Code::InvalidCheck, format!("`{text}` is no check"))
                    .at(&node.position)
                    .hint(problem),
            );
            None
        }
    }
}

fn parse(text: &str) -> Result<CheckKind, String> {
    let forms = || {
        let forms: Vec<&str> = FORMS.iter().map(|(_, form)| *form).collect();
        format!("checks are {}", forms.join(", "))
    };
    let (name, rest) = text.trim().split_once('(').ok_or_else(forms)?;
    let inside = rest.strip_suffix(')').ok_or_else(forms)?.trim();
    let name = name.trim();
    let columns = || -> Result<Vec<String>, String> {
        let columns: Vec<String> = inside.split(',').map(|column| column.trim().to_owned()).collect();
        let fits = |column: &String| {
            !column.is_empty() && column.chars().all(|one| one.is_alphanumeric() || "_.".contains(one))
        };
        if columns.iter().all(fits) { Ok(columns) } else { Err(format!("`{name}` takes names of columns")) }
    };
    match name {
        "not_null" => Ok(CheckKind::NotNull(columns()?)),
        "unique" => Ok(CheckKind::Unique(columns()?)),
        "min_rows" => {
            inside.parse().map(CheckKind::MinRows).map_err(|_| "`min_rows` takes a whole number".to_owned())
        }
        "accepted_values" => {
            let help = || format!("write `{}`", FORMS[3].1);
            let (column, values) = inside.split_once(',').ok_or_else(help)?;
            let values = values
                .split(',')
                .map(|value| {
                    let value = value.trim();
                    let inner = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
                    inner.map(str::to_owned).ok_or_else(help)
                })
                .collect::<Result<Vec<_>, _>>()?;
            Ok(CheckKind::AcceptedValues { column: column.trim().to_owned(), values })
        }
        "holds" if !inside.is_empty() => Ok(CheckKind::Holds(inside.to_owned())),
        other => match crate::diagnostic::did_you_mean(other, FORMS.iter().map(|(name, _)| *name)) {
            Some(near) => Err(format!("did you mean `{near}`?")),
            None => Err(forms()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_parses_and_slips_are_explained() {
        for (_, form) in FORMS {
            assert!(parse(form).is_ok(), "{form}");
        }
        assert_eq!(parse("notnull(x)").unwrap_err(), "did you mean `not_null`?");
        assert!(parse("min_rows(many)").is_err());
        assert!(parse("unique client_id").is_err());
    }
}
