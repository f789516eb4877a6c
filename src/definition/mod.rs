//! YAML files → typed definitions. Strict: every mistake of every file is reported, with its place.
//! It knows nothing of templates' insides, SQL or the warehouse.

mod checks;
mod dataset;
mod files;
mod function;
mod project;
mod query_parameters;
mod source;
mod static_table;
mod values;
mod view;

pub use checks::{Check, CheckKind};
pub use dataset::{Dataset, OnChange, PartitionColumn, QuerySource, ReadsDeclaration, SelfReads, reads_self};
pub use files::{ProjectFiles, read_project};
pub use function::{Example, Function, Language};
pub use project::{Defaults, Engine, Project, Target};
pub use query_parameters::QueryParameter;
pub use source::{Source, SourceKind, SourcePartition};
pub use static_table::{Row, StaticTable};
pub use values::{TableName, parse_date};
pub use view::{View, ViewSql};

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

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
    /// Tables and views of definitions that could not be read; what reads them cannot be judged.
    pub unreadable: BTreeSet<String>,
}

/// What a file's reader needs beside the file itself.
pub struct Context<'a> {
    pub files: &'a ProjectFiles,
    pub defaults: &'a Defaults,
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
    let context = Context { files, defaults };
    let mut definitions = Definitions::default();
    let read: Vec<(Definitions, Vec<Diagnostic>)> =
        files.definitions.par_iter().map(|source| read_file(source, &context)).collect();
    for (of_file, of_file_found) in read {
        definitions.sources.extend(of_file.sources);
        definitions.datasets.extend(of_file.datasets);
        definitions.views.extend(of_file.views);
        definitions.static_tables.extend(of_file.static_tables);
        definitions.functions.extend(of_file.functions);
        definitions.unreadable.extend(of_file.unreadable);
        found.extend(of_file_found);
    }
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
const KINDS: &[&str] = &["source", "dataset", "view", "static", "function"];

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
    let kinds = KINDS.iter().filter(|kind| node.get(kind).is_some()).count();
    let has = |key: &str| node.get(key).is_some();
    // A dataset may name the view that users read it by, so `dataset` and `view` together are a dataset.
    if has("source") && kinds == 1 {
        match source::read(&node, context, &mut found) {
            Some(source) => definitions.sources.push(source),
            None => definitions.unreadable.extend(names(&node)),
        }
    } else if has("dataset") && kinds == 1 + usize::from(has("view")) {
        match dataset::read(&node, context, &mut found) {
            Some(dataset) => definitions.datasets.push(dataset),
            None => definitions.unreadable.extend(names(&node)),
        }
    } else if has("static") && kinds == 1 {
        match static_table::read(&node, context, &mut found) {
            Some(table) => definitions.static_tables.push(table),
            None => definitions.unreadable.extend(names(&node)),
        }
    } else if has("function") && kinds == 1 {
        match function::read(&node, context, &mut found) {
            Some(function) => definitions.functions.push(function),
            None => definitions.unreadable.extend(names(&node)),
        }
    } else if has("view") && kinds == 1 {
        match view::read(&node, context, &mut found) {
            Some(view) => definitions.views.push(view),
            None => definitions.unreadable.extend(names(&node)),
        }
    } else {
        found.push(unclear(&node));
    }
    (definitions, found)
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
    let finding = Diagnostic::error(
        Code::UnclearKind,
        "a definition has exactly one of `source`, `dataset`, `view`, `static` and `function`",
    )
    .at(place)
    .hint("start the file with `dataset: some_derived.name_v1`");
    match keys.first().and_then(|key| key.as_text()) {
        Some(first) => finding.suggest(first, KINDS.iter().copied()),
        None => finding,
    }
}
