//! What decides a node, and what it came to before: a node whose definition, template and upstream tables are
//! what they were is taken from memory. Two steps find it, because a query must be known before its tables are:
//! the first key holds definition, template and `from`, and leads to the names that the query reads; the second one
//! adds what those names stand for. An upstream table that is compiled anew to the same columns changes neither.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::expand::Nodes;
use super::kept::{Keep, Kept, KeptPosition, source_of};
use super::kept_judgement::KeptFacts;
use super::known::{Known, Ready, Soundness};
use super::nodes::{Built, Draft};
use super::render::input_names;
use super::{CompiledDataset, CompiledView};
use crate::cache::{Form, Key, KeyWriter, Memory, Writer, form};
use crate::definition::{
    Axis, Check, CheckKind, Deprecated, Inputs, Member, ProjectFiles, QuerySource, TableName, ViewSql,
};
use crate::diagnostic::{Diagnostic, Position, Source};
use crate::lint::Facts;
use crate::schema::Field;
use crate::schema::glean::{ExtraKey, Metric};
use crate::sql::{Routine, RoutineBody};
use crate::yaml::Text;

/// What a query names, as it is kept under the first key.
#[derive(Clone, Debug)]
pub struct Names {
    /// Tables, views and sources.
    pub tables: Vec<String>,
    /// Functions that it may call: those whose name is a word of its text.
    routines: Vec<String>,
}
form!(struct Names { tables, routines });

/// Gives a file of the project by its path.
type SourceOf<'a> = Box<dyn Fn(&str) -> Option<Arc<Source>> + Sync + 'a>;

/// The text of a check in which it may name functions.
fn words_of(check: &Check) -> &str {
    match &check.kind {
        CheckKind::Sql { query } => query,
        _ => &check.text,
    }
}

/// Looks nodes up, and keeps them.
pub struct Recall<'a> {
    memory: &'a Memory,
    nodes: &'a Nodes,
    files: &'a ProjectFiles,
    /// What every node depends on.
    project: Key,
    /// Of all templates of the project's own, for texts that may name any of them.
    templates: OnceLock<Key>,
    /// By path, for the places of findings.
    source: SourceOf<'a>,
    /// Columns that were read from memory, shared by all that have them.
    columns: Mutex<BTreeMap<Key, Arc<[Field]>>>,
    /// Of each table that is ready: all that its readers can see of it.
    tables: BTreeMap<String, Key>,
    /// What rules know of it, the tables that its identifiers came through included.
    facts: BTreeMap<String, Key>,
}

impl<'a> Recall<'a> {
    pub fn new(memory: &'a Memory, nodes: &'a Nodes, files: &'a ProjectFiles, ready: &Ready) -> Self {
        let mut project = KeyWriter::new("project");
        project.text(&nodes.target);
        project.text(&files.config.text);
        for application in &nodes.applications {
            project.text(&application.path);
            project.text(&application.text);
        }
        let mut recall = Self {
            memory,
            nodes,
            files,
            project: project.finish(),
            templates: OnceLock::new(),
            source: Box::new(source_of(files)),
            columns: Mutex::default(),
            tables: BTreeMap::new(),
            facts: BTreeMap::new(),
        };
        if memory.is_any() {
            for (name, known) in &ready.tables {
                recall.table(name, known, None);
            }
        }
        recall
    }

    /// A dataset is ready for its readers.
    pub fn add_dataset(&mut self, name: &str, ready: &Ready) {
        if self.memory.is_any()
            && let Some(known) = ready.tables.get(name)
        {
            self.table(name, known, None);
        }
    }

    /// A view is ready for its readers, who see its query and what stands behind it.
    pub fn add_view(&mut self, name: &str, ready: &Ready, view: &Built<CompiledView>) {
        if self.memory.is_any()
            && let Some(known) = ready.tables.get(name)
        {
            self.table(name, known, Some((&view.compiled.duckdb, &view.read_names)));
        }
    }

    fn table(&mut self, name: &str, known: &Known, query: Option<(&String, &Vec<String>)>) {
        let Known {
            columns,
            partition_column,
            cadence,
            start,
            bases,
            hash,
            given,
            keys,
            glean,
            facts,
            soundness,
            undeclared: _,
        } = known;
        // Behind a mistake nothing is kept.
        if *soundness != Soundness::Sound {
            return;
        }
        let mut writer = Writer::default();
        columns.write(&mut writer);
        partition_column.write(&mut writer);
        cadence.write(&mut writer);
        start.write(&mut writer);
        bases.write(&mut writer);
        hash.write(&mut writer);
        given.write(&mut writer);
        keys.write(&mut writer);
        if let Some((ping, metrics)) = glean {
            ping.write(&mut writer);
            metrics.iter().for_each(|one| metric(one, &mut writer));
        }
        let facts = self.facts(facts);
        facts.write(&mut writer);
        self.facts.insert(name.to_owned(), facts);
        if let Some(dataset) = self.nodes.datasets.get(name) {
            dataset.deprecated.as_ref().map(Told::new).write(&mut writer);
        }
        if let Some((duckdb, reads)) = query {
            duckdb.write(&mut writer);
            for read in reads {
                self.tables.get(read).copied().write(&mut writer);
            }
        }
        self.tables.insert(name.to_owned(), Key::of(&writer.finish()));
    }

