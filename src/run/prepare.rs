//! Before the first task: the ledger agrees with the warehouse, tables and views have their shape,
//! sources that others fill were looked at.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::views::views;
use crate::compile::{Compilation, Partition};
use crate::definition::{SourceKind, TableName};
use crate::diagnostic::{Code, Diagnostic};
use crate::failpoint::{Failpoint, reach};
use crate::ledger::{self, Ledger, Reconciled, Snapshot};
use crate::period::Cadence;
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
    ledger: &dyn Ledger,
    clock: Clock,
) -> anyhow::Result<Prepared> {
    ledger.back_up(clock.now().to_zoned(TimeZone::UTC).date())?;
    let reconciled = ledger::reconcile(ledger, &warehouse.markers()?, &clock.text())?;
    let (altered, mut refused) = shape_all(compilation, warehouse)?;
    reach(Failpoint::TablesShaped);
    for (name, table) in &compilation.static_tables {
        if warehouse.has_table(name)? && !warehouse.is_static(name)? {
            refused.insert(name.clone(), taken(&table.definition.name));
        } else {
            warehouse.ensure_static(name, &table.definition.columns, &table.definition.rows, &table.hash)?;
        }
    }
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

/// A table that Tidemill shapes: a dataset, or the table of a source that `ingest` fills.
struct Shaped<'a> {
    name: &'a str,
    defined: &'a TableName,
    columns: &'a [Field],
    /// How it is cut, in words.
    partitioning: Option<String>,
    /// The verb that fills it.
    filled_by: &'static str,
}

/// Brings the tables of sources and datasets to their declared columns, for whoever fills those of sources.
///
/// # Errors
/// Findings about tables of sources whose change needs a new version. Datasets are the business of a run.
pub fn shape(
    compilation: &Compilation,
    warehouse: &DuckDb,
) -> anyhow::Result<Result<Vec<String>, Vec<Diagnostic>>> {
    let (altered, refused) = shape_all(compilation, warehouse)?;
    let of_sources: Vec<Diagnostic> = refused
        .into_iter()
        .filter(|(name, _)| compilation.sources.contains_key(name))
        .map(|(_, finding)| finding)
        .collect();
    Ok(if of_sources.is_empty() { Ok(altered) } else { Err(of_sources) })
}

/// Brings tables to their declared columns; gives what was altered, and which tables could not be.
fn shape_all(
    compilation: &Compilation,
    warehouse: &DuckDb,
) -> anyhow::Result<(Vec<String>, BTreeMap<String, Diagnostic>)> {
    let filled = compilation.sources.values().filter(|one| one.definition.kind.is_shaped());
    let filled = filled.map(|source| Shaped {
        name: &source.table,
        defined: &source.definition.name,
        columns: &source.columns,
        partitioning: source.definition.partition_column().map(str::to_owned),
        filled_by: match source.definition.kind {
            SourceKind::Log { .. } | SourceKind::Web => "tidemill ingest --source",
            SourceKind::Ping { .. } | SourceKind::Table { .. } => "tidemill backfill",
        },
    });
    let built = compilation.datasets.iter().map(|(name, dataset)| Shaped {
        name,
        defined: &dataset.definition.name,
        columns: &dataset.columns,
        partitioning: Some(partitioning(&dataset.partition)),
        filled_by: "tidemill backfill",
    });
    let mut altered = Vec::new();
    let mut refused = BTreeMap::new();
    for shaped in filled.chain(built) {
        let mut change =
            warehouse.compare_table(shaped.name, shaped.columns, shaped.partitioning.as_deref())?;
        if warehouse.is_static(shaped.name)? {
            change.refused.push("it holds the rows of a static table".to_owned());
        }
        if !change.refused.is_empty() && warehouse.drop_unused(shaped.name)? {
            change = TableChange::default();
        }
        if !change.refused.is_empty() {
            refused.insert(shaped.name.to_owned(), needs_new_version(&shaped, &change));
            continue;
        }
        warehouse.apply_table(shaped.name, shaped.columns, shaped.partitioning.as_deref(), &change)?;
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

/// How a dataset is cut, in words that change when the cut does.
fn partitioning(partition: &Partition) -> String {
    match (partition.column_name(), partition.cadence) {
        (Some(column), Cadence::Day) => column.to_owned(),
        (Some(column), cadence) => format!("{column} every {}", cadence.as_str()),
        (None, _) => "nothing".to_owned(),
    }
}

/// A table that something else filled is not replaced by the rows of a file.
fn taken(name: &TableName) -> Diagnostic {
    let message = format!("`{}` stands in the target already, and not as a static table", name.full());
    Diagnostic::error(Code::NeedsNewVersion, message)
        .at(&name.position)
        .hint("give the static table another name, or drop the table that stands there")
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
        "`tidemill new-version {}` copies the definition to `{next}`; fill that with `{}`, then move readers over",
        shaped.name, shaped.filled_by
    ));
    for what in &change.refused {
        finding = finding.note(what.clone());
    }
    finding
}
