//! Typed reading of a mapping: asks for keys, collects every mistake, and at the end reports the
//! keys that nobody asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::node::{Node, Value};
use super::shape::Shape;
use crate::diagnostic::{Code, Diagnostic, Position};

/// A text with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub text: String,
    pub position: Position,
}

impl Text {
    pub fn new(text: impl Into<String>, position: &Position) -> Self {
        Self { text: text.into(), position: position.clone() }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Reads the keys of one mapping. Call [`MapReader::finish`] when all keys were asked for.
pub struct MapReader<'a> {
    /// What the mapping is, in words: "a source", "the header of a template".
    what: String,
    position: Position,
    /// Keys of what is no mapping are not missed; that was reported.
    is_map: bool,
    entries: BTreeMap<&'a str, &'a Node>,
    keys: Vec<(&'a str, &'a Position)>,
    /// The keys that it may have, where there is a table of them.
    shape: Option<&'static Shape>,
    asked: RefCell<Vec<&'static str>>,
    found: RefCell<Vec<Diagnostic>>,
}

impl<'a> MapReader<'a> {
    /// Starts reading; a node that is no mapping is reported and read as an empty one.
    pub fn new(node: &'a Node, what: impl Into<String>) -> Self {
        let mut reader = Self {
            what: what.into(),
            position: node.position.clone(),
            is_map: true,
            entries: BTreeMap::new(),
            keys: Vec::new(),
            shape: None,
            asked: RefCell::default(),
            found: RefCell::default(),
        };
        let Value::Map(entries) = &node.value else {
            let expected = format!("{} is a mapping of keys to values", reader.what);
            reader.wrong_type(node, &expected, "write `key: value`");
            reader.is_map = false;
            return reader;
        };
        for (key, value) in entries {
            let Some(name) = key.as_text() else {
                reader.wrong_type(key, "a key is a text", "put it in quotes");
                continue;
            };
            if reader.entries.contains_key(name) {
                reader.report(
                    Diagnostic::error(
                        Code::DuplicateKey,
                        format!("`{name}` stands twice in {}", reader.what),
                    )
                    .at(&key.position)
                    .hint("keep one of them"),
                );
                continue;
            }
            reader.entries.insert(name, value);
            reader.keys.push((name, &key.position));
        }
        reader
    }

    /// Starts reading a mapping of a definition, whose keys stand in a table.
    pub fn of(node: &'a Node, what: impl Into<String>, shape: &'static Shape) -> Self {
        Self { shape: Some(shape), ..Self::new(node, what) }
    }

    /// Where the mapping begins: its first key.
    pub fn position(&self) -> &Position {
        self.keys.first().map_or(&self.position, |(_, position)| *position)
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    pub fn report_all(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.found.borrow_mut().extend(diagnostics);
    }

    fn wrong_type(&self, node: &Node, expected: &str, hint: &str) {
        self.report(
            Diagnostic::error(Code::WrongType, format!("{expected}, not {}", node.value.kind()))
                .at(&node.position)
                .hint(hint),
        );
    }

    /// The value of an optional key; `key: null` counts as absent.
    pub fn optional(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key).copied().filter(|node| node.value != Value::Null)
    }