    fn facts(&self, facts: &Facts) -> Key {
        let mut kept = KeptFacts::new(facts);
        if !facts.is_view {
            // A table's rows stand; only of a view its readers ask whether it gives the same ones again.
            kept.reasons.clear();
        }
        let mut writer = Writer::default();
        kept.write(&mut writer);
        let origins: BTreeSet<_> = facts.identifiers.values().filter_map(|tag| tag.from.as_ref()).collect();
        for (table, _) in origins {
            self.facts.get(table).copied().write(&mut writer);
        }
        Key::of(&writer.finish())
    }

    /// What decides a node's text, once the tables under `from` are ready; nothing where it cannot be known.
    pub fn first_key(&self, name: &str) -> Option<Key> {
        if !self.memory.is_any() {
            return None;
        }
        let mut key = KeyWriter::new("node");
        key.key(&self.project);
        key.text(name);
        if let Some(dataset) = self.nodes.datasets.get(name) {
            key.text("dataset");
            self.definition(&dataset.name.position, &dataset.axes, &mut key);
            self.query(&dataset.query, &mut key);
            if let Some(init) = &dataset.init {
                self.query(init, &mut key);
            }
            inputs(dataset.from.as_ref(), &mut key);
            // Those in files of their own are not in the definition's text.
            dataset.checks.iter().for_each(|check| key.text(words_of(check)));
        } else {
            let view = self.nodes.views.get(name)?;
            key.text("view");
            self.definition(&view.name.position, &view.axes, &mut key);
            match &view.sql {
                ViewSql::Query(query) => self.query(query, &mut key),
                ViewSql::AllOf(table) => key.text(&format!("all of {table}")),
                ViewSql::Latest(table) => key.text(&format!("latest of {table}")),
            }
            inputs(view.from.as_ref(), &mut key);
        }
        for from in input_names(name, self.nodes) {
            key.key(self.tables.get(&from.text)?);
            // Columns of pings are known by the source that the pings came in by.
            let source = self.nodes.ping_tables.get(&from.text);
            key.optional(source.map(String::as_str));
            if let Some(source) = source {
                key.key(self.tables.get(source)?);
            }
        }
        Some(key.finish())
    }

    /// All of the file that a definition stands in, and which member of a matrix it is.
    fn definition(&self, position: &Position, axes: &[Axis], key: &mut KeyWriter) {
        key.text(&position.source.path);
        key.text(&position.source.text);
        for Axis { name, value, attributes } in axes {
            key.text(name);
            key.text(value);
            for (attribute, value) in attributes {
                key.text(attribute);
                key.text(value);
            }
        }
    }

    /// The texts that a query is rendered from. Built-in templates are part of the program.
    fn query(&self, query: &QuerySource, key: &mut KeyWriter) {
        match query {
            QuerySource::Template(template) => {
                for name in [template.text.clone(), format!("{}.init", template.text)] {
                    let own = self.files.templates.get(&name);
                    key.optional(own.map(|own| own.text.as_str()));
                    own.iter().for_each(|own| self.named_by(&own.text, key));
                }
            }
            QuerySource::Inline(text) => self.named_by(&text.text, key),
            QuerySource::File(file) => {
                let beside = self.files.beside(&file.position.source, file.text.trim()).ok();
                key.optional(beside.map(|beside| beside.text.as_str()));
                beside.iter().for_each(|beside| self.named_by(&beside.text, key));
            }
        }
    }

    /// A text that takes in others may take in any.
    fn named_by(&self, text: &str, key: &mut KeyWriter) {
        if ["import", "include", "extends"].iter().any(|word| text.contains(word)) {
            key.key(self.templates.get_or_init(|| {
                let mut key = KeyWriter::new("templates");
                for (name, source) in &self.files.templates {
                    key.text(name);
                    key.text(&source.text);
                }
                key.finish()
            }));
        }
    }

    /// The names that the query of a first key reads.
    pub fn names(&self, first: &Key) -> Option<Names> {
        self.memory.get(first)
    }

    /// The key of a node whose tables are all ready.
    fn second_key(&self, name: &str, first: &Key, names: &Names, ready: &Ready) -> Option<Key> {
        let mut key = KeyWriter::new("result");
        key.key(first);
        for table in names.tables.iter().filter(|table| *table != name) {
            key.text(table);
            key.key(self.tables.get(table)?);
        }
        for name in &names.routines {
            key.text(name);
            let routine = ready.routines.get(name)?;
            if let RoutineBody::Broken = routine.body {
                return None;
            }
            called(routine, &mut key);
        }
        Some(key.finish())
    }

