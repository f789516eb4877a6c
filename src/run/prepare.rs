//! Before the first task: the ledger agrees with the warehouse, tables and views have their shape,
//! sources that others fill were looked at.

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
}

/// Prepares a warehouse for a compilation.
///
/// # Errors
/// Findings about tables whose change needs a new version, before anything was altered; or what the
/// warehouse or ledger failed at.
pub fn prepare(
    compilation: &Compilation,
    warehouse: &DuckDb,
    ledger: &Ledger,
    clock: Clock,
) -> anyhow::Result<Result<Prepared, Vec<Diagnostic>>> {
    let reconciled = ledger.reconcile(&warehouse.markers()?, &clock.text())?;
    let altered = match shape(compilation, warehouse)? {
        Ok(altered) => altered,
        Err(found) => return Ok(Err(found)),
    };
    views(compilation, warehouse)?;
    for (name, source) in &compilation.sources {
        if matches!(source.definition.kind, SourceKind::Table { .. }) && warehouse.has_table(name)? {
            let observed = warehouse.observe(name, source.definition.partition_column(), &clock.text())?;
            ledger.record_loaded(&observed, &clock.text())?;
        }
    }
    Ok(Ok(Prepared { snapshot: ledger.snapshot()?, reconciled, altered }))
}

/// A table that Tidemill shapes: a dataset, or the table of a source that `ingest` fills.
struct Shaped<'a> {
    name: &'a str,
    defined: &'a TableName,
    columns: &'a [Field],
    partition_column: Option<&'a str>,
    /// The verb that fills it.
    filled_by: &'static str,
}

/// Brings the tables of sources and datasets to their declared columns.
pub fn shape(
    compilation: &Compilation,
    warehouse: &DuckDb,
) -> anyhow::Result<Result<Vec<String>, Vec<Diagnostic>>> {
    let filled = compilation.sources.values().filter(|one| one.definition.kind.is_shaped());
    let filled = filled.map(|source| Shaped {
        name: &source.table,
        defined: &source.definition.name,
        columns: &source.columns,
        partition_column: source.definition.partition_column(),
        filled_by: match source.definition.kind {
            SourceKind::Log { .. } | SourceKind::Web => "tidemill ingest --source",
            SourceKind::Ping { .. } | SourceKind::Table { .. } => "tidemill backfill",
        },
    });
    let built = compilation.datasets.iter().map(|(name, dataset)| {
        let Partition { column, .. } = &dataset.partition;
        Shaped {
            name,
            defined: &dataset.definition.name,
            columns: &dataset.columns,
            partition_column: Some(column),
            filled_by: "tidemill backfill",
        }
    });
    let mut changes: Vec<(Shaped, TableChange)> = Vec::new();
    let mut found = Vec::new();
    for shaped in filled.chain(built) {
        let change = warehouse.compare_table(shaped.name, shaped.columns, shaped.partition_column)?;
        if !change.refused.is_empty() {
            found.push(needs_new_version(&shaped, &change));
        }
        changes.push((shaped, change));
    }
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let mut altered = Vec::new();
    for (shaped, change) in changes {
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
    Ok(Ok(altered))
}

fn needs_new_version(shaped: &Shaped, change: &TableChange) -> Diagnostic {
    let next = match shaped.defined.version() {
        Some((name, version)) => format!("{}.{name}_v{}", shaped.defined.schema, version + 1),
        None => format!("{}_v2", shaped.defined.full()),
    };
    let mut finding = Diagnostic::error(
        Code::NeedsNewVersion,
        format!("`{}` cannot take this change: older partitions and readers have the old shape", shaped.name),
    )
    .at(&shaped.defined.position)
    .hint(format!(
        "copy the definition to `{next}`, fill it with `{}`, then move readers over",
        shaped.filled_by
    ));
    for what in &change.refused {
        finding = finding.note(what.clone());
    }
    finding
}

/// Creates the views whose tables are there.
fn views(compilation: &Compilation, warehouse: &DuckDb) -> anyhow::Result<()> {
    for view in compilation.order.iter().filter_map(|name| compilation.views.get(name)) {
        let mut there = true;
        for base in view.bases.keys() {
            there = there && warehouse.has_table(base)?;
        }
        if there {
            let hash = blake3::hash(view.duckdb.as_bytes()).to_hex()[..32].to_owned();
            warehouse.ensure_view(&view.definition.name.full(), &view.duckdb, &hash)?;
        }
    }
    Ok(())
}
