//! Files that authors wrote, and places in them.

use std::sync::{Arc, OnceLock};

/// A text with the path that messages show for it: relative to the project, with `/`.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    /// Where each line begins, once somebody asked for one.
    lines: OnceLock<Vec<usize>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, &self.text) == (&other.path, &other.text)
    }
}

impl Eq for Source {}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), lines: OnceLock::new() })
    }

    /// The byte at which a line begins, counted from 1; none past the end.
    fn start(&self, line: u32) -> Option<usize> {
        let lines = self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        });
        lines.get(line.saturating_sub(1) as usize).copied()
    }

    /// The text of a line, counted from 1; empty past the end.
    pub fn line(&self, line: u32) -> &str {
        let Some(start) = self.start(line) else { return "" };
        self.text[start..].lines().next().unwrap_or_default()
    }
}

/// A place in a source: line and column count from 1, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub source: Arc<Source>,
    pub line: u32,
    pub column: u32,
    /// Characters to mark; at least one is shown.
    pub length: u32,
}

impl Position {
    pub fn new(source: &Arc<Source>, line: u32, column: u32, length: u32) -> Self {
        Self { source: Arc::clone(source), line, column, length }
    }

    /// The whole of a line, without its leading spaces.
    pub fn whole_line(source: &Arc<Source>, line: u32) -> Self {
        let text = source.line(line);
        let indent = text.chars().take_while(|character| character.is_whitespace()).count() as u32;
        let length = text.trim().chars().count() as u32;
        Self::new(source, line, indent + 1, length)
    }

    /// `path:line:column`
    pub fn display(&self) -> String {
        format!("{}:{}:{}", self.source.path, self.line, self.column)
    }

    /// The marked bytes of the source's text.
    pub fn byte_range(&self) -> std::ops::Range<usize> {
        let text = &self.source.text;
        let Some(start) = self.source.start(self.line) else { return text.len()..text.len() };
        let line = &text[start..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let byte = |characters: u32| {
            line.char_indices().nth(characters as usize).map_or(line.len(), |(index, _)| index)
        };
        let from = byte(self.column.saturating_sub(1));
        let to = byte(self.column.saturating_sub(1) + self.length.max(1));
        start + from..start + to
    }
}
