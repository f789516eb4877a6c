//! Before the first task: the ledger agrees with the warehouse, tables and views have their shape,
//! sources that others fill were looked at.

use std::collections::BTreeMap;

use super::views::views;
use crate::compile::{Compilation, Partition};
use crate::definition::{SourceKind, TableName};
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{Ledger, Reconciled, Snapshot};
use crate::run::Clock;
use crate::schema::Field;
use crate::warehouse::{DuckDb, TableChange};

/// What preparing came to.
pub struct Prepared {
    pub snapshot: Snapshot,
    pub reconciled: Reconciled,
    /// Tables that were altered, in words.
    pub altered: Vec<String>,
    /// Tables whose change needs a new version: they stay as they are, and what reads them is not built.
    pub refused: BTreeMap<String, Diagnostic>,
}

/// Prepares a warehouse for a compilation. Tables whose change needs a new version are left as they are.
pub fn prepare(
    compilation: &Compilation,
    warehouse: &DuckDb,
    ledger: &Ledger,
    clock: Clock,
) -> anyhow::Result<Prepared> {
    let reconciled = ledger.reconcile(&warehouse.markers()?, &clock.text())?;
    let (altered, refused) = shape_all(compilation, warehouse)?;
    // What keeps a view from being switched may still be built; it is told after that.
    views(compilation, warehouse, ledger, &refused, false)?;
    for (name, source) in &compilation.sources {
        if matches!(source.definition.kind, SourceKind::Table { .. }) && warehouse.has_table(name)? {
            let observed = warehouse.observe(name, source.definition.partition_column(), &clock.text())?;
            ledger.record_loaded(&observed, &clock.text())?;
        }
    }
    Ok(Prepared { snapshot: ledger.snapshot()?, reconciled, altered, refused })
}

/// A table that Tidemill shapes: a ping source's live table or a dataset.
struct Shaped<'a> {
    name: &'a str,
    defined: &'a TableName,
    columns: &'a [Field],
    partition_column: Option<&'a str>,
}

/// Brings live tables and datasets to their declared columns, for whoever fills live tables.
///
/// # Errors
/// Findings about live tables whose change needs a new version. Datasets are the business of a run.
pub fn shape(
    compilation: &Compilation,
    warehouse: &DuckDb,
) -> anyhow::Result<Result<Vec<String>, Vec<Diagnostic>>> {
    let (altered, refused) = shape_all(compilation, warehouse)?;
    let live: Vec<Diagnostic> = refused
        .into_iter()
        .filter(|(name, _)| compilation.sources.contains_key(name))
        .map(|(_, finding)| finding)
        .collect();
    Ok(if live.is_empty() { Ok(altered) } else { Err(live) })
}

/// Brings tables to their declared columns; gives what was altered, and which tables could not be.
fn shape_all(
    compilation: &Compilation,
    warehouse: &DuckDb,
) -> anyhow::Result<(Vec<String>, BTreeMap<String, Diagnostic>)> {
    let live =
        compilation.sources.values().filter(|one| matches!(one.definition.kind, SourceKind::Ping { .. }));
    let live = live.map(|source| Shaped {
        name: &source.table,
        defined: &source.definition.name,
        columns: &source.columns,
        partition_column: source.definition.partition_column(),
    });
    let built = compilation.datasets.iter().map(|(name, dataset)| {
        let Partition { column, .. } = &dataset.partition;
        Shaped {
            name,
            defined: &dataset.definition.name,
            columns: &dataset.columns,
            partition_column: Some(column),
        }
    });
    let mut altered = Vec::new();
    let mut refused = BTreeMap::new();
    for shaped in live.chain(built) {
        let change = warehouse.compare_table(shaped.name, shaped.columns, shaped.partition_column)?;
        if !change.refused.is_empty() {
            refused.insert(shaped.name.to_owned(), needs_new_version(&shaped, &change));
            continue;
        }
        warehouse.apply_table(shaped.name, shaped.columns, shaped.partition_column, &change)?;
        for column in &change.added {
            altered.push(format!("{}: column {column} added", shaped.name));
        }
        for column in &change.widened {
            altered.push(format!("{}: fields added to column {column}", shaped.name));
        }
    }
    if !altered.is_empty() {
        warehouse.checkpoint()?;
    }
    Ok((altered, refused))
}

fn needs_new_version(shaped: &Shaped, change: &TableChange) -> Diagnostic {
    let next = shaped.defined.version().map_or(String::new(), |(name, version)| {
        format!("{}.{name}_v{}", shaped.defined.schema, version + 1)
    });
    let mut finding = Diagnostic::error(
        Code::NeedsNewVersion,
        format!("`{}` cannot take this change: older partitions and readers have the old shape", shaped.name),
    )
    .at(&shaped.defined.position)
    .hint(format!(
        "`tidemill new-version {}` copies the definition to `{next}`; fill that with `tidemill backfill`, then move readers over",
        shaped.name
    ));
    for what in &change.refused {
        finding = finding.note(what.clone());
    }
    finding
}