    /// The value of a key that must be there.
    pub fn required(&self, key: &'static str, why: &str) -> Option<&'a Node> {
        let node = self.optional(key);
        if node.is_none() && self.is_map {
            self.report(
                Diagnostic::error(Code::MissingKey, format!("{} needs `{key}`", self.what))
                    .at(self.position())
                    .hint(why),
            );
        }
        node
    }

    pub fn optional_text(&self, key: &'static str) -> Option<Text> {
        self.optional(key).and_then(|node| self.text(key, node))
    }

    pub fn required_text(&self, key: &'static str, why: &str) -> Option<Text> {
        self.required(key, why).and_then(|node| self.text(key, node))
    }

    /// A text that is not blank.
    pub fn text(&self, key: &str, node: &Node) -> Option<Text> {
        match &node.value {
            Value::Text(text) if text.trim().is_empty() => {
                self.report(
                    Diagnostic::error(Code::InvalidValue, format!("`{key}` is empty"))
                        .at(&node.position)
                        .hint("write what it is, or leave the key out"),
                );
                None
            }
            Value::Text(text) => Some(Text::new(text, &node.position)),
            _ => {
                self.wrong_type(
                    node,
                    &format!("`{key}` is a text"),
                    "put the value in quotes if it is meant as text",
                );
                None
            }
        }
    }

    pub fn optional_bool(&self, key: &'static str) -> Option<bool> {
        let node = self.optional(key)?;
        match node.value {
            Value::Bool(value) => Some(value),
            _ => {
                self.wrong_type(node, &format!("`{key}` is a boolean"), "write `true` or `false`");
                None
            }
        }
    }

    /// A list of texts, each with its place; a single text is not a list.
    pub fn texts(&self, key: &str, node: &Node) -> Vec<Text> {
        match node.as_list() {
            Some(items) => items.iter().filter_map(|item| self.text(key, item)).collect(),
            None => {
                let items = node.as_text().unwrap_or("one, two");
                self.wrong_type(node, &format!("`{key}` is a list"), &format!("write `{key}: [{items}]`"));
                Vec::new()
            }
        }
    }

    pub fn optional_texts(&self, key: &'static str) -> Vec<Text> {
        self.optional(key).map(|node| self.texts(key, node)).unwrap_or_default()
    }

    /// A mapping of texts to nodes under a key, in the order of the file; duplicates are reported.
    pub fn entries(&self, key: &str, node: &'a Node) -> Vec<(Text, &'a Node)> {
        let Some(entries) = node.as_map() else {
            self.wrong_type(
                node,
                &format!("`{key}` is a mapping"),
                &format!("write `{key}: {{name: value}}`"),
            );
            return Vec::new();
        };
        let mut seen = std::collections::BTreeSet::new();
        let mut read = Vec::new();
        for (name, value) in entries {
            let Some(text) = name.as_text() else {
                self.wrong_type(name, "a key is a text", "put it in quotes");
                continue;
            };
            if !seen.insert(text) {
                self.report(
                    Diagnostic::error(Code::DuplicateKey, format!("`{text}` stands twice in `{key}`"))
                        .at(&name.position)
                        .hint("keep one of them"),
                );
                continue;
            }
            read.push((Text::new(text, &name.position), value));
        }
        read
    }

    /// Parses a text with a function that says what is wrong with it.
    pub fn parsed<T>(
        &self,
        key: &str,
        text: &Text,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match parse(text.as_str()) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.report(
                    Diagnostic::error(Code::InvalidValue, format!("`{key}` is `{}`", text.text))
                        .at(&text.position)
                        .hint(problem),
                );
                None
            }
        }
    }

    /// Reports the keys that nobody asked for and hands over all findings.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut asked = self.asked.into_inner();
        if let Some(shape) = self.shape {
            asked.retain(|key| shape.has(key));
        }
        let mut found = self.found.into_inner();
        for (name, position) in &self.keys {
            if !asked.contains(name) {
                let mut known: Vec<&str> = asked.clone();
                known.sort_unstable();
                known.dedup();
                found.push(
                    Diagnostic::error(Code::UnknownKey, format!("{} has no key `{name}`", self.what))
                        .at(position)
                        .hint(format!("the keys are: {}", known.join(", ")))
                        .suggest(name, asked.iter().copied()),
                );
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::yaml::{Limits, parse};

    #[test]
    fn every_mistake_of_a_mapping_is_reported_at_once() {
        let source = Source::new("x.yaml", "nmae: a\nsize: 5\nsize: 6\nflag: yes\n");
        let node = parse(&source, Limits::DEFINITION).unwrap();
        let reader = MapReader::new(&node, "a thing");
        reader.required_text("name", "say its name");
        reader.optional_text("size");
        reader.optional_bool("flag");
        let codes: Vec<_> = reader.finish().into_iter().map(|finding| finding.code).collect();
        assert_eq!(
            codes,
            [Code::DuplicateKey, Code::MissingKey, Code::WrongType, Code::WrongType, Code::UnknownKey]
        );
    }
}
