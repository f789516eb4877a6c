//! Tables whose columns are known, as the catalogue that queries are resolved against: sources, static tables,
//! and what was compiled so far.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::expand::Nodes;
use super::functions::Routines;
use super::{CompiledDataset, CompiledView, bind, judge, query_parameters};
use crate::definition::{Dataset, QueryParameter, SourceKind};
use crate::lint::{Facts, Settings, Tables};
use crate::period::Cadence;
use crate::schema::glean::Metric;
use crate::schema::{Field, Type};
use crate::sql::{self, Analysis, Catalogue, Routine, Table, tree::Expression};
use crate::template::RowTime;

/// Tables whose columns are known: sources, and what was compiled so far.
pub struct Ready {
    pub tables: BTreeMap<String, Known>,
    pub names: Vec<String>,
    /// Translated queries of views.
    views: BTreeMap<String, String>,
    pub routines: Routines,
    target: String,
    /// How much rules count.
    pub rules: Settings,
    /// Stable datasets and views that sources bring.
    pub of_source: BTreeSet<String>,
}

/// What is known of a table.
#[derive(Clone)]
pub struct Known {
    pub columns: Arc<[Field]>,
    pub partition_column: Option<String>,
    /// How often there is a partition; of a view the longest of what stands behind it.
    pub cadence: Cadence,
    pub start: Option<Date>,
    /// For views: the tables behind, and whether conditions move to them.
    pub bases: Option<BTreeMap<String, bool>>,
    /// What of it decides a reader's data: empty for tables, the hash for views and static tables.
    pub hash: String,
    /// The version of a static table.
    pub given: Option<i64>,
    /// The keys that a view hashes with.
    pub keys: BTreeSet<String>,
    pub glean: Option<(String, Arc<Vec<Metric>>)>,
    /// What rules know of it.
    pub facts: Facts,
    pub soundness: Soundness,
    /// The tables behind it that nobody declares.
    pub undeclared: BTreeSet<String>,
}

/// Whether what is known of a table is all that there is to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Soundness {
    /// Nothing is wrong with it.
    Sound,
    /// Something is wrong with it, or with what it reads, but not with its partitions.
    Partitions,
    /// Nothing but some of its columns can be relied on.
    Columns,
}

impl Ready {
    pub fn new(nodes: &Nodes) -> Self {
        let mut names: Vec<String> = nodes.sources.keys().cloned().collect();
        names.extend(nodes.datasets.keys().cloned());
        names.extend(nodes.views.keys().cloned());
        names.extend(nodes.static_tables.keys().cloned());
        names.sort_unstable();
        let glean_of = |table: &str| match &nodes.sources.get(table)?.definition.kind {
            SourceKind::Ping { ping, glean: Some(metrics), .. } => Some((ping.clone(), Arc::clone(metrics))),
            _ => None,
        };
        let tables = nodes.sources.iter().map(|(name, source)| {
            let known = Known {
                columns: Arc::clone(&source.columns),
                partition_column: source.definition.partition_column().map(str::to_owned),
                cadence: source.definition.partition_column().map_or(Cadence::Whole, |_| Cadence::Day),
                start: Some(source.definition.start),
                bases: None,
                hash: String::new(),
                given: None,
                keys: BTreeSet::new(),
                glean: glean_of(name),
                facts: judge::of_source(&source.definition),
                soundness: Soundness::Sound,
                undeclared: BTreeSet::new(),
            };
            (name.clone(), known)
        });
        let given = nodes.static_tables.iter().map(|(name, table)| (name.clone(), table.known()));
        let unreadable =
            nodes.unreadable.iter().map(|name| (name.clone(), Known::in_part(Partial::default())));
        Self {
            tables: unreadable.chain(tables).chain(given).collect(),
            names,
            views: BTreeMap::new(),
            routines: nodes.routines.clone(),
            target: nodes.target.clone(),
            rules: nodes.rules.clone(),
            of_source: nodes.ping_tables.keys().cloned().collect(),
        }
    }

    /// The keys that a query hashes with, and those of the views that it reads.
    pub fn keys(&self, analysis: &Analysis) -> BTreeSet<String> {
        let views = analysis.uses.iter().filter_map(|table_use| self.tables.get(&table_use.name));
        views.flat_map(|known| known.keys.iter()).chain(&analysis.keys).cloned().collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.tables.contains_key(name)
    }

