//! What a ledger that was left by a crash, put back from a copy, or lost, has to be told to agree with the
//! warehouse's markers. It decides and writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::attempt::AttemptRow;
use super::record::{PartitionRecord, Snapshot, State};
use super::{AttemptState, Owner};
use crate::period::{Period, WHOLE};
use crate::warehouse::{Loaded, Marker};

/// What was mended, for people: dataset and partition in each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Attempts of processes that are gone, finished from their marker.
    pub finished: Vec<String>,
    /// Attempts of processes that are gone and had not published.
    pub abandoned: Vec<String>,
    /// Partitions that the ledger did not know, or knew otherwise than the warehouse.
    pub restored: Vec<String>,
    /// Partitions that the warehouse no longer has.
    pub lost: Vec<String>,
}

impl Reconciled {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Everything that has to be written, in one transaction.
#[derive(Clone, Debug)]
pub struct Mending {
    /// The process that mends: runs of all others have ended.
    pub by: Owner,
    /// Attempts that nobody works at any more, with how they ended.
    pub ended: Vec<(AttemptRow, AttemptState)>,
    pub records: Vec<(String, String, PartitionRecord)>,
    /// Dataset and partition of what the warehouse no longer has.
    pub lost: Vec<(String, String)>,
    pub sources: Vec<Loaded>,
    /// Source and partition of what the warehouse no longer has.
    pub forgotten: Vec<(String, String)>,
    pub reconciled: Reconciled,
}

impl Mending {
    /// Holds a ledger against the markers of its warehouse. Whoever asks holds the warehouse, and is alone
    /// with it: an owner that is another process is gone.
    pub fn of(
        snapshot: &Snapshot,
        unfinished: &[AttemptRow],
        markers: &[Marker],
        this_process: &Owner,
    ) -> Self {
        let (sources, datasets): (Vec<&Marker>, Vec<&Marker>) =
            markers.iter().partition(|marker| marker.is_of_source());
        let mut mending = Self {
            by: this_process.clone(),
            ended: Vec::new(),
            records: Vec::new(),
            lost: Vec::new(),
            sources: Vec::new(),
            forgotten: Vec::new(),
            reconciled: Reconciled::default(),
        };
        mending.sources(snapshot, &sources);
        let by_key: BTreeMap<(&str, &str), &Marker> = datasets
            .iter()
            .map(|marker| ((marker.dataset.as_str(), marker.partition.as_str()), *marker))
            .collect();
        for attempt in unfinished.iter().filter(|attempt| attempt.owner != *this_process) {
            let marker = by_key.get(&(attempt.dataset.as_str(), attempt.partition.as_str()));
            let name = format!("{} {}", attempt.dataset, attempt.partition);
            let state = if marker.is_some_and(|marker| marker.attempt == attempt.id) {
                mending.reconciled.finished.push(name);
                AttemptState::Success
            } else {
                mending.reconciled.abandoned.push(name);
                AttemptState::Abandoned
            };
            mending.ended.push((attempt.clone(), state));
        }
        for marker in datasets {
            let known = marker
                .partition
                .parse()
                .ok()
                .and_then(|period: Period| snapshot.partitions.get(&marker.dataset)?.get(&period));
            if !known.is_some_and(|record| record.agrees_with(marker)) {
                let checks_hash = known.map_or(String::new(), |record| record.checks_hash.clone());
                let record = PartitionRecord { checks_hash, ..PartitionRecord::from_marker(marker) };
                mending.records.push((marker.dataset.clone(), marker.partition.clone(), record));
                mending.reconciled.restored.push(format!("{} {}", marker.dataset, marker.partition));
            }
        }
        for (dataset, partitions) in &snapshot.partitions {
            for (period, record) in partitions {
                let partition = period.to_string();
                if record.state != State::Lost
                    && !by_key.contains_key(&(dataset.as_str(), partition.as_str()))
                {
                    mending.reconciled.lost.push(format!("{dataset} {partition}"));
                    mending.lost.push((dataset.clone(), partition));
                }
            }
        }
        mending
    }

    /// Days of sources: those that the warehouse knows otherwise, and those that it no longer has, as after
    /// it was deleted.
    fn sources(&mut self, snapshot: &Snapshot, markers: &[&Marker]) {
        for marker in markers {
            let known = match marker.partition.as_str() {
                WHOLE => snapshot.whole_sources.get(&marker.dataset),
                day => day.parse().ok().and_then(|day| snapshot.sources.get(&marker.dataset)?.get(&day)),
            };
            let agrees = known.is_some_and(|known| {
                (known.version, known.rows, &known.digest)
                    == (marker.data_version, marker.rows, &marker.digest)
            });
            if !agrees {
                self.sources.push(Loaded {
                    table: marker.dataset.clone(),
                    day: marker.partition.clone(),
                    version: marker.data_version,
                    rows: marker.rows,
                    digest: marker.digest.clone(),
                });
            }
        }
        let there: BTreeSet<(&str, &str)> =
            markers.iter().map(|marker| (marker.dataset.as_str(), marker.partition.as_str())).collect();
        let days = snapshot
            .sources
            .iter()
            .flat_map(|(source, days)| days.keys().map(move |day| (source.clone(), day.to_string())));
        let whole = snapshot.whole_sources.keys().map(|source| (source.clone(), WHOLE.to_owned()));
        self.forgotten = days
            .chain(whole)
            .filter(|(source, partition)| !there.contains(&(source.as_str(), partition.as_str())))
            .collect();
    }
}
