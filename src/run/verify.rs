//! The promises, held against what is there: ledger against markers, markers against rows. It changes
//! nothing; whoever calls it has reconciled before.

use std::collections::BTreeMap;

use crate::compile::{Compilation, CompiledDataset};
use crate::definition::SourceKind;
use crate::ledger::{Ledger, violations};
use crate::period::Period;
use crate::warehouse::{Build, DuckDb, Marker, same_digest};

/// What was looked at, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Verified {
    pub partitions: usize,
    pub attempts: usize,
    /// In words, dataset and partition first.
    pub violations: Vec<String>,
}

/// Looks at everything. Partitions of datasets that the definitions no longer have are held against the
/// ledger alone; digests are compared where the definition is still the one that made them.
///
/// # Errors
/// What warehouse or ledger failed at.
pub fn verify(
    compilation: &Compilation,
    warehouse: &DuckDb,
    ledger: &dyn Ledger,
) -> anyhow::Result<Verified> {
    let markers = warehouse.markers()?;
    let attempts = ledger.attempts()?;
    let mut verified = Verified {
        partitions: markers.len(),
        attempts: attempts.len(),
        violations: ledger.damage()?.into_iter().map(|line| format!("ledger: {line}")).collect(),
    };
    verified.violations.extend(violations(&ledger.snapshot()?, &attempts, &ledger.leases()?, &markers));
    let mut by_table: BTreeMap<&str, Vec<&Marker>> = BTreeMap::new();
    for marker in &markers {
        by_table.entry(&marker.dataset).or_default().push(marker);
    }
    for (name, dataset) in &compilation.datasets {
        let own = by_table.get(name.as_str()).map_or(&[][..], Vec::as_slice);
        if warehouse.has_table(name)? {
            rows_and_markers(warehouse, dataset, name, own, &mut verified.violations)?;
        } else if !own.is_empty() {
            verified.violations.push(format!("{name}: it has markers, and there is no such table"));
        }
    }
    for (name, source) in &compilation.sources {
        let is_ours = !matches!(source.definition.kind, SourceKind::Table { .. });
        if let (true, Some(column)) =
            (is_ours && warehouse.has_table(name)?, source.definition.partition_column())
        {
            let own = by_table.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            let known: BTreeMap<&str, i64> =
                own.iter().map(|marker| (marker.partition.as_str(), marker.rows)).collect();
            counts(name, &known, &warehouse.rows_by_day(name, column)?, &mut verified.violations);
        }
    }
    Ok(verified)
}

fn rows_and_markers(
    warehouse: &DuckDb,
    dataset: &CompiledDataset,
    name: &str,
    markers: &[&Marker],
    found: &mut Vec<String>,
) -> anyhow::Result<()> {
    let periods: BTreeMap<Period, &Marker> =
        markers.iter().filter_map(|marker| Some((marker.partition.parse().ok()?, *marker))).collect();
    let mut held = 0;
    if let (Some((from, _)), Some((to, _))) = (periods.first_key_value(), periods.last_key_value()) {
        let build = Build {
            table: name,
            columns: &dataset.columns,
            partition: &dataset.partition,
            sql: "",
            from: *from,
            to: *to,
            days: (from.first_day(), to.last_day()),
            checks_sql: "",
            checks: &[],
            joins: &[],
        };
        for rows in warehouse.held(&build)? {
            held += rows.rows;
            let period = rows.period;
            match periods.get(&period) {
                None if rows.rows > 0 => {
                    found.push(format!("{name} {period}: {}, and no marker of them", told(rows.rows)));
                }
                None => {}
                Some(marker) if marker.rows != rows.rows => {
                    found.push(format!(
                        "{name} {period}: {}, the marker says {}",
                        told(rows.rows),
                        marker.rows
                    ));
                }
                Some(marker)
                    if marker.definition_hash == dataset.hash
                        && !same_digest(&marker.digest, &rows.digest) =>
                {
                    found
                        .push(format!("{name} {period}: the rows are others than those that were published"));
                }
                Some(_) => {}
            }
        }
    }
    let all = warehouse.count(name)?;
    if all != held {
        found.push(format!("{name}: {} of no partition that was ever published", told(all - held)));
    }
    Ok(())
}

/// Days of a source that only `ingest` fills.
fn counts(name: &str, known: &BTreeMap<&str, i64>, there: &BTreeMap<String, i64>, found: &mut Vec<String>) {
    for (day, rows) in there {
        let marked = known.get(day.as_str()).copied().unwrap_or(0);
        if marked != *rows {
            found.push(format!("{name} {day}: {}, the marker says {marked}", told(*rows)));
        }
    }
    for (day, rows) in known {
        if *rows > 0 && !there.contains_key(*day) {
            found.push(format!("{name} {day}: no rows, the marker says {rows}"));
        }
    }
}

/// A number of rows.
fn told(rows: i64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}
