//! What keeps a partition from being built now: inputs that are not there yet, or no longer.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::ToSpan;
use jiff::civil::Date;

use super::Obstacle;
use super::decide::{Planner, input_days};
use super::inputs::{days, each_day};
use crate::compile::{CompiledDataset, Input};

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
        // The rows of a static table stand in the project; a run writes them before it builds.
        if input.given.is_some() {
            return None;
        }
        let Some((from, to)) = input_days(input, day, starts) else {
            let is_empty = self.snapshot.whole_sources.get(table).is_none_or(|record| record.rows == 0);
            return is_empty.then(|| Obstacle::SourceEmpty { source: table.clone() });
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
            if source.is_some() {
                if !self.source_is_ready(table, day) {
                    obstacle = Some(Obstacle::SourceNotReady { source: table.clone(), day });
                }
            } else if !self.is_there(table, day) {
                obstacle = Some(match self.waiting.get(table).is_some_and(|days| days.contains(&day)) {
                    true => Obstacle::InputWaits { input: table.clone(), day },
                    false => Obstacle::InputMissing { input: table.clone(), day },
                });
            }
        });
        obstacle
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
