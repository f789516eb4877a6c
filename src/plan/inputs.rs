//! The versions of what a partition reads, as the ledger has them.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::compile::{Compilation, CompiledDataset, Input, Reads};
use crate::ledger::{PartitionRecord, Snapshot};
use crate::period::{Bounds, Cadence, Period, WHOLE};
use crate::warehouse::{InputRun, Inputs};

/// What a dataset reads, as far as planning needs it.
#[derive(Clone, Debug)]
pub struct Upstreams {
    tables: BTreeMap<String, Upstream>,
    /// The day as of which a whole table is built. It never goes back.
    pub as_of: Date,
}

#[derive(Clone, Copy, Debug)]
struct Upstream {
    start: Date,
    cadence: Cadence,
}

/// The day as of which a whole table was built stands among its inputs under this name.
pub(super) const AS_OF: &str = "@submission_date";

/// What a dataset reads; `until` is the last day that is asked for.
pub fn upstreams(
    compilation: &Compilation,
    dataset: &CompiledDataset,
    snapshot: &Snapshot,
    until: Date,
) -> Upstreams {
    let upstream = |table: &str| {
        let source = compilation.sources.get(table).map(|source| Upstream {
            start: source.definition.start,
            cadence: source.definition.partition_column().map_or(Cadence::Whole, |_| Cadence::Day),
        });
        let built = compilation.datasets.get(table);
        source.or(built.map(|dataset| Upstream { start: dataset.start, cadence: dataset.partition.cadence }))
    };
    let tables = dataset
        .inputs
        .iter()
        .filter_map(|input| Some((input.table.clone(), upstream(&input.table)?)))
        .collect();
    let standing = snapshot.partitions.get(&dataset.name()).and_then(|own| own.get(&Period::WHOLE));
    let as_of = standing
        .and_then(|record| record.inputs.get(AS_OF)?.first())
        .and_then(|InputRun(_, to, _)| to.parse::<Date>().ok())
        .map_or(until, |known| known.max(until));
    Upstreams { tables, as_of }
}

impl Upstreams {
    /// The periods of an input that a partition reads; none for an input that is read as a whole.
    pub fn periods(&self, input: &Input, period: Period) -> Option<Stretch> {
        let Reads::Days(bounds) = input.reads else { return None };
        let upstream = self.tables.get(&input.table)?;
        let period = match period.cadence() {
            Cadence::Whole => Period::day(self.as_of),
            _ => period,
        };
        Some(stretch(bounds, period, upstream.start, upstream.cadence))
    }
}

/// The periods of one cadence that share time with a stretch of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    start: DateTime,
    end: DateTime,
    cadence: Cadence,
}

impl Stretch {
    pub fn periods(self) -> impl Iterator<Item = Period> {
        Period::within(self.cadence, self.start, self.end)
    }

    /// What a map has of these periods.
    pub fn of<T>(self, map: &BTreeMap<Period, T>) -> impl DoubleEndedIterator<Item = (&Period, &T)> {
        let first = Period::holding(self.cadence, self.start);
        let is_empty = self.start >= self.end;
        let after = Period::holding(self.cadence, self.end);
        let after = if after.start() < self.end { after.next().unwrap_or(after) } else { after };
        map.range(first..after.max(first)).filter(move |_| !is_empty)
    }

    /// The day in which it begins; none where it holds nothing.
    pub fn first_day(self) -> Option<Date> {
        (self.start < self.end).then(|| self.start.date())
    }
}

/// The stretch that a read covers; an open start begins at `first`.
fn stretch(bounds: Bounds, period: Period, first: Date, cadence: Cadence) -> Stretch {
    let first = first.at(0, 0, 0, 0);
    let start = bounds.from.map_or(first, |from| from.begin(period).max(first));
    Stretch { start, end: bounds.to.end(period), cadence }
}

/// A dataset's own past: what it reads of the time before a partition.
pub fn own_stretch(dataset: &CompiledDataset, bounds: Bounds, period: Period) -> Stretch {
    let own = stretch(bounds, period, dataset.start, period.cadence());
    Stretch { end: period.start(), ..own }
}

