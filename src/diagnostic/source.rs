//! Fit that authors wrote, and places in them.

use std::sync::Arc;

/// A text with the path that messages show for it: relative to the project, with `/`.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// The text of a line, counted from 1; empty past the end.
    pub fn line(&self, line: u32) -> &str {
        self.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default()
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
        let mut start = 0;
        for _ in 1..self.line {
            match text[start..].find('\n') {
                Some(end) => start += end + 1,
                None => return text.len()..text.len(),
            }
        }
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
