//! Rounds of nodes: what can be rendered is rendered, what can be analysed is analysed, in parallel, until
//! nothing moves. A node that waits is looked at again when what it waits for is there. One behind an error is
//! held against what is known all the same. What is left over in the end stands on a cycle, or behind one.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::expand::Nodes;
use super::known::{Partial, Ready};
use super::query::{self, Queries};
use super::render;
use super::serving;
use super::{CompiledDataset, CompiledView};
use crate::definition::{ProjectFiles, SelfReads};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::graph::Graph;
use crate::sql::TableUse;
use crate::template::{Library, Rendered};
use crate::yaml::Text;

/// What the rounds came to.
#[derive(Default)]
pub struct Outcome {
    pub datasets: BTreeMap<String, CompiledDataset>,
    pub views: BTreeMap<String, CompiledView>,
    /// The tables that each node's SQL reads, itself included where it reads itself; of one without readable
    /// SQL those that it names.
    pub reads: BTreeMap<String, Vec<String>>,
    /// How many queries were typed without a mistake.
    pub typed: usize,
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

/// A node that is not compiled yet, with its query once that is rendered.
type Pending<'a> = (&'a String, Option<Box<(Draft, Queries)>>);

enum Step {
    Rendered(Box<(Draft, Queries)>),
    Dataset(Box<CompiledDataset>),
    View(Box<CompiledView>),
    /// With the name of what it waits for.
    Waits(Option<Box<(Draft, Queries)>>, String),
    /// Something is wrong with it or with what it reads; what is known of it all the same.
    Partial(Box<Partial>),
}

/// Builds all datasets and views.
pub fn build(nodes: &Nodes, library: &Library, files: &ProjectFiles) -> Outcome {
    let mut ready = Ready::new(nodes);
    let mut outcome = Outcome::default();
    let mut names: Vec<&String> = nodes.datasets.keys().chain(nodes.views.keys()).collect();
    names.sort();
    for name in &names {
        let from = render::input_names(name, nodes).into_iter().map(|from| from.text.clone());
        outcome.reads.insert((*name).clone(), from.collect());
    }
    let mut round: Vec<Pending> = names.into_iter().map(|name| (name, None)).collect();
    let mut waiting: BTreeMap<String, Vec<Pending>> = BTreeMap::new();
    loop {
        let steps: Vec<(&String, (Step, Vec<Diagnostic>))> = std::mem::take(&mut round)
            .into_par_iter()
            .map(|(name, draft)| (name, step(name, draft, nodes, &ready, library, files)))
            .collect();
        let mut done = Vec::new();
        for (name, (step, found)) in steps {
            outcome.found.extend(found);
            match step {
                Step::Waits(draft, upstream) => waiting.entry(upstream).or_default().push((name, draft)),
                Step::Rendered(draft) => {
                    let reads = draft.0.uses.iter().map(|table_use| table_use.name.clone());
                    outcome.reads.insert(name.clone(), reads.collect());
                    round.push((name, Some(draft)));
                }
                Step::Dataset(built) => {
                    ready.add_dataset(name, &built);
                    outcome.typed += 1;
                    outcome.datasets.insert(name.clone(), *built);
                    done.push(name);
                }
                Step::View(built) => {
                    ready.add_view(name, &built);
                    outcome.typed += 1;
                    outcome.views.insert(name.clone(), *built);
                    done.push(name);
                }
                Step::Partial(partial) => {
                    ready.add_partial(name, *partial);
                    done.push(name);
                }
            }
        }
        round.extend(done.iter().filter_map(|name| waiting.remove(*name)).flatten());
        if round.is_empty() {
            if !done.is_empty() {
                // What waits for one node may stand behind another.
                round = std::mem::take(&mut waiting).into_values().flatten().collect();
                continue;
            }
            let paths = cycles(waiting.values().flatten(), nodes);
            if paths.is_empty() {
                break;
            }
            outcome.found.extend(paths.iter().map(|path| cycle(path, nodes)));
            // Each of them is held against the others as if nothing were known of those.
            let on_cycles: BTreeSet<&String> = paths.iter().flatten().collect();
            for name in &on_cycles {
                ready.add_partial(name, Partial::of_unread(nodes.datasets.get(*name)));
            }
            for waiters in waiting.values_mut() {
                let (on, behind) =
                    std::mem::take(waiters).into_iter().partition(|(name, _)| on_cycles.contains(name));
                *waiters = behind;
                round.extend::<Vec<Pending>>(on);
            }
        }
    }
    outcome
}

