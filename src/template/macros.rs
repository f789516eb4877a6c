//! Macros: files under `templates/macros/` whose macros a template or own SQL imports by name. They see their
//! arguments and nothing of what imports them.
//!
//! minijinja tells which part of a template wrote which part of the output, but not inside a macro. So a text
//! that imports macros is rendered a second time, with marks in them that say where each piece of text stands;
//! the marks are trusted only where they change nothing else.

use std::fmt::Write as _;
use std::ops::Range;

use super::sourcemap::{NUMBER_END, VALUE_START};

/// The folder of macros below `templates/`.
pub const FOLDER: &str = "macros/";

/// What a mark begins with, behind [`VALUE_START`]: the file's number, `:` and the byte follow.
pub const MARK: char = 'm';

/// `{{ … }}`, `{% … %}` or `{# … #}` with its bytes in the text.
struct Tag<'a> {
    range: Range<usize>,
    /// Between the braces, dashes of whitespace control taken off.
    inside: &'a str,
    kind: char,
}

/// The tags of a template in their order.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|found| at + found) {
        let kind = text[start + 1..].chars().next().unwrap_or(' ');
        let close = match kind {
            '{' => "}}",
            '%' => "%}",
            '#' => "#}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let Some(end) = end_of_tag(&text[start + 2..], close, kind == '#').map(|end| start + 2 + end) else {
            break;
        };
        let inside = text[start + 2..end - 2].trim_matches(['-', '+']);
        tags.push(Tag { range: start..end, inside, kind });
        at = end;
    }
    tags
}

/// The bytes up to and with the closing of a tag, quoted texts passed over.
fn end_of_tag(rest: &str, close: &str, is_comment: bool) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (index, one) in rest.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if one == '\\' => escaped = true,
            Some(open) if one == open => quote = None,
            Some(_) => {}
            None if rest[index..].starts_with(close) => return Some(index + close.len()),
            None if !is_comment && (one == '"' || one == '\'') => quote = Some(one),
            None => {}
        }
    }
    None
}

/// The text with a mark before each piece of text that a macro writes.
pub fn marked(text: &str, file: usize) -> String {
    let mut marked = String::with_capacity(text.len() * 2);
    let mark = |marked: &mut String, byte: usize| {
        // Writing to a text does not fail.
        let _ = write!(marked, "{VALUE_START}{MARK}{file}:{byte}{NUMBER_END}");
    };
    let mut at = 0;
    let end = Tag { range: text.len()..text.len(), inside: "", kind: ' ' };
    for tag in tags(text).iter().chain([&end]) {
        for line in text[at..tag.range.start].split_inclusive('\n') {
            // Blanks stay at the edge, where tags may take them away.
            let blanks = line.len() - line.trim_start().len();
            marked.push_str(&line[..blanks]);
            if blanks < line.len() {
                mark(&mut marked, at + blanks);
                marked.push_str(&line[blanks..]);
            }
            at += line.len();
        }
        if tag.kind == '{' && !text[tag.range.clone()].starts_with("{{-") {
            mark(&mut marked, tag.range.start);
        }
        marked.push_str(&text[tag.range.clone()]);
        at = tag.range.end;
    }
    marked
}

/// Takes the marks out again.
pub fn unmarked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let open = format!("{VALUE_START}{MARK}");
    while let Some((before, after)) = rest.split_once(&open) {
        plain.push_str(before);
        rest = after.split_once(NUMBER_END).map_or("", |(_, after)| after);
    }
    plain + rest
}

/// The names that a file of macros gives: its macros, and what it sets.
pub fn defined(text: &str) -> Vec<&str> {
    let statements = tags(text).into_iter().filter(|tag| tag.kind == '%');
    statements
        .filter_map(|tag| {
            let mut words = tag
                .inside
                .split(|one: char| !one.is_alphanumeric() && one != '_')
                .filter(|word| !word.is_empty());
            matches!(words.next(), Some("macro" | "set")).then(|| words.next())?
        })
        .collect()
}

/// `{% from "file" import name, other as another %}`, or `{% import "file" as names %}`.
pub struct Import<'a> {
    pub file: &'a str,
    /// The file's name with its quotes, in bytes of the text.
    pub file_at: Range<usize>,
    /// The imported names with their bytes.
    pub names: Vec<(&'a str, Range<usize>)>,
}

/// The imports of a text whose file is named in so many words.
pub fn imports(text: &str) -> Vec<Import<'_>> {
    // Most texts have none, and every one is asked.
    if !text.contains("{%") || !text.contains("import") {
        return Vec::new();
    }
    let statements = tags(text).into_iter().filter(|tag| tag.kind == '%');
    statements.filter_map(|tag| import(text, tag.inside.trim())).collect()
}

fn import<'a>(text: &'a str, inside: &'a str) -> Option<Import<'a>> {
    let byte = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let is_from = inside.starts_with("from ");
    let rest = inside.strip_prefix("from ").or_else(|| inside.strip_prefix("import "))?.trim_start();
    let quote = rest.chars().next().filter(|one| ['"', '\''].contains(one))?;
    let (file, after) = rest[1..].split_once(quote)?;
    let file_at = byte(rest)..byte(rest) + file.len() + 2;
    let mut names = Vec::new();
    if is_from {
        let list = after.trim_start().strip_prefix("import")?;
        for part in list.split(',') {
            let name = part.split_whitespace().next().unwrap_or_default();
            if !name.is_empty() {
                names.push((name, byte(name)..byte(name) + name.len()));
            }
        }
    }
    Some(Import { file, file_at, names })
}

/// Where a name first stands inside a tag.
pub fn place_of(text: &str, name: &str) -> Option<Range<usize>> {
    let is_part = |one: char| one.is_alphanumeric() || one == '_';
    tags(text).into_iter().filter(|tag| tag.kind != '#').find_map(|tag| {
        text[tag.range.clone()].match_indices(name).find_map(|(index, _)| {
            let start = tag.range.start + index;
            let end = start + name.len();
            let alone = !text[..start].ends_with(is_part) && !text[end..].starts_with(is_part);
            (alone && !text[..start].ends_with('.')).then_some(start..end)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "{# one #}\n{% macro a(x) -%}\n  {{ x }} + 'b{'\n{%- endmacro %}{% set c = \"%}\" %}";

    #[test]
    fn names_and_imports_are_found() {
        assert_eq!(defined(FILE), ["a", "c"]);
        let text =
            "{%- from 'macros/f.sql' import a, c as d -%}{% import \"g\" as g %}{% if x %}from{% endif %}";
        let found = imports(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].file, &text[found[0].file_at.clone()]), ("macros/f.sql", "'macros/f.sql'"));
        let names: Vec<&str> = found[0].names.iter().map(|(_, at)| &text[at.clone()]).collect();
        assert_eq!(names, ["a", "c"]);
        assert_eq!((found[1].file, found[1].names.len()), ("g", 0));
    }

    #[test]
    fn marks_come_out_as_they_went_in() {
        for text in [FILE, "", "{", "{{ open", "{% raw %}{{ x }}{% endraw %}", "é {{- x -}} ü\n\n  ö"] {
            let marked = marked(text, 3);
            assert_eq!(unmarked(&marked), text);
        }
        assert_eq!(marked("a\n b", 0).matches(MARK).count(), 2);
    }
}
