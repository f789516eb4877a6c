//! Partitions that this target lacks and another one has: taken over into the snapshot as deferred, so that
//! they count as built and are read there.
//!
//! A dataset's partition is deferred when the other target built it by today's definition and from nothing
//! but what is deferred itself: what this target made of its own is never mixed into what another one made.
//! Versions of the other target count below zero here: two targets count apart, and a partition that was
//! built from one of them is not current with the other.

use std::collections::BTreeSet;

use super::inputs::{AS_OF, expand};
use crate::compile::{Compilation, CompiledDataset};
use crate::ledger::{PartitionRecord, Snapshot, SourceRecord, State};
use crate::period::Period;

/// Takes over from another target what `own` lacks.
pub fn defer(compilation: &Compilation, own: &mut Snapshot, other: &Snapshot) {
    for name in compilation.sources.keys() {
        let there = other.sources.get(name).into_iter().flatten();
        for (day, record) in there {
            let days = own.sources.entry(name.clone()).or_default();
            if !days.contains_key(day) {
                days.insert(*day, source(record));
                own.deferred.entry(name.clone()).or_default().insert(Period::day(*day));
            }
        }
        if let (Some(record), false) = (other.whole_sources.get(name), own.whole_sources.contains_key(name)) {
            own.whole_sources.insert(name.clone(), source(record));
            own.deferred_whole.insert(name.clone());
        }
    }
    for dataset in compilation.dataset_order() {
        let name = dataset.name();
        for (period, record) in other.partitions.get(&name).into_iter().flatten() {
            let stands = own.partitions.get(&name).and_then(|standing| standing.get(period));
            if stands.is_some_and(|record| record.state != State::Lost)
                || record.state == State::Lost
                || record.definition_hash != dataset.hash
                || !is_of_deferred(dataset, record, own)
            {
                continue;
            }
            own.partitions.entry(name.clone()).or_default().insert(*period, partition(record, dataset));
            own.deferred.entry(name.clone()).or_default().insert(*period);
        }
    }
}

/// A source's record with the version as it counts here.
fn source(record: &SourceRecord) -> SourceRecord {
    SourceRecord { version: -record.version, ..record.clone() }
}

/// A partition's record with all versions as they count here. Those of static tables are made of their rows
/// and count the same everywhere.
fn partition(record: &PartitionRecord, dataset: &CompiledDataset) -> PartitionRecord {
    let mut record = record.clone();
    record.data_version = -record.data_version;
    record.origin_version = -record.origin_version;
    let counted = record.inputs.iter_mut().filter(|(table, _)| !dataset.reads_static(table));
    for run in counted.flat_map(|(_, runs)| runs) {
        run.2 = -run.2;
    }
    record
}

/// Whether all that a partition was built from is deferred.
fn is_of_deferred(dataset: &CompiledDataset, record: &PartitionRecord, own: &Snapshot) -> bool {
    let none = BTreeSet::new();
    let knows_all = dataset.inputs.iter().all(|input| record.inputs.contains_key(&input.table));
    let mut tables = record.inputs.iter().filter(|(name, _)| *name != AS_OF && !dataset.reads_static(name));
    knows_all
        && tables.all(|(table, runs)| {
            let deferred = own.deferred.get(table).unwrap_or(&none);
            let is_deferred = |period: &Period| {
                deferred.contains(period) || (*period == Period::WHOLE && own.deferred_whole.contains(table))
            };
            expand(runs).iter().all(|(period, version)| *version == 0 || is_deferred(period))
        })
}
