//! Lineage across datasets: what a column comes from and goes into, tables apart, step by step.
//!
//! A query's own lineage is found while it is compiled; the steps between tables are put together here only when
//! someone asks. Nothing here knows SQL.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::Compilation;
use crate::schema::Field;
use crate::sql::lineage::{self, ColumnLineage, How, Lineage, Source};
use crate::sql::{self, Analysis};

/// The lineage of a dataset's or a view's query.
#[derive(Clone, Debug, Default)]
pub struct TableLineage {
    /// The columns, in the order of the table's.
    pub lineage: Lineage,
    /// The names of the tables behind the table uses.
    pub tables: Vec<Arc<str>>,
    /// For each column, whether it is known never to be NULL.
    pub required: Vec<bool>,
}

impl TableLineage {
    pub fn of(analysis: &Analysis) -> Self {
        let tables = analysis.uses.iter().map(|table_use| Arc::from(table_use.name.as_str())).collect();
        Self { lineage: lineage::lineage(analysis), tables, required: sql::required(analysis) }
    }

    fn link(&self, source: &Source) -> Option<Link> {
        let table = Arc::clone(self.tables.get(source.table_use)?);
        Some(Link::of(Place { table, path: source.path.to_vec() }, source))
    }

    fn links(&self, sources: &[Source]) -> Vec<Link> {
        let mut links = BTreeMap::new();
        for link in sources.iter().filter_map(|source| self.link(source)) {
            keep(&mut links, link);
        }
        links.into_values().collect()
    }
}

/// A column of a table, or a field within it; without a path, the table's rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub table: Arc<str>,
    pub path: Vec<Arc<str>>,
}

impl Place {
    pub fn new(table: &str, path: &[&str]) -> Self {
        Self { table: Arc::from(table), path: path.iter().map(|part| Arc::from(*part)).collect() }
    }

    /// A column of the table, or a field of the column.
    #[must_use]
    pub fn inside(&self, field: &str) -> Self {
        let path = self.path.iter().cloned().chain([Arc::from(field)]).collect();
        Self { table: Arc::clone(&self.table), path }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.table)?;
        self.path.iter().try_for_each(|part| write!(formatter, ".{part}"))
    }
}

/// A place with what a value has of it, or it of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub place: Place,
    pub how: How,
    pub sanitised: bool,
    pub hashed: bool,
}

impl Link {
    /// The place itself.
    pub fn start(place: Place) -> Self {
        Self { place, how: How::Copied, sanitised: false, hashed: false }
    }

    /// The step between a place and a source; what only influences carries no value that could be sanitised.
    fn of(place: Place, source: &Source) -> Self {
        let carries = source.how != How::Influences;
        Self {
            place,
            how: source.how,
            sanitised: carries && source.sanitised,
            hashed: carries && source.hashed,
        }
    }

    /// The way over this place to the next one.
    #[must_use]
    pub fn then(&self, next: &Link) -> Link {
        let how = self.how.max(next.how);
        let carries = how != How::Influences;
        Link {
            place: next.place.clone(),
            how,
            sanitised: carries && (self.sanitised || next.sanitised),
            hashed: carries && (self.hashed || next.hashed),
        }
    }

    /// Takes in another way to the same place; whether that says more.
    fn join(&mut self, other: &Link) -> bool {
        let before = (self.how, self.sanitised, self.hashed);
        self.sanitised = match (self.how, other.how) {
            (How::Influences, _) => other.sanitised,
            (_, How::Influences) => self.sanitised,
            _ => self.sanitised && other.sanitised,
        };
        self.hashed |= other.hashed;
        self.how = self.how.min(other.how);
        before != (self.how, self.sanitised, self.hashed)
    }
}

/// Adds a way to those by place; whether that says more.
fn keep(links: &mut BTreeMap<Place, Link>, link: Link) -> bool {
    match links.entry(link.place.clone()) {
        std::collections::btree_map::Entry::Vacant(entry) => {
            entry.insert(link);
            true
        }
        std::collections::btree_map::Entry::Occupied(mut entry) => entry.get_mut().join(&link),
    }
}

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To what a column comes from.
    Upstream,
    /// To what comes from it.
    Downstream,
}

/// The lineage of all tables of a project.
pub struct LineageGraph<'a> {
    tables: BTreeMap<&'a str, (&'a TableLineage, &'a [Field])>,
    /// What reads a table: a place of the reader, and what that has of a path of the table.
    readers: BTreeMap<&'a str, Vec<Reading>>,
}

struct Reading {
    by: Place,
    source: Source,
}

