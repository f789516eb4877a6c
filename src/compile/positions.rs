//! Where a place in SQL comes to stand in the files of `generated/`, whose heads come before the SQL. The files
//! themselves are not looked at: what has mistakes is not written.

use std::collections::BTreeMap;

use super::expand::Nodes;
use super::generated;
use super::nodes::Outcome;
use crate::diagnostic::{CompiledPlace, Diagnostic};
use crate::sql::tree::Span;

/// A place in the SQL of a file, its head not counted yet.
pub fn in_sql(file: &str, span: Span) -> Option<CompiledPlace> {
    let is_place = !file.is_empty() && span.line > 0;
    is_place.then(|| CompiledPlace {
        path: format!("generated/{file}"),
        line: span.line,
        column: span.column.max(1),
    })
}

/// A place in the body of a SQL function, which stands indented behind so many lines.
pub fn in_body(function: &str, lines: u32, span: Span) -> Option<CompiledPlace> {
    let span = Span { line: span.line + lines, column: span.column.max(1) + 2, ..span };
    in_sql(&generated::path(function, "function.sql"), span)
}

/// Counts the heads.
pub(super) fn below_heads(found: &mut [Diagnostic], nodes: &Nodes, built: &Outcome) {
    let mut heads: BTreeMap<String, u32> = BTreeMap::new();
    for place in found.iter_mut().filter_map(|finding| finding.compiled.as_mut()) {
        let lines = match heads.get(&place.path) {
            Some(lines) => *lines,
            None => {
                let lines = head(&place.path, nodes, built).lines().count() as u32;
                *heads.entry(place.path.clone()).or_insert(lines)
            }
        };
        place.line += lines;
    }
}

fn head(path: &str, nodes: &Nodes, built: &Outcome) -> String {
    let below = path.strip_prefix("generated/").unwrap_or(path);
    let Some((folder, file)) = below.rsplit_once('/') else { return String::new() };
    let name = folder.replace('/', ".");
    if let Some(untyped) = built.untyped.get(&name).filter(|_| matches!(file, "query.sql" | "view.sql")) {
        return generated::untyped_head(&name, untyped, nodes.datasets.get(&name), nodes.views.get(&name));
    }
    match file {
        "init.sql" => Some(generated::init_head(&name)),
        "view.sql" => nodes.views.get(&name).map(|view| generated::view_head(&name, view)),
        "function.sql" => {
            nodes.functions.get(&name).map(|function| generated::function_head(&name, &function.definition))
        }
        _ => match built.datasets.get(&name) {
            Some(dataset) => Some(generated::dataset_head(&name, dataset)),
            None => {
                let reads = built.reads.get(&name).map_or(0, Vec::len);
                nodes.datasets.get(&name).map(|dataset| generated::presumed_head(dataset, reads))
            }
        },
    }
    .unwrap_or_default()
}
