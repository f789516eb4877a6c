//! Views that go over to another version of their dataset, and what keeps them from it: the new version
//! must have every partition and every column of the one that people read now.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::compile::Compilation;
use crate::definition::ViewSql;
use crate::ledger::{Snapshot, State};

/// A view that shows one version while the definitions name another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Switch {
    pub view: String,
    pub from: String,
    pub to: String,
    /// Partitions that the old version has and the new one lacks.
    pub days: Vec<Date>,
    /// Columns that the old version has and the new one lacks.
    pub columns: Vec<String>,
}

impl Switch {
    pub fn is_refused(&self) -> bool {
        !self.days.is_empty() || !self.columns.is_empty()
    }

    /// What lacks, in words.
    pub fn lacks(&self) -> Vec<String> {
        let mut lacks = Vec::new();
        if !self.days.is_empty() {
            let number = self.days.len();
            let plural = if number == 1 { "" } else { "s" };
            lacks.push(format!("{number} partition{plural}: {}", ranges(&self.days)));
        }
        if !self.columns.is_empty() {
            let plural = if self.columns.len() == 1 { "" } else { "s" };
            lacks.push(format!("column{plural} {}", self.columns.join(", ")));
        }
        lacks
    }

    /// The command that builds what lacks.
    pub fn backfill(&self) -> Option<String> {
        let (first, last) = (self.days.first()?, self.days.last()?);
        Some(format!("tidemill backfill --from {first} --to {last} {}", self.to))
    }
}

/// All views whose serving version differs from the one that the target shows, by name.
pub fn switches(compilation: &Compilation, snapshot: &Snapshot) -> Vec<Switch> {
    let mut found = Vec::new();
    for (view, compiled) in &compilation.views {
        let (ViewSql::AllOf(to), Some(from)) = (&compiled.definition.sql, snapshot.views.get(view)) else {
            continue;
        };
        if from == to || !compilation.datasets.contains_key(to) {
            continue;
        }
        let new = days(snapshot, to);
        let columns = |name: &str| -> Vec<String> {
            let columns = compilation.columns(name).unwrap_or_default();
            columns.iter().map(|column| column.name.clone()).collect()
        };
        let has = columns(to);
        found.push(Switch {
            view: view.clone(),
            from: from.clone(),
            to: to.clone(),
            days: days(snapshot, from).difference(&new).copied().collect(),
            columns: columns(from).into_iter().filter(|column| !has.contains(column)).collect(),
        });
    }
    found
}

fn days(snapshot: &Snapshot, dataset: &str) -> BTreeSet<Date> {
    let records = snapshot.partitions.get(dataset).into_iter().flatten();
    records.filter(|(_, record)| record.state != State::Lost).map(|(day, _)| *day).collect()
}

/// Days as ranges, at most three of them.
fn ranges(days: &[Date]) -> String {
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1.day()).is_ok_and(|next| next == *day) => *last = *day,
            _ => ranges.push((*day, *day)),
        }
    }
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
    fn days_are_told_as_ranges() {
        let day = |number: i32| Date::constant(2026, 10, 1).checked_add(number.days()).unwrap();
        assert_eq!(ranges(&[day(0)]), "2026-10-01");
        assert_eq!(ranges(&[day(0), day(1), day(3)]), "2026-10-01 to 2026-10-02, 2026-10-04");
        assert_eq!(ranges(&[day(0), day(2), day(4), day(6)]), "2026-10-01, 2026-10-03, 2026-10-05, …");
    }
}
