//! The versions of what a partition reads, as the ledger has them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::compile::{CompiledDataset, Reads};
use crate::ledger::{PartitionRecord, Snapshot};
use crate::sql::Bounds;
use crate::warehouse::{InputRun, Inputs, WHOLE};

/// The days of a read, relative to a partition; an open start begins at `first`.
pub fn days(bounds: Bounds, day: Date, first: Date) -> (Date, Date) {
    let shift = |days: i32| match Span::new().try_days(days) {
        Ok(span) => day.saturating_add(span),
        Err(_) if days < 0 => Date::MIN,
        Err(_) => Date::MAX,
    };
    let from = bounds.from.map_or(first, shift);
    (from.max(first), shift(bounds.to))
}

/// Calls `visit` for every day of a range, ends included.
pub fn each_day(from: Date, to: Date, mut visit: impl FnMut(Date)) {
    let mut day = from;
    while day <= to {
        visit(day);
        match day.checked_add(1.day()) {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
}

/// The versions of all inputs of a partition, its own past included. An input day that has nothing
/// counts as version 0.
pub fn inputs_of(
    dataset: &CompiledDataset,
    day: Date,
    snapshot: &Snapshot,
    starts: &BTreeMap<String, Date>,
) -> Inputs {
    let mut inputs = Inputs::new();
    for input in &dataset.inputs {
        let runs = match input.reads {
            Reads::Whole => {
                let observed = || snapshot.whole_sources.get(&input.table).map_or(0, |record| record.version);
                let version = input.given.unwrap_or_else(observed);
                vec![InputRun(WHOLE.to_owned(), WHOLE.to_owned(), version)]
            }
            Reads::Days(bounds) => {
                let first = starts.get(&input.table).copied().unwrap_or(day);
                let (from, to) = days(bounds, day, first);
                let sources = snapshot.sources.get(&input.table);
                let partitions = snapshot.partitions.get(&input.table);
                runs(from, to, |day| {
                    let source = sources.and_then(|days| days.get(&day)).map(|record| record.version);
                    let built = partitions.and_then(|days| days.get(&day)).map(|record| record.data_version);
                    source.or(built).unwrap_or(0)
                })
            }
        };
        inputs.insert(input.table.clone(), runs);
    }
    if let Some(bounds) = dataset.reads_self {
        inputs.insert(dataset.name(), own_past(dataset, day, bounds, snapshot));
    }
    inputs
}

/// Versions of a dataset's own past, by origin: versions that rose because of the dataset's own past do
/// not count, so that staleness spreads no further than the stated horizon.
///
/// The day before carries what it was built from: where it consumed an older version of an earlier day
/// than stands now, so does this partition.
fn own_past(dataset: &CompiledDataset, day: Date, bounds: Bounds, snapshot: &Snapshot) -> Vec<InputRun> {
    let (from, to) = days(bounds, day, dataset.start);
    let Some(own) = snapshot.partitions.get(&dataset.name()) else { return runs(from, to, |_| 0) };
    let before: BTreeMap<Date, i64> = own
        .get(&to)
        .and_then(|record| record.inputs.get(&dataset.name()))
        .map(|runs| expand(runs))
        .unwrap_or_default();
    runs(from, to, |day| {
        let standing = own.get(&day).map_or(0, |record| record.origin_version);
        match before.get(&day) {
            Some(consumed) => standing.min(*consumed),
            None => standing,
        }
    })
}

fn expand(runs: &[InputRun]) -> BTreeMap<Date, i64> {
    let mut versions = BTreeMap::new();
    for InputRun(from, to, version) in runs {
        if let (Ok(from), Ok(to)) = (from.parse(), to.parse()) {
            each_day(from, to, |day| {
                versions.insert(day, *version);
            });
        }
    }
    versions
}

/// Packs the versions of consecutive days into runs.
fn runs(from: Date, to: Date, version: impl Fn(Date) -> i64) -> Vec<InputRun> {
    let mut packed: Vec<(Date, Date, i64)> = Vec::new();
    each_day(from, to, |day| {
        let version = version(day);
        match packed.last_mut() {
            Some((_, end, last)) if *last == version => *end = day,
            _ => packed.push((day, day, version)),
        }
    });
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
    fn days_end_where_the_calendar_does() {
        let (day, first) = ("2026-11-22".parse().unwrap(), "2026-10-01".parse().unwrap());
        let days = |from, to| days(Bounds { from: Some(from), to }, day, first);
        assert_eq!(days(i32::MIN, 0), (first, day));
        assert_eq!(days(-4_000_000, i32::MAX), (first, Date::MAX));
    }

    #[test]
    fn runs_pack_and_expand() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let packed =
            runs(day("2026-10-30"), day("2026-11-02"), |one| if one < day("2026-11-01") { 1 } else { 2 });
        assert_eq!(
            packed,
            [
                InputRun("2026-10-30".into(), "2026-10-31".into(), 1),
                InputRun("2026-11-01".into(), "2026-11-02".into(), 2)
            ]
        );
        assert_eq!(expand(&packed).len(), 4);
        assert!(runs(day("2026-11-02"), day("2026-11-01"), |_| 1).is_empty());
    }
}
