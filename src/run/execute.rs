//! The pool: tasks whose parents are done go to the next free worker, in the order of the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::stopping::{self, Interruptible};
use super::{Clock, Failing, task};
use crate::compile::{Compilation, CompiledDataset};
use crate::diagnostic::Diagnostic;
use crate::failpoint::{Failpoint, reach};
use crate::ledger::{Claim, Ledger, Owner, PartitionRecord, Run, RunKind, RunState, Snapshot, Wanted};
use crate::period::Period;
use crate::plan::{Plan, Task};
use crate::warehouse::DuckDb;

/// What tasks need.
pub struct Execution<'a> {
    pub compilation: &'a Compilation,
    pub warehouse: &'a DuckDb,
    pub ledger: &'a dyn Ledger,
    pub clock: Clock,
    pub owner: Owner,
    pub kind: RunKind,
    pub workers: usize,
    /// Set from outside to stop: nothing more is claimed, queries are interrupted after a moment, what
    /// publishes ends.
    pub stop: &'a AtomicBool,
    pub run: String,
    /// The user of the system who started it.
    pub actor: String,
    /// The commit of the definitions, with `+` behind it where files differ from it; empty without git.
    pub revision: String,
    /// Tables that could not be brought to their columns: neither they nor what reads them is built.
    pub refused: &'a BTreeMap<String, Diagnostic>,
    /// An empty partition may take the place of a full one.
    pub allow_empty: bool,
    /// Where checks that do not pass are told, with some of the rows.
    pub failing: &'a Mutex<Vec<Failing>>,
}

/// How a task ended.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskResult {
    Built {
        rows: i64,
        partitions: usize,
        changed: bool,
        warnings: Vec<String>,
    },
    /// A parent was rebuilt with the same rows, so there was nothing to do.
    InputsUnchanged,
    Failed(String),
    /// A parent failed, or was blocked itself.
    Blocked {
        by: String,
    },
    /// The run was stopped before.
    NotStarted,
    /// The run was stopped meanwhile; nothing was published.
    Interrupted,
}

/// How a run ended: one result per task of the plan.
#[derive(Debug, Default)]
pub struct Outcome {
    pub results: Vec<Option<TaskResult>>,
    pub stopped: bool,
    /// What else went wrong: tables that need a new version, views that could not be switched.
    pub found: Vec<Diagnostic>,
    /// Checks that did not pass, with some of the rows.
    pub failing: Vec<Failing>,
}

impl Outcome {
    pub fn failed(&self) -> bool {
        self.stopped
            || self.found.iter().any(Diagnostic::is_error)
            || self.results.iter().flatten().any(|result| {
                matches!(
                    result,
                    TaskResult::Failed(_)
                        | TaskResult::Blocked { .. }
                        | TaskResult::NotStarted
                        | TaskResult::Interrupted
                )
            })
    }
}

impl Execution<'_> {
    /// Claims partitions of a dataset in the ledger; `None` when another process holds one of them.
    pub(super) fn claim(
        &self,
        dataset: &CompiledDataset,
        number: usize,
        periods: &[Period],
        records: &BTreeMap<Period, PartitionRecord>,
        sql: &str,
    ) -> anyhow::Result<Option<Claim>> {
        let partitions: Vec<String> = periods.iter().map(ToString::to_string).collect();
        let epoch = records.values().map(|record| record.epoch).max().unwrap_or(0);
        let wanted = Wanted {
            run: &self.run,
            attempt: &format!("{}-{number}", self.run),
            dataset: &dataset.name(),
            partitions: &partitions,
            marker_epoch: epoch,
            definition_hash: &dataset.hash,
            sql,
            owner: &self.owner,
        };
        let claim = self.ledger.claim(&wanted, self.clock.seconds(), &self.clock.text())?;
        reach(Failpoint::ClaimCommitted);
        Ok(claim)
    }
}

/// What the workers share.
struct Board {
    ready: BTreeSet<usize>,
    waiting_for: Vec<usize>,
    results: Vec<Option<TaskResult>>,
    left: usize,
}

