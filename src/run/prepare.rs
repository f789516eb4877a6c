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
    for (name, table) in &compilation.static_tables {
        warehouse.ensure_static(name, &table.definition.columns, &table.definition.rows, &table.hash)?;
    }
    views(compilation, warehouse)?;
    for (name, source) in &compilation.sources {
        if matches!(source.definition.kind, SourceKind::Table { .. }) && warehouse.has_table(name)? {
            let observed = warehouse.observe(name, source.definition.partition_column(), &clock.text())?;
            ledger.record_loaded(&observed, &clock.text())?;
        }
    }
    Ok(Ok(Prepared { snapshot: ledger.snapshot()?, reconciled, altered }))
}

/// A table that Tidemill shapes: a ping source's live table or a dataset.
struct Shaped<'a> {
    name: &'a str,
    defined: &'a TableName,
    columns: &'a [Field],
    partition_column: Option<&'a str>,
}

/// Brings live tables and datasets to their declared columns.
pub fn shape(
    compilation: &Compilation,
    warehouse: &DuckDb,
) -> anyhow::Result<Result<Vec<String>, Vec<Diagnostic>>> {
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
    let mut found = Vec::new();
    for (name, table) in &compilation.static_tables {
        if warehouse.has_table(name)? && !warehouse.is_static(name)? {
            found.push(taken(&table.definition.name));
        }
    }
    let mut changes: Vec<(Shaped, TableChange)> = Vec::new();
    for shaped in live.chain(built) {
        let mut change = warehouse.compare_table(shaped.name, shaped.columns, shaped.partition_column)?;
        if warehouse.is_static(shaped.name)? {
            change.refused.push("it holds the rows of a static table".to_owned());
        }
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

/// A table that something else filled is not replaced by the rows of a file.
fn taken(name: &TableName) -> Diagnostic {
    let message = format!("`{}` stands in the target already, and not as a static table", name.full());
    Diagnostic::error(Code::NeedsNewVersion, message)
        .at(&name.position)
        .hint("give the static table another name, or drop the table that stands there")
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
        "copy the definition to `{next}`, fill it with `tidemill backfill`, then move readers over"
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
