//! Definitions → a checked compilation: SQL for every dataset and view, schemas, reads, hashes, order.
//! A pure function of the project's files: no network, no clock, no warehouse.
//!
//! The pipeline is [`compile`]: read → expand → name → render → analyse → bind partitions → hash → write out.

mod bind;
mod checks;
mod contract;
mod expand;
mod functions;
mod generated;
mod hash;
mod inputs;
mod judge;
mod kept;
mod kept_judgement;
mod known;
pub mod lineage;
mod nodes;
mod outcome;
mod positions;
mod query;
mod query_parameters;
mod ready;
mod recall;
mod render;
mod serving;
mod static_table;
mod summary;
mod untyped;
mod wildcards;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

pub use self::checks::{CompiledChecks, STAGE};
pub use self::functions::{CompiledExample, CompiledFunction, Execution, compile_example};
pub use self::hash::HASH_VERSION;
pub use self::inputs::JoinCheck;
pub use self::judge::Judged;
pub use self::lineage::TableLineage;
pub use self::outcome::{Counts, Outcome};
pub use self::query_parameters::typed as parameter_value;
pub use self::static_table::CompiledStatic;
pub use self::summary::{Summary, Whereabouts};
pub use self::untyped::{Untyped, refuse as refuse_untyped};
use crate::cache::Memory;
use crate::definition::{self, Dataset, Project, ProjectFiles, Source, View};
use crate::diagnostic::{self, Diagnostic};
use crate::graph::Graph;
use crate::period::{Bounds, Cadence};
use crate::schema::Field;
use crate::sql;

/// Everything that later stations need of a project.
pub struct Compilation {
    pub project: Project,
    pub sources: BTreeMap<String, CompiledSource>,
    pub datasets: BTreeMap<String, CompiledDataset>,
    pub views: BTreeMap<String, CompiledView>,
    /// Datasets and views behind tables that nobody declares: in `generated/`, and never built.
    pub untyped: BTreeMap<String, Untyped>,
    pub static_tables: BTreeMap<String, CompiledStatic>,
    pub functions: BTreeMap<String, CompiledFunction>,
    pub graph: Graph,
    /// Datasets and views, each after what it reads.
    pub order: Vec<String>,
    /// The files of `generated/`: path below it → content.
    pub generated: BTreeMap<String, String>,
}

/// A source's table.
pub struct CompiledSource {
    pub definition: Source,
    pub table: String,
    pub columns: Arc<[Field]>,
}

/// A dataset that can be built.
pub struct CompiledDataset {
    pub definition: Arc<Dataset>,
    /// GoogleSQL as it stands in `generated/`.
    pub sql: String,
    /// What DuckDB is given; `$1` to `$3` are the query parameters.
    pub duckdb: String,
    /// Fills many partitions at once: GoogleSQL and its translation.
    pub init: Option<(String, String)>,
    pub columns: Arc<[Field]>,
    pub partition: Partition,
    pub inputs: Vec<Input>,
    /// Days of its own past that a partition reads.
    pub reads_self: Option<Bounds>,
    pub start: Date,
    /// Whether the query uses the parameters, which say what is built.
    pub has_parameters: bool,
    /// The keys that it hashes with, views seen through.
    pub keys: BTreeSet<String>,
    pub checks: CompiledChecks,
    /// What the joins under `from` promise.
    pub joins: Vec<JoinCheck>,
    /// What rules say of it: identifiers in its columns, whether a rerun gives the same rows.
    pub judged: Judged,
    /// What its columns come from.
    pub lineage: TableLineage,
    /// Hash of what decides a partition's data.
    pub hash: String,
}

/// How a dataset is cut into partitions.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    pub cadence: Cadence,
    /// None where the whole table is one partition.
    pub column: Option<PartitionColumn>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PartitionColumn {
    pub name: String,
    /// TIMESTAMP or DATETIME; a DATE otherwise.
    pub is_timestamp: bool,
}

impl Partition {
    pub const WHOLE: Partition = Partition { cadence: Cadence::Whole, column: None };

    /// The partition column's name.
    pub fn column_name(&self) -> Option<&str> {
        self.column.as_ref().map(|column| column.name.as_str())
    }
}

/// A table that a dataset reads, views seen through.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    pub table: String,
    pub reads: Reads,
    /// The version of a static table: its rows are the project's own, so no ledger counts their versions.
    pub given: Option<i64>,
}

/// Which partitions of an input are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reads {
    Days(Bounds),
    /// All partitions that are there.
    All,
    /// The one partition of a table without a partition column.
    Whole,
}

/// A view.
pub struct CompiledView {
    pub definition: Arc<View>,
    pub sql: String,
    pub duckdb: String,
    pub columns: Arc<[Field]>,
    /// The tables behind it, views seen through, and whether a condition on the view's partition column
    /// holds for them too.
    pub bases: BTreeMap<String, bool>,
    pub partition_column: Option<String>,
    /// The keys that it hashes with, views seen through.
    pub keys: BTreeSet<String>,
    pub judged: Judged,
    /// What its columns come from.
    pub lineage: TableLineage,
    pub hash: String,
}

