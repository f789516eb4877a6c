//! JSON text → nodes, some twenty times faster than through YAML: schemas that programs wrote reach 2.7 MB.
//!
//! It knows no mistakes. What is not strict JSON within the limits is none, and YAML's parser says why.

use std::sync::Arc;

use super::node::{Node, Value};
use super::parse::{DEPTH, Limits};
use crate::diagnostic::{Position, Source};

/// Reads a document that is one JSON object or list.
pub(super) fn read(source: &Arc<Source>, limits: Limits) -> Option<Node> {
    if !source.text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let mut reader =
        Reader { source, rest: &source.text, line: 1, column: 1, depth: 0, nodes_left: limits.nodes };
    let node = reader.value()?;
    reader.blanks();
    reader.rest.is_empty().then_some(node)
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    rest: &'a str,
    line: u32,
    column: u32,
    depth: usize,
    nodes_left: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Option<Node> {
        self.blanks();
        self.nodes_left = self.nodes_left.checked_sub(1)?;
        let mut position = Position::new(self.source, self.line, self.column, 1);
        let value = match self.rest.as_bytes().first()? {
            b'{' => Value::Map(self.entries()?),
            b'[' => Value::List(self.items()?),
            first => {
                let value = match first {
                    b'"' => Value::Text(self.text()?),
                    _ => self.scalar()?,
                };
                position.length = self.column - position.column;
                value
            }
        };
        Some(Node { value, position })
    }

    fn entries(&mut self) -> Option<Vec<(Node, Node)>> {
        let mut entries = Vec::new();
        self.parts('}', |reader| {
            reader.blanks();
            // Keys are texts, as JSON has it.
            if !reader.rest.starts_with('"') {
                return None;
            }
            let key = reader.value()?;
            reader.blanks();
            reader.symbol(':')?;
            entries.push((key, reader.value()?));
            Some(())
        })?;
        Some(entries)
    }

    fn items(&mut self) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        self.parts(']', |reader| {
            items.push(reader.value()?);
            Some(())
        })?;
        Some(items)
    }

    /// What stands between brackets, parted by commas.
    fn parts(&mut self, end: char, mut part: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        self.take(1);
        self.blanks();
        if !self.rest.starts_with(end) {
            loop {
                part(self)?;
                self.blanks();
                if self.rest.starts_with(end) {
                    break;
                }
                self.symbol(',')?;
            }
        }
        self.take(1);
        self.depth -= 1;
        Some(())
    }

    /// A text in quotes, with its escapes resolved.
    fn text(&mut self) -> Option<String> {
        self.take(1);
        let plain = self.rest.find(['"', '\\'])?;
        let end = match self.rest.as_bytes()[plain] {
            b'"' => plain,
            _ => closing_quote(self.rest)?,
        };
        let written = self.take(end);
        self.take(1);
        if written.chars().any(|character| character.is_control()) {
            return None;
        }
        match end == plain {
            true => Some(written.to_owned()),
            // Escapes are rare and have rules enough.
            false => serde_json::from_str(&format!("\"{written}\"")).ok(),
        }
    }

    fn scalar(&mut self) -> Option<Value> {
        let end = self.rest.find([',', ']', '}', ' ', '\n', '\r', '\t']).unwrap_or(self.rest.len());
        scalar(self.take(end))
    }

    fn symbol(&mut self, symbol: char) -> Option<()> {
        let is_there = self.rest.starts_with(symbol);
        is_there.then(|| {
            self.take(1);
        })
    }

    fn blanks(&mut self) {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        let end = self.rest.bytes().position(|byte| !blank(&byte)).unwrap_or(self.rest.len());
        let (blanks, rest) = self.rest.split_at(end);
        self.rest = rest;
        match blanks.rfind('\n') {
            Some(last) => {
                self.line += blanks.bytes().filter(|byte| *byte == b'\n').count() as u32;
                self.column = (blanks.len() - last) as u32;
            }
            None => self.column += blanks.len() as u32,
        }
    }

    /// Takes bytes that stand on one line.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        self.column += if taken.is_ascii() { taken.len() } else { taken.chars().count() } as u32;
        taken
    }
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}

fn scalar(word: &str) -> Option<Value> {
    match word {
        "null" => return Some(Value::Null),
        "true" => return Some(Value::Bool(true)),
        "false" => return Some(Value::Bool(false)),
        _ => {}
    }
    // JSON's numbers are stricter than Rust's; whole ones out of range are left to YAML's rules.
    match serde_json::from_str::<serde_json::Number>(word).ok()? {
        number if number.is_i64() => number.as_i64().map(Value::Integer),
        number if number.is_u64() => None,
        number => number.as_f64().map(Value::Float),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse::parse_yaml;

    fn source(text: &str) -> Arc<Source> {
        Source::new("x.json", text)
    }

    #[test]
    fn json_is_read_as_yaml_reads_it() {
        for text in [
            "{}",
            " [ ]\n",
            "[1, -2.5, 1e3, true, false, null, \"\"]",
            "{\n  \"a\": {\"b\\\"\\u00e9\\n\": [\"größe\", 5]},\r\n\t\"a\": -0.0}",
            "{\"größe\": 1, \"x\": [[], [{}], {\"y\": \"\\ud83d\\ude00\"}]}",
        ] {
            let source = source(text);
            let json = read(&source, Limits::SCHEMA).expect(text);
            assert_eq!(json, parse_yaml(&source, Limits::SCHEMA).unwrap(), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_left_to_yaml() {
        let deep = format!("{}{}", "[".repeat(DEPTH + 1), "]".repeat(DEPTH + 1));
        for text in [
            "a: 1",
            "5",
            "",
            "[1, 2",
            "[1,]",
            "{a: 1}",
            "{\"a\" 1}",
            "[01]",
            "[+1]",
            "[18446744073709551615]",
            "[\"a\nb\"]",
            "[\"\\ud83d\"]",
            "[\"\\x\"]",
            "[\"a",
            "[1] 2",
            "{\"a\": 1} # why",
            &deep,
        ] {
            assert_eq!(read(&source(text), Limits::SCHEMA), None, "{text}");
        }
        let limits = Limits { nodes: 3, ..Limits::SCHEMA };
        assert!(read(&source("[1, 2]"), limits).is_some());
        assert!(read(&source("[1, 2, 3]"), limits).is_none());
    }
}
