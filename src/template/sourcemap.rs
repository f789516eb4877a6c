//! From a place in rendered SQL back to the line of the template, or the value in the YAML, that wrote it.
//!
//! minijinja says which part of the template wrote which part of the output. Values from YAML are
//! wrapped in private-use characters while rendering; they are taken out here and kept as places.

use std::sync::Arc;

use super::align::align;
use super::macros::MARK;
use crate::diagnostic::{Position, Source};
use crate::sql::tree::Span;
use crate::yaml;

/// Opens a value from YAML; its number and `NUMBER_END` follow.
pub const VALUE_START: char = '\u{E000}';
pub const NUMBER_END: char = '\u{E001}';
pub const VALUE_END: char = '\u{E002}';

/// A template's text and where it stands: a file of its own, or a value inside a YAML file.
#[derive(Clone, Debug)]
pub struct Text {
    pub name: String,
    pub text: String,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    File(Arc<Source>),
    Value(Position),
}

impl Text {
    pub fn file(name: &str, source: &Arc<Source>) -> Self {
        Self { name: name.to_owned(), text: source.text.clone(), place: Place::File(Arc::clone(source)) }
    }

    pub fn value(name: &str, value: &yaml::Text) -> Self {
        Self { name: name.to_owned(), text: value.text.clone(), place: Place::Value(value.position.clone()) }
    }

    pub fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// The author's place of a byte of the text.
    pub fn position(&self, offset: usize, length: u32) -> Position {
        let before = &self.text[..floor(&self.text, offset)];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before[start..].chars().count() as u32 + 1;
        match &self.place {
            Place::File(source) => Position::new(source, line, column, length),
            Place::Value(position) => {
                let text = self.text[start..].lines().next().unwrap_or_default();
                within_replaced(position, text, Span { line, column, length })
            }
        }
    }

    /// The whole of a line, counted from 1.
    pub fn line(&self, line: u32) -> Position {
        match &self.place {
            Place::File(source) => Position::whole_line(source, line),
            Place::Value(position) => {
                let inner = within(position, Span { line, column: 1, length: 1 });
                Position::whole_line(&inner.source, inner.line)
            }
        }
    }
}

/// The largest character boundary that is not after `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A place inside a YAML text value: a block starts on the line after its `|`, a quoted text after its quote.
pub fn within(value: &Position, span: Span) -> Position {
    let source = &value.source;
    if let Some((header, style)) = block_header(value) {
        if style == '>' {
            // Folding joins lines; only the value as a whole can be told.
            return value.clone();
        }
        let indent = (header + 1..)
            .take(1_000)
            .map(|line| source.line(line))
            .find(|line| !line.trim().is_empty())
            .map_or(0, |line| line.chars().take_while(|one| *one == ' ').count() as u32);
        return Position::new(source, header + span.line, indent + span.column, span.length);
    }
    let first = source.line(value.line).chars().nth(value.column.saturating_sub(1) as usize);
    match first {
        Some('\'' | '"') if span.line == 1 => {
            Position::new(source, value.line, value.column + span.column, span.length)
        }
        _ if span.line == 1 => Position::new(source, value.line, value.column + span.column - 1, span.length),
        _ => value.clone(),
    }
}

/// Like [`within`], for a value in which axes of a matrix were replaced; `text` is the line of the span.
fn within_replaced(value: &Position, text: &str, span: Span) -> Position {
    let start = within(value, Span { column: 1, ..span });
    let line = start.source.line(start.line);
    let written = line.char_indices().nth(start.column as usize - 1).map_or("", |(index, _)| &line[index..]);
    within(value, Span { column: align(written, text, span.column), ..span })
}

/// The line of a block's `|` or `>`, and which of them: the value's place is there or where its text begins.
fn block_header(value: &Position) -> Option<(u32, char)> {
    let source = &value.source;
    let line = source.line(value.line);
    let column = value.column.saturating_sub(1) as usize;
    if let Some(style @ ('|' | '>')) = line.chars().nth(column) {
        return Some((value.line, style));
    }
    if !line.chars().take(column).all(|one| one == ' ') {
        return None;
    }
    let before = (1..value.line).rev().take(1_000).find(|line| !source.line(*line).trim().is_empty())?;
    let text = source.line(before);
    let text = text.split(" #").next().unwrap_or_default().trim_end();
    let text = text.trim_end_matches(|one: char| "+-".contains(one) || one.is_ascii_digit());
    let style = text.chars().next_back().filter(|one| "|>".contains(*one))?;
    let key = text[..text.len() - 1].trim_end();
    (key.ends_with(':') || key.ends_with('-')).then_some((before, style))
}

/// Where the next of some marks stands. All of the private use begins with one byte that is rare elsewhere, and that is
/// looked for: nearly all texts hold none of them.
fn next_of(marks: &[char], text: &str) -> Option<usize> {
    const PRIVATE_USE: u8 = 0xEE;
    let places = text.bytes().enumerate().filter(|(_, byte)| *byte == PRIVATE_USE);
    places.map(|(at, _)| at).find(|at: &usize| text[*at..].starts_with(marks))
}

/// Whether a text holds a character that rendering uses as a mark.
pub fn has_marks(text: &str) -> bool {
    next_of(&[VALUE_START, NUMBER_END, VALUE_END], text).is_some()
}

