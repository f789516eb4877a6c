//! What a compilation looked at, whether or not it came to anything: counts, names, and where each is defined.
//! It judges nothing itself.

use std::collections::BTreeMap;

use super::expand::Nodes;
use super::nodes::Outcome;
use super::untyped::Untyped;
use crate::definition::{Language, TableName};
use crate::graph::Graph;

/// What was looked at.
#[derive(Default)]
pub struct Summary {
    pub sources: usize,
    pub datasets: usize,
    pub views: usize,
    pub static_tables: usize,
    pub functions: usize,
    /// Functions whose bodies are JavaScript; only their types are known.
    pub javascript: usize,
    /// Datasets that declare their schema.
    pub contracts: usize,
    /// Queries of datasets and views; that of `init` counts as a part of its dataset.
    pub queries: usize,
    /// Those of them in which nothing is wrong.
    pub typed: usize,
    /// What is behind tables that nobody declares.
    pub untyped: BTreeMap<String, Untyped>,
    /// What reads what, as far as it could be read.
    pub graph: Graph,
    /// Everything that has a name.
    pub names: BTreeMap<String, Whereabouts>,
}

/// Where a named thing is defined, and its tags.
pub struct Whereabouts {
    pub file: String,
    pub tags: Vec<String>,
}

impl Summary {
    pub(super) fn new(nodes: &Nodes, built: &Outcome) -> Self {
        let edges = built
            .reads
            .iter()
            .map(|(name, reads)| (name.as_str(), reads.iter().map(String::as_str).collect()));
        let graph = Graph::new(edges.collect::<Vec<(&str, Vec<&str>)>>());
        let place = |name: &TableName, tags: &[String]| Whereabouts {
            file: name.position.source.path.clone(),
            tags: tags.to_vec(),
        };
        let mut names = BTreeMap::new();
        let sources = nodes.sources.iter();
        names.extend(
            sources.map(|(name, one)| (name.clone(), place(&one.definition.name, &one.definition.tags))),
        );
        names.extend(nodes.datasets.iter().map(|(name, one)| (name.clone(), place(&one.name, &one.tags))));
        names.extend(nodes.views.iter().map(|(name, one)| (name.clone(), place(&one.name, &one.tags))));
        let tables = nodes.static_tables.iter();
        names.extend(
            tables.map(|(name, one)| (name.clone(), place(&one.definition.name, &one.definition.tags))),
        );
        let functions = nodes.functions.iter();
        names.extend(
            functions.map(|(name, one)| (name.clone(), place(&one.definition.name, &one.definition.tags))),
        );
        let functions = nodes.functions.values();
        Self {
            sources: nodes.sources.len(),
            datasets: nodes.datasets.len(),
            views: nodes.views.len(),
            static_tables: nodes.static_tables.len(),
            functions: nodes.functions.len(),
            javascript: functions
                .filter(|function| function.definition.language == Language::JavaScript)
                .count(),
            contracts: nodes.datasets.values().filter(|dataset| dataset.contract.is_some()).count(),
            queries: nodes.datasets.len() + nodes.views.len(),
            typed: built.typed,
            untyped: built.untyped.clone(),
            graph,
            names,
        }
    }
}
