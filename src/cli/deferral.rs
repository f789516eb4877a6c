//! Targets that read what they lack from another one: `defer_to`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::context::{Compiled, Globals, Problem};
use super::report;
use crate::compile::Compilation;
use crate::ledger::{Snapshot, Sqlite};
use crate::plan;
use crate::warehouse::{DuckDb, Elsewhere, Names, Part};

/// The other target, as it stands.
pub struct Deferral {
    target: String,
    warehouse: PathBuf,
    names: Names,
    snapshot: Snapshot,
}

/// The other target of the one that the options name, where it names one that was built.
pub fn open(compiled: &Compiled, globals: &Globals) -> Result<Option<Deferral>, Problem> {
    let target = compiled.target(globals)?;
    let Some(wanted) = &target.space.defer_to else { return Ok(None) };
    let targets = &compiled.compilation.project.targets;
    let Some(other) = targets.iter().find(|other| other.name == wanted.text) else { return Ok(None) };
    let place = compiled.place_of(other)?;
    if !place.ledger.exists() || !place.warehouse.exists() {
        return Ok(None);
    }
    let snapshot = Sqlite::read(&place.ledger)?;
    let target = other.name.clone();
    Ok(Some(Deferral { target, warehouse: place.warehouse, names: place.names, snapshot }))
}

impl Deferral {
    /// Adds to a snapshot what the other target has and this one lacks.
    pub fn complete(&self, compilation: &Compilation, own: &mut Snapshot) {
        plan::defer(compilation, own, &self.snapshot);
    }

    /// What is read there, in words; nothing where all is here.
    pub fn told(&self, own: &Snapshot) -> Option<String> {
        let partitions: usize =
            own.deferred.values().map(BTreeSet::len).sum::<usize>() + own.deferred_whole.len();
        let tables = own.deferred.values().filter(|days| !days.is_empty()).count() + own.deferred_whole.len();
        (tables > 0).then(|| {
            let (partitions, tables) =
                (report::count(partitions, "partition"), report::count(tables, "table"));
            format!("{partitions} of {tables} are read from the target `{}`", self.target)
        })
    }

    /// Has the warehouse read there what a completed snapshot defers.
    pub fn attach(
        &self,
        compilation: &Compilation,
        own: &Snapshot,
        warehouse: &DuckDb,
    ) -> Result<(), Problem> {
        let mut tables = Vec::new();
        for (table, periods) in &own.deferred {
            let source = compilation.sources.get(table);
            let column = source.and_then(|source| source.definition.partition_column());
            let built = compilation.datasets.get(table).and_then(|dataset| dataset.partition.column_name());
            let part = match column.or(built) {
                Some(column) => {
                    Part::Periods { column: column.to_owned(), periods: periods.iter().copied().collect() }
                }
                // The table here is empty: nothing of it was built.
                None => Part::Whole,
            };
            tables.push(Elsewhere { table: table.clone(), part });
        }
        tables.extend(
            own.deferred_whole.iter().map(|table| Elsewhere { table: table.clone(), part: Part::Whole }),
        );
        Ok(warehouse.read_elsewhere(&self.warehouse, &self.names, &tables)??)
    }
}
