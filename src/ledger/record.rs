//! What the ledger knows of partitions and sources.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::period::Period;
use crate::warehouse::{Inputs, Marker};

/// The standing of a published partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Built, checked, visible.
    Success,
    /// Visible, but a check that changed since fails.
    Suspect,
    /// The warehouse no longer has what was published.
    Lost,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Success => "success",
            State::Suspect => "suspect",
            State::Lost => "lost",
        }
    }

    /// What is none of them was damaged, and is believed to be nothing that stands.
    pub fn parse(text: &str) -> Self {
        match text {
            "success" => State::Success,
            "suspect" => State::Suspect,
            _ => State::Lost,
        }
    }
}

/// One published partition.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionRecord {
    pub state: State,
    pub attempt: String,
    pub epoch: i64,
    pub definition_hash: String,
    pub checks_hash: String,
    pub data_version: i64,
    pub origin_version: i64,
    pub inputs: Inputs,
    pub rows: i64,
    pub digest: String,
    pub built_at: String,
}

/// One partition of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRecord {
    pub version: i64,
    pub rows: i64,
    pub digest: String,
    pub seen_at: String,
}

/// Everything that planning needs.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub partitions: BTreeMap<String, BTreeMap<Period, PartitionRecord>>,
    /// By source, then by day.
    pub sources: BTreeMap<String, BTreeMap<Date, SourceRecord>>,
    /// Sources without a partition column.
    pub whole_sources: BTreeMap<String, SourceRecord>,
    /// Partitions in here that stand in another target and are read there.
    pub deferred: BTreeMap<String, BTreeSet<Period>>,
    /// Sources without a partition column that are read there.
    pub deferred_whole: BTreeSet<String>,
    /// Views that stand for one dataset, with its name.
    pub views: BTreeMap<String, String>,
    /// Days that came due while nobody scheduled, and that are not made up for.
    pub skipped: BTreeSet<Date>,
}

impl Snapshot {
    /// Whether a partition was published once, and is gone from the warehouse.
    pub fn is_lost(&self, table: &str, period: Period) -> bool {
        let record = self.partitions.get(table).and_then(|own| own.get(&period));
        record.is_some_and(|record| record.state == State::Lost)
    }

    /// Whether a partition stands in another target.
    pub fn is_deferred(&self, table: &str, period: Period) -> bool {
        self.deferred.get(table).is_some_and(|periods| periods.contains(&period))
    }
}

impl PartitionRecord {
    /// What a marker of the warehouse says, for a partition that the ledger does not know.
    pub fn from_marker(marker: &Marker) -> Self {
        Self {
            state: State::Success,
            attempt: marker.attempt.clone(),
            epoch: marker.epoch,
            definition_hash: marker.definition_hash.clone(),
            checks_hash: String::new(),
            data_version: marker.data_version,
            origin_version: marker.origin_version,
            inputs: marker.inputs.clone(),
            rows: marker.rows,
            digest: marker.digest.clone(),
            built_at: marker.built_at.clone(),
        }
    }

    /// Whether it says what the marker says, of which it is a copy. One of a lost partition does not.
    pub fn agrees_with(&self, marker: &Marker) -> bool {
        let of_marker =
            Self { state: self.state, checks_hash: self.checks_hash.clone(), ..Self::from_marker(marker) };
        self.state != State::Lost && *self == of_marker
    }
}
