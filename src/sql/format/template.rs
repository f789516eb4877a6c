//! The parts of a text that a template's logic owns: found, told apart, and hidden from the tokenizer
//! behind letters of the same length. It must never judge SQL.

use std::ops::Range;

use super::tokens::Tag;

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
        let range = start..start + length;
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
    let text = String::from_utf8(hidden).unwrap_or_default();
    Ok(Hidden { text, parts })
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
    let inner = text.trim_start_matches("{%").trim_start_matches(['-', '+']).trim_start();
    let name = inner.split(|one: char| !one.is_ascii_alphanumeric() && one != '_').next().unwrap_or_default();
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
        "set" if !inner.contains('=') => refuse("`{% set %}` holds text".to_owned()),
        name if ALONE.contains(&name) => Ok(Tag::Alone),
        name => refuse(format!("`{{% {name} %}}` decides what its text is")),
    }
}
