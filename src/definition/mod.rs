//! YAML files → typed definitions. Strict: every mistake of every file is reported, with its place.
//! It knows nothing of templates' insides, SQL or the warehouse.

mod application;
mod checks;
mod contract;
mod dataset;
pub mod editor;
mod files;
mod function;
mod inputs;
mod matrix;
mod project;
mod query_parameters;
mod rules;
mod schedule;
pub mod shapes;
mod source;
mod static_table;
mod target;
mod values;
mod versions;
mod view;

pub use application::Application;
pub use checks::{Check, CheckKind, Threshold, Thresholds};
pub use contract::Contract;
pub use dataset::{Dataset, OnChange, PartitionBy, QuerySource, ReadsDeclaration, SelfReads, reads_self};
pub use files::{ProjectFiles, read_project, read_tests};
pub use function::{Example, Function, Language, types as example_types};
pub use inputs::{Cardinality, Inputs, Join, JoinKey, JoinKind, Member};
pub use matrix::{Axis, gather};
pub use project::{Defaults, Engine, Project, Target};
pub use query_parameters::QueryParameter;
pub use rules::{Exception, Level, RuleSetting};
pub use schedule::{CatchUp, Schedule, parse_catch_up, parse_interval, parse_time};
pub use source::{
    EVENT_DATE, IDENTIFIER_KINDS, Identifier, IdentifierKind, Ready, SHARD_DATE, Source, SourceKind,
    SourcePartition, identifier_kind,
};
pub use static_table::{Row, StaticTable};
pub use target::{NamePattern, Space, Variable, same_file, sanitised};
pub use values::{TableName, parse_date};
pub use versions::{Deprecated, Serves};
pub use view::{View, ViewSql};

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use self::matrix::{Matrices, NamedMember};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::yaml::{self, Limits, Node, Value};

/// Everything that a project defines.
#[derive(Debug, Default)]
pub struct Definitions {
    pub sources: Vec<Source>,
    pub datasets: Vec<Dataset>,
    pub views: Vec<View>,
    pub static_tables: Vec<StaticTable>,
    pub functions: Vec<Function>,
    /// The files of applications, which any matrix may run over.
    pub applications: Vec<Arc<diagnostic::Source>>,
    /// Tables and views of definitions that could not be read; what reads them cannot be judged.
    pub unreadable: BTreeSet<String>,
    /// Names that matrices give, for `each`.
    members: Vec<NamedMember>,
    /// Files with `for:`, for telling a mistake of all members once.
    pub matrices: Matrices,
}

/// What a file's reader needs beside the file itself.
pub struct Context<'a> {
    pub files: &'a ProjectFiles,
    pub defaults: &'a Defaults,
    /// By name.
    pub applications: &'a [Application],
}

/// Reads `tidemill.yaml` and every definition. What could be read is given even when there are findings,
/// so that later stages can find more.
pub fn read(files: &ProjectFiles) -> (Option<Project>, Definitions, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let project = match yaml::parse(&files.config, Limits::DEFINITION) {
        Ok(node) => project::read(&node, &mut found),
        Err(error) => {
            found.push(error);
            None
        }
    };
    // Without a readable project file nobody knows its defaults; no definition is blamed for that.
    let fallback = Defaults { owners: vec![String::new()], ..Defaults::default() };
    let defaults = project.as_ref().map_or(&fallback, |project| &project.defaults);
    let context = Context { files, defaults, applications: &[] };
    let applications = application::read_all(files, &context, &mut found);
    let context = Context { applications: &applications, ..context };
    let mut definitions =
        Definitions { members: application::names(&applications), ..Definitions::default() };
    let read: Vec<(Definitions, Vec<Diagnostic>)> =
        files.definitions.par_iter().map(|source| read_file(source, &context)).collect();
    for (of_file, of_file_found) in read {
        definitions.sources.extend(of_file.sources);
        definitions.datasets.extend(of_file.datasets);
        definitions.views.extend(of_file.views);
        definitions.static_tables.extend(of_file.static_tables);
        definitions.functions.extend(of_file.functions);
        definitions.unreadable.extend(of_file.unreadable);
        definitions.members.extend(of_file.members);
        definitions.matrices.extend(of_file.matrices);
        found.extend(of_file_found);
    }
    definitions.applications =
        applications.iter().map(|application| Arc::clone(&application.name.position.source)).collect();
    definitions.sources.extend(applications.into_iter().flat_map(|application| application.sources));
    definitions.read_each(&mut found);
    if files.definitions.is_empty() {
        found.push(
            Diagnostic::error(Code::EmptyProject, "`datasets/` holds no definition")
                .hint("add a source and a dataset, or start from `tidemill init` in an empty folder"),
        );
    }
    diagnostic::sort(&mut found);
    (project, definitions, found)
}

/// The keys that say what a file defines.
const KINDS: &[&str] = &["source", "dataset", "snapshot", "view", "static", "function"];

impl Definitions {
    /// Puts the members of matrices in place of every `from: {each: …}`; what names none cannot be read.
    fn read_each(&mut self, found: &mut Vec<Diagnostic>) {
        let Self { datasets, views, members, unreadable, .. } = self;
        let before = |inputs: &Option<Inputs>| inputs.is_some();
        datasets.retain_mut(|dataset| {
            let read = before(&dataset.from);
            matrix::resolve(&mut dataset.from, members, unreadable, found);
            let fits = dataset.from.is_some() == read;
            if !fits {
                unreadable.extend([dataset.name.full()]);
                unreadable.extend(dataset.view.as_ref().map(TableName::full));
            }
            fits
        });
        views.retain_mut(|view| {
            let read = before(&view.from);
            matrix::resolve(&mut view.from, members, unreadable, found);
            let fits = view.from.is_some() == read;
            if !fits {
                unreadable.insert(view.name.full());
            }
            fits
        });
    }
}

