//! `{axis}` and `{axis.attribute}` in the texts of a definition. Only a name in single braces is a placeholder:
//! `{{ … }}` belongs to templates, `{2,3}` to whoever wrote it, and `\{name}` writes `{name}` itself.

use std::collections::{BTreeMap, BTreeSet};

use super::Axis;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{Node, Value};

/// What may stand in braces: per axis the attributes that all of its values have.
pub struct Placeholders {
    axes: BTreeMap<String, BTreeSet<String>>,
}

/// Whether a text can name an axis.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
}

/// A piece of a text.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Plain(&'a str),
    /// A name in braces, perhaps with an attribute.
    Placeholder {
        written: &'a str,
        axis: &'a str,
        attribute: Option<&'a str>,
    },
    /// A name in braces behind a backslash.
    Literal(&'a str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while let Some(open) = text[at..].find('{').map(|offset| at + offset) {
        let Some(written) = placeholder(text, open) else {
            // All braces in a row are passed over, so that the second of two opens nothing.
            at = open + text[open..].chars().take_while(|one| *one == '{').count();
            continue;
        };
        let end = open + written.len();
        let escaped = text[..open].ends_with('\\');
        pieces.push(Piece::Plain(&text[plain..open - usize::from(escaped)]));
        let inside = &written[1..written.len() - 1];
        pieces.push(match (escaped, inside.split_once('.')) {
            (true, _) => Piece::Literal(written),
            (false, Some((axis, attribute))) => {
                Piece::Placeholder { written, axis, attribute: Some(attribute) }
            }
            (false, None) => Piece::Placeholder { written, axis: inside, attribute: None },
        });
        (plain, at) = (end, end);
    }
    pieces.push(Piece::Plain(&text[plain..]));
    pieces
}

/// The `{name}` or `{name.attribute}` that begins at a brace, if one does.
fn placeholder(text: &str, open: usize) -> Option<&str> {
    let close = open + text[open..].find('}')?;
    let inside = &text[open + 1..close];
    let named = match inside.split_once('.') {
        Some((axis, attribute)) => is_name(axis) && is_name(attribute),
        None => is_name(inside),
    };
    let doubled = text[..open].ends_with('{') || text[close + 1..].starts_with('}');
    (named && !doubled).then(|| &text[open..=close])
}

impl Placeholders {
    pub fn of(combinations: &[Vec<Axis>]) -> Self {
        let mut axes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for axis in combinations.iter().flatten() {
            let own: BTreeSet<String> = axis.attributes.keys().cloned().collect();
            axes.entry(axis.name.clone())
                .and_modify(|known| known.retain(|attribute| own.contains(attribute)))
                .or_insert(own);
        }
        Self { axes }
    }

    /// Reports every placeholder that no axis stands behind.
    pub fn check(&self, node: &Node, found: &mut Vec<Diagnostic>) -> bool {
        let before = found.len();
        visit(node, &mut |text, position| {
            for piece in pieces(text) {
                let Piece::Placeholder { written, axis, attribute } = piece else { continue };
                let place = place_of(written, position);
                match (self.axes.get(axis), attribute) {
                    (None, _) => found.push(
                        Diagnostic::error(Code::UnknownAxis, format!("the matrix has no axis `{axis}`"))
                            .at(&place)
                            .hint(format!(
                                "declare it under `for:`, or write `\\{written}` for the text itself"
                            ))
                            .suggest(axis, self.axes.keys().map(String::as_str)),
                    ),
                    (Some(known), Some(attribute)) if !known.contains(attribute) => {
                        let hint = match known.is_empty() {
                            true => format!("write `{{{axis}}}`; channels of an application have an `id`"),
                            false => format!(
                                "it has: {}",
                                known.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
                            ),
                        };
                        let message = format!("the axis `{axis}` has no `{attribute}` at all of its values");
                        found.push(
                            Diagnostic::error(Code::UnknownAxis, message)
                                .at(&place)
                                .hint(hint)
                                .suggest(attribute, known.iter().map(String::as_str)),
                        );
                    }
                    _ => {}
                }
            }
        });
        found.len() == before
    }

    /// The text for one combination.
    pub fn text(&self, text: &str, axes: &[Axis]) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let value = |axis: &str, attribute: Option<&str>| {
            let axis = axes.iter().find(|one| one.name == axis)?;
            match attribute {
                Some(attribute) => axis.attributes.get(attribute).map(String::as_str),
                None => Some(axis.value.as_str()),
            }
        };
        pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(text) | Piece::Literal(text) => text,
                Piece::Placeholder { written, axis, attribute } => value(axis, attribute).unwrap_or(written),
            })
            .collect()
    }

    /// The definition for one combination, without its `for:`.
    pub fn replace(&self, node: &Node, axes: &[Axis]) -> Node {
        let entries = node.as_map().unwrap_or_default();
        let entries = entries
            .iter()
            .filter(|(key, _)| key.as_text() != Some("for"))
            .map(|(key, value)| (key.clone(), self.value(value, axes, key.as_text() == Some("from"))))
            .collect();
        Node { value: Value::Map(entries), position: node.position.clone() }
    }

    fn value(&self, node: &Node, axes: &[Axis], is_from: bool) -> Node {
        let value = match &node.value {
            Value::Text(text) => Value::Text(self.text(text, axes)),
            Value::List(items) => {
                Value::List(items.iter().map(|item| self.value(item, axes, false)).collect())
            }
            Value::Map(entries) => Value::Map(
                entries
                    .iter()
                    .map(|(key, value)| match is_from && key.as_text() == Some("each") {
                        true => (key.clone(), value.clone()),
                        false => (self.value(key, axes, false), self.value(value, axes, false)),
                    })
                    .collect(),
            ),
            other => other.clone(),
        };
        Node { value, position: node.position.clone() }
    }
}

/// How much a copy of a definition weighs, in bytes.
pub fn size(node: &Node) -> usize {
    let mut size = 0;
    visit(node, &mut |text, _| size += text.len() + std::mem::size_of::<Node>());
    size
}

/// Calls a function with every text of a definition in which axes are replaced: not `for:` itself, and not the
/// pattern of `from: {each: …}`, which has the axes of the matrix that it reads.
fn visit(node: &Node, act: &mut dyn FnMut(&str, &Position)) {
    for (key, value) in node.as_map().unwrap_or_default() {
        if key.as_text() != Some("for") {
            visit_value(value, key.as_text() == Some("from"), act);
        }
    }
}

fn visit_value(node: &Node, is_from: bool, act: &mut dyn FnMut(&str, &Position)) {
    match &node.value {
        Value::Text(text) => act(text, &node.position),
        Value::List(items) => items.iter().for_each(|item| visit_value(item, false, act)),
        Value::Map(entries) => {
            for (key, value) in entries {
                if is_from && key.as_text() == Some("each") {
                    continue;
                }
                visit_value(key, false, act);
                visit_value(value, false, act);
            }
        }
        _ => {}
    }
}

/// Where a placeholder stands: its first place behind the beginning of the value.
fn place_of(written: &str, value: &Position) -> Position {
    let source = &value.source;
    let start = value.byte_range().start;
    let Some(offset) = source.text.get(start..).and_then(|rest| rest.find(written)) else {
        return value.clone();
    };
    let before = &source.text[..start + offset];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    Position::new(source, line, column, written.chars().count() as u32)
}
