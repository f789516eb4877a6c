//! Text → nodes, under limits that keep hostile input cheap.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use super::commas;
use super::json;
use super::node::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Position, Source};

/// How deep a document may nest.
pub(super) const DEPTH: usize = 64;

/// What to do about a limit.
const SMALLER: &str = "a definition that people can read stays far below this limit; split it";

/// How large a document may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub bytes: usize,
    pub nodes: usize,
}

impl Limits {
    /// For files that people write.
    pub const DEFINITION: Limits = Limits { bytes: 1 << 20, nodes: 50_000 };
    /// For schemas that programs wrote; real ones reach 2.7 MB.
    pub const SCHEMA: Limits = Limits { bytes: 16 << 20, nodes: 1_000_000 };
}

/// Parses one YAML (or JSON) document. Numbers and booleans are strict: `no` and `012` are texts.
///
/// # Errors
/// One diagnostic with the place of the first thing that is not YAML, or the limit that was passed.
pub fn parse(source: &Arc<Source>, limits: Limits) -> Result<Node, Diagnostic> {
    if source.text.len() > limits.bytes {
        return Err(Diagnostic::error(
            Code::InvalidYaml,
            format!("the file has {} bytes, more than the {} that are read", source.text.len(), limits.bytes),
        )
        .at(&Position::new(source, 1, 1, 1))
        .hint("split it, or move what a program wrote into a file of its own"));
    }
    match json::read(source, limits) {
        Some(node) => Ok(node),
        None => parse_yaml(source, limits),
    }
}

/// Parses a document of allowed length as YAML.
pub(super) fn parse_yaml(source: &Arc<Source>, limits: Limits) -> Result<Node, Diagnostic> {
    let raw: Spanned<Raw> =
        serde_yaml::from_str_with_options(&source.text, options(limits)).map_err(|error| {
            let (line, column) =
                error.location().map_or((1, 1), |location| (location.line(), location.column()));
            let (message, hint) = explain(error.without_snippet(), limits);
            Diagnostic::error(Code::InvalidYaml, message)
                .at(&Position::new(source, (line as u32).max(1), (column as u32).max(1), 1))
                .hint(hint)
        })?;
    let mut node = place(raw, source);
    if node.value == Value::Null {
        // Nothing has no place; the reader is sent to the top.
        node.position = Position::new(source, 1, 1, 1);
    }
    commas::cut_off(&node, source).map_or(Ok(node), Err)
}

/// What is wrong, and what to do.
fn explain(error: &serde_yaml::Error, limits: Limits) -> (String, &'static str) {
    use serde_yaml::Error;
    use serde_yaml::budget::BudgetBreach;
    let limit = match error {
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => {
            format!("the file nests more than {DEPTH} deep")
        }
        Error::Budget { breach: BudgetBreach::Documents { .. }, .. } => {
            return ("the file holds more than one document".to_owned(), "give each a file of its own");
        }
        Error::Budget { .. } => format!("the file holds more than {} values", limits.nodes),
        other => {
            let message = other.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            // Limits also come wrapped in errors about the alias or the nesting that met them.
            if message.contains("recursion limit") {
                return (format!("the file nests more than {DEPTH} deep"), SMALLER);
            }
            if message.contains("alias replay limit") {
                return (format!("aliases repeat more than {} values", limits.nodes), SMALLER);
            }
            let hint = match message {
                _ if message.contains("tab") => "indent with blanks",
                // A text in quotes as the last argument of a call that a comma has cut.
                _ if message.contains("trailing content") => commas::HINT,
                _ => "look for a bracket, a quote or an indentation here or above that does not fit",
            };
            return (format!("not valid YAML: {message}"), hint);
        }
    };
    (limit, SMALLER)
}

fn options(limits: Limits) -> serde_yaml::Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: DEPTH,
            max_nodes: limits.nodes,
            max_events: limits.nodes * 3,
            max_aliases: 1_000,
            max_documents: 1,
            max_total_scalar_bytes: limits.bytes,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: limits.nodes,
        },
        duplicate_keys: serde_yaml::options::DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    }
}

/// What serde gives; positions are in the `Spanned` around it.
enum Raw {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

fn place(raw: Spanned<Raw>, source: &Arc<Source>) -> Node {
    let location = raw.referenced;
    let length =
        if matches!(raw.value, Raw::List(_) | Raw::Map(_)) { 1 } else { location.span().len() as u32 };
    let position =
        Position::new(source, (location.line() as u32).max(1), (location.column() as u32).max(1), length);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(value) => Value::Bool(value),
        Raw::Integer(value) => Value::Integer(value),
        Raw::Float(value) => Value::Float(value),
        Raw::Text(value) => Value::Text(value),
        Raw::List(items) => Value::List(items.into_iter().map(|item| place(item, source)).collect()),
        Raw::Map(entries) => Value::Map(
            entries.into_iter().map(|(key, value)| (place(key, source), place(value, source))).collect(),
        ),
    };
    Node { value, position }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(i64::try_from(value).map_or_else(|_| Raw::Text(value.to_string()), Raw::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((key, map.next_value()?));
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Diagnostic> {
        parse(&Source::new("test.yaml", text), Limits::DEFINITION)
    }

    #[test]
    fn values_keep_their_position() {
        let node = read("name: x\nlist:\n  - one\n  - {deep: 2}\n").unwrap();
        let list = node.get("list").unwrap().as_list().unwrap();
        assert_eq!((list[0].position.line, list[0].position.column), (3, 5));
        let deep = list[1].get("deep").unwrap();
        assert_eq!(deep.value, Value::Integer(2));
        assert_eq!((deep.position.line, deep.position.column), (4, 12));
    }

    #[test]
    fn words_and_padded_numbers_stay_texts() {
        let node = read("a: no\nb: 012\nc: 1_000\nd: '5'\ne: 2026-11-22\nf: true\n").unwrap();
        for key in ["a", "b", "c", "d", "e"] {
            assert!(node.get(key).unwrap().as_text().is_some(), "{key}");
        }
        assert_eq!(node.get("f").unwrap().value, Value::Bool(true));
    }

    #[test]
    fn duplicate_keys_are_kept_for_the_reader_to_report() {
        assert_eq!(read("a: 1\na: 2\n").unwrap().as_map().unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_yaml_is_an_error_with_a_place() {
        let error = read("a: [1, 2\nb: 3\n").unwrap_err();
        assert_eq!(error.code, Code::InvalidYaml);
        assert!(error.position.unwrap().line >= 1);
    }

    #[test]
    fn bombs_are_refused() {
        assert!(read(&"[".repeat(100_000)).is_err());
        let bomb = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(5_000));
        assert!(read(&bomb).is_err());
        assert!(read("a: 1\n---\nb: 2\n").is_err());
    }
}
