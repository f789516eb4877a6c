//! The SQL within a file: all of it, or the block under `sql: |` of a definition. Whatever stands around it, and how its lines end, is
//! put back as it was.

use std::sync::Arc;

use crate::diagnostic::Source;
use crate::yaml::{self, Limits, Node};

/// A file's SQL and where it stands.
pub struct Block {
    /// Without the indentation of a block, with `\n` at the end of lines.
    pub sql: String,
    /// The line of its first line in the file, from 1.
    pub first_line: u32,
    /// How many characters its lines are indented.
    pub indent: usize,
    /// Whether `{name}` stands for a value of the definition's `for`.
    pub has_axes: bool,
    /// Its bytes in the file.
    range: std::ops::Range<usize>,
    /// Every line of the file ends with `\r\n`.
    crlf: bool,
}

/// A mark that some editors write at a file's start.
const MARK: char = '\u{feff}';

impl Block {
    pub fn whole(source: &Source) -> Self {
        let start = if source.text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        let crlf = ends_with_crlf(&source.text);
        let sql = &source.text[start..];
        Self {
            sql: if crlf { sql.replace("\r\n", "\n") } else { sql.to_owned() },
            first_line: 1,
            indent: 0,
            has_axes: false,
            range: start..source.text.len(),
            crlf,
        }
    }

    /// The literal block of a definition's `sql`; none where it has another form.
    pub fn find(source: &Arc<Source>) -> Option<Self> {
        let root = read(source)?;
        let key = root.as_map()?.iter().map(|(key, _)| key).find(|key| key.as_text() == Some("sql"))?;
        let line = key.position.line as usize;
        let mut lines = lines(&source.text);
        let (_, header) = lines.nth(line - 1)?;
        let header = header.trim_end().strip_prefix("sql:")?.trim_start();
        let header = header.split(" #").next().unwrap_or(header).trim_end();
        if !matches!(header, "|" | "|-" | "|+") {
            return None;
        }
        let mut range: Option<std::ops::Range<usize>> = None;
        let (mut first_line, mut indent) = (0, 0);
        for (number, (start, text)) in (line as u32 + 1..).zip(lines) {
            let content = text.trim_end();
            if content.is_empty() {
                continue;
            }
            let own = content.len() - content.trim_start_matches(' ').len();
            let known = range.get_or_insert_with(|| {
                (first_line, indent) = (number, own);
                start..start
            });
            if indent == 0 || own < indent {
                break;
            }
            known.end = start + text.trim_end_matches(['\r', '\n']).len();
        }
        let range = range.filter(|range| !range.is_empty())?;
        let dedented = |line: &str| line.get(indent..).unwrap_or_default().to_owned();
        let mut sql: String = source.text[range.clone()]
            .split('\n')
            .map(|line| dedented(line.strip_suffix('\r').unwrap_or(line)))
            .collect::<Vec<_>>()
            .join("\n");
        sql.push('\n');
        let has_axes = root.get("for").is_some();
        Some(Self { sql, first_line, indent, has_axes, range, crlf: ends_with_crlf(&source.text) })
    }

    /// Whether it has parts that a template's logic owns.
    pub fn is_template(&self) -> bool {
        ["{{", "{%", "{#"].iter().any(|mark| self.sql.contains(mark))
    }

    /// The file's text with other SQL in the place of the block; none if the file would say something else then.
    pub fn put(&self, source: &Source, sql: &str) -> Option<String> {
        let newline = if self.crlf { "\r\n" } else { "\n" };
        let mut text = source.text[..self.range.start].to_owned();
        let prefix = " ".repeat(self.indent);
        let is_block = self.indent > 0;
        let body = if is_block { sql.trim_end_matches('\n') } else { sql };
        for (index, line) in body.split('\n').enumerate() {
            if index > 0 {
                text.push_str(newline);
            }
            if !line.is_empty() {
                text.push_str(&prefix);
                text.push_str(line);
            }
        }
        text.push_str(&source.text[self.range.end..]);
        if is_block {
            let said = read(&Source::new("", text.as_str()))?;
            let said = said.get("sql")?.as_text()?;
            if said.trim_end() != sql.trim_end() {
                return None;
            }
        }
        Some(text)
    }
}

fn read(source: &Arc<Source>) -> Option<Node> {
    yaml::parse(source, Limits::DEFINITION).ok()
}

/// Lines with the byte that each starts at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line)
    })
}

fn ends_with_crlf(text: &str) -> bool {
    let lines = text.matches('\n').count();
    lines > 0 && lines == text.matches("\r\n").count()
}
