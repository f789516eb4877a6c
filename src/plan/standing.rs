//! Where a partition stands: missing, current, or stale and why.

use super::inputs::{Upstreams, changed, inputs_of};
use crate::compile::CompiledDataset;
use crate::ledger::{Snapshot, State};
use crate::period::Period;

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

/// Judges one partition. A snapshot of a state that has moved on is never stale: nothing could mend it.
pub fn standing(
    dataset: &CompiledDataset,
    period: Period,
    snapshot: &Snapshot,
    upstreams: &Upstreams,
) -> Standing {
    let Some(record) = snapshot.partitions.get(&dataset.name()).and_then(|own| own.get(&period)) else {
        return Standing::Missing;
    };
    if record.state == State::Lost {
        return Standing::Lost;
    }
    if dataset.definition.is_snapshot {
        return Standing::Current;
    }
    let definition = record.definition_hash != dataset.hash;
    let inputs = changed(record, &inputs_of(dataset, period, snapshot, upstreams));
    if definition || !inputs.is_empty() { Standing::Stale { definition, inputs } } else { Standing::Current }
}