fn read_file(source: &Arc<diagnostic::Source>, context: &Context) -> (Definitions, Vec<Diagnostic>) {
    let mut definitions = Definitions::default();
    let mut found = Vec::new();
    let node = match yaml::parse(source, Limits::DEFINITION) {
        Ok(node) => node,
        Err(error) => {
            definitions.unreadable.extend(names_in_text(&source.text));
            return (definitions, vec![error]);
        }
    };
    if application::is_application(&node) {
        // All applications were read before, because matrices run over them.
        return (definitions, found);
    }
    if node.get("for").is_some() {
        read_matrix(&node, context, &mut definitions, &mut found);
    } else {
        read_definition(&node, &[], context, &mut definitions, &mut found);
    }
    (definitions, found)
}

/// Reads every member of a matrix like a definition of its own.
fn read_matrix(node: &Node, context: &Context, definitions: &mut Definitions, found: &mut Vec<Diagnostic>) {
    let kind = KINDS
        .iter()
        .find(|kind| node.get(kind).is_some() && (**kind != "view" || node.get("dataset").is_none()));
    let members = matrix::expand(node, kind.copied().unwrap_or_default(), context.applications, found);
    definitions.matrices.insert(node.position.source.path.clone(), matrix::words(&members));
    definitions.members.extend(matrix::names(node, &members, KINDS));
    if members.is_empty() {
        definitions.unreadable.extend(names(node));
    }
    for member in &members {
        read_definition(&member.node, &member.axes, context, definitions, found);
    }
}

fn read_definition(
    node: &Node,
    axes: &[Axis],
    context: &Context,
    definitions: &mut Definitions,
    found: &mut Vec<Diagnostic>,
) {
    let has = |key: &str| node.get(key).is_some();
    // A dataset or a snapshot may name the view that users read it by.
    let with_view = usize::from(has("view"));
    let kinds = KINDS.iter().filter(|kind| has(kind)).count();
    let is_read = if has("source") && kinds == 1 {
        source::read(node, context, found).map(|source| definitions.sources.push(source))
    } else if has("dataset") && kinds == 1 + with_view {
        dataset::read(node, context, found)
            .map(|dataset| definitions.datasets.push(Dataset { axes: axes.to_vec(), ..dataset }))
    } else if has("snapshot") && kinds == 1 + with_view {
        dataset::read_snapshot(node, context, found)
            .map(|dataset| definitions.datasets.push(Dataset { axes: axes.to_vec(), ..dataset }))
    } else if has("static") && kinds == 1 {
        static_table::read(node, context, found).map(|table| definitions.static_tables.push(table))
    } else if has("function") && kinds == 1 {
        function::read(node, context, found).map(|function| definitions.functions.push(function))
    } else if has("view") && kinds == 1 {
        view::read(node, context, found)
            .map(|view| definitions.views.push(View { axes: axes.to_vec(), ..view }))
    } else {
        found.push(unclear(node));
        return;
    };
    if is_read.is_none() {
        definitions.unreadable.extend(names(node));
    }
}

/// All names that a definition may have meant to bring, where its text is no YAML.
fn names_in_text(text: &str) -> Vec<String> {
    names_by(&|key| {
        let value = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
        Some(value.trim().to_owned())
    })
}

/// All names that a definition may have meant to bring.
fn names(node: &Node) -> Vec<String> {
    names_by(&|key| node.get(key).and_then(Node::as_text).map(str::to_owned))
}

fn names_by(written: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut names: Vec<String> = KINDS.iter().filter_map(|key| written(key)).collect();
    if let Some((schema, table)) = written("source").as_deref().and_then(|name| name.split_once('.')) {
        let user = table.rsplit_once("_v").map_or(table, |(name, _)| name);
        names.extend([
            format!("{schema}_live.{table}"),
            format!("{schema}_stable.{table}"),
            format!("{schema}.{user}"),
        ]);
    }
    names
}

fn unclear(node: &Node) -> Diagnostic {
    let keys: Vec<&Node> =
        node.as_map().map_or(Vec::new(), |entries| entries.iter().map(|(key, _)| key).collect());
    let mut kinds = keys.iter().filter(|key| key.as_text().is_some_and(|key| KINDS.contains(&key)));
    if let (Some(first), Some(second)) = (kinds.next(), kinds.next()) {
        let name = |key: &Node| key.as_text().unwrap_or_default().to_owned();
        let message = format!("`{}` and `{}` stand in one file", name(first), name(second));
        return Diagnostic::error(Code::UnclearKind, message)
            .at(&second.position)
            .hint("give each definition a file of its own");
    }
    if node.value == Value::Null {
        return Diagnostic::error(Code::UnclearKind, "the file is empty")
            .at(&node.position)
            .hint("start it with `dataset: some_derived.name_v1`, or remove it");
    }
    let place = keys.first().map_or(&node.position, |key| &key.position);
    // A source has an `application` too, so that it is none of the kinds that are counted.
    let kinds: Vec<String> = KINDS.iter().chain(&["application"]).map(|kind| format!("`{kind}`")).collect();
    let finding =
        Diagnostic::error(Code::UnclearKind, format!("a definition has exactly one of {}", kinds.join(", ")))
            .at(place)
            .hint("start the file with `dataset: some_derived.name_v1`");
    match keys.first().and_then(|key| key.as_text()) {
        Some(first) => finding.suggest(first, KINDS.iter().copied()),
        None => finding,
    }
}
