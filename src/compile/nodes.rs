//! Rounds of nodes: what can be rendered is rendered, what can be analysed is analysed, in parallel, until
//! nothing moves. A node that waits is looked at again when what it waits for is there. What is left over in
//! the end stands on a cycle, or behind an error.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::expand::Nodes;
use super::known::Ready;
use super::query::{self, Queries};
use super::recall::{Names, Recall};
use super::render;
use super::serving;
use super::{CompiledDataset, CompiledView};
use crate::cache::{Key, Memory};
use crate::definition::{ProjectFiles, SelfReads};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::graph::Graph;
use crate::sql::TableUse;
use crate::template::{Library, Rendered};
use crate::yaml::Text;

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

enum Step {
    Moves(Stage),
    Dataset(Box<Built<CompiledDataset>>),
    View(Box<Built<CompiledView>>),
    /// With the name of what it waits for.
    Waits(Stage, String),
    Failed,
}

/// Builds all datasets and views.
pub fn build(nodes: &Nodes, library: &Library, files: &ProjectFiles, memory: &Memory) -> Outcome {
    let ready = Ready::new(nodes);
    let recall = Recall::new(memory, nodes, files, &ready);
    let mut work = Work { nodes, library, files, ready, recall, failed: nodes.unreadable.clone() };
    let mut outcome = Outcome::default();
    let mut names: Vec<&String> = nodes.datasets.keys().chain(nodes.views.keys()).collect();
    names.sort();
    let mut round: Vec<Pending> = names.into_iter().map(|name| (name, Stage::New)).collect();
    let mut waiting: BTreeMap<String, Vec<Pending>> = BTreeMap::new();
    loop {
        let steps: Vec<(&String, (Step, Vec<Diagnostic>))> = std::mem::take(&mut round)
            .into_par_iter()
            .map(|(name, stage)| (name, work.step(name, stage)))
            .collect();
        let mut done = Vec::new();
        for (name, (step, found)) in steps {
            outcome.found.extend(found);
            match step {
                Step::Waits(stage, upstream) => waiting.entry(upstream).or_default().push((name, stage)),
                Step::Moves(stage) => round.push((name, stage)),
                Step::Dataset(built) => {
                    work.ready.add_dataset(name, &built.compiled);
                    work.recall.add_dataset(name, &work.ready);
                    outcome.datasets.insert(name.clone(), *built);
                    done.push(name);
                }
                Step::View(built) => {
                    work.ready.add_view(name, &built.compiled);
                    work.recall.add_view(name, &work.ready, &built);
                    outcome.views.insert(name.clone(), *built);
                    done.push(name);
                }
                Step::Failed => {
                    work.failed.insert(name.clone());
                    done.push(name);
                }
            }
        }
        round.extend(done.iter().filter_map(|name| waiting.remove(*name)).flatten());
        if round.is_empty() {
            if done.is_empty() {
                break;
            }
            // What waits for one node may stand behind the failure of another.
            round = std::mem::take(&mut waiting).into_values().flatten().collect();
        }
    }
    let pending: Vec<Pending> = waiting.into_values().flatten().collect();
    outcome.found.extend(cycles(&pending, nodes));
    outcome
}

/// What every step sees.
struct Work<'a> {
    nodes: &'a Nodes,
    library: &'a Library,
    files: &'a ProjectFiles,
    ready: Ready,
    recall: Recall<'a>,
    failed: BTreeSet<String>,
}

impl Work<'_> {
    fn step(&self, name: &str, stage: Stage) -> (Step, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let reads: Vec<&str> = match &stage {
            Stage::New => render::input_names(name, self.nodes).into_iter().map(Text::as_str).collect(),
            Stage::Recalled(_, names) => names.tables.iter().map(String::as_str).collect(),
            Stage::Rendered(with) => with.draft.read_names().collect(),
        };
        // A dataset behind a failed one cannot be judged; the failure was reported.
        if reads.iter().any(|read| self.failed.contains(*read)) {
            return (Step::Failed, found);
        }
        let is_missing =
            |read: &&&str| **read != name && nodes_has(self.nodes, read) && !self.ready.has(read);
        if let Some(upstream) = reads.iter().find(is_missing) {
            let upstream = (*upstream).to_owned();
            return (Step::Waits(stage, upstream), found);
        }
        let step = match stage {
            Stage::New => {
                let key = self.recall.first_key(name);
                match key.and_then(|key| Some((key, self.recall.names(&key)?))) {
                    Some((key, names)) => Some(Step::Moves(Stage::Recalled(key, names))),
                    None => self.rendered(name, key, &mut found),
                }
            }
            Stage::Recalled(key, names) => match self.recalled(name, &key, &names, &mut found) {
                Some(step) => Some(step),
                None => self.rendered(name, Some(key), &mut found),
            },
            Stage::Rendered(with) => self.compiled(name, *with, &mut found),
        };
        (step.unwrap_or(Step::Failed), found)
    }

    fn rendered(&self, name: &str, key: Option<Key>, found: &mut Vec<Diagnostic>) -> Option<Step> {
        let rendered = query::render(name, self.nodes, &self.ready, self.library, self.files, found);
        rendered.map(|(draft, queries)| {
            let with = WithQuery { draft, queries, found: found.clone(), key };
            Step::Moves(Stage::Rendered(Box::new(with)))
        })
    }

    /// What the node came to before, if everything is as it was.
    fn recalled(&self, name: &str, key: &Key, names: &Names, found: &mut Vec<Diagnostic>) -> Option<Step> {
        let (step, of_node) = match self.nodes.datasets.contains_key(name) {
            true => {
                let (built, found) = self.recall.dataset(name, key, names, &self.ready)?;
                (Step::Dataset(Box::new(built)), found)
            }
            false => {
                let (built, found) = self.recall.view(name, key, names, &self.ready)?;
                (Step::View(Box::new(built)), found)
            }
        };
        found.extend(of_node);
        Some(step)
    }

    fn compiled(&self, name: &str, with: WithQuery, found: &mut Vec<Diagnostic>) -> Option<Step> {
        let WithQuery { draft, queries, found: before, key } = with;
        let read_names = draft.read_names().map(str::to_owned).collect();
        found.extend(serving::deprecated_reads(name, &draft, self.nodes));
        let all = |found: &[Diagnostic]| [&before, found].concat();
        if let Some(definition) = self.nodes.datasets.get(name) {
            let compiled = query::dataset(definition, &draft, queries, &self.ready, found)?;
            let built = Built { compiled, read_names };
            self.recall.keep(name, key, &draft, &built, &all(found), &self.ready);
            Some(Step::Dataset(Box::new(built)))
        } else {
            let compiled = query::view(self.nodes.views.get(name)?, &draft, queries, &self.ready, found)?;
            let built = Built { compiled, read_names };
            self.recall.keep(name, key, &draft, &built, &all(found), &self.ready);
            Some(Step::View(Box::new(built)))
        }
    }
}

fn nodes_has(nodes: &Nodes, name: &str) -> bool {
    nodes.datasets.contains_key(name) || nodes.views.contains_key(name)
}

/// Names the cycles among what never became ready.
fn cycles(pending: &[Pending], nodes: &Nodes) -> Vec<Diagnostic> {
    let reads = pending.iter().map(|(name, stage)| {
        let mut upstreams: Vec<&str> = match stage {
            Stage::Rendered(with) => with.draft.read_names().collect(),
            Stage::Recalled(_, names) => names.tables.iter().map(String::as_str).collect(),
            Stage::New => Vec::new(),
        };
        upstreams.extend(render::input_names(name, nodes).into_iter().map(Text::as_str));
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