/// The versions of all inputs of a partition, its own past included. An input's period that has nothing
/// counts as version 0.
pub fn inputs_of(
    dataset: &CompiledDataset,
    period: Period,
    snapshot: &Snapshot,
    upstreams: &Upstreams,
) -> Inputs {
    let mut inputs = Inputs::new();
    for input in &dataset.inputs {
        let table = &input.table;
        let sources = snapshot.sources.get(table);
        let built = snapshot.partitions.get(table);
        let version = |period: Period| {
            let source = sources.and_then(|days| days.get(&period.first_day())).map(|record| record.version);
            let built = built.and_then(|periods| periods.get(&period)).map(|record| record.data_version);
            source.or(built).unwrap_or(0)
        };
        let runs = match (input.reads, upstreams.periods(input, period)) {
            (_, Some(stretch)) => runs(stretch.periods(), version),
            (Reads::Whole, None) => {
                let source = snapshot.whole_sources.get(table).map(|record| record.version);
                let version = input.given.or(source).unwrap_or_else(|| version(Period::WHOLE));
                vec![InputRun(WHOLE.to_owned(), WHOLE.to_owned(), version)]
            }
            (_, None) => {
                let days = sources.into_iter().flat_map(BTreeMap::keys).map(|day| Period::day(*day));
                let periods = built.into_iter().flat_map(BTreeMap::keys).copied();
                runs(days.chain(periods), version)
            }
        };
        inputs.insert(table.clone(), runs);
    }
    if let Some(bounds) = dataset.reads_self {
        inputs.insert(dataset.name(), own_past(dataset, period, bounds, snapshot));
    }
    let by_day = dataset.inputs.iter().any(|input| matches!(input.reads, Reads::Days(_)));
    if period == Period::WHOLE && (dataset.has_parameters || by_day) {
        let day = upstreams.as_of.to_string();
        inputs.insert(AS_OF.to_owned(), vec![InputRun(day.clone(), day, 0)]);
    }
    inputs
}

/// Versions of a dataset's own past, by origin: versions that rose because of the dataset's own past do
/// not count, so that staleness spreads no further than the stated horizon.
///
/// The partition before carries what it was built from: where it consumed an older version of an earlier
/// one than stands now, so does this partition.
fn own_past(dataset: &CompiledDataset, period: Period, bounds: Bounds, snapshot: &Snapshot) -> Vec<InputRun> {
    let stretch = own_stretch(dataset, bounds, period);
    let Some(own) = snapshot.partitions.get(&dataset.name()) else { return runs(stretch.periods(), |_| 0) };
    let before: BTreeMap<Period, i64> = own
        .range(..period)
        .next_back()
        .filter(|(before, _)| before.end() == period.start())
        .and_then(|(_, record)| record.inputs.get(&dataset.name()))
        .map(|runs| expand(runs))
        .unwrap_or_default();
    runs(stretch.periods(), |period| {
        let standing = own.get(&period).map_or(0, |record| record.origin_version);
        match before.get(&period) {
            Some(consumed) => standing.min(*consumed),
            None => standing,
        }
    })
}

pub(super) fn expand(runs: &[InputRun]) -> BTreeMap<Period, i64> {
    let mut versions = BTreeMap::new();
    for InputRun(from, to, version) in runs {
        if let (Ok(from), Ok(to)) = (from.parse(), to.parse()) {
            versions.extend(Period::between(from, to).map(|period| (period, *version)));
        }
    }
    versions
}

/// Packs the versions of periods that follow each other into runs.
fn runs(periods: impl Iterator<Item = Period>, version: impl Fn(Period) -> i64) -> Vec<InputRun> {
    let mut packed: Vec<(Period, Period, i64)> = Vec::new();
    for period in periods {
        let version = version(period);
        match packed.last_mut() {
            Some((_, end, last)) if *last == version && end.next() == Some(period) => *end = period,
            _ => packed.push((period, period, version)),
        }
    }
    packed
        .into_iter()
        .map(|(from, to, version)| InputRun(from.to_string(), to.to_string(), version))
        .collect()
}

/// The inputs whose versions differ from what was recorded.
pub fn changed(record: &PartitionRecord, now: &Inputs) -> Vec<String> {
    now.iter()
        .filter(|(table, runs)| record.inputs.get(*table) != Some(*runs))
        .map(|(table, _)| table.clone())
        .collect()
}

/// Whether a rebuilt partition has another cause than its dataset's own past: its definition, or an input
/// that is not the dataset itself.
pub fn external_changed(dataset: &CompiledDataset, record: &PartitionRecord, now: &Inputs) -> bool {
    let own = dataset.name();
    record.definition_hash != dataset.hash || changed(record, now).iter().any(|table| *table != own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_pack_and_expand() {
        let period = |text: &str| text.parse::<Period>().unwrap();
        let periods = Period::between(period("2026-10-30"), period("2026-11-02"));
        let packed = runs(periods, |one| if one < period("2026-11-01") { 1 } else { 2 });
        assert_eq!(
            packed,
            [
                InputRun("2026-10-30".into(), "2026-10-31".into(), 1),
                InputRun("2026-11-01".into(), "2026-11-02".into(), 2)
            ]
        );
        assert_eq!(expand(&packed)[&period("2026-11-02")], 2);
        assert_eq!(expand(&packed).len(), 4);
    }
}
