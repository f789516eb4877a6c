//! `from: {each: "{channel.id}_derived.clients_daily_v1", where: {app: tide_focus}}`: every member of the matrix
//! with that name, or of the pings of applications, with its axes as columns.

use std::collections::BTreeSet;

use super::{NamedMember, scalar};
use crate::definition::inputs::{Inputs, Member};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{MapReader, Node, Text};

/// A fan-in as it was written.
#[derive(Clone, Debug)]
pub struct Each {
    pub pattern: Text,
    /// Per axis the values that are read; all of them without it.
    filter: Vec<(Text, Vec<Text>)>,
    /// The axes that become columns; all of them without it.
    columns: Option<Vec<Text>>,
    position: Position,
}

/// Reads the mapping under `from:`.
pub fn each(reader: &MapReader, node: &Node) -> Option<Each> {
    let inner = MapReader::of(node, "`from`", &shapes::EACH);
    let pattern = inner.required_text("each", "the name of a matrix as it is written there, braces and all");
    let mut filter = Vec::new();
    if let Some(node) = inner.optional("where") {
        for (axis, values) in inner.entries("where", node) {
            let items = values.as_list().unwrap_or(std::slice::from_ref(values));
            let texts: Option<Vec<Text>> =
                items.iter().map(|item| scalar(item).map(|text| Text::new(text, &item.position))).collect();
            match texts {
                Some(texts) => filter.push((axis, texts)),
                None => inner.report(
                    Diagnostic::error(
                        Code::WrongType,
                        format!("`{}` is a value or a list of values", axis.text),
                    )
                    .at(&values.position)
                    .hint("write `where: {channel: [release, beta]}`"),
                ),
            }
        }
    }
    let columns = inner.optional("columns").map(|node| inner.texts("columns", node));
    let found = inner.finish();
    let fits = found.is_empty();
    reader.report_all(found);
    pattern.filter(|_| fits).map(|pattern| Each { pattern, filter, columns, position: node.position.clone() })
}

/// Puts the members in place of a fan-in. What has a mistake reads nothing.
pub fn resolve(
    inputs: &mut Option<Inputs>,
    members: &[NamedMember],
    unreadable: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) {
    if let Some(Inputs::Each(each)) = inputs {
        // What is wrong with the matrix itself was reported.
        let is_readable = !unreadable.contains(&each.pattern.text);
        *inputs = is_readable.then(|| each.members(members, found)).flatten().map(Inputs::Union);
    }
}

impl Each {
    fn members(&self, members: &[NamedMember], found: &mut Vec<Diagnostic>) -> Option<Vec<Member>> {
        let pattern = &self.pattern;
        let of_pattern: Vec<&NamedMember> =
            members.iter().filter(|member| member.pattern == pattern.text).collect();
        let Some(first) = of_pattern.first() else {
            let patterns = members.iter().map(|member| member.pattern.as_str());
            found.push(
                Diagnostic::error(Code::UnknownMatrix, format!("no matrix is named `{}`", pattern.text))
                    .at(&pattern.position)
                    .hint("write the name as it stands in the matrix, or `{channel.id}_stable.PING_v1` for a ping of applications")
                    .suggest(&pattern.text, patterns),
            );
            return None;
        };
        let axes: Vec<&str> = first.axes.iter().map(|(axis, _)| axis.as_str()).collect();
        let before = found.len();
        let named = self.filter.iter().map(|(axis, _)| axis).chain(self.columns.iter().flatten());
        for axis in named.filter(|axis| !axes.contains(&axis.text.as_str())) {
            found.push(
                Diagnostic::error(
                    Code::UnknownAxis,
                    format!("the matrix `{}` has no axis `{}`", pattern.text, axis.text),
                )
                .at(&axis.position)
                .hint(format!("its axes are: {}", axes.join(", ")))
                .suggest(&axis.text, axes.iter().copied()),
            );
        }
        for (axis, values) in &self.filter {
            let known = || of_pattern.iter().filter_map(|member| value(member, &axis.text));
            for wanted in values.iter().filter(|wanted| known().all(|value| value != wanted.text)) {
                if axes.contains(&axis.text.as_str()) {
                    let message = format!("no member of the matrix has the {} `{}`", axis.text, wanted.text);
                    found.push(
                        Diagnostic::error(Code::EmptyMatrix, message)
                            .at(&wanted.position)
                            .hint("write a value that the axis has")
                            .suggest(&wanted.text, known()),
                    );
                }
            }
        }
        if found.len() > before {
            return None;
        }
        let wanted = |member: &&&NamedMember| {
            self.filter.iter().all(|(axis, values)| {
                value(member, &axis.text).is_some_and(|own| values.iter().any(|value| value.text == own))
            })
        };
        let becomes_column = |axis: &str| {
            self.columns.as_ref().is_none_or(|columns| columns.iter().any(|column| column.text == axis))
        };
        let read: Vec<Member> = of_pattern
            .iter()
            .filter(wanted)
            .map(|member| Member {
                table: Text::new(member.name.as_str(), &pattern.position),
                axes: member.axes.iter().filter(|(axis, _)| becomes_column(axis)).cloned().collect(),
            })
            .collect();
        if read.is_empty() {
            found.push(
                Diagnostic::error(
                    Code::EmptyMatrix,
                    format!("`where` leaves no member of `{}`", pattern.text),
                )
                .at(&self.position)
                .hint("no member has all of these values together"),
            );
            return None;
        }
        Some(read)
    }
}

fn value<'a>(member: &'a NamedMember, axis: &str) -> Option<&'a str> {
    member.axes.iter().find(|(name, _)| name == axis).map(|(_, value)| value.as_str())
}
