//! Rounds of nodes: what can be rendered is rendered, what can be analysed is analysed, in parallel, until
//! nothing moves. A node that waits is looked at again when what it waits for is there. One behind an error is
//! held against what is known all the same. What is left over in the end stands on a cycle, or behind one.
//!
//! Nodes are begun a few at a time, and what they wait for before all others: a node is mostly compiled right after it
//! was parsed, so that few parsed queries are in memory at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;

use rayon::prelude::*;

use super::expand::Nodes;
use super::known::{Partial, Ready};
use super::query::{self, Queries};
use super::recall::{Names, Recall};
use super::render;
use super::serving;
use super::untyped::Untyped;
use super::{CompiledDataset, CompiledView};
use crate::cache::{Key, Memory};
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
    /// What is behind tables that nobody declares.
    pub untyped: BTreeMap<String, Untyped>,
    /// How many queries were typed without a mistake.
    pub typed: usize,
    pub found: Vec<Diagnostic>,
}

/// A query on its way.
pub struct Draft {
    pub rendered: Rendered,
    pub init: Option<Rendered>,
    pub uses: Vec<TableUse>,
    /// Whether a name in it stands for what else there is: a declaration that is added may change it.
    pub by_pattern: bool,
    /// What the template says of its datasets.
    pub partition_by: Option<String>,
    pub reads_self: Option<SelfReads>,
}

impl Draft {
    /// The names of what the query reads.
    fn read_names(&self) -> impl Iterator<Item = &str> {
        self.uses.iter().map(|table_use| table_use.name.as_str())
    }
}

/// How far a node has come.
enum Stage {
    New,
    /// What it reads is known from an earlier compilation.
    Recalled(Key, Names),
    Rendered(Box<WithQuery>),
}

/// A node with its query, what was found while it was rendered, and the key under which it may be kept.
struct WithQuery {
    draft: Draft,
    queries: Queries,
    found: Vec<Diagnostic>,
    key: Option<Key>,
}

/// A node that is not compiled yet.
type Pending<'a> = (&'a String, Stage);

/// How far the steps of a node lead for now.
enum End {
    Dataset(Box<Built<CompiledDataset>>),
    View(Box<Built<CompiledView>>),
    /// With the names of what is not there yet.
    Waits(Stage, Vec<String>),
    /// Something is wrong with it or with what it reads; what is known of it all the same.
    Partial(Box<Partial>),
}

/// A node goes on to its next stage, or stops.
type Step = ControlFlow<End, Stage>;

/// How many nodes are begun side by side for each core: enough to keep it at work, and few to wait in memory.
const AT_ONCE: usize = 32;

/// What the steps of a node came to, and what it reads where that became known.
struct Stepped {
    end: End,
    reads: Option<Vec<String>>,
    found: Vec<Diagnostic>,
}

