//! What keeps a partition from being built now: inputs that are not there yet, or no longer.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::ToSpan;
use jiff::civil::Date;

use super::Obstacle;
use super::decide::{Planner, input_days};
use super::inputs::{days, each_day};
use crate::compile::{CompiledDataset, CompiledSource, Input};
use crate::definition::Ready;

/// Days after the newest one that is built, or asked for, in which arrivals still show that time moved on.
const PLAUSIBLE_AHEAD: i64 = 7;

impl Planner<'_> {
    /// What keeps a partition from being built now.
    pub(super) fn obstacle(
        &self,
        dataset: &CompiledDataset,
        day: Date,
        is_rebuild: bool,
        starts: &BTreeMap<String, Date>,
    ) -> Option<Obstacle> {
        if dataset.definition.paused {
            return Some(Obstacle::Paused);
        }
        for input in &dataset.inputs {
            if let Some(obstacle) = self.input_obstacle(input, day, is_rebuild, starts) {
                return Some(obstacle);
            }
        }
        let bounds = dataset.reads_self?;
        let (from, to) = days(bounds, day, dataset.start);
        let name = dataset.name();
        let mut missing = None;
        each_day(from, to, |own| {
            if missing.is_none() && !self.is_there(&name, own) {
                missing = Some(own);
            }
        });
        missing.map(|day| match self.waiting.get(&name).is_some_and(|days| days.contains(&day)) {
            true => Obstacle::InputWaits { input: name.clone(), day },
            false => Obstacle::InputMissing { input: name.clone(), day },
        })
    }

    pub(super) fn input_obstacle(
        &self,
        input: &Input,
        day: Date,
        is_rebuild: bool,
        starts: &BTreeMap<String, Date>,
    ) -> Option<Obstacle> {
        let table = &input.table;
        let source = self.compilation.sources.get(table);
        let Some((from, to)) = input_days(input, day, starts) else {
            return source.and_then(|source| self.whole_obstacle(source));
        };
        let expires = match source {
            Some(source) => source.definition.expires,
            None => self.compilation.datasets.get(table).and_then(|dataset| dataset.definition.expires),
        };
        if let Some(expires) = expires.filter(|_| is_rebuild && !self.request.allow_partial_inputs)
            && from <= to
            && from.checked_add(Span::new().days(expires)).is_ok_and(|end| end < self.newest())
        {
            return Some(Obstacle::Frozen { input: table.clone(), day: from });
        }
        let mut obstacle = None;
        each_day(from, to, |day| {
            if obstacle.is_some() {
                return;
            }
            if let Some(source) = source {
                obstacle = self.source_obstacle(source, day);
            } else if !self.is_there(table, day) {
                obstacle = Some(match self.waiting.get(table).is_some_and(|days| days.contains(&day)) {
                    true => Obstacle::InputWaits { input: table.clone(), day },
                    false => Obstacle::InputMissing { input: table.clone(), day },
                });
            }
        });
        obstacle
    }

    /// What a day of a source still lacks, by the source's rule.
    fn source_obstacle(&self, source: &CompiledSource, day: Date) -> Option<Obstacle> {
        let table = &source.table;
        let rows = |table: &str| {
            let days = self.snapshot.sources.get(table);
            days.and_then(|days| days.get(&day)).map_or(0, |record| record.rows)
        };
        match &source.definition.ready {
            Ready::Arrived => (!self.source_is_ready(table, day))
                .then(|| Obstacle::SourceNotReady { source: table.clone(), day }),
            Ready::Rows(least) => too_small(table, Some(day), rows(table), *least),
            Ready::Marker(marker) => (rows(&marker.full()) == 0).then(|| Obstacle::SourceNotMarked {
                source: table.clone(),
                marker: marker.full(),
                day,
            }),
        }
    }

    /// What a source without days still lacks.
    fn whole_obstacle(&self, source: &CompiledSource) -> Option<Obstacle> {
        let table = &source.table;
        let rows = self.snapshot.whole_sources.get(table).map_or(0, |record| record.rows);
        match source.definition.ready {
            Ready::Rows(least) => too_small(table, None, rows, least),
            _ => (rows == 0).then(|| Obstacle::SourceEmpty { source: table.clone() }),
        }
    }

    /// A day of a source is ready once it has rows, or a later day has: the tide has moved on.
    fn source_is_ready(&self, source: &str, day: Date) -> bool {
        let days = self.snapshot.sources.get(source);
        // Arrivals dated long after everything that is built say nothing: their clock is wrong.
        let newest = self.newest().max(day);
        let until = newest.checked_add(PLAUSIBLE_AHEAD.days()).unwrap_or(newest);
        days.is_some_and(|days| days.range(day..=until).any(|(_, record)| record.rows > 0))
    }

    /// The day from which a table's retention counts back: a range that lies in the past does not move it.
    /// Days of arrivals do not count: one ping with a wrong clock would freeze everything.
    fn newest(&self) -> Date {
        let built = self.snapshot.partitions.values().filter_map(|days| days.keys().next_back());
        built.copied().max().unwrap_or(Date::MIN).max(self.request.scope.until())
    }

    fn is_there(&self, dataset: &str, day: Date) -> bool {
        let planned = self.planned.get(dataset).is_some_and(|days| days.contains_key(&day));
        let stands = self.snapshot.partitions.get(dataset).and_then(|days| days.get(&day));
        // Days after a dataset's end are never built, and nobody waits for them.
        let ended = self.compilation.datasets.get(dataset).and_then(|dataset| dataset.definition.end);
        planned
            || stands.is_some_and(|record| record.state != crate::ledger::State::Lost)
            || ended.is_some_and(|end| day > end)
    }
}

fn too_small(source: &str, day: Option<Date>, rows: i64, least: u64) -> Option<Obstacle> {
    let source = source.to_owned();
    (rows.unsigned_abs() < least).then_some(Obstacle::SourceTooSmall { source, day, rows, least })
}
