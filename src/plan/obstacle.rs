//! What keeps a partition from being built now: inputs that are not there yet, or no longer.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use super::decide::Planner;
use super::inputs::{Stretch, Upstreams, own_stretch};
use super::{Obstacle, Scope};
use crate::compile::{CompiledDataset, CompiledSource, Input, Reads};
use crate::definition::Ready;
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
        let is_due = matches!(self.request.scope, Scope::Due { .. });
        if is_due
            && !is_rebuild
            && !self.snapshot.is_lost(&dataset.name(), period)
            && self.snapshot.skipped.contains(&period.last_day())
        {
            return Some(Obstacle::Skipped);
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
        // The rows of a static table stand in the project; a run writes them before it builds.
        if input.given.is_some() {
            return None;
        }
        let Some(stretch) = upstreams.periods(input, period) else {
            return match source {
                Some(source) => self.whole_source_obstacle(source, input),
                None => self.whole_obstacle(input),
            };
        };
        let expires = match source {
            Some(source) => source.definition.expires,
            None => self.compilation.datasets.get(table).and_then(|dataset| dataset.definition.expires),
        };
        if let (Some(expires), Some(first)) = (expires, stretch.first_day())
            && is_rebuild
            && period != Period::WHOLE
            && !self.request.allow_partial_inputs
            && first.checked_add(Span::new().days(expires)).is_ok_and(|end| end < self.newest())
        {
            return Some(Obstacle::Frozen { input: table.clone(), period: Period::day(first) });
        }
        match source {
            Some(source) => {
                stretch.periods().find_map(|period| self.source_obstacle(source, period.first_day()))
            }
            None => self.missing_of(table, stretch),
        }
    }

    /// What keeps a dataset from being read as a whole.
    fn whole_obstacle(&self, input: &Input) -> Option<Obstacle> {
        let table = &input.table;
        if input.reads == Reads::Whole {
            return self.missing(table, Period::WHOLE);
        }
        let built = self.snapshot.partitions.get(table);
        let stands = built.is_some_and(|own| own.values().any(|record| record.state != State::Lost));
        let waits = self.waiting.get(table).is_some_and(|waiting| !waiting.is_empty());
        let input = table.clone();
        match stands || self.planned.get(table).is_some_and(|planned| !planned.is_empty()) {
            true => None,
            false if waits => Some(Obstacle::InputWaits { input, period: Period::WHOLE }),
            false => Some(Obstacle::InputMissing { input, period: Period::WHOLE }),
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
            Ready::RowsNear { percent, days } => {
                let least = self.part_of_days_before(table, day, *percent, *days);
                too_small(table, Some(day), rows(table), least)
            }
            Ready::After(time) => {
                let from = day.tomorrow().unwrap_or(day).to_datetime(*time);
                let now = self.request.now.to_zoned(TimeZone::UTC).datetime();
                (now < from).then(|| Obstacle::SourceTooEarly { source: table.clone(), day, from })
            }
            Ready::Marker(marker) => (rows(&marker.full()) == 0).then(|| Obstacle::SourceNotMarked {
                source: table.clone(),
                marker: marker.full(),
                day,
            }),
        }
    }

    /// A part, rounded up, of what the days before had on average: those that had rows. Without any of them
    /// a single row is enough.
    fn part_of_days_before(&self, table: &str, day: Date, percent: u32, days: u32) -> u64 {
        let first = day.saturating_sub(i64::from(days).days());
        let known = self.snapshot.sources.get(table);
        let before: Vec<u128> = known
            .into_iter()
            .flat_map(|known| known.range(first..day))
            .filter(|(_, record)| record.rows > 0)
            .map(|(_, record)| u128::from(record.rows.unsigned_abs()))
            .collect();
        let sum: u128 = before.iter().sum();
        let least = (sum * u128::from(percent)).div_ceil(100 * before.len().max(1) as u128);
        u64::try_from(least).unwrap_or(u64::MAX).max(1)
    }

    /// What keeps a source from being read as a whole: by the source's rule where it has no days.
    fn whole_source_obstacle(&self, source: &CompiledSource, input: &Input) -> Option<Obstacle> {
        let table = &source.table;
        let rows = match input.reads {
            Reads::Whole => self.snapshot.whole_sources.get(table).map_or(0, |record| record.rows),
            _ => self.snapshot.sources.get(table).map_or(0, |days| days.values().map(|day| day.rows).sum()),
        };
        match source.definition.ready {
            Ready::Rows(least) if input.reads == Reads::Whole => too_small(table, None, rows, least),
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

    /// Whether what a snapshot copies can be the state of a day: it is the last day that was asked for,
    /// and no later state was copied yet.
    fn is_state_of(&self, dataset: &CompiledDataset, period: Period) -> bool {
        let own = self.snapshot.partitions.get(&dataset.name());
        let later = own.and_then(|own| own.keys().next_back()).is_some_and(|newest| *newest > period);
        period.last_day() == self.request.scope.until() && !later
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

fn too_small(source: &str, day: Option<Date>, rows: i64, least: u64) -> Option<Obstacle> {
    let source = source.to_owned();
    (rows.unsigned_abs() < least).then_some(Obstacle::SourceTooSmall { source, day, rows, least })
}