/// Runs all tasks of a plan. `done` hears of each as it ends, from the worker that ran it.
///
/// # Errors
/// Only what keeps the run itself from starting or ending; failures of tasks are results.
pub fn execute(
    execution: &Execution,
    plan: &Plan,
    snapshot: Snapshot,
    done: &(dyn Fn(&Task, &TaskResult) + Sync),
) -> anyhow::Result<Outcome> {
    let until = plan.until.map_or(String::new(), |day| day.to_string());
    let clock = execution.clock;
    execution.ledger.begin_run(&Run {
        id: execution.run.clone(),
        kind: execution.kind,
        until,
        owner: execution.owner.clone(),
        actor: execution.actor.clone(),
        revision: execution.revision.clone(),
        at: clock.text(),
    })?;
    reach(Failpoint::RunBegun);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); plan.tasks.len()];
    for (index, task) in plan.tasks.iter().enumerate() {
        for parent in &task.after {
            children[*parent].push(index);
        }
    }
    let mut board = Board {
        ready: (0..plan.tasks.len()).filter(|index| plan.tasks[*index].after.is_empty()).collect(),
        waiting_for: plan.tasks.iter().map(|task| task.after.len()).collect(),
        results: vec![None; plan.tasks.len()],
        left: plan.tasks.len(),
    };
    refuse(execution, plan, &mut board, &children, done);
    let board = Mutex::new(board);
    let changed = Condvar::new();
    let snapshot = Mutex::new(snapshot);
    let ended = AtomicBool::new(false);
    let sessions = (0..execution.workers.max(1).min(plan.tasks.len().max(1)))
        .map(|_| execution.warehouse.session())
        .collect::<anyhow::Result<Vec<_>>>()?;
    let interruptible: Vec<Interruptible> = sessions.iter().map(Interruptible::of).collect();
    std::thread::scope(|scope| {
        scope.spawn(|| renew(execution, &ended));
        scope.spawn(|| stopping::watch(execution.stop, &ended, &interruptible));
        let workers: Vec<_> = sessions
            .into_iter()
            .zip(&interruptible)
            .map(|(session, query)| {
                let (board, changed, snapshot, children) = (&board, &changed, &snapshot, &children);
                scope.spawn(move || {
                    work(execution, plan, (&session, query), board, changed, snapshot, children, done)
                })
            })
            .collect();
        for worker in workers {
            let _ = worker.join();
        }
        ended.store(true, Ordering::Relaxed);
    });
    let mut results = board.into_inner().unwrap_or_else(PoisonError::into_inner).results;
    let stopped = execution.stop.load(Ordering::Relaxed);
    for result in &mut results {
        result.get_or_insert(TaskResult::NotStarted);
    }
    let found = execution.refused.values().cloned().collect();
    let outcome = Outcome { results, stopped, found, failing: Vec::new() };
    let state = match (stopped, outcome.failed()) {
        (true, _) => RunState::Stopped,
        (false, true) => RunState::Failed,
        (false, false) => RunState::Success,
    };
    reach(Failpoint::TasksEnded);
    execution.ledger.end_run(&execution.run, state, &clock.text())?;
    reach(Failpoint::RunEnded);
    if !plan.tasks.is_empty() {
        execution.warehouse.checkpoint()?;
    }
    Ok(outcome)
}

#[allow(clippy::too_many_arguments, reason = "the state that workers share, part by part")]
fn work(
    execution: &Execution,
    plan: &Plan,
    session: (&duckdb::Connection, &Interruptible),
    board: &Mutex<Board>,
    changed: &Condvar,
    snapshot: &Mutex<Snapshot>,
    children: &[Vec<usize>],
    done: &(dyn Fn(&Task, &TaskResult) + Sync),
) {
    loop {
        let number = {
            let mut board = board.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                if board.left == 0 || execution.stop.load(Ordering::Relaxed) {
                    changed.notify_all();
                    return;
                }
                if let Some(number) = board.ready.pop_first() {
                    break number;
                }
                // Woken when a task ends; the timeout is for a stop from outside.
                board = changed
                    .wait_timeout(board, Duration::from_millis(200))
                    .unwrap_or_else(PoisonError::into_inner)
                    .0;
            }
        };
        let task = &plan.tasks[number];
        let result = task::run(execution, session, plan, number, snapshot);
        done(task, &result);
        let mut board = board.lock().unwrap_or_else(PoisonError::into_inner);
        finish(&mut board, number, result, plan, children, done);
        changed.notify_all();
    }
}

/// Ends the tasks of tables that need a new version, and those of everything that reads them.
fn refuse(
    execution: &Execution,
    plan: &Plan,
    board: &mut Board,
    children: &[Vec<usize>],
    done: &(dyn Fn(&Task, &TaskResult) + Sync),
) {
    for (table, finding) in execution.refused {
        let readers = execution.compilation.graph.downstream(table);
        for (number, task) in plan.tasks.iter().enumerate() {
            let result = if task.dataset == *table {
                TaskResult::Failed(format!("{}: the table cannot take this change", finding.code.as_str()))
            } else if readers.contains(&task.dataset) {
                TaskResult::Blocked { by: table.clone() }
            } else {
                continue;
            };
            if board.results[number].is_none() {
                board.ready.remove(&number);
                done(task, &result);
                finish(board, number, result, plan, children, done);
            }
        }
    }
}

/// Notes a result, makes children ready, and blocks those of a failed task.
fn finish(
    board: &mut Board,
    number: usize,
    result: TaskResult,
    plan: &Plan,
    children: &[Vec<usize>],
    done: &(dyn Fn(&Task, &TaskResult) + Sync),
) {
    let mut ended = vec![(number, result)];
    while let Some((number, result)) = ended.pop() {
        if board.results[number].is_some() {
            continue;
        }
        board.left -= 1;
        let failed = matches!(result, TaskResult::Failed(_) | TaskResult::Blocked { .. });
        let root = match &result {
            TaskResult::Blocked { by } => by.clone(),
            _ => format!("{} {}", plan.tasks[number].dataset, plan.tasks[number].from),
        };
        board.results[number] = Some(result);
        for child in &children[number] {
            board.waiting_for[*child] -= 1;
            if failed {
                if board.results[*child].is_none() {
                    board.ready.remove(child);
                    let blocked = TaskResult::Blocked { by: root.clone() };
                    done(&plan.tasks[*child], &blocked);
                    ended.push((*child, blocked));
                }
            } else if board.waiting_for[*child] == 0 && board.results[*child].is_none() {
                board.ready.insert(*child);
            }
        }
    }
}

/// Prolongs the run's leases, apart from the queries; a holder that cannot, stops itself.
fn renew(execution: &Execution, ended: &AtomicBool) {
    let mut waited = Duration::ZERO;
    while !ended.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
        waited += Duration::from_millis(50);
        if waited >= Duration::from_secs(15) {
            waited = Duration::ZERO;
            if execution.ledger.renew(&execution.owner, execution.clock.seconds()).is_err() {
                execution.stop.store(true, Ordering::Relaxed);
            }
        }
    }
}