    /// Whether something of exactly this name is declared.
    pub fn is_named(&self, name: &str) -> bool {
        self.names.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    /// The declared name that a written one means: a project may stand before it.
    pub fn declared<'a>(&self, written: &'a str) -> &'a str {
        match written.split_once('.') {
            // All that is declared has two parts.
            Some((_, rest)) if rest.contains('.') && !self.is_named(written) && self.is_named(rest) => rest,
            _ => written,
        }
    }

    /// The declared tables that a written name means: a wildcard that nobody declares as such means all that it matches, and a part
    /// of a declared one means that.
    pub fn meant(&self, written: &str) -> Vec<String> {
        let name = self.declared(written);
        if self.is_named(name) {
            return vec![name.to_owned()];
        }
        let names = || self.names.iter().map(String::as_str);
        let short = written.split_once('.').map(|(_, rest)| rest).filter(|rest| rest.contains('.'));
        for written in [Some(written), short].into_iter().flatten() {
            if let Some((whole, _)) = sql::wider_table(written, names()) {
                return vec![whole.to_owned()];
            }
            let tables = sql::matching_tables(written, names());
            if !tables.is_empty() {
                return tables.into_iter().map(str::to_owned).collect();
            }
        }
        vec![name.to_owned()]
    }

    /// The day of a table's row, as an expression.
    pub fn row_time(&self, name: &str) -> Option<RowTime> {
        let known = self.tables.get(name)?;
        let column = known.partition_column.as_ref()?;
        if known.columns.iter().any(|field| field.name == *column && field.ty == Type::String) {
            return Some(RowTime::of_suffix(&sql::written::name(column)));
        }
        let is_date = known.columns.iter().any(|field| field.name == *column && field.ty == Type::Date);
        Some(RowTime::new(&sql::written::name(column), is_date))
    }

    pub fn add_dataset(&mut self, name: &str, dataset: &CompiledDataset) {
        let known = Known {
            columns: Arc::clone(&dataset.columns),
            partition_column: dataset.partition.column_name().map(str::to_owned),
            cadence: dataset.partition.cadence,
            start: Some(dataset.start),
            bases: None,
            hash: String::new(),
            given: None,
            keys: BTreeSet::new(),
            glean: None,
            facts: dataset.judged.facts.clone(),
            soundness: Soundness::Sound,
            undeclared: BTreeSet::new(),
        };
        self.tables.insert(name.to_owned(), known);
    }

    /// Adds what is known of a dataset or view in which, or behind which, something is wrong.
    pub fn add_partial(&mut self, name: &str, partial: Partial) {
        self.tables.insert(name.to_owned(), Known::in_part(partial));
    }

    /// The least that is known of any of these tables.
    pub fn soundness<'a>(&self, names: impl Iterator<Item = &'a str>) -> Soundness {
        let known = names.filter_map(|name| self.tables.get(name)).map(|known| known.soundness);
        known.max().unwrap_or(Soundness::Sound)
    }

    /// The tables behind these that nobody declares.
    pub fn undeclared<'a>(&self, names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
        let known = names.filter_map(|name| self.tables.get(name));
        known.flat_map(|known| &known.undeclared).cloned().collect()
    }

    /// Whether a table has columns that nobody knows.
    pub fn is_open(&self, name: &str) -> bool {
        self.tables.get(name).is_some_and(|known| known.columns.iter().any(Field::is_rest))
    }

    pub fn add_view(&mut self, name: &str, view: &CompiledView) {
        self.views.insert(name.to_owned(), view.duckdb.clone());
        let bases = view.bases.keys().filter_map(|base| Some(self.tables.get(base)?.cadence));
        let cadence = bases.filter(|cadence| *cadence != Cadence::Whole).max();
        let known = Known {
            columns: Arc::clone(&view.columns),
            partition_column: view.partition_column.clone(),
            cadence: cadence.unwrap_or(Cadence::Whole),
            start: view.bases.keys().filter_map(|base| self.tables.get(base)?.start).max(),
            bases: Some(view.bases.clone()),
            hash: view.hash.clone(),
            given: None,
            keys: view.keys.clone(),
            glean: None,
            facts: view.judged.facts.clone(),
            soundness: Soundness::Sound,
            undeclared: BTreeSet::new(),
        };
        self.tables.insert(name.to_owned(), known);
    }
}

