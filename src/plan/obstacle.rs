//! What keeps a partition from being built now: inputs that are not there yet, or no longer.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::Obstacle;
use super::Scope;
use super::decide::Planner;
use super::inputs::{Stretch, Upstreams, own_stretch};
use crate::compile::{CompiledDataset, Input, Reads};
use crate::ledger::State;
use crate::period::Period;

/// Days after the newest one that is built, or asked for, in which arrivals still show that time moved on.
const PLAUSIBLE_AHEAD: i64 = 7;

impl Planner<'_> {
    /// What keeps a partition from being built now.
    pub(super) fn obstacle(
        &self,
        dataset: &CompiledDataset,
        period: Period,
        is_rebuild: bool,
        upstreams: &Upstreams,
    ) -> Option<Obstacle> {
        if dataset.definition.paused {
            return Some(Obstacle::Paused);
        }
        if dataset.definition.is_snapshot && !self.is_state_of(dataset, period) {
            return Some(Obstacle::StateGone);
        }
        let mut inputs = dataset.inputs.iter();
        let obstacle = inputs.find_map(|input| self.input_obstacle(input, period, is_rebuild, upstreams));
        obstacle.or_else(|| {
            let own = own_stretch(dataset, dataset.reads_self?, period);
            self.missing_of(&dataset.name(), own)
        })
    }

    pub(super) fn input_obstacle(
        &self,
        input: &Input,
        period: Period,
        is_rebuild: bool,
        upstreams: &Upstreams,
    ) -> Option<Obstacle> {
        let table = &input.table;
        let source = self.compilation.sources.get(table);
        let Some(stretch) = upstreams.periods(input, period) else {
            return self.whole_obstacle(input, source.is_some());
        };
        let expires = match source {
            Some(source) => source.definition.expires,
            None => self.compilation.datasets.get(table).and_then(|dataset| dataset.definition.expires),
        };
        if let (Some(expires), Some(first)) = (expires, stretch.first_day())
            && is_rebuild
            && !self.request.allow_partial_inputs
            && first.checked_add(Span::new().days(expires)).is_ok_and(|end| end < self.newest())
        {
            return Some(Obstacle::Frozen { input: table.clone(), period: Period::day(first) });
        }
        if source.is_none() {
            return self.missing_of(table, stretch);
        }
        let mut days = stretch.periods().map(Period::first_day);
        let day = days.find(|day| !self.source_is_ready(table, *day))?;
        Some(Obstacle::SourceNotReady { source: table.clone(), day })
    }

    /// What keeps a table from being read as a whole.
    fn whole_obstacle(&self, input: &Input, is_source: bool) -> Option<Obstacle> {
        let table = &input.table;
        let is_there = match (is_source, input.reads) {
            (true, Reads::Whole) => {
                self.snapshot.whole_sources.get(table).is_some_and(|record| record.rows > 0)
            }
            (true, _) => {
                let days = self.snapshot.sources.get(table);
                days.is_some_and(|days| days.values().any(|record| record.rows > 0))
            }
            (false, Reads::Whole) => return self.missing(table, Period::WHOLE),
            (false, _) => {
                let built = self.snapshot.partitions.get(table);
                built.is_some_and(|own| own.values().any(|record| record.state != State::Lost))
                    || self.planned.get(table).is_some_and(|planned| !planned.is_empty())
            }
        };
        match (is_there, is_source) {
            (true, _) => None,
            (false, true) => Some(Obstacle::SourceEmpty { source: table.clone() }),
            (false, false) => {
                Some(match self.waiting.get(table).is_some_and(|waiting| !waiting.is_empty()) {
                    true => Obstacle::InputWaits { input: table.clone(), period: Period::WHOLE },
                    false => Obstacle::InputMissing { input: table.clone(), period: Period::WHOLE },
                })
            }
        }
    }

    /// The first partition of a dataset that is neither there nor built by this plan.
    fn missing_of(&self, dataset: &str, stretch: Stretch) -> Option<Obstacle> {
        stretch.periods().find_map(|period| self.missing(dataset, period))
    }

    fn missing(&self, dataset: &str, period: Period) -> Option<Obstacle> {
        if self.is_there(dataset, period) {
            return None;
        }
        let input = dataset.to_owned();
        Some(match self.waiting.get(dataset).is_some_and(|waiting| waiting.contains(&period)) {
            true => Obstacle::InputWaits { input, period },
            false => Obstacle::InputMissing { input, period },
        })
    }

    /// A day of a source is ready once it has rows, or a later day has: the tide has moved on.
    fn source_is_ready(&self, source: &str, day: Date) -> bool {
        let days = self.snapshot.sources.get(source);
        // Arrivals dated long after everything that is built say nothing: their clock is wrong.
        let newest = self.newest().max(day);
        let until = newest.checked_add(PLAUSIBLE_AHEAD.days()).unwrap_or(newest);
        days.is_some_and(|days| days.range(day..=until).any(|(_, record)| record.rows > 0))
    }

    /// Whether what a snapshot copies can be the state of a day: it is the last day that was asked for,
    /// and no later state was copied yet.
    fn is_state_of(&self, dataset: &CompiledDataset, period: Period) -> bool {
        let own = self.snapshot.partitions.get(&dataset.name());
        let later = own.and_then(|own| own.keys().next_back()).is_some_and(|newest| *newest > period);
        let asked = match self.request.scope {
            Scope::Due { day } => day,
            Scope::Range { to, .. } => to,
        };
        period.last_day() == asked && !later
    }

    fn is_there(&self, dataset: &str, period: Period) -> bool {
        let planned = self.planned.get(dataset).is_some_and(|planned| planned.contains_key(&period));
        let stands = self.snapshot.partitions.get(dataset).and_then(|own| own.get(&period));
        // What comes after a dataset's end is never built, and nobody waits for it.
        let ended = self.compilation.datasets.get(dataset).and_then(|dataset| dataset.definition.end);
        planned
            || stands.is_some_and(|record| record.state != State::Lost)
            || ended.is_some_and(|end| period.first_day() > end)
    }
}
