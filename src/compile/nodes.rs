//! Rounds over all nodes: what can be rendered is rendered, what can be analysed is analysed, in parallel,
//! until nothing moves. What is left over then stands on a cycle, or behind an error.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::expand::Nodes;
use super::query::{self, Ready};
use super::{CompiledDataset, CompiledView};
use crate::definition::{ProjectFiles, SelfReads};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::graph::Graph;
use crate::sql::TableUse;
use crate::template::{Library, Rendered};

/// A compiled node with the names that its SQL reads, itself included where it reads itself.
pub struct Built<T> {
    pub compiled: T,
    pub read_names: Vec<String>,
}

/// What the rounds came to.
#[derive(Default)]
pub struct Outcome {
    pub datasets: BTreeMap<String, Built<CompiledDataset>>,
    pub views: BTreeMap<String, Built<CompiledView>>,
    pub found: Vec<Diagnostic>,
}

/// A query on its way.
pub struct Draft {
    pub rendered: Rendered,
    pub init: Option<Rendered>,
    pub uses: Vec<TableUse>,
    /// What the template says of its datasets.
    pub partition_by: Option<String>,
    pub reads_self: Option<SelfReads>,
}

enum Step {
    Rendered(Box<Draft>),
    Dataset(Box<Built<CompiledDataset>>),
    View(Box<Built<CompiledView>>),
    Waits,
    Failed,
}

/// Builds all datasets and views.
pub fn build(nodes: &Nodes, library: &Library, files: &ProjectFiles) -> Outcome {
    let mut ready = Ready::new(nodes);
    let mut outcome = Outcome::default();
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    let mut failed: BTreeSet<String> = nodes.unreadable.clone();
    let mut pending: Vec<&String> = nodes.datasets.keys().chain(nodes.views.keys()).collect();
    pending.sort();
    loop {
        let steps: Vec<(&String, (Step, Vec<Diagnostic>))> = pending
            .par_iter()
            .map(|name| (*name, step(name, drafts.get(*name), nodes, &ready, &failed, library, files)))
            .collect();
        let mut moved = false;
        let mut still = Vec::new();
        for (name, (step, found)) in steps {
            outcome.found.extend(found);
            match step {
                Step::Waits => still.push(name),
                Step::Rendered(draft) => {
                    moved = true;
                    drafts.insert(name.clone(), *draft);
                    still.push(name);
                }
                Step::Dataset(built) => {
                    moved = true;
                    ready.add_dataset(name, &built.compiled);
                    outcome.datasets.insert(name.clone(), *built);
                }
                Step::View(built) => {
                    moved = true;
                    ready.add_view(name, &built.compiled);
                    outcome.views.insert(name.clone(), *built);
                }
                Step::Failed => {
                    moved = true;
                    failed.insert(name.clone());
                }
            }
        }
        pending = still;
        if !moved || pending.is_empty() {
            break;
        }
    }
    outcome.found.extend(cycles(&pending, &drafts, nodes));
    outcome
}

fn step(
    name: &str,
    draft: Option<&Draft>,
    nodes: &Nodes,
    ready: &Ready,
    failed: &BTreeSet<String>,
    library: &Library,
    files: &ProjectFiles,
) -> (Step, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let step = match draft {
        None => {
            // A dataset behind a failed one cannot be judged; the failure was reported.
            match query::input_name(name, nodes) {
                Some(from) if failed.contains(&from.text) => return (Step::Failed, found),
                Some(from) if from.text != name && nodes_has(nodes, &from.text) && !ready.has(&from.text) => {
                    return (Step::Waits, found);
                }
                _ => {}
            }
            query::render(name, nodes, ready, library, files, &mut found)
                .map(|draft| Step::Rendered(Box::new(draft)))
        }
        Some(draft) => {
            let reads = draft.uses.iter().map(|table_use| table_use.name.as_str());
            if reads.clone().any(|read| failed.contains(read)) {
                return (Step::Failed, found);
            }
            if reads.clone().any(|read| read != name && nodes_has(nodes, read) && !ready.has(read)) {
                return (Step::Waits, found);
            }
            let read_names = reads.map(str::to_owned).collect();
            if let Some(definition) = nodes.datasets.get(name) {
                query::dataset(definition, draft, ready, &mut found)
                    .map(|compiled| Step::Dataset(Box::new(Built { compiled, read_names })))
            } else {
                nodes.views.get(name).and_then(|definition| {
                    query::view(definition, draft, ready, &mut found)
                        .map(|compiled| Step::View(Box::new(Built { compiled, read_names })))
                })
            }
        }
    };
    (step.unwrap_or(Step::Failed), found)
}

fn nodes_has(nodes: &Nodes, name: &str) -> bool {
    nodes.datasets.contains_key(name) || nodes.views.contains_key(name)
}

/// Names the cycles among what never became ready.
fn cycles(pending: &[&String], drafts: &BTreeMap<String, Draft>, nodes: &Nodes) -> Vec<Diagnostic> {
    let reads = pending.iter().map(|name| {
        let mut upstreams: Vec<&str> = match drafts.get(*name) {
            Some(draft) => draft.uses.iter().map(|table_use| table_use.name.as_str()).collect(),
            None => Vec::new(),
        };
        if let Some(from) = nodes.datasets.get(*name).and_then(|dataset| dataset.from.as_ref()) {
            upstreams.push(&from.text);
        }
        (name.as_str(), upstreams)
    });
    let graph = Graph::new(reads);
    let position = |name: &str| -> Option<&Position> {
        let dataset = nodes.datasets.get(name).map(|dataset| &dataset.name.position);
        dataset.or_else(|| nodes.views.get(name).map(|view| &view.name.position))
    };
    graph
        .cycles()
        .into_iter()
        .map(|path| {
            // The graph's edges run from what is read to its readers; people read them the other way.
            let mut backwards: Vec<&str> = path.iter().map(String::as_str).collect();
            backwards.reverse();
            let message = format!("a cycle: {}", backwards.join(" reads "));
            let mut finding = Diagnostic::error(Code::Cycle, message).hint(
                "let one of them read what the other reads, or move the shared part to a dataset of its own",
            );
            for pair in backwards.windows(2) {
                let Some(place) = position(pair[0]) else { continue };
                let label = format!("reads `{}`", pair[1]);
                finding = match finding.position {
                    None => finding.at(place).label(label),
                    Some(_) => finding.related(place, label),
                };
            }
            finding
        })
        .collect()
}