/// The number of a file of macros, the byte in it where the text behind stands, and that text.
fn in_macro(mark: &str) -> Option<(usize, usize, &str)> {
    let (place, after) = mark.strip_prefix(VALUE_START)?.strip_prefix(MARK)?.split_once(NUMBER_END)?;
    let (file, byte) = place.split_once(':')?;
    Some((file.parse().ok()?, byte.parse().ok()?, after))
}

/// A value from YAML that was written into the SQL.
#[derive(Clone, Debug)]
pub struct Fragment {
    pub position: Position,
    /// Whether the SQL is the value letter by letter, so that places inside it can be told.
    pub exact: bool,
}

/// Rendered SQL with its way back.
#[derive(Clone, Debug)]
pub struct Rendered {
    pub sql: String,
    /// The file of `generated/` that it is written to, below that; empty where there is none.
    pub file: String,
    segments: Vec<Segment>,
    fragments: Vec<Fragment>,
    texts: Vec<Text>,
}

#[derive(Clone, Debug)]
struct Segment {
    /// First byte in `sql`.
    start: usize,
    text: usize,
    /// Byte in the template's text; for values the place that wrote them.
    source: usize,
    /// Where the part of the template ends.
    end: usize,
    /// Whether template and SQL go on in step.
    literal: bool,
    /// The value from YAML, and the first byte of it that the segment holds.
    fragment: Option<(usize, usize)>,
}

/// Where a piece of SQL comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    pub position: Position,
    /// For a value from YAML, the place in the template that reads it.
    pub read_by: Option<(String, u32)>,
}

/// A part of the output as the renderer reports it, in bytes of the output with its marks.
pub struct OutputPart {
    pub output: std::ops::Range<usize>,
    pub text: usize,
    pub source: std::ops::Range<usize>,
    pub literal: bool,
}

impl Rendered {
    /// Takes the marks out of a rendered text.
    pub fn new(marked: &str, parts: &[OutputPart], fragments: Vec<Fragment>, texts: Vec<Text>) -> Self {
        let leading = marked.len() - marked.trim_start_matches(['\n', ' ']).len();
        let sql = String::with_capacity(marked.len());
        let mut rendered = Self { sql, file: String::new(), segments: Vec::new(), fragments, texts };
        for part in parts {
            rendered.push(marked, part, leading);
        }
        rendered.sql.truncate(rendered.sql.trim_end().len());
        rendered
    }

    fn push(&mut self, marked: &str, part: &OutputPart, leading: usize) {
        let start = part.output.start.max(leading);
        if start >= part.output.end {
            return;
        }
        let skipped = start - part.output.start;
        let base = Segment {
            start: self.sql.len(),
            text: part.text,
            source: if part.literal { part.source.start + skipped } else { part.source.start },
            end: part.source.end,
            literal: part.literal,
            fragment: None,
        };
        let mut rest = &marked[start..part.output.end];
        self.segments.push(base.clone());
        let mut inside: Option<(usize, usize)> = None;
        let mut base = base;
        while let Some(at) = next_of(&[VALUE_START, VALUE_END], rest) {
            let (before, mark) = rest.split_at(at);
            self.sql.push_str(before);
            let after = &mark[VALUE_START.len_utf8()..];
            if let Some((file, byte, after)) = in_macro(mark) {
                // The texts of macros follow the one that is rendered.
                let text = file + 1;
                base = Segment { text, source: byte, end: byte, literal: true, ..base };
                self.segments.push(Segment { start: self.sql.len(), ..base.clone() });
                rest = after;
                continue;
            }
            if mark.starts_with(VALUE_START)
                && let Some((number, value)) = after.split_once(NUMBER_END)
                && let Ok(number) = number.parse()
            {
                inside = Some((number, 0));
                self.segments.push(Segment { start: self.sql.len(), fragment: inside, ..base.clone() });
                rest = value;
                continue;
            }
            if inside.take().is_some() {
                self.segments.push(Segment { start: self.sql.len(), ..base.clone() });
            }
            rest = after;
        }
        self.sql.push_str(rest);
    }

    /// Where the SQL at a line and column was written.
    pub fn origin(&self, span: Span) -> Option<Origin> {
        let mut offset = 0;
        for _ in 1..span.line.max(1) {
            offset += self.sql[offset..].find('\n')? + 1;
        }
        let line = &self.sql[offset..];
        let column = span.column.saturating_sub(1) as usize;
        offset += line.char_indices().nth(column).map_or(line.len(), |(index, _)| index);
        let segment =
            self.segments.get(self.segments.partition_point(|one| one.start <= offset).checked_sub(1)?)?;
        let text = self.texts.get(segment.text)?;
        let advance = offset - segment.start;
        if let Some((number, first)) = segment.fragment {
            let fragment = self.fragments.get(number)?;
            let position = if fragment.exact {
                let inner = Span { line: 1, column: (first + advance) as u32 + 1, length: span.length };
                let text = self.sql[segment.start..].lines().next().unwrap_or_default();
                within_replaced(&fragment.position, text, inner)
            } else {
                fragment.position.clone()
            };
            return Some(Origin {
                position,
                read_by: Some((text.name.clone(), text.position(segment.source, 1).line)),
            });
        }
        let position = match segment.literal {
            true => text.position(segment.source + advance, span.length),
            // Of an expression in the template all is marked, whatever it came to.
            false => {
                let written = text.text.get(segment.source..segment.end).unwrap_or_default();
                let length = written.lines().next().unwrap_or_default().chars().count();
                text.position(segment.source, length as u32)
            }
        };
        Some(Origin { position, read_by: None })
    }
}
