//! Where a partition stands: missing, current, or stale and why.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::inputs::{changed, inputs_of};
use crate::compile::CompiledDataset;
use crate::ledger::{Snapshot, State};

/// How a partition stands against today's definition and inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Missing,
    /// It was built, and the warehouse no longer has it.
    Lost,
    Current,
    Stale {
        definition: bool,
        inputs: Vec<String>,
    },
}

/// Judges one partition.
pub fn standing(
    dataset: &CompiledDataset,
    day: Date,
    snapshot: &Snapshot,
    starts: &BTreeMap<String, Date>,
) -> Standing {
    let Some(record) = snapshot.partitions.get(&dataset.name()).and_then(|days| days.get(&day)) else {
        return Standing::Missing;
    };
    if record.state == State::Lost {
        return Standing::Lost;
    }
    let definition = record.definition_hash != dataset.hash;
    let inputs = changed(record, &inputs_of(dataset, day, snapshot, starts));
    if definition || !inputs.is_empty() { Standing::Stale { definition, inputs } } else { Standing::Current }
}
