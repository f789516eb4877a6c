//! Checks: statements about a partition that must hold before it is published. What they mean in SQL is the
//! compiler's business.

mod form;
mod threshold;

pub use form::CheckKind;
pub use threshold::{Threshold, Thresholds};

use super::{Context, shapes};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{MapReader, Node};

/// One check of a dataset.
#[derive(Clone, Debug)]
pub struct Check {
    pub kind: CheckKind,
    /// How many violations are allowed.
    pub thresholds: Thresholds,
    /// As it was written.
    pub text: String,
    pub position: Position,
}

/// Reads `checks: [not_null(client_id), {warn: min_rows(1000)}, {check: not_null(country), fail: 1%}]`.
pub(super) fn read(reader: &MapReader, context: &Context) -> Vec<Check> {
    let Some(node) = reader.optional("checks") else { return Vec::new() };
    let Some(items) = node.as_list() else {
        reader.report(
            Diagnostic::error(Code::WrongType, format!("`checks` is a list, not {}", node.value.kind()))
                .at(&node.position)
                .hint("write `checks: [not_null(client_id), min_rows(1)]`"),
        );
        return Vec::new();
    };
    items.iter().filter_map(|item| read_check(item, reader, context)).collect()
}

fn read_check(item: &Node, reader: &MapReader, context: &Context) -> Option<Check> {
    if item.get("check").is_some() || item.get("sql").is_some() {
        let inner = MapReader::of(item, "a check", &shapes::CHECK);
        let check = read_mapping(&inner, context);
        reader.report_all(inner.finish());
        return check;
    }
    let (node, thresholds) = match item.as_map() {
        Some([(key, value)]) if key.as_text() == Some("warn") => (value, Thresholds::WARNS),
        Some([(key, value)]) if key.as_text() == Some("fail") => (value, Thresholds::BLOCKS),
        _ => (item, Thresholds::BLOCKS),
    };
    let Some(text) = node.as_text() else {
        reader.report(
            Diagnostic::error(Code::InvalidCheck, "a check is written like a call")
                .at(&node.position)
                .hint("for example `not_null(client_id)`, or `warn: min_rows(1000)` to be told only"),
        );
        return None;
    };
    called(text, &node.position, thresholds, reader)
}

/// A check written like a call.
fn called(text: &str, position: &Position, thresholds: Thresholds, reader: &MapReader) -> Option<Check> {
    match form::parse(text) {
        Ok(kind) => Some(Check { kind, thresholds, text: text.to_owned(), position: position.clone() }),
        Err(problem) => {
            reader.report(
                Diagnostic::error(Code::InvalidCheck, format!("`{text}` is no check"))
                    .at(position)
                    .hint(problem),
            );
            None
        }
    }
}

/// A check with thresholds, or one in SQL of its own.
fn read_mapping(reader: &MapReader, context: &Context) -> Option<Check> {
    let thresholds = threshold::read(reader);
    match (reader.optional_text("check"), reader.optional_text("sql")) {
        (Some(check), None) => called(&check.text, &check.position, thresholds?, reader),
        (None, Some(sql)) => {
            let written = sql.text.trim();
            let is_file = written.ends_with(".sql") && !written.contains(char::is_whitespace);
            let query = match is_file {
                true => match context.files.beside(&sql.position.source, written) {
                    Ok(file) => file.text.trim().to_owned(),
                    Err(problem) => {
                        reader.report(Diagnostic::error(Code::UnreadableFile, problem).at(&sql.position));
                        return None;
                    }
                },
                false => written.to_owned(),
            };
            let words: Vec<&str> = written.split_whitespace().collect();
            let kind = CheckKind::Sql { query };
            Some(Check { kind, thresholds: thresholds?, text: words.join(" "), position: sql.position })
        }
        (Some(_), Some(sql)) => {
            let message = "a check is one of `check` and `sql`";
            reader.report(
                Diagnostic::error(Code::InvalidCheck, message)
                    .at(&sql.position)
                    .hint("make two checks of it"),
            );
            None
        }
        // That it is no text was said.
        (None, None) => None,
    }
}
