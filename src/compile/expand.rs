//! Definitions → nodes: a ping source becomes its live table, stable dataset and user view; a dataset's
//! `view:` becomes a view. Two nodes of one name are an error.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::functions::{self, CompiledFunction, Routines};
use super::serving::{self, Served};
use super::{CompiledSource, CompiledStatic};
use crate::definition::{Dataset, Defaults, Definitions, Project, Source, SourceKind, TableName, View};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::lint::Settings;

/// What is compiled, by name.
#[derive(Default)]
pub struct Nodes {
    pub sources: BTreeMap<String, CompiledSource>,
    pub datasets: BTreeMap<String, Arc<Dataset>>,
    pub views: BTreeMap<String, Arc<View>>,
    pub static_tables: BTreeMap<String, CompiledStatic>,
    pub functions: BTreeMap<String, CompiledFunction>,
    /// What a query may call, functions with mistakes among them.
    pub routines: Routines,
    /// The target whose values of parameters count.
    pub target: String,
    /// How much rules count.
    pub rules: Settings,
    /// Live tables, stable datasets and user views of Glean sources → the source's table.
    pub ping_tables: BTreeMap<String, String>,
    /// The files of applications.
    pub applications: Vec<Arc<diagnostic::Source>>,
    /// Names of definitions that could not be read.
    pub unreadable: BTreeSet<String>,
}

impl Nodes {
    /// The name of a dataset or view, if there is one of this name.
    pub fn name(&self, name: &str) -> Option<&String> {
        let dataset = self.datasets.get_key_value(name).map(|(name, _)| name);
        dataset.or_else(|| self.views.get_key_value(name).map(|(name, _)| name))
    }
}

/// Expands all definitions.
pub fn expand(definitions: Definitions, project: Option<&Project>, found: &mut Vec<Diagnostic>) -> Nodes {
    let built_in = Defaults::default();
    let defaults = project.map_or(&built_in, |project| &project.defaults);
    let mut nodes = Nodes {
        unreadable: definitions.unreadable,
        applications: definitions.applications,
        ..Nodes::default()
    };
    let mut names = Names { taken: BTreeMap::new(), found };
    let newest = newest_versions(&definitions.sources);
    for source in definitions.sources {
        let has_view = newest.get(&user_view(&source.name).full()) == Some(&version(&source.name));
        add_source(source, has_view, defaults, &mut nodes, &mut names);
    }
    for (named_by, served) in serving::views(&definitions.datasets, &nodes.unreadable, names.found) {
        let Some(name) = &named_by.view else { continue };
        match served {
            Served::By(dataset) => {
                // The place is that of the serving definition.
                let name = dataset.view.clone().unwrap_or_else(|| name.clone());
                let table = dataset.name.full();
                let make = if dataset.is_snapshot { View::latest } else { View::all_of };
                let view = make(name, &table, &dataset.description, &dataset.owners);
                add_view(view, &mut nodes, &mut names);
            }
            Served::Unclear => {
                nodes.unreadable.insert(name.full());
            }
        }
    }
    for dataset in definitions.datasets {
        if names.take(&dataset.name, "the dataset") {
            nodes.datasets.insert(dataset.name.full(), Arc::new(dataset));
        }
    }
    for view in definitions.views {
        add_view(view, &mut nodes, &mut names);
    }
    super::ready::check(&nodes, names.found);
    for table in definitions.static_tables {
        if names.take(&table.name, "the static table") {
            nodes.static_tables.insert(table.name.full(), CompiledStatic::new(table));
        }
    }
    let mut own = BTreeMap::new();
    for function in definitions.functions {
        if names.take(&function.name, "the function") {
            own.insert(function.name.full(), function);
        }
    }
    (nodes.functions, nodes.routines) = functions::build(&own, &nodes.unreadable, found);
    nodes
}

/// The view that people read a ping source by.
fn user_view(source: &TableName) -> TableName {
    let table = source.version().map_or(source.table.as_str(), |(name, _)| name);
    TableName { table: table.to_owned(), ..source.clone() }
}

fn version(source: &TableName) -> u32 {
    source.version().map_or(0, |(_, version)| version)
}

/// The newest version of each ping, by the view that shows it.
fn newest_versions(sources: &[Source]) -> BTreeMap<String, u32> {
    let mut newest = BTreeMap::new();
    for source in sources.iter().filter(|source| matches!(source.kind, SourceKind::Ping { .. })) {
        let known: &mut u32 = newest.entry(user_view(&source.name).full()).or_default();
        *known = (*known).max(version(&source.name));
    }
    newest
}

/// `has_view` says whether people read this version of a ping.
fn add_source(source: Source, has_view: bool, defaults: &Defaults, nodes: &mut Nodes, names: &mut Names) {
    let table = source.table();
    if !names.take(&table, "the source") {
        return;
    }
    if let SourceKind::Ping { .. } = source.kind {
        let stable = source.layer("stable");
        let user = user_view(&source.name);
        for name in [&table, &stable] {
            nodes.ping_tables.insert(name.full(), table.full());
        }
        if has_view {
            nodes.ping_tables.insert(user.full(), table.full());
            add_view(View::all_of(user, &stable.full(), &source.description, &source.owners), nodes, names);
        }
        if names.take(&stable, "the stable dataset of a source") {
            let name = stable.full();
            nodes.datasets.insert(name, Arc::new(Dataset::stable(stable, &table, &source, defaults)));
        }
    }
    let compiled =
        CompiledSource { table: table.full(), columns: source.columns.clone(), definition: source };
    nodes.sources.insert(table.full(), compiled);
}

fn add_view(view: View, nodes: &mut Nodes, names: &mut Names) {
    if names.take(&view.name, "the view") {
        nodes.views.insert(view.name.full(), Arc::new(view));
    }
}

/// Which names are taken, and by what.
struct Names<'a> {
    taken: BTreeMap<String, (TableName, &'static str)>,
    found: &'a mut Vec<Diagnostic>,
}

impl Names<'_> {
    fn take(&mut self, name: &TableName, what: &'static str) -> bool {
        if let Some((first, whose)) = self.taken.get(&name.full()) {
            let message = match (what == *whose, what.strip_prefix("the ")) {
                (true, Some(kind)) => format!("two {kind}s are named `{}`", name.full()),
                _ => format!("{what} and {whose} are both named `{}`", name.full()),
            };
            let finding = Diagnostic::error(Code::DuplicateName, message)
                .at(&name.position)
                .related(&first.position, "the other one")
                .hint(
                    "rename one of them; a ping source brings its live table, stable dataset and user view",
                );
            self.found.push(finding);
            return false;
        }
        self.taken.insert(name.full(), (name.clone(), what));
        true
    }
}
