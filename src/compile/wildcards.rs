//! What stands beside a source that is named with a star: BigQuery would read it with the shards. It never looks at queries.

use super::expand::Nodes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::is_wildcard;

/// Finds what is declared under a name that the star of a source matches.
pub(super) fn check(nodes: &Nodes, found: &mut Vec<Diagnostic>) {
    let sources = nodes.sources.iter().filter(|(name, _)| is_wildcard(name));
    for (wildcard, source) in sources {
        let Some(prefix) = wildcard.strip_suffix('*') else { continue };
        let others = declared(nodes).filter(|(name, _)| *name != wildcard && name.starts_with(prefix));
        for (name, position) in others {
            let message = format!("`{wildcard}` matches `{name}` too, which is none of its days");
            found.push(
                Diagnostic::error(Code::InvalidValue, message)
                    .at(position)
                    .related(&source.definition.name.position, "the table for each day")
                    .hint("BigQuery reads every table and refuses every view that the star matches: give it another name"),
            );
        }
    }
}

/// All that is declared and stands in a dataset beside the tables of sources.
fn declared(nodes: &Nodes) -> impl Iterator<Item = (&String, &Position)> {
    let sources = nodes.sources.iter().map(|(name, one)| (name, &one.definition.name.position));
    let datasets = nodes.datasets.iter().map(|(name, one)| (name, &one.name.position));
    let views = nodes.views.iter().map(|(name, one)| (name, &one.name.position));
    let given = nodes.static_tables.iter().map(|(name, one)| (name, &one.definition.name.position));
    sources.chain(datasets).chain(views).chain(given)
}