    /// A dataset that is what it was.
    pub fn dataset(
        &self,
        name: &str,
        first: &Key,
        names: &Names,
        ready: &Ready,
    ) -> Option<(Built<CompiledDataset>, Vec<Diagnostic>)> {
        self.restored(self.nodes.datasets.get(name)?, &self.second_key(name, first, names, ready)?)
    }

    /// A view that is what it was.
    pub fn view(
        &self,
        name: &str,
        first: &Key,
        names: &Names,
        ready: &Ready,
    ) -> Option<(Built<CompiledView>, Vec<Diagnostic>)> {
        self.restored(self.nodes.views.get(name)?, &self.second_key(name, first, names, ready)?)
    }

    fn restored<T: Keep>(
        &self,
        definition: &Arc<T::Definition>,
        key: &Key,
    ) -> Option<(Built<T>, Vec<Diagnostic>)> {
        let kept: Kept<T::Kept> = self.memory.get(key)?;
        kept.restored(definition, &|key| self.columns(key), &*self.source)
    }

    /// Keeps what a node came to.
    pub fn keep<T: Keep>(
        &self,
        name: &str,
        first: Option<Key>,
        draft: &Draft,
        built: &Built<T>,
        found: &[Diagnostic],
        ready: &Ready,
    ) {
        let Some(first) = first else { return };
        // Which tables a pattern stands for depends on all that there are.
        if draft.by_pattern {
            return;
        }
        let names = Names { tables: built.read_names.clone(), routines: self.mentioned(name, draft, ready) };
        if let Some(second) = self.second_key(name, &first, &names, ready) {
            self.memory.put(second, &Kept::new(built, found, self.memory));
            if self.names(&first).is_none() {
                self.memory.put(first, &names);
            }
        }
    }

    /// The functions whose name is a word in the texts of a node: all that it calls are among them.
    fn mentioned(&self, name: &str, draft: &Draft, ready: &Ready) -> Vec<String> {
        if ready.routines.is_empty() {
            return Vec::new();
        }
        let checks = self.nodes.datasets.get(name).into_iter().flat_map(|dataset| &dataset.checks);
        let texts = [Some(&draft.rendered), draft.init.as_ref()].into_iter().flatten();
        let texts = texts.map(|rendered| rendered.sql.as_str()).chain(checks.map(words_of));
        let words: BTreeSet<String> = texts
            .flat_map(|text| text.split(|one: char| !one.is_alphanumeric() && one != '_'))
            .map(str::to_lowercase)
            .collect();
        let is_word = |routine: &&String| {
            routine.rsplit('.').next().is_some_and(|last| words.contains(&last.to_lowercase()))
        };
        ready.routines.keys().filter(is_word).cloned().collect()
    }

    fn columns(&self, key: &Key) -> Option<Arc<[Field]>> {
        let known = |columns: &Mutex<BTreeMap<Key, Arc<[Field]>>>| {
            columns.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
        };
        if let Some(columns) = known(&self.columns) {
            return Some(columns);
        }
        let read: Arc<[Field]> = self.memory.get(key)?;
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(columns.entry(*key).or_insert(read)))
    }
}

/// What stands under `from`, with what a matrix adds.
fn inputs(inputs: Option<&Inputs>, key: &mut KeyWriter) {
    let named = inputs.map_or(Vec::new(), Inputs::tables);
    key.number(named.len() as u64);
    for Text { text, .. } in named {
        key.text(text);
    }
    if let Some(Inputs::Union(members)) = inputs {
        for Member { table: _, axes } in members {
            key.number(axes.len() as u64);
            for (axis, value) in axes {
                key.text(axis);
                key.text(value);
            }
        }
    }
}

/// What callers see of a function.
fn called(routine: &Routine, key: &mut KeyWriter) {
    let Routine { name, arguments: _, returns: _, body: _, aggregate: _, varies: _, hash, defined_at } =
        routine;
    key.text(name);
    // Arguments, type and body are part of the hash.
    key.text(hash);
    key.text(&defined_at.as_ref().map_or(String::new(), Position::display));
}

fn metric(metric: &Metric, writer: &mut Writer) {
    let Metric { name, kind, pings, description, time_unit, extra_keys, position } = metric;
    name.write(writer);
    format!("{kind:?}").write(writer);
    pings.write(writer);
    description.write(writer);
    time_unit.write(writer);
    for ExtraKey { name, type_name, description } in extra_keys {
        name.write(writer);
        type_name.write(writer);
        description.write(writer);
    }
    position.as_ref().map(KeptPosition::new).write(writer);
}

/// What readers are told of a deprecated dataset.
struct Told {
    since: Option<jiff::civil::Date>,
    replacement: Option<String>,
    remove_after: Option<jiff::civil::Date>,
    position: KeptPosition,
}
form!(struct Told { since, replacement, remove_after, position });

impl Told {
    fn new(deprecated: &Deprecated) -> Self {
        let Deprecated { since, replacement, remove_after, position } = deprecated;
        Self {
            since: *since,
            replacement: replacement.as_ref().map(TableName::full),
            remove_after: *remove_after,
            position: KeptPosition::new(position),
        }
    }
}
