//! Definitions × ledger → the partitions to build, each with its reason. A pure function of the
//! compilation, the ledger's snapshot and a given day and time; it must never look at a clock or a warehouse.

mod decide;
mod defer;
mod inputs;
mod obstacle;
mod order;
mod standing;
mod switch;
mod text;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

pub use defer::defer;
pub use inputs::{Stretch, Upstreams, changed, external_changed, inputs_of, own_stretch, upstreams};
pub use standing::{Standing, standing};
pub use switch::{Switch, switches};
pub use text::{obstacle, reason, render};

use crate::compile::Compilation;
use crate::ledger::Snapshot;
use crate::period::Period;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub scope: Scope,
    /// The datasets that may be built.
    pub select: BTreeSet<String>,
    /// Build partitions although inputs are beyond their retention.
    pub allow_partial_inputs: bool,
    /// The time at which sources are judged that are ready by the clock.
    pub now: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything that is due by a day.
    Due { day: Date },
    /// Missing and stale partitions of a range; all of them with `force`.
    Range { from: Date, to: Date, force: bool },
}

impl Scope {
    /// The last day that may be built.
    pub fn until(&self) -> Date {
        match self {
            Scope::Due { day } => *day,
            Scope::Range { to, .. } => *to,
        }
    }
}

/// A partition to build, or a range of them at once by `init`.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    pub dataset: String,
    pub from: Period,
    pub to: Period,
    pub reason: Reason,
    /// Tasks of this plan that must have ended before.
    pub after: Vec<usize>,
    /// Built only if an input has changed by then: a rebuilt parent may give the same rows.
    pub conditional: bool,
    /// The dataset reads its own past, so that its partitions are built one after the other.
    pub reads_itself: bool,
}

impl Task {
    pub fn is_init(&self) -> bool {
        self.from != self.to
    }
}

/// Why a partition is built, or stale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Missing,
    /// All partitions up to one at once, by the `init` query.
    Init,
    /// The warehouse no longer has it.
    Lost,
    DefinitionChanged,
    /// The rows of these static tables changed, which are part of the definition.
    RowsChanged(Vec<String>),
    /// These inputs have other versions than were recorded.
    InputsChanged(Vec<String>),
    /// These parents are built in this plan.
    ParentsBuilt(Vec<String>),
    Asked,
}

/// Why a partition that is missing is not built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A source has no rows yet for a day.
    SourceNotReady {
        source: String,
        day: Date,
    },
    /// The table that marks a source's finished days does not have the day.
    SourceNotMarked {
        source: String,
        marker: String,
        day: Date,
    },
    /// A source has fewer rows than it must have.
    SourceTooSmall {
        source: String,
        day: Option<Date>,
        rows: i64,
        least: u64,
    },
    /// A source is ready from a later moment on.
    SourceTooEarly {
        source: String,
        day: Date,
        from: DateTime,
    },
    /// A source has no rows at all.
    SourceEmpty {
        source: String,
    },
    /// An input's partition is neither there nor built by this plan.
    InputMissing {
        input: String,
        period: Period,
    },
    /// An input's partition waits itself.
    InputWaits {
        input: String,
        period: Period,
    },
    Paused,
    /// Inputs beyond their retention.
    Frozen {
        input: String,
        period: Period,
    },
    /// A snapshot copies what is there now, which is no longer the state of that day.
    StateGone,
    /// The day came due while nobody scheduled, and catching up left it out.
    Skipped,
}

impl Obstacle {
    /// Whether two obstacles differ in nothing but their time.
    pub fn same_kind(&self, other: &Obstacle) -> bool {
        if let (Obstacle::SourceTooSmall { rows, .. }, Obstacle::SourceTooSmall { rows: others, .. }) =
            (self, other)
            && rows != others
        {
            return false;
        }
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.name() == other.name()
    }

    /// What is waited for.
    pub fn period(&self) -> Option<Period> {
        match self {
            Obstacle::SourceNotReady { day, .. }
            | Obstacle::SourceNotMarked { day, .. }
            | Obstacle::SourceTooEarly { day, .. } => Some(Period::day(*day)),
            Obstacle::SourceTooSmall { day, .. } => day.map(Period::day),
            Obstacle::InputMissing { period, .. }
            | Obstacle::InputWaits { period, .. }
            | Obstacle::Frozen { period, .. } => Some(*period),
            Obstacle::SourceEmpty { .. } | Obstacle::Paused | Obstacle::StateGone | Obstacle::Skipped => None,
        }
    }

    fn name(&self) -> &str {
        match self {
            Obstacle::SourceNotReady { source, .. }
            | Obstacle::SourceNotMarked { source, .. }
            | Obstacle::SourceTooSmall { source, .. }
            | Obstacle::SourceTooEarly { source, .. }
            | Obstacle::SourceEmpty { source } => source,
            Obstacle::InputMissing { input, .. }
            | Obstacle::InputWaits { input, .. }
            | Obstacle::Frozen { input, .. } => input,
            Obstacle::Paused | Obstacle::StateGone | Obstacle::Skipped => "",
        }
    }
}

/// Partitions of one dataset that share a reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Group<R> {
    pub dataset: String,
    pub periods: Vec<Period>,
    pub reason: R,
}

/// What to build, what waits, and what is stale without being due.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// In an order in which each task comes after those it waits for.
    pub tasks: Vec<Task>,
    pub waits: Vec<Group<Obstacle>>,
    pub stale: Vec<Group<Reason>>,
    /// Published partitions whose checks changed since.
    pub recheck: Vec<Group<()>>,
    pub current: usize,
    /// Views that go over to another version, or that cannot yet.
    pub switches: Vec<Switch>,
    /// The last day that was asked for.
    pub until: Option<Date>,
}

/// Plans.
pub fn plan(compilation: &Compilation, snapshot: &Snapshot, request: &Request) -> Plan {
    let mut planner = decide::Planner {
        compilation,
        snapshot,
        request,
        plan: Plan { until: Some(request.scope.until()), ..Plan::default() },
        planned: BTreeMap::new(),
        waiting: BTreeMap::new(),
    };
    for dataset in compilation.dataset_order() {
        planner.dataset(dataset);
    }
    planner.plan.switches = switches(compilation, snapshot);
    for switch in &mut planner.plan.switches {
        let planned = planner.planned.get(&switch.to);
        switch.periods.retain(|period| !planned.is_some_and(|planned| planned.contains_key(period)));
    }
    order::sort(&mut planner.plan);
    planner.plan
}