/// Builds all datasets and views.
pub fn build(nodes: &Nodes, library: &Library, files: &ProjectFiles, memory: &Memory) -> Outcome {
    let ready = Ready::new(nodes);
    let recall = Recall::new(memory, nodes, files, &ready);
    let mut work = Work { nodes, library, files, ready, recall };
    let mut outcome = Outcome::default();
    let mut names: Vec<&String> = nodes.datasets.keys().chain(nodes.views.keys()).collect();
    names.sort();
    for name in &names {
        let from = render::input_names(name, nodes).into_iter().map(|from| from.text.clone());
        outcome.reads.insert((*name).clone(), from.collect());
    }
    // The last one is begun next; those that were begun already may be among them.
    let mut to_begin: Vec<&String> = names.into_iter().rev().collect();
    let mut begun: BTreeSet<&String> = BTreeSet::new();
    let mut round: Vec<Pending> = Vec::new();
    let mut waiting: BTreeMap<String, Vec<Pending>> = BTreeMap::new();
    let at_once = AT_ONCE * rayon::current_num_threads();
    loop {
        while round.len() < at_once
            && let Some(name) = to_begin.pop()
        {
            if begun.insert(name) {
                round.push((name, Stage::New));
            }
        }
        let steps: Vec<(&String, Stepped)> = std::mem::take(&mut round)
            .into_par_iter()
            .map(|(name, stage)| (name, work.steps(name, stage)))
            .collect();
        let mut done = Vec::new();
        for (name, Stepped { end, reads, found }) in steps {
            outcome.found.extend(found);
            if let Some(reads) = reads {
                outcome.reads.insert(name.clone(), reads);
            }
            match end {
                End::Waits(stage, upstreams) => {
                    to_begin.extend(upstreams.iter().rev().filter_map(|upstream| nodes.name(upstream)));
                    if let Some(first) = upstreams.into_iter().next() {
                        waiting.entry(first).or_default().push((name, stage));
                    }
                }
                End::Dataset(built) => {
                    work.ready.add_dataset(name, &built.compiled);
                    work.recall.add_dataset(name, &work.ready);
                    outcome.typed += 1;
                    outcome.reads.insert(name.clone(), built.read_names);
                    outcome.datasets.insert(name.clone(), built.compiled);
                    done.push(name);
                }
                End::View(built) => {
                    work.ready.add_view(name, &built.compiled);
                    work.recall.add_view(name, &work.ready, &built);
                    outcome.typed += 1;
                    outcome.reads.insert(name.clone(), built.read_names);
                    outcome.views.insert(name.clone(), built.compiled);
                    done.push(name);
                }
                End::Partial(partial) => {
                    if let Some(untyped) = Untyped::of(name, &partial, nodes) {
                        outcome.untyped.insert(name.clone(), untyped);
                    }
                    work.ready.add_partial(name, *partial);
                    done.push(name);
                }
            }
        }
        round.extend(done.iter().filter_map(|name| waiting.remove(*name)).flatten());
        while to_begin.pop_if(|name| begun.contains(name)).is_some() {}
        if round.is_empty() && to_begin.is_empty() {
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
                let dataset = nodes.datasets.get(*name).map(Arc::as_ref);
                work.ready.add_partial(name, Partial::of_unread(dataset));
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

/// A compiled node with the names that its SQL reads, itself included where it reads itself.
pub struct Built<T> {
    pub compiled: T,
    pub read_names: Vec<String>,
}

/// What every step sees.
struct Work<'a> {
    nodes: &'a Nodes,
    library: &'a Library,
    files: &'a ProjectFiles,
    ready: Ready,
    recall: Recall<'a>,
}

impl Work<'_> {
    /// Goes on with a node until it is done or waits.
    fn steps(&self, name: &str, mut stage: Stage) -> Stepped {
        let (mut reads, mut all_found) = (None, Vec::new());
        let end = loop {
            let missing = self.missing(name, &stage);
            if !missing.is_empty() {
                break End::Waits(stage, missing);
            }
            let mut found = Vec::new();
            let step = self.step(name, stage, &mut found);
            all_found.append(&mut found);
            stage = match step {
                Continue(stage) => stage,
                Break(end) => break end,
            };
            if let Stage::Rendered(with) = &stage {
                reads = Some(with.draft.read_names().map(str::to_owned).collect());
            }
        };
        Stepped { end, reads, found: all_found }
    }

    /// What a node has to wait for.
    fn missing(&self, name: &str, stage: &Stage) -> Vec<String> {
        let reads: Vec<&str> = match stage {
            Stage::New => self.inputs(name),
            Stage::Recalled(_, names) => names.tables.iter().map(String::as_str).collect(),
            Stage::Rendered(with) => with.draft.read_names().collect(),
        };
        let is_missing =
            |read: &&str| *read != name && !self.ready.has(read) && self.nodes.name(read).is_some();
        reads.into_iter().filter(is_missing).map(str::to_owned).collect()
    }

    fn step(&self, name: &str, stage: Stage, found: &mut Vec<Diagnostic>) -> Step {
        match stage {
            Stage::New => {
                let key = self.recall.first_key(name);
                match key.and_then(|key| Some((key, self.recall.names(&key)?))) {
                    Some((key, names)) => Continue(Stage::Recalled(key, names)),
                    None => self.rendered(name, key, found),
                }
            }
            Stage::Recalled(key, names) => match self.recalled(name, &key, &names, found) {
                Some(step) => step,
                None => self.rendered(name, Some(key), found),
            },
            Stage::Rendered(with) => self.compiled(name, *with, found),
        }
    }

    /// What stands under `from`.
    fn inputs(&self, name: &str) -> Vec<&str> {
        render::input_names(name, self.nodes).into_iter().map(Text::as_str).collect()
    }

    fn rendered(&self, name: &str, key: Option<Key>, found: &mut Vec<Diagnostic>) -> Step {
        let is_open = self.inputs(name).iter().any(|from| self.ready.is_open(from));
        let rendered = query::render(name, self.nodes, &self.ready, self.library, self.files, found);
        if is_open {
            found.retain(|finding| !ABOUT_COLUMNS.contains(&finding.code));
        }
        match rendered {
            Some((draft, queries)) => {
                let with = WithQuery { draft, queries, found: found.clone(), key };
                Continue(Stage::Rendered(Box::new(with)))
            }
            None => self.unread(name),
        }
    }

    fn unread(&self, name: &str) -> Step {
        let partial = Partial::of_unread(self.nodes.datasets.get(name).map(Arc::as_ref));
        let undeclared = self.ready.undeclared(self.inputs(name).into_iter());
        Break(End::Partial(Box::new(Partial { undeclared, ..partial })))
    }

    /// What the node came to before, if everything is as it was.
    fn recalled(&self, name: &str, key: &Key, names: &Names, found: &mut Vec<Diagnostic>) -> Option<Step> {
        let (end, of_node) = match self.nodes.datasets.contains_key(name) {
            true => {
                let (built, found) = self.recall.dataset(name, key, names, &self.ready)?;
                (End::Dataset(Box::new(built)), found)
            }
            false => {
                let (built, found) = self.recall.view(name, key, names, &self.ready)?;
                (End::View(Box::new(built)), found)
            }
        };
        found.extend(of_node);
        Some(Break(end))
    }

    fn compiled(&self, name: &str, with: WithQuery, found: &mut Vec<Diagnostic>) -> Step {
        let WithQuery { draft, queries, found: before, key } = with;
        let read_names = draft.read_names().map(str::to_owned).collect();
        found.extend(serving::deprecated_reads(name, &draft, self.nodes));
        let all = |found: &[Diagnostic]| [&before, found].concat();
        let (dataset, view) = (self.nodes.datasets.get(name), self.nodes.views.get(name));
        let built = match (dataset, view) {
            (Some(definition), _) => {
                query::dataset(definition, &draft, queries, &self.ready, found).map(|compiled| {
                    let built = Built { compiled, read_names };
                    self.recall.keep(name, key, &draft, &built, &all(found), &self.ready);
                    End::Dataset(Box::new(built))
                })
            }
            (None, Some(definition)) => {
                query::view(definition, &draft, queries, &self.ready, found).map(|compiled| {
                    let built = Built { compiled, read_names };
                    self.recall.keep(name, key, &draft, &built, &all(found), &self.ready);
                    End::View(Box::new(built))
                })
            }
            (None, None) => return self.unread(name),
        };
        Break(built.unwrap_or_else(|partial| End::Partial(Box::new(partial))))
    }
}

/// Findings of templates that may come of nothing but columns that nobody knows.
const ABOUT_COLUMNS: &[Code] = &[
    Code::UnknownColumn,
    Code::UnknownMetric,
    Code::IncompatibleUnion,
    Code::InvalidJoin,
    Code::TemplateFailed,
];

/// The cycles among what never became ready: each path begins and ends with the same name, from what is read to
/// its reader.
fn cycles<'a>(pending: impl Iterator<Item = &'a Pending<'a>>, nodes: &Nodes) -> Vec<Vec<String>> {
    let reads = pending.map(|(name, stage)| {
        let mut upstreams: Vec<&str> = match stage {
            Stage::Rendered(with) => with.draft.read_names().collect(),
            Stage::Recalled(_, names) => names.tables.iter().map(String::as_str).collect(),
            Stage::New => Vec::new(),
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