impl<'a> LineageGraph<'a> {
    pub fn new(compilation: &'a Compilation) -> Self {
        let datasets =
            compilation.datasets.iter().map(|(name, one)| (name.as_str(), &one.lineage, &one.columns));
        let views = compilation.views.iter().map(|(name, one)| (name.as_str(), &one.lineage, &one.columns));
        let mut graph = Self { tables: BTreeMap::new(), readers: BTreeMap::new() };
        for (name, table, columns) in datasets.chain(views) {
            graph.tables.insert(name, (table, columns));
            let rows = Place::new(name, &[]);
            for (field, column) in columns.iter().zip(&table.lineage.columns) {
                graph.readings(table, &rows.inside(&field.name), column);
            }
            graph.add(table, &rows, table.lineage.rows.iter());
        }
        graph
    }

    /// Notes what a column reads, field by field where its query built it.
    fn readings(&mut self, table: &'a TableLineage, place: &Place, column: &ColumnLineage) {
        let fields = column.built_fields();
        if fields.is_empty() {
            return self.add(table, place, column.sources.iter());
        }
        for field in &fields {
            self.readings(table, &place.inside(field), &column.field(field));
        }
    }

    fn add<'s>(&mut self, table: &'a TableLineage, by: &Place, sources: impl Iterator<Item = &'s Source>) {
        for source in sources {
            let Some(read) = table.tables.get(source.table_use) else { continue };
            let reading = Reading { by: by.clone(), source: source.clone() };
            self.readers.entry(read).or_default().push(reading);
        }
    }

    /// One step: what a place is made of, or what is made of it. What merely decides about rows is not among
    /// what a place is made of; see [`Self::rows`].
    pub fn step(&self, place: &Place, direction: Direction) -> Vec<Link> {
        match direction {
            Direction::Upstream => self.sources(place),
            Direction::Downstream => self.made_of(place),
        }
    }

    fn sources(&self, place: &Place) -> Vec<Link> {
        let Some((table, fields)) = self.tables.get(&*place.table) else { return Vec::new() };
        let columns = fields.iter().zip(&table.lineage.columns);
        let Some((name, path)) = place.path.split_first() else {
            let all = columns.flat_map(|(_, column)| column.sources.iter().cloned());
            return table.links(&all.collect::<Vec<_>>());
        };
        let found = columns.into_iter().find(|(field, _)| field.name.eq_ignore_ascii_case(name));
        match (found, path.split_first()) {
            (None, _) => Vec::new(),
            (Some((_, column)), None) => table.links(&column.sources),
            (Some((_, column)), Some((first, rest))) => {
                let inner = rest.iter().fold(column.field(first), |inner, field| inner.field(field));
                table.links(&inner.sources)
            }
        }
    }

    fn made_of(&self, place: &Place) -> Vec<Link> {
        let mut links = BTreeMap::new();
        for Reading { by, source } in self.readers.get(&*place.table).into_iter().flatten() {
            let common = source.path.iter().zip(&place.path).all(|(one, two)| one.eq_ignore_ascii_case(two));
            if !common {
                continue;
            }
            let mut by = by.clone();
            if source.shaped {
                // The reader has the whole of which this place is a part.
                by.path.extend(place.path.iter().skip(source.path.len()).cloned());
            }
            keep(&mut links, Link::of(by, source));
        }
        links.into_values().collect()
    }

    /// Whether a column of a dataset or a view is known never to be NULL.
    pub fn is_required(&self, place: &Place) -> bool {
        let (Some((table, fields)), [name]) = (self.tables.get(&*place.table), &place.path[..]) else {
            return false;
        };
        let at = fields.iter().position(|field| field.name.eq_ignore_ascii_case(name));
        at.and_then(|at| table.required.get(at)).is_some_and(|required| *required)
    }

    /// What decides which rows a table has.
    pub fn rows(&self, table: &str) -> Vec<Link> {
        self.tables.get(table).map_or(Vec::new(), |(found, _)| found.links(&found.lineage.rows))
    }

    /// Every place that is reached from one, itself aside, with all that lies on the ways to it and with the
    /// fewest steps. `influences` says whether to go on over what only decides about rows.
    pub fn reach(&self, from: &Place, direction: Direction, influences: bool) -> Vec<(Link, usize)> {
        let mut reached: BTreeMap<Place, Link> = BTreeMap::new();
        let mut steps: BTreeMap<Place, usize> = BTreeMap::from([(from.clone(), 0)]);
        let mut waiting = VecDeque::from([Link::start(from.clone())]);
        while let Some(link) = waiting.pop_front() {
            let step = steps.get(&link.place).copied().unwrap_or_default();
            let mut next = self.step(&link.place, direction);
            if influences && direction == Direction::Upstream {
                next.extend(self.rows(&link.place.table));
            }
            for one in next.iter().filter(|one| influences || one.how != How::Influences) {
                let way = link.then(one);
                steps.entry(way.place.clone()).or_insert(step + 1);
                if way.place != *from && keep(&mut reached, way.clone()) {
                    waiting.push_back(reached[&way.place].clone());
                }
            }
        }
        reached
            .into_values()
            .map(|link| (steps[&link.place], link))
            .map(|(step, link)| (link, step))
            .collect()
    }
}