/// Compiles a project. Findings that are errors leave no compilation; warnings do.
pub fn compile(files: &ProjectFiles) -> (Option<Compilation>, Vec<Diagnostic>) {
    compile_for(files, None)
}

/// Compiles a project for a target, or for its default one: declared parameters may have a value for each.
/// `generated/` is the same for all.
pub fn compile_for(files: &ProjectFiles, target: Option<&str>) -> (Option<Compilation>, Vec<Diagnostic>) {
    let examined = examine(files, target, &Memory::none());
    (examined.compilation, examined.found)
}

/// What a project came to: its compilation, if there is one, and what was looked at in any case.
pub struct Examined {
    pub compilation: Option<Compilation>,
    pub found: Vec<Diagnostic>,
    pub summary: Summary,
}

/// Compiles a project like [`compile_for`] and says what was judged, with what earlier compilations came to, which
/// changes nothing but the time.
pub fn examine(files: &ProjectFiles, target: Option<&str>, memory: &Memory) -> Examined {
    on_deep_stacks(|| run(files, target, memory))
}

fn run(files: &ProjectFiles, target: Option<&str>, memory: &Memory) -> Examined {
    let (project, mut definitions, mut found) = definition::read(files);
    let matrices = std::mem::take(&mut definitions.matrices);
    let mut nodes = expand::expand(definitions, project.as_ref(), &mut found);
    serving::check_replacements(&nodes, &mut found);
    judge::check_exceptions(&nodes, &mut found);
    wildcards::check(&nodes, &mut found);
    if let Some(project) = &project {
        query_parameters::check_targets(&nodes, project, &mut found);
        nodes.rules = crate::lint::Settings::read(&project.rules, &mut found);
        nodes.target = target.unwrap_or(&project.default_target).to_owned();
    }
    let (library, broken) = crate::template::Library::new(&files.templates);
    found.extend(broken);
    let mut built = nodes::build(&nodes, &library, files, memory);
    found.extend(judge::useless_exceptions(&built));
    found.append(&mut built.found);
    positions::below_heads(&mut found, &nodes, &built);
    diagnostic::sort(&mut found);
    let found = definition::gather(found, &matrices);
    let summary = Summary::new(&nodes, &built);
    let Some(project) = project.filter(|_| !found.iter().any(Diagnostic::is_error)) else {
        return Examined { compilation: None, found, summary };
    };
    let graph = summary.graph.clone();
    let is_given = |name: &String| nodes.sources.contains_key(name) || nodes.static_tables.contains_key(name);
    let order = graph.order().into_iter().filter(|name| !is_given(name)).collect();
    let mut compilation = Compilation {
        project,
        sources: nodes.sources,
        datasets: built.datasets,
        views: built.views,
        untyped: built.untyped,
        static_tables: nodes.static_tables,
        functions: nodes.functions,
        graph,
        order,
        generated: BTreeMap::new(),
    };
    compilation.generated = generated::files(&compilation, &nodes.datasets, &nodes.views);
    Examined { compilation: Some(compilation), found, summary }
}

/// Enough for deeply nested templates and SQL.
const STACK: usize = 64 << 20;

/// Runs work on as many threads as are at hand, with deep stacks.
fn on_deep_stacks<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(rayon::current_num_threads())
        .stack_size(STACK)
        .start_handler(|_| sql::announce_stack(STACK))
        .build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

impl Compilation {
    /// Datasets in the order of building, views left out.
    pub fn dataset_order(&self) -> impl Iterator<Item = &CompiledDataset> {
        self.order.iter().filter_map(|name| self.datasets.get(name))
    }

    /// The views that no other program can read: they, or views that they read, call functions of Tidemill's own.
    pub fn views_of_own_functions(&self) -> Vec<&str> {
        let calls =
            |name: &str| self.views.get(name).is_some_and(|view| crate::sql::duckdb::calls_own(&view.duckdb));
        let names = self.views.keys().map(String::as_str);
        names
            .filter(|name| calls(name) || self.graph.upstream(name).iter().any(|other| calls(other)))
            .collect()
    }

    /// The columns of a source, dataset, view or static table.
    pub fn columns(&self, name: &str) -> Option<&[Field]> {
        let source = self.sources.get(name).map(|one| &one.columns);
        let dataset = self.datasets.get(name).map(|one| &one.columns);
        let view = self.views.get(name).map(|one| &one.columns);
        let given = self.static_tables.get(name).map(|one| &one.definition.columns);
        source.or(dataset).or(view).or(given).map(|columns| columns.as_ref())
    }
}

impl CompiledDataset {
    /// Whether an input's rows are part of the definition, and have no versions of their own.
    pub fn reads_static(&self, table: &str) -> bool {
        self.inputs.iter().any(|input| input.table == table && input.given.is_some())
    }

    pub fn name(&self) -> String {
        self.definition.name.full()
    }
}
