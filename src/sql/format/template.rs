//! The parts of a text that a template's logic owns: found, told apart, and hidden from the lexer
//! behind letters of the same length. It must never judge SQL.

use std::ops::Range;

use super::span_of;
use super::tokens::Tag;
use crate::sql::Problem;
use crate::sql::tree::Span;

/// A part that belongs to the template.
pub struct Part {
    pub range: Range<usize>,
    /// None for a value, `{{ … }}`.
    pub tag: Option<Tag>,
}

/// A template's text with its own parts hidden.
pub struct Hidden {
    /// As long as the text, byte for byte: values are letters, tags and comments are comments of SQL.
    pub text: String,
    pub parts: Vec<Part>,
    /// Some of them remove the blanks beside them, so that a comment could reach what follows it.
    pub trims: bool,
}

impl Hidden {
    /// A problem of the hidden text with its place in the text itself: a hidden part has no lines.
    pub fn in_text(&self, text: &str, problem: Problem) -> Problem {
        let Span { line, column, length } = problem.span;
        let line: usize = self.text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
        let place = self.text[line..].char_indices().nth(column as usize - 1);
        let start = line + place.map_or(0, |(at, _)| at);
        Problem { span: span_of(text, start, length), ..problem }
    }
}

/// Why a template cannot be formatted, with its place.
pub struct Refusal {
    pub at: usize,
    pub reason: String,
}

/// Tags that stand for themselves.
const ALONE: &[&str] = &["set", "do", "import", "from", "include", "break", "continue"];

/// Hides the template's parts of a text, and with `axes` the `{name}` of a matrix of definitions too.
///
/// # Errors
/// The template's logic is one that formatting could change.
pub fn hide(text: &str, axes: bool) -> Result<Hidden, Refusal> {
    let mut hidden = text.as_bytes().to_vec();
    let mut parts = Vec::new();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let behind = &text[start..];
        let close = match behind.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                if let Some(length) = axis(text, start).filter(|_| axes) {
                    hidden[start..start + length].fill(b'j');
                    parts.push(Part { range: start..start + length, tag: None });
                    at = start + length;
                } else {
                    at = start + 1;
                }
                continue;
            }
        };
        let Some(length) = end_of(behind, close) else {
            return Err(Refusal { at: start, reason: format!("`{}` has no `{close}`", &behind[..2]) });
        };
        let mut range = start..start + length;
        if close == "%}"
            && let Some(length) = within_line(text, start)
        {
            range.end = start + length;
            hidden[range.clone()].fill(b'j');
            at = range.end;
            parts.push(Part { range, tag: None });
            continue;
        }
        at = range.end;
        hidden[range.clone()].fill(b'j');
        if close == "}}" {
            parts.push(Part { range, tag: None });
            continue;
        }
        hidden[start..start + 2].copy_from_slice(b"/*");
        hidden[at - 2..at].copy_from_slice(b"*/");
        let tag = if close == "#}" { Tag::Alone } else { role(&text[range.clone()], start, &mut open)? };
        parts.push(Part { range, tag: Some(tag) });
    }
    if let Some((name, at)) = open.pop() {
        return Err(Refusal { at, reason: format!("`{{% {name} %}}` is not closed") });
    }
    let hidden = String::from_utf8(hidden).unwrap_or_default();
    let trims = parts.iter().any(|part| {
        let written = &text[part.range.clone()];
        ["{{-", "{%-", "{#-", "-}}", "-%}", "-#}"].iter().any(|mark| written.contains(mark))
    });
    Ok(Hidden { text: hidden, parts, trims })
}

/// The length of `{% if … %} … {% endif %}` and the like that stands within one line with other text: it is taken as one word. None
/// where it does not end on its line, or holds what a word cannot.
fn within_line(text: &str, start: usize) -> Option<usize> {
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..end];
    let (mut at, mut depth) = (0, 0_i32);
    // What stands between the tags.
    let mut between = String::new();
    while let Some(found) = line[at..].find('{') {
        between.push_str(&line[at..at + found]);
        let open = at + found;
        let close = match line.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => return None,
        };
        let length = end_of(&line[open..], close)?;
        at = open + length;
        if close == "%}" {
            let name = tag_name(&line[open..at]);
            depth += match name {
                "if" | "for" => 1,
                "endif" | "endfor" => -1,
                "else" | "elif" => 0,
                _ => return None,
            };
        }
        if depth <= 0 {
            break;
        }
    }
    let is_closed = depth == 0 && at > 0;
    let has_company = !text[line_start..start].trim().is_empty() || !line[at..].trim().is_empty();
    let is_simple =
        !between.contains(['\'', '"', '`', '#', ';']) && !between.contains("--") && !between.contains("/*");
    let count = |open: char, close: char| between.matches(open).count() == between.matches(close).count();
    (is_closed && has_company && is_simple && count('(', ')') && count('[', ']')).then_some(at)
}

fn tag_name(text: &str) -> &str {
    let inner = text.trim_start_matches("{%").trim_start_matches(['-', '+']).trim_start();
    inner.split(|one: char| !one.is_ascii_alphanumeric() && one != '_').next().unwrap_or_default()
}

/// The length of what starts with `{{`, `{%` or `{#`. Texts within a tag may hold what looks like its end.
fn end_of(text: &str, close: &str) -> Option<usize> {
    if close == "#}" {
        return text.find(close).map(|end| end + 2);
    }
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = 2;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'\'' | b'"')) => quote = Some(byte),
            (None, _) if bytes[at..].starts_with(close.as_bytes()) => return Some(at + 2),
            (None, _) => {}
        }
        at += 1;
    }
    None
}

/// The length of `{name}` or `{name.field}`, which no hint is.
fn axis(text: &str, start: usize) -> Option<usize> {
    let length = text[start..].find('}')? + 1;
    let name = &text[start + 1..start + length - 1];
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.');
    (is_name && !text[..start].ends_with(['@', '\\'])).then_some(length)
}

fn role<'t>(text: &'t str, at: usize, open: &mut Vec<(&'t str, usize)>) -> Result<Tag, Refusal> {
    let name = tag_name(text);
    let refuse = |reason: String| Err(Refusal { at, reason });
    match name {
        "for" | "if" => {
            open.push((name, at));
            Ok(Tag::Opens)
        }
        "else" | "elif" if !open.is_empty() => Ok(Tag::Goes),
        "endfor" | "endif" => match open.pop() {
            Some((opened, _)) if name.strip_prefix("end") == Some(opened) => Ok(Tag::Closes),
            _ => refuse(format!("`{{% {name} %}}` closes nothing")),
        },
        "set" if !text.contains('=') => refuse("`{% set %}` holds text".to_owned()),
        name if ALONE.contains(&name) => Ok(Tag::Alone),
        name => refuse(format!("`{{% {name} %}}` decides what its text is")),
    }
}
