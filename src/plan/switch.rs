//! Views that go over to another version of their dataset, and what keeps them from it: the new version
//! must have every partition and every column of the one that people read now.

use std::collections::BTreeSet;

use crate::compile::Compilation;
use crate::definition::{SourceKind, ViewSql};
use crate::ledger::{Snapshot, State};
use crate::period::{Cadence, Period};

/// A view that shows one version while the definitions name another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Switch {
    pub view: String,
    pub from: String,
    pub to: String,
    /// Partitions that the old version has and the new one lacks.
    pub periods: Vec<Period>,
    /// Columns that the old version has and the new one lacks.
    pub columns: Vec<String>,
}

impl Switch {
    pub fn is_refused(&self) -> bool {
        !self.periods.is_empty() || !self.columns.is_empty()
    }

    /// What lacks, in words.
    pub fn lacks(&self) -> Vec<String> {
        let mut lacks = Vec::new();
        if !self.periods.is_empty() {
            let number = self.periods.len();
            let plural = if number == 1 { "" } else { "s" };
            lacks.push(format!("{number} partition{plural}: {}", ranges(&self.periods)));
        }
        if !self.columns.is_empty() {
            let plural = if self.columns.len() == 1 { "" } else { "s" };
            lacks.push(format!("column{plural} {}", self.columns.join(", ")));
        }
        lacks
    }

    /// The command that builds what lacks.
    pub fn backfill(&self) -> Option<String> {
        let (first, last) = (self.periods.first()?, self.periods.last()?);
        if *last == Period::WHOLE {
            return Some(format!("tidemill run {}", self.to));
        }
        Some(format!("tidemill backfill --from {} --to {} {}", first.first_day(), last.last_day(), self.to))
    }
}

/// All views whose serving version differs from the one that the target shows, by name.
pub fn switches(compilation: &Compilation, snapshot: &Snapshot) -> Vec<Switch> {
    let mut found = Vec::new();
    for (view, compiled) in &compilation.views {
        let (ViewSql::AllOf(to), Some(from)) = (&compiled.definition.sql, snapshot.views.get(view)) else {
            continue;
        };
        if from == to || !compilation.datasets.contains_key(to) || is_of_ping(compilation, to) {
            continue;
        }
        let columns = |name: &str| -> Vec<String> {
            let columns = compilation.columns(name).unwrap_or_default();
            columns.iter().map(|column| column.name.clone()).collect()
        };
        let has = columns(to);
        found.push(Switch {
            view: view.clone(),
            from: from.clone(),
            to: to.clone(),
            periods: lacking(&periods(snapshot, from), &periods(snapshot, to)),
            columns: columns(from).into_iter().filter(|column| !has.contains(column)).collect(),
        });
    }
    found
}

/// Whether a table is a ping's stable one: people read its newest version, whatever the older ones hold.
fn is_of_ping(compilation: &Compilation, table: &str) -> bool {
    compilation.sources.values().any(|source| {
        matches!(source.definition.kind, SourceKind::Ping { .. })
            && source.definition.layer("stable").full() == table
    })
}

/// The old partitions of whose time the new version lacks some. The two may be cut differently.
fn lacking(old: &BTreeSet<Period>, new: &BTreeSet<Period>) -> Vec<Period> {
    let Some(cadence) = new.first().map(|period| period.cadence()) else {
        return old.iter().copied().collect();
    };
    let has_all = |period: &Period| match (period.cadence(), cadence) {
        (_, Cadence::Whole) => true,
        (Cadence::Whole, _) => false,
        _ => Period::within(cadence, period.start(), period.end()).all(|part| new.contains(&part)),
    };
    old.iter().filter(|period| !has_all(period)).copied().collect()
}

fn periods(snapshot: &Snapshot, dataset: &str) -> BTreeSet<Period> {
    let records = snapshot.partitions.get(dataset).into_iter().flatten();
    records.filter(|(_, record)| record.state != State::Lost).map(|(period, _)| *period).collect()
}

/// Partitions as ranges, at most three of them.
fn ranges(periods: &[Period]) -> String {
    let ranges = Period::ranges(periods);
    let shown: Vec<String> = ranges
        .iter()
        .take(3)
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from} to {to}") })
        .collect();
    let more = if ranges.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lacks_is_told_by_time_and_not_by_name() {
        let set = |text: &str| text.split(' ').map(|one| one.parse().unwrap()).collect::<BTreeSet<Period>>();
        let lacks = |old: &str, new: &str| {
            lacking(&set(old), &set(new)).iter().map(Period::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(lacks("2026-10-04 2026-10-05 2026-10-12", "2026-W40 2026-W41"), "2026-10-12");
        assert_eq!(lacks("2026-W41", "2026-10-05 2026-10-06"), "2026-W41");
        assert_eq!(lacks("2026-10-04", "*"), "");
        assert_eq!(lacks("*", "2026-10-04"), "*");
    }

    #[test]
    fn days_are_told_as_ranges() {
        let day = |number: i32| format!("2026-10-{:02}", number + 1).parse::<Period>().unwrap();
        assert_eq!(ranges(&[day(0)]), "2026-10-01");
        assert_eq!(ranges(&[day(0), day(1), day(3)]), "2026-10-01 to 2026-10-02, 2026-10-04");
        assert_eq!(ranges(&[day(0), day(2), day(4), day(6)]), "2026-10-01, 2026-10-03, 2026-10-05, …");
    }
}
