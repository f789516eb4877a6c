//! Rules of readiness that name another source: it must be there and say days.

use super::expand::Nodes;
use crate::definition::{Ready, SourceKind, TableName};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::Type;

/// Finds markers that are not tables of finished days.
pub(super) fn check(nodes: &Nodes, found: &mut Vec<Diagnostic>) {
    for source in nodes.sources.values() {
        if let Ready::Marker(marker) = &source.definition.ready {
            found.extend(problem(&source.table, marker, nodes));
        }
    }
}

fn problem(source: &str, marker: &TableName, nodes: &Nodes) -> Option<Diagnostic> {
    let name = marker.full();
    if nodes.unreadable.contains(&name) {
        return None;
    }
    let hint = "declare it as `kind: table` with `partition_by: {column: day, every: day}` on a DATE column, \
                one row for each finished day";
    let Some(standing) = nodes.sources.get(&name) else {
        let known = nodes.sources.keys().map(String::as_str);
        return Some(
            Diagnostic::error(Code::UnknownTable, format!("no source `{name}`"))
                .at(&marker.position)
                .hint(hint)
                .suggest(&name, known),
        );
    };
    let is_table = matches!(standing.definition.kind, SourceKind::Table { .. });
    let says_days = standing.definition.partition_column().is_some_and(|column| {
        standing.columns.iter().any(|field| field.name == column && field.ty == Type::Date)
    });
    let message = match (name == source, is_table && says_days) {
        (true, _) => "a source cannot mark its own days".to_owned(),
        (false, true) => return None,
        (false, false) => format!("`{name}` does not say finished days"),
    };
    Some(Diagnostic::error(Code::InvalidValue, message).at(&marker.position).hint(hint))
}
