//! Deciding, dataset by dataset in dependency order, what becomes of each partition.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::inputs::{Upstreams, own_stretch, upstreams};
use super::standing::{Standing, standing};
use super::verdict::{Verdict, verdict};
use super::{Group, Obstacle, Plan, Reason, Request, Scope, Task};
use crate::compile::{Compilation, CompiledDataset};
use crate::ledger::Snapshot;
use crate::period::{Cadence, Period};

pub struct Planner<'a> {
    pub compilation: &'a Compilation,
    pub snapshot: &'a Snapshot,
    pub request: &'a Request,
    pub plan: Plan,
    /// Dataset → partition → its task.
    pub planned: BTreeMap<String, BTreeMap<Period, usize>>,
    /// Dataset → partitions that wait.
    pub waiting: BTreeMap<String, BTreeSet<Period>>,
}

impl Planner<'_> {
    pub fn dataset(&mut self, dataset: &CompiledDataset) {
        let name = dataset.name();
        let upstreams = upstreams(self.compilation, dataset, self.snapshot, self.request.scope.until());
        self.recheck(dataset);
        let periods = self.periods(dataset);
        if self.try_init(dataset, &periods, &upstreams) {
            return;
        }
        let mut stale: BTreeMap<Reason, Vec<Period>> = BTreeMap::new();
        let mut waits: BTreeMap<Obstacle, Vec<Period>> = BTreeMap::new();
        for period in &periods {
            let period = *period;
            let standing = standing(dataset, period, self.snapshot, &upstreams);
            let is_missing = matches!(standing, Standing::Missing | Standing::Lost);
            let parents = self.planned_parents(dataset, period, &upstreams);
            let (mut verdict, otherwise) = verdict(self.request, dataset, period, standing, &parents.names);
            if let Verdict::Build { conditional, .. } = verdict
                && let Some(obstacle) = self.obstacle(dataset, period, !is_missing, &upstreams)
            {
                // What stands goes on standing; it is worth a word only where it was to be rebuilt.
                if is_missing || !(conditional || obstacle == Obstacle::Paused) {
                    waits.entry(obstacle).or_default().push(period);
                    if is_missing {
                        self.waiting.entry(name.clone()).or_default().insert(period);
                    }
                    continue;
                }
                verdict = otherwise;
            }
            match verdict {
                Verdict::Current => self.plan.current += 1,
                Verdict::Leave => {}
                Verdict::Stale(reason) => stale.entry(reason).or_default().push(period),
                Verdict::Build { reason, conditional } => {
                    self.add(dataset, period, period, reason, parents.tasks, conditional)
                }
            }
        }
        // What lies outside of what is planned stands as it is.
        if let Some(own) = self.snapshot.partitions.get(&name) {
            self.plan.current += match periods.last() {
                Some(last) => own.range(*last..).skip_while(|(period, _)| *period <= last).count(),
                None => own.len(),
            };
        }
        if !self.request.select.contains(&name) {
            stale.clear();
        }
        self.plan.stale.extend(stale.into_iter().map(|(reason, periods)| Group {
            dataset: name.clone(),
            periods,
            reason,
        }));
        self.plan.waits.extend(waits.into_iter().map(|(reason, periods)| Group {
            dataset: name.clone(),
            periods,
            reason,
        }));
    }

    /// The partitions that a dataset may have by now: those that have ended.
    fn periods(&self, dataset: &CompiledDataset) -> Vec<Period> {
        let cadence = dataset.partition.cadence;
        let until = self.request.scope.until();
        if cadence == Cadence::Whole {
            let is_over = dataset.definition.end.is_some_and(|end| until > end);
            let is_of_now = until >= dataset.start && !is_over;
            return if is_of_now { vec![Period::WHOLE] } else { Vec::new() };
        }
        // A month is over when it is, whatever the last day is that was asked for.
        let over = match self.request.scope {
            Scope::Due { .. } => until,
            Scope::Range { .. } => self.newest(),
        };
        let end = dataset.definition.end.map_or(until, |end| end.min(until));
        let first = Period::of(cadence, dataset.start);
        // A state of the past cannot be copied any more; only who asks for a range is told.
        let is_snapshot = dataset.definition.is_snapshot && matches!(self.request.scope, Scope::Due { .. });
        std::iter::successors(Some(first), |period| period.next())
            .take_while(|period| period.first_day() <= end && period.last_day() <= over)
            .filter(|period| !is_snapshot || period.last_day() == until)
            .collect()
    }

    fn add(
        &mut self,
        dataset: &CompiledDataset,
        from: Period,
        to: Period,
        reason: Reason,
        after: Vec<usize>,
        conditional: bool,
    ) {
        let name = dataset.name();
        let index = self.plan.tasks.len();
        let planned = self.planned.entry(name.clone()).or_default();
        planned.extend(Period::between(from, to).map(|period| (period, index)));
        let reads_itself = dataset.reads_self.is_some();
        self.plan.tasks.push(Task { dataset: name, from, to, reason, after, conditional, reads_itself });
    }

    /// Tasks of this plan that build what a partition reads.
    fn planned_parents(&self, dataset: &CompiledDataset, period: Period, upstreams: &Upstreams) -> Parents {
        let mut parents = Parents::default();
        for input in &dataset.inputs {
            let Some(planned) = self.planned.get(&input.table) else { continue };
            let before = parents.tasks.len();
            match upstreams.periods(input, period) {
                Some(stretch) => parents.tasks.extend(stretch.of(planned).map(|(_, task)| *task)),
                None => parents.tasks.extend(planned.values()),
            }
            if parents.tasks.len() > before {
                parents.names.push(input.table.clone());
            }
        }
        if let (Some(bounds), Some(own)) = (dataset.reads_self, self.planned.get(&dataset.name())) {
            // The one before comes after those before it, so one edge is enough.
            if let Some((_, task)) = own_stretch(dataset, bounds, period).of(own).next_back() {
                parents.tasks.push(*task);
                parents.names.push(dataset.name());
            }
        }
        parents.tasks.sort_unstable();
        parents.tasks.dedup();
        parents
    }

    /// Plans all missing partitions of a new dataset as one task, where it has an `init` query.
    fn try_init(&mut self, dataset: &CompiledDataset, periods: &[Period], upstreams: &Upstreams) -> bool {
        let name = dataset.name();
        let is_new = self.snapshot.partitions.get(&name).is_none_or(BTreeMap::is_empty);
        let selected = self.request.select.contains(&name);
        let from_start = match self.request.scope {
            Scope::Due { .. } => true,
            Scope::Range { from, .. } => from <= dataset.start,
        };
        // One day alone is built like any other.
        let [first, .., last] = periods else { return false };
        if dataset.init.is_none() || !is_new || !selected || !from_start || dataset.definition.paused {
            return false;
        }
        let mut after = BTreeSet::new();
        for period in periods {
            for input in &dataset.inputs {
                // All days must be there, without a gap.
                if self.input_obstacle(input, *period, false, upstreams).is_some() {
                    return false;
                }
                let Some(planned) = self.planned.get(&input.table) else { continue };
                match upstreams.periods(input, *period) {
                    Some(stretch) => after.extend(stretch.of(planned).map(|(_, task)| *task)),
                    None => after.extend(planned.values()),
                }
            }
        }
        self.add(dataset, *first, *last, Reason::Init, after.into_iter().collect(), false);
        true
    }

    /// Partitions that were checked by other checks than today's.
    fn recheck(&mut self, dataset: &CompiledDataset) {
        let Some(own) = self.snapshot.partitions.get(&dataset.name()) else { return };
        let periods: Vec<Period> = own
            .iter()
            .filter(|(_, record)| {
                record.checks_hash != dataset.checks.hash && record.state != crate::ledger::State::Lost
            })
            .filter(|(period, _)| !self.snapshot.is_deferred(&dataset.name(), **period))
            .map(|(period, _)| *period)
            .collect();
        if !periods.is_empty() {
            self.plan.recheck.push(Group { dataset: dataset.name(), periods, reason: () });
        }
    }

    /// The day from which a table's retention counts back: a range that lies in the past does not move it.
    /// Days of arrivals do not count: one ping with a wrong clock would freeze everything.
    pub(super) fn newest(&self) -> Date {
        let newest = |own: &BTreeMap<Period, _>| {
            own.keys().next_back().filter(|period| **period != Period::WHOLE).map(|period| period.last_day())
        };
        let built = self.snapshot.partitions.values().filter_map(newest).max();
        built.unwrap_or(Date::MIN).max(self.request.scope.until())
    }
}

#[derive(Default)]
struct Parents {
    tasks: Vec<usize>,
    names: Vec<String>,
}
