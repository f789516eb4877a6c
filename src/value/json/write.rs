//! A document → its text. Nothing is escaped but quotes, backslashes and control characters.

use super::Document;

/// Writes JSON from left to right.
pub struct Writer {
    text: String,
    /// Whether each item has its own line.
    pretty: bool,
    depth: usize,
    /// Whether the innermost array or object has nothing in it yet.
    empty: bool,
}

impl Writer {
    pub fn compact() -> Self {
        Self { text: String::new(), pretty: false, depth: 0, empty: true }
    }

    pub fn pretty() -> Self {
        Self { pretty: true, ..Self::compact() }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// Begins an array or object.
    pub fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.empty = true;
    }

    pub fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !std::mem::replace(&mut self.empty, false) {
            self.line();
        }
        self.text.push(bracket);
    }

    /// What stands before an element.
    pub fn item(&mut self) {
        if !std::mem::replace(&mut self.empty, false) {
            self.text.push(',');
        }
        self.line();
    }

    /// What stands before the value of a member.
    pub fn key(&mut self, key: &str) {
        self.item();
        self.string(key);
        self.text.push_str(if self.pretty { ": " } else { ":" });
    }

    fn line(&mut self) {
        if self.pretty {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", self.depth));
        }
    }

    /// A number or a word.
    pub fn plain(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn string(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            self.text.push_str(&rest[..at]);
            match rest.as_bytes()[at] {
                b'"' => self.text.push_str("\\\""),
                b'\\' => self.text.push_str("\\\\"),
                b'\n' => self.text.push_str("\\n"),
                b'\r' => self.text.push_str("\\r"),
                b'\t' => self.text.push_str("\\t"),
                8 => self.text.push_str("\\b"),
                12 => self.text.push_str("\\f"),
                other => self.text.push_str(&format!("\\u{other:04x}")),
            }
            rest = &rest[at + 1..];
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    pub fn document(&mut self, document: &Document) {
        match document {
            Document::Null => self.plain("null"),
            Document::Bool(truth) => self.plain(if *truth { "true" } else { "false" }),
            Document::Number(number) => self.plain(&number.to_string()),
            Document::String(text) => self.string(text),
            Document::Array(items) => {
                self.open('[');
                for item in items {
                    self.item();
                    self.document(item);
                }
                self.close(']');
            }
            Document::Object(members) => {
                self.open('{');
                for (key, value) in members {
                    self.key(key);
                    self.document(value);
                }
                self.close('}');
            }
        }
    }
}