fn step(
    name: &str,
    draft: Option<Box<(Draft, Queries)>>,
    nodes: &Nodes,
    ready: &Ready,
    library: &Library,
    files: &ProjectFiles,
) -> (Step, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let step = match draft {
        None => {
            let from = render::input_names(name, nodes);
            let is_missing =
                |from: &&&Text| from.text != name && nodes_has(nodes, &from.text) && !ready.has(&from.text);
            if let Some(from) = from.iter().find(is_missing) {
                return (Step::Waits(None, from.text.clone()), found);
            }
            let is_open = from.iter().any(|from| ready.is_open(&from.text));
            let rendered = query::render(name, nodes, ready, library, files, &mut found);
            if is_open {
                found.retain(|finding| !ABOUT_COLUMNS.contains(&finding.code));
            }
            match rendered {
                Some(rendered) => Step::Rendered(Box::new(rendered)),
                None => Step::Partial(Box::new(Partial::of_unread(nodes.datasets.get(name)))),
            }
        }
        Some(pair) => {
            let draft = &pair.0;
            let reads = draft.uses.iter().map(|table_use| table_use.name.as_str());
            let is_missing = |read: &&str| *read != name && nodes_has(nodes, read) && !ready.has(read);
            if let Some(upstream) = reads.clone().find(is_missing) {
                let upstream = upstream.to_owned();
                return (Step::Waits(Some(pair), upstream), found);
            }
            found.extend(serving::deprecated_reads(name, draft, nodes));
            let (draft, queries) = *pair;
            match (nodes.datasets.get(name), nodes.views.get(name)) {
                (Some(definition), _) => query::dataset(definition, &draft, queries, ready, &mut found)
                    .map_or_else(
                        |partial| Step::Partial(Box::new(partial)),
                        |one| Step::Dataset(Box::new(one)),
                    ),
                (None, Some(definition)) => query::view(definition, &draft, queries, ready, &mut found)
                    .map_or_else(|partial| Step::Partial(Box::new(partial)), |one| Step::View(Box::new(one))),
                (None, None) => Step::Partial(Box::new(Partial::of_unread(nodes.datasets.get(name)))),
            }
        }
    };
    (step, found)
}

/// Findings of templates that may come of nothing but columns that nobody knows.
const ABOUT_COLUMNS: &[Code] = &[
    Code::UnknownColumn,
    Code::UnknownMetric,
    Code::IncompatibleUnion,
    Code::InvalidJoin,
    Code::TemplateFailed,
];

fn nodes_has(nodes: &Nodes, name: &str) -> bool {
    nodes.datasets.contains_key(name) || nodes.views.contains_key(name)
}

/// The cycles among what never became ready: each path begins and ends with the same name, from what is read to
/// its reader.
fn cycles<'a>(pending: impl Iterator<Item = &'a Pending<'a>>, nodes: &Nodes) -> Vec<Vec<String>> {
    let reads = pending.map(|(name, draft)| {
        let mut upstreams: Vec<&str> = match draft {
            Some(pair) => pair.0.uses.iter().map(|table_use| table_use.name.as_str()).collect(),
            None => Vec::new(),
        };
        upstreams.extend(render::input_names(name, nodes).into_iter().map(Text::as_str));
        (name.as_str(), upstreams)
    });
    Graph::new(reads).cycles()
}

fn cycle(path: &[String], nodes: &Nodes) -> Diagnostic {
    let position = |name: &str| -> Option<&Position> {
        let dataset = nodes.datasets.get(name).map(|dataset| &dataset.name.position);
        dataset.or_else(|| nodes.views.get(name).map(|view| &view.name.position))
    };
    // People read the edges the other way.
    let mut backwards: Vec<&str> = path.iter().map(String::as_str).collect();
    backwards.reverse();
    let message = format!("a cycle: {}", backwards.join(" reads "));
    let mut finding = Diagnostic::error(Code::Cycle, message)
        .hint("let one of them read what the other reads, or move the shared part to a dataset of its own");
    for pair in backwards.windows(2) {
        let Some(place) = position(pair[0]) else { continue };
        let label = format!("reads `{}`", pair[1]);
        finding = match finding.position {
            None => finding.at(place).label(label),
            Some(_) => finding.related(place, label),
        };
    }
    finding
}