impl Ready {
    /// A dataset's translated query with the views that it reads in front: it is built from what the
    /// definitions say, whichever version a view in the warehouse shows.
    pub fn through_views(&self, duckdb: String, analysis: &sql::Analysis) -> String {
        if !analysis.uses.iter().any(|table| self.views.contains_key(&table.name)) {
            return duckdb;
        }
        sql::duckdb::with_views(&duckdb, &|name| self.views.get(name).map(String::as_str))
    }
}

/// What is known of a dataset or view although something is wrong.
pub struct Partial {
    pub columns: Arc<[Field]>,
    pub partition_column: Option<String>,
    pub cadence: Cadence,
    /// For views; see [`Known::bases`].
    pub bases: Option<BTreeMap<String, bool>>,
    /// Whether partitions and bases can be relied on.
    pub soundness: Soundness,
    /// The tables that nobody declares, and it reads, itself or through others.
    pub undeclared: BTreeSet<String>,
    /// What was rendered of it.
    pub sql: Option<String>,
}

impl Default for Partial {
    /// Of a node without readable SQL: any name is a column.
    fn default() -> Self {
        Self {
            columns: [Field::unknown_rest()].into(),
            partition_column: None,
            cadence: Cadence::Day,
            bases: None,
            soundness: Soundness::Columns,
            undeclared: BTreeSet::new(),
            sql: None,
        }
    }
}

impl Partial {
    /// What is known of a node without readable SQL; of a dataset its header still is.
    pub fn of_unread(dataset: Option<&Dataset>) -> Self {
        let Some(dataset) = dataset else { return Self::default() };
        let cadence = dataset.cadence();
        let column = (cadence != Cadence::Whole).then(|| bind::partition_column(dataset, None).to_owned());
        Self { cadence, partition_column: column, ..Self::default() }
    }
}

impl Known {
    fn in_part(partial: Partial) -> Self {
        Self {
            columns: partial.columns,
            partition_column: partial.partition_column,
            cadence: partial.cadence,
            start: None,
            bases: partial.bases,
            hash: String::new(),
            given: None,
            keys: BTreeSet::new(),
            glean: None,
            facts: Facts::default(),
            soundness: partial.soundness,
            undeclared: partial.undeclared,
        }
    }
}

impl Catalogue for Ready {
    fn table(&self, name: &str) -> Option<Table> {
        let name = self.declared(name);
        let known = self.tables.get(name)?;
        Some(Table { name: name.to_owned(), columns: Arc::clone(&known.columns), open: false })
    }

    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        let own = |name: &str| self.routines.get(name).cloned();
        // A project may stand before the name.
        own(name).or_else(|| own(name.split_once('.')?.1))
    }

    fn routine_names(&self) -> Vec<String> {
        self.routines.keys().cloned().collect()
    }
}

impl Tables for Ready {
    fn facts(&self, table: &str) -> Option<&Facts> {
        self.tables.get(table).map(|known| &known.facts)
    }
}

/// A catalogue in which the dataset itself has these columns, or is still open.
pub struct WithSelf<'a> {
    pub ready: &'a Ready,
    pub name: &'a str,
    pub columns: Option<Arc<[Field]>>,
    pub parameters: &'a [QueryParameter],
}

impl Catalogue for WithSelf<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        if self.ready.declared(name) != self.name {
            return self.ready.table(name);
        }
        let name = self.name;
        let open = self.columns.is_none();
        Some(Table {
            name: name.to_owned(),
            columns: self.columns.clone().unwrap_or_else(|| Vec::new().into()),
            open,
        })
    }

    fn names(&self) -> Vec<String> {
        self.ready.names()
    }

    fn parameter(&self, name: &str) -> Option<Expression> {
        let parameter = self.parameters.iter().find(|parameter| parameter.name.text == name)?;
        Some(query_parameters::value(parameter, &self.ready.target))
    }

    fn parameter_names(&self) -> Vec<String> {
        self.parameters.iter().map(|parameter| parameter.name.text.clone()).collect()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        self.ready.routine(name)
    }

    fn routine_names(&self) -> Vec<String> {
        self.ready.routine_names()
    }
}
