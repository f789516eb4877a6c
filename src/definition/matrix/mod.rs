//! `for:` one definition that stands for many, and `each`, which reads them again as one. A matrix is data: the
//! written mapping is copied once per combination of its axes, with `{axis}` replaced in its texts, and every
//! copy is read by the ordinary reader. Places stay those of the written file.

mod axes;
mod each;
mod gather;
mod substitute;
#[cfg(test)]
mod tests;

pub use axes::Axis;
pub use each::{Each, each, resolve};
pub use gather::{Matrices, gather, words};

use std::collections::BTreeMap;

use self::substitute::Placeholders;
use super::application::Application;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Node, Value};

/// More members than any project has; a slip in an axis ends here.
pub const MOST_MEMBERS: usize = 10_000;
/// Most that a matrix may write, in bytes.
const MOST_TEXT: usize = 64 << 20;

/// One definition of a matrix.
#[derive(Clone, Debug)]
pub struct MatrixMember {
    pub node: Node,
    pub axes: Vec<Axis>,
}

/// A name that a matrix gives, with the pattern that it was written as.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedMember {
    pub pattern: String,
    pub name: String,
    /// Axis and value.
    pub axes: Vec<(String, String)>,
}

/// The members of a definition with `for:`, in the order of the axes as written. Nothing where it has a mistake.
pub fn expand(
    node: &Node,
    kind: &str,
    applications: &[Application],
    found: &mut Vec<Diagnostic>,
) -> Vec<MatrixMember> {
    let Some(matrix) = node.get("for") else { return Vec::new() };
    let Some(combinations) = axes::combinations(matrix, applications, found) else { return Vec::new() };
    let size = substitute::size(node).saturating_mul(combinations.len());
    if combinations.len() > MOST_MEMBERS || size > MOST_TEXT {
        let message = match combinations.len() > MOST_MEMBERS {
            true => format!("the matrix has {} members, more than {MOST_MEMBERS}", combinations.len()),
            false => {
                format!("the matrix writes {} MiB of definitions, more than {}", size >> 20, MOST_TEXT >> 20)
            }
        };
        found.push(
            Diagnostic::error(Code::InvalidMatrix, message)
                .at(&matrix.position)
                .hint("list the values that are needed, or split the matrix"),
        );
        return Vec::new();
    }
    let placeholders = Placeholders::of(&combinations);
    if !placeholders.check(node, found) || !distinct(node, kind, &combinations, &placeholders, found) {
        return Vec::new();
    }
    combinations
        .into_iter()
        .map(|axes| MatrixMember { node: placeholders.replace(node, &axes), axes })
        .collect()
}

/// Sees to it that every member has a name of its own; the kind of a definition is the key of its name.
fn distinct(
    node: &Node,
    kind: &str,
    combinations: &[Vec<Axis>],
    placeholders: &Placeholders,
    found: &mut Vec<Diagnostic>,
) -> bool {
    let Some(named) = node.get(kind) else { return true };
    let Some(pattern) = named.as_text() else { return true };
    let mut seen: BTreeMap<String, &[Axis]> = BTreeMap::new();
    for axes in combinations {
        let name = placeholders.text(pattern, axes);
        let Some(first) = seen.insert(name.clone(), axes) else { continue };
        let message = format!("two members of the matrix are named `{name}`");
        let missing = first.iter().zip(axes).find(|(one, other)| one.value != other.value);
        let hint = match missing {
            Some((axis, _)) => format!(
                "they differ in `{0}`: put it into the name as `{{{0}}}`, or take the axis out",
                axis.name
            ),
            None => "a value stands twice in an axis; keep one of them".to_owned(),
        };
        let words = |axes: &[Axis]| {
            let words: Vec<String> =
                axes.iter().map(|axis| format!("{} {}", axis.name, axis.value)).collect();
            words.join(", ")
        };
        found.push(
            Diagnostic::error(Code::AmbiguousMembers, message)
                .at(&named.position)
                .note(format!("one is for {}, the other for {}", words(first), words(axes)))
                .hint(hint),
        );
        return false;
    }
    true
}

/// The names that a matrix gives: its own, those of a ping source's tables, and of a dataset's view.
pub fn names(node: &Node, members: &[MatrixMember], kinds: &[&str]) -> Vec<NamedMember> {
    let mut names = Vec::new();
    for key in kinds {
        let Some(pattern) = node.get(key).and_then(Node::as_text) else { continue };
        let is_ping = *key == "source" && node.get("kind").and_then(Node::as_text) == Some("ping");
        for member in members {
            let Some(name) = member.node.get(key).and_then(Node::as_text) else { continue };
            let axes: Vec<_> =
                member.axes.iter().map(|axis| (axis.name.clone(), axis.value.clone())).collect();
            let mut push =
                |pattern: String, name: String| names.push(NamedMember { pattern, name, axes: axes.clone() });
            if is_ping {
                of_ping(pattern)
                    .into_iter()
                    .zip(of_ping(name))
                    .for_each(|(pattern, name)| push(pattern, name));
            } else {
                push(pattern.to_owned(), name.to_owned());
            }
        }
    }
    names
}

/// The live table, stable dataset and view of a ping source, by its name.
pub fn of_ping(source: &str) -> Vec<String> {
    // The dot that ends the schema stands behind the dots of `{channel.id}`.
    let mut depth = 0;
    let dot = source.char_indices().find(|(_, one)| {
        depth += i32::from(*one == '{') - i32::from(*one == '}');
        *one == '.' && depth == 0
    });
    let Some((dot, _)) = dot else { return Vec::new() };
    let (schema, table) = (&source[..dot], &source[dot + 1..]);
    let user = table.rsplit_once("_v").map_or(table, |(name, _)| name);
    vec![format!("{schema}_live.{table}"), format!("{schema}_stable.{table}"), format!("{schema}.{user}")]
}

/// The text of a scalar, as an axis takes it.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
