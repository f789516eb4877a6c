//! Deciding, dataset by dataset in dependency order, what becomes of each partition.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::inputs::{days, each_day};
use super::standing::{Standing, standing};
use super::verdict::{Verdict, verdict};
use super::{Group, Obstacle, Plan, Reason, Request, Scope, Task};
use crate::compile::{Compilation, CompiledDataset, Input, Reads};
use crate::ledger::Snapshot;

pub struct Planner<'a> {
    pub compilation: &'a Compilation,
    pub snapshot: &'a Snapshot,
    pub request: &'a Request,
    pub plan: Plan,
    /// Dataset → day → its task.
    pub planned: BTreeMap<String, BTreeMap<Date, usize>>,
    /// Dataset → days that wait.
    pub waiting: BTreeMap<String, BTreeSet<Date>>,
}

impl Planner<'_> {
    pub fn dataset(&mut self, dataset: &CompiledDataset) {
        let name = dataset.name();
        let starts = starts(self.compilation, dataset);
        let until = self.request.scope.until();
        let last = dataset.definition.end.map_or(until, |end| end.min(until));
        let records = self.snapshot.partitions.get(&name);
        self.recheck(dataset);
        if self.try_init(dataset, last, &starts) {
            return;
        }
        let mut stale: BTreeMap<Reason, Vec<Date>> = BTreeMap::new();
        let mut waits: BTreeMap<Obstacle, Vec<Date>> = BTreeMap::new();
        each_day(dataset.start, last, |day| {
            let standing = standing(dataset, day, self.snapshot, &starts);
            let is_missing = matches!(standing, Standing::Missing | Standing::Lost);
            let parents = self.planned_parents(dataset, day, &starts);
            let (mut verdict, otherwise) = verdict(self.request, dataset, day, standing, &parents.names);
            if let Verdict::Build { conditional, .. } = verdict
                && let Some(obstacle) = self.obstacle(dataset, day, !is_missing, &starts)
            {
                // What stands goes on standing; it is worth a word only where it was to be rebuilt.
                if is_missing || !(conditional || obstacle == Obstacle::Paused) {
                    waits.entry(obstacle).or_default().push(day);
                    if is_missing {
                        self.waiting.entry(name.clone()).or_default().insert(day);
                    }
                    return;
                }
                verdict = otherwise;
            }
            match verdict {
                Verdict::Current => self.plan.current += 1,
                Verdict::Leave => {}
                Verdict::Stale(reason) => stale.entry(reason).or_default().push(day),
                Verdict::Build { reason, conditional } => {
                    self.add(dataset, day, day, reason, parents.tasks, conditional)
                }
            }
        });
        // Days after the last one that is planned stand as they are.
        let beyond =
            records.map_or(0, |days| days.range(last..).skip_while(|(day, _)| **day <= last).count());
        self.plan.current += beyond;
        if !self.request.select.contains(&name) {
            stale.clear();
        }
        self.plan.stale.extend(stale.into_iter().map(|(reason, days)| Group {
            dataset: name.clone(),
            days,
            reason,
        }));
        self.plan.waits.extend(waits.into_iter().map(|(reason, days)| Group {
            dataset: name.clone(),
            days,
            reason,
        }));
    }

    fn add(
        &mut self,
        dataset: &CompiledDataset,
        from: Date,
        to: Date,
        reason: Reason,
        after: Vec<usize>,
        conditional: bool,
    ) {
        let name = dataset.name();
        let index = self.plan.tasks.len();
        let days = self.planned.entry(name.clone()).or_default();
        each_day(from, to, |day| {
            days.insert(day, index);
        });
        let reads_itself = dataset.reads_self.is_some();
        self.plan.tasks.push(Task { dataset: name, from, to, reason, after, conditional, reads_itself });
    }

    /// Tasks of this plan that build what a partition reads.
    fn planned_parents(
        &self,
        dataset: &CompiledDataset,
        day: Date,
        starts: &BTreeMap<String, Date>,
    ) -> Parents {
        let mut parents = Parents::default();
        for input in &dataset.inputs {
            let Some(planned) = self.planned.get(&input.table) else { continue };
            let Some((from, to)) = input_days(input, day, starts) else { continue };
            let before = parents.tasks.len();
            parents.tasks.extend(within(planned, from, to));
            if parents.tasks.len() > before {
                parents.names.push(input.table.clone());
            }
        }
        if let Some(bounds) = dataset.reads_self {
            let (from, to) = days(bounds, day, dataset.start);
            // The day before comes after the days before it, so one edge is enough.
            let own = self
                .planned
                .get(&dataset.name())
                .and_then(|planned| planned.range(from..=to.max(from)).next_back());
            if let Some((_, task)) = own.filter(|(day, _)| **day <= to) {
                parents.tasks.push(*task);
                parents.names.push(dataset.name());
            }
        }
        parents.tasks.sort_unstable();
        parents.tasks.dedup();
        parents
    }

    /// Plans all missing partitions of a new dataset as one task, where it has an `init` query.
    fn try_init(&mut self, dataset: &CompiledDataset, last: Date, starts: &BTreeMap<String, Date>) -> bool {
        let name = dataset.name();
        let is_new = self.snapshot.partitions.get(&name).is_none_or(BTreeMap::is_empty);
        let selected = self.request.select.contains(&name);
        let from_start = match self.request.scope {
            Scope::Due { .. } => true,
            Scope::Range { from, .. } => from <= dataset.start,
        };
        if dataset.init.is_none() || !is_new || !selected || !from_start || dataset.definition.paused {
            return false;
        }
        // All days whose inputs are there, from the first one on without a gap.
        let mut end = None;
        let mut after = BTreeSet::new();
        let mut day = dataset.start;
        while day <= last {
            let blocked =
                dataset.inputs.iter().any(|input| self.input_obstacle(input, day, false, starts).is_some());
            if blocked {
                break;
            }
            for input in &dataset.inputs {
                if let (Some(planned), Some((from, to))) =
                    (self.planned.get(&input.table), input_days(input, day, starts))
                {
                    after.extend(within(planned, from, to));
                }
            }
            end = Some(day);
            match day.checked_add(1.day()) {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        // One day alone is built like any other.
        match end {
            Some(end) if end > dataset.start && end == last => {
                self.add(dataset, dataset.start, end, Reason::Init, after.into_iter().collect(), false);
                true
            }
            _ => false,
        }
    }

    /// Partitions that were checked by other checks than today's.
    fn recheck(&mut self, dataset: &CompiledDataset) {
        let Some(days) = self.snapshot.partitions.get(&dataset.name()) else { return };
        let days: Vec<Date> = days
            .iter()
            .filter(|(_, record)| {
                record.checks_hash != dataset.checks.hash && record.state != crate::ledger::State::Lost
            })
            .filter(|(day, _)| !self.snapshot.is_deferred(&dataset.name(), **day))
            .map(|(day, _)| *day)
            .collect();
        if !days.is_empty() {
            self.plan.recheck.push(Group { dataset: dataset.name(), days, reason: () });
        }
    }
}

#[derive(Default)]
struct Parents {
    tasks: Vec<usize>,
    names: Vec<String>,
}

/// The tasks of a range of days, which has none where an input begins after the day.
fn within(planned: &BTreeMap<Date, usize>, from: Date, to: Date) -> impl Iterator<Item = usize> {
    let days = (from <= to).then(|| planned.range(from..=to).map(|(_, task)| *task));
    days.into_iter().flatten()
}

/// The days of an input that a partition reads; `None` for a table without days.
pub(super) fn input_days(input: &Input, day: Date, starts: &BTreeMap<String, Date>) -> Option<(Date, Date)> {
    match input.reads {
        Reads::Whole => None,
        Reads::Days(bounds) => Some(days(bounds, day, starts.get(&input.table).copied().unwrap_or(day))),
    }
}

/// The first days of a dataset's inputs.
pub fn starts(compilation: &Compilation, dataset: &CompiledDataset) -> BTreeMap<String, Date> {
    dataset
        .inputs
        .iter()
        .filter_map(|input| {
            let source = compilation.sources.get(&input.table).map(|source| source.definition.start);
            let built = compilation.datasets.get(&input.table).map(|dataset| dataset.start);
            source.or(built).map(|start| (input.table.clone(), start))
        })
        .collect()
}
