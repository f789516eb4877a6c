//! What holds of every ledger, and between it and the warehouse's markers, whenever nothing is being built.

use std::collections::BTreeMap;

use super::attempt::{AttemptRow, AttemptState, LeaseRow};
use super::record::{Snapshot, State};
use crate::period::Period;
use crate::warehouse::Marker;

/// Every way in which ledger and markers break a promise, in words; nothing where all is well.
pub fn violations(
    snapshot: &Snapshot,
    attempts: &[AttemptRow],
    leases: &[LeaseRow],
    markers: &[Marker],
) -> Vec<String> {
    let mut found = Vec::new();
    records_and_markers(snapshot, markers, &mut found);
    epochs(attempts, &mut found);
    states(attempts, leases, &mut found);
    inputs(snapshot, markers, &mut found);
    found
}

/// The ledger is never ahead of the data, and after mending never behind it.
fn records_and_markers(snapshot: &Snapshot, markers: &[Marker], found: &mut Vec<String>) {
    let mut by_key: BTreeMap<(&str, String), &Marker> = markers
        .iter()
        .filter(|marker| !marker.is_of_source())
        .map(|marker| ((marker.dataset.as_str(), marker.partition.clone()), marker))
        .collect();
    for (dataset, partitions) in &snapshot.partitions {
        for (period, record) in partitions {
            let name = format!("{dataset} {period}");
            match by_key.remove(&(dataset.as_str(), period.to_string())) {
                None if record.state == State::Lost => {}
                None => found.push(format!("{name}: the ledger has it, the warehouse has no marker of it")),
                Some(marker) if !record.agrees_with(marker) => found.push(format!(
                    "{name}: the ledger says attempt {} of epoch {}, {} rows; the marker says attempt {} of epoch {}, {} rows",
                    record.attempt, record.epoch, record.rows, marker.attempt, marker.epoch, marker.rows
                )),
                Some(_) => {}
            }
        }
    }
    for (dataset, partition) in by_key.into_keys() {
        found.push(format!(
            "{dataset} {partition}: the warehouse has a marker of it, the ledger does not know it"
        ));
    }
}

/// Epochs of a partition rise from attempt to attempt.
fn epochs(attempts: &[AttemptRow], found: &mut Vec<String>) {
    for pair in attempts.windows(2) {
        let [before, after] = pair else { continue };
        let is_same = (&before.dataset, &before.partition) == (&after.dataset, &after.partition);
        if is_same && after.epoch <= before.epoch {
            found.push(format!(
                "{} {}: the attempts {} and {} share epoch {}",
                after.dataset, after.partition, before.id, after.id, after.epoch
            ));
        }
    }
}

/// What runs holds the one lease of its partition; what has ended says when, and holds none.
fn states(attempts: &[AttemptRow], leases: &[LeaseRow], found: &mut Vec<String>) {
    let mut unleased: BTreeMap<(&str, &str), &LeaseRow> =
        leases.iter().map(|lease| ((lease.dataset.as_str(), lease.partition.as_str()), lease)).collect();
    for attempt in attempts {
        let name = format!("{} {}: attempt {}", attempt.dataset, attempt.partition, attempt.id);
        let key = (attempt.dataset.as_str(), attempt.partition.as_str());
        match (attempt.state, unleased.get(&key)) {
            (AttemptState::Running, Some(lease)) if lease.epoch == attempt.epoch => {
                unleased.remove(&key);
            }
            (AttemptState::Running, _) => found.push(format!("{name} runs without a lease")),
            (_, _) if !attempt.has_ended => {
                found.push(format!("{name} is {} and has no end", attempt.state.as_str()));
            }
            _ => {}
        }
        if attempt.state == AttemptState::Running && attempt.owner.is_gone() {
            found.push(format!("{name} runs, and its process is gone"));
        }
    }
    for lease in unleased.values() {
        found.push(format!(
            "{} {}: a lease of epoch {} that no attempt holds",
            lease.dataset, lease.partition, lease.epoch
        ));
    }
}

/// Recorded inputs are of versions that have been.
fn inputs(snapshot: &Snapshot, markers: &[Marker], found: &mut Vec<String>) {
    let mut versions: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for marker in markers {
        versions.insert((&marker.dataset, &marker.partition), marker.data_version);
    }
    for (dataset, partitions) in &snapshot.partitions {
        for (period, record) in partitions {
            for (table, runs) in &record.inputs {
                for run in runs {
                    // Versions below zero are those of another target.
                    let newest = versions
                        .range((table.as_str(), run.0.as_str())..=(table.as_str(), run.1.as_str()))
                        .map(|(_, version)| *version)
                        .max();
                    if let Some(newest) = newest.filter(|newest| run.2 > *newest) {
                        found.push(ahead(dataset, *period, table, run.2, newest));
                    }
                }
            }
        }
    }
}

fn ahead(dataset: &str, period: Period, table: &str, read: i64, newest: i64) -> String {
    format!("{dataset} {period}: built from version {read} of {table}, which is at {newest}")
}
