//! Deciding, dataset by dataset in dependency order, what becomes of each partition.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::inputs::{days, each_day};
use super::standing::{Standing, standing};
use super::{Group, Obstacle, Plan, Reason, Request, Scope, Task};
use crate::compile::{Compilation, CompiledDataset, Input, Reads};
use crate::definition::OnChange;
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

/// What a partition is to become.
enum Verdict {
    Build {
        reason: Reason,
        conditional: bool,
    },
    Stale(Reason),
    Current,
    /// Missing, but not asked for.
    Leave,
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
            match self.verdict(dataset, day, standing, &parents) {
                Verdict::Current => self.plan.current += 1,
                Verdict::Leave => {}
                Verdict::Stale(reason) => stale.entry(reason).or_default().push(day),
                Verdict::Build { reason, conditional } => {
                    match self.obstacle(dataset, day, !is_missing, &starts) {
                        Some(obstacle) if is_missing || !matches!(obstacle, Obstacle::Paused) => {
                            waits.entry(obstacle).or_default().push(day);
                            if is_missing {
                                self.waiting.entry(name.clone()).or_default().insert(day);
                            }
                        }
                        Some(_) => {}
                        None => self.add(dataset, day, day, reason, parents.tasks, conditional),
                    }
                }
            }
        });
        // Days after the last one that is planned stand as they are.
        let beyond =
            records.map_or(0, |days| days.range(last..).skip_while(|(day, _)| **day <= last).count());
        self.plan.current += beyond;
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
        self.plan.tasks.push(Task { dataset: name, from, to, reason, after, conditional });
    }

    fn verdict(
        &self,
        dataset: &CompiledDataset,
        day: Date,
        standing: Standing,
        parents: &Parents,
    ) -> Verdict {
        let selected = self.request.select.contains(&dataset.name());
        let build = |reason| Verdict::Build { reason, conditional: false };
        match &self.request.scope {
            Scope::Range { from, force, .. } => {
                let asked = selected && day >= *from;
                match standing {
                    Standing::Missing if asked => build(Reason::Missing),
                    Standing::Lost if asked => build(Reason::Lost),
                    Standing::Missing | Standing::Lost => Verdict::Leave,
                    _ if asked && *force => build(Reason::Asked),
                    Standing::Stale { definition: true, .. } if asked => build(Reason::DefinitionChanged),
                    Standing::Stale { inputs, .. } if asked => build(Reason::InputsChanged(inputs)),
                    Standing::Stale { definition: true, .. } => Verdict::Stale(Reason::DefinitionChanged),
                    Standing::Stale { inputs, .. } => Verdict::Stale(Reason::InputsChanged(inputs)),
                    Standing::Current if asked && !parents.names.is_empty() => Verdict::Build {
                        reason: Reason::ParentsBuilt(parents.names.clone()),
                        conditional: true,
                    },
                    Standing::Current => Verdict::Current,
                }
            }
            Scope::Due { day: today } => {
                let within =
                    |days: u32| day.checked_add(Span::new().days(days)).is_ok_and(|end| end >= *today);
                let late = within(dataset.definition.lookback);
                let rebuilt = match dataset.definition.on_change {
                    OnChange::Forward => false,
                    OnChange::Rebuild { days } => {
                        day.checked_add(Span::new().days(days)).is_ok_and(|end| end > *today)
                    }
                };
                match standing {
                    Standing::Missing if selected => build(Reason::Missing),
                    Standing::Lost if selected => build(Reason::Lost),
                    Standing::Missing | Standing::Lost => Verdict::Leave,
                    Standing::Stale { definition: true, .. } if rebuilt && selected => {
                        build(Reason::DefinitionChanged)
                    }
                    Standing::Stale { inputs, .. } if !inputs.is_empty() && (late || rebuilt) && selected => {
                        build(Reason::InputsChanged(inputs))
                    }
                    Standing::Stale { definition: true, .. } => Verdict::Stale(Reason::DefinitionChanged),
                    Standing::Stale { inputs, .. } => Verdict::Stale(Reason::InputsChanged(inputs)),
                    Standing::Current if !parents.names.is_empty() && (late || rebuilt) && selected => {
                        Verdict::Build {
                            reason: Reason::ParentsBuilt(parents.names.clone()),
                            conditional: true,
                        }
                    }
                    Standing::Current => Verdict::Current,
                }
            }
        }
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
            parents.tasks.extend(planned.range(from..=to).map(|(_, task)| *task));
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

    /// What keeps a partition from being built now.
    fn obstacle(
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

    fn input_obstacle(
        &self,
        input: &Input,
        day: Date,
        is_rebuild: bool,
        starts: &BTreeMap<String, Date>,
    ) -> Option<Obstacle> {
        let table = &input.table;
        let source = self.compilation.sources.get(table);
        let Some((from, to)) = input_days(input, day, starts) else {
            let is_empty = !self.snapshot.whole_sources.contains_key(table);
            return is_empty.then(|| Obstacle::SourceEmpty { source: table.clone() });
        };
        let expires = match source {
            Some(source) => source.definition.expires,
            None => self.compilation.datasets.get(table).and_then(|dataset| dataset.definition.expires),
        };
        if let Some(expires) = expires.filter(|_| is_rebuild && !self.request.allow_partial_inputs)
            && from.checked_add(Span::new().days(expires)).is_ok_and(|end| end < self.request.scope.until())
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
        self.snapshot.sources.get(source).is_some_and(|days| days.range(day..).next().is_some())
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
                    after.extend(planned.range(from..=to).map(|(_, task)| *task));
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
                record.checks_hash != dataset.checks.hash && !dataset.checks.checks.is_empty()
            })
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

/// The days of an input that a partition reads; `None` for a table without days.
fn input_days(input: &Input, day: Date, starts: &BTreeMap<String, Date>) -> Option<(Date, Date)> {
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
