//! One task: a partition, or a range of them, from claim to record.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::civil::Date;

use super::Clock;
use super::execute::{Execution, TaskResult};
use super::gate::{self, Failing, rows_before};
use super::stopping::Interruptible;
use crate::compile::CompiledDataset;
use crate::failpoint::{Failpoint, reach};
use crate::ledger::{Claim, Conclusion, PartitionRecord, Snapshot, State};
use crate::period::Period;
use crate::plan::{self, Plan, Upstreams};
use crate::warehouse::{Build, BuildError, Built, CheckResult, Inputs, Marker, Verdict, same_digest};

/// Builds the partitions of a plan's task. Every failure is a result, not an error: other tasks go on.
pub fn run(
    execution: &Execution,
    session: (&duckdb::Connection, &Interruptible),
    plan: &Plan,
    number: usize,
    snapshot: &Mutex<Snapshot>,
) -> TaskResult {
    let attempt = AssertUnwindSafe(|| attempt(execution, session, plan, number, snapshot));
    match std::panic::catch_unwind(attempt) {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => TaskResult::Failed(format!("{error:#}")),
        // A fault of ours fails one task; its worker and the run go on.
        Err(_) => {
            TaskResult::Failed("an internal fault; please report it with what was printed above".to_owned())
        }
    }
}

fn lock(snapshot: &Mutex<Snapshot>) -> std::sync::MutexGuard<'_, Snapshot> {
    snapshot.lock().unwrap_or_else(PoisonError::into_inner)
}

fn attempt(
    execution: &Execution,
    (session, query): (&duckdb::Connection, &Interruptible),
    plan: &Plan,
    number: usize,
    snapshot: &Mutex<Snapshot>,
) -> anyhow::Result<TaskResult> {
    let task = &plan.tasks[number];
    let until = plan.until.unwrap_or(Date::MIN);
    let Some(dataset) = execution.compilation.datasets.get(&task.dataset) else {
        anyhow::bail!("no dataset {}", task.dataset);
    };
    let upstreams = plan::upstreams(execution.compilation, dataset, &lock(snapshot), until);
    let periods: Vec<Period> = Period::between(task.from, task.to).collect();
    let records: BTreeMap<Period, PartitionRecord> = {
        let snapshot = lock(snapshot);
        let own = snapshot.partitions.get(&task.dataset);
        // What stands in another target is no past of this one: its rows are not here.
        let here = periods.iter().filter(|period| !snapshot.is_deferred(&task.dataset, **period));
        here.filter_map(|period| Some((*period, own?.get(period)?.clone()))).collect()
    };
    if task.conditional {
        let snapshot = lock(snapshot);
        let standing = snapshot.partitions.get(&task.dataset).and_then(|own| own.get(&task.from));
        let inputs = plan::inputs_of(dataset, task.from, &snapshot, &upstreams);
        if standing.is_some_and(|record| plan::changed(record, &inputs).is_empty()) {
            return Ok(TaskResult::InputsUnchanged);
        }
    }
    let sql = match (&dataset.init, task.is_init()) {
        (Some((_, duckdb)), true) => duckdb,
        _ => &dataset.duckdb,
    };
    let rows_before = rows_before(dataset, &lock(snapshot));
    let build = Build {
        table: &task.dataset,
        columns: &dataset.columns,
        partition: &dataset.partition,
        sql,
        from: task.from,
        to: task.to,
        days: (upstreams.as_of, upstreams.as_of),
        checks: &dataset.checks,
        rows_before: &rows_before,
        joins: &dataset.joins,
    };
    let began = Instant::now();
    let claim = execution.claim(dataset, number, &periods, &records, sql)?;
    let Some(claim) = claim else {
        return Ok(TaskResult::Failed("another process is building this partition".to_owned()));
    };
    // What is read while staging is at these versions or newer; a newer one makes the partition stale
    // again, which is noticed, whereas the other way round would not be.
    let inputs = inputs_of_all(dataset, &periods, snapshot, &upstreams, &records);
    let staged = match query.staging(|| execution.warehouse.stage(session, &build)) {
        Ok(staged) => staged,
        Err(_) if query.was_interrupted() => {
            return interrupted(execution, &claim, &periods, snapshot, dataset, &records, began);
        }
        Err(error) => return failed(execution, &claim, &periods, &error, snapshot, dataset, &records, began),
    };
    let checks: Vec<(String, CheckResult)> = staged
        .iter()
        .flat_map(|built| built.checks.iter().map(|check| (built.rows.period.to_string(), check.clone())))
        .collect();
    let mut ready = Vec::new();
    let mut blocked: Vec<(String, String)> = Vec::new();
    // Partitions of a dataset that reads itself hold what the blocked one before them would have brought.
    let mut missing_past: Option<Period> = None;
    let mut without_past: Vec<(String, String)> = Vec::new();
    let mut failing = Vec::new();
    for built in &staged {
        let period = built.rows.period;
        let refused = gate::refusal(execution, dataset, built, records.get(&period));
        failing.extend(built.checks.iter().filter(|check| !check.finds.is_empty()).map(|check| Failing {
            dataset: task.dataset.clone(),
            period,
            check: check.clone(),
        }));
        match (refused, missing_past) {
            (Some(problem), _) => {
                blocked.push((period.to_string(), problem));
                missing_past = missing_past.or(dataset.reads_self.is_some().then_some(period));
            }
            (None, Some(past)) => without_past.push((period.to_string(), format!("blocked by {past}"))),
            (None, None) => ready.push(built),
        }
    }
    execution.failing.lock().unwrap_or_else(PoisonError::into_inner).append(&mut failing);
    let clock = execution.clock;
    let outcome: Vec<Prepared> = ready
        .iter()
        .map(|built| {
            prepared(dataset, built, &claim, &periods, &inputs, records.get(&built.rows.period), clock)
        })
        .collect();
    if !outcome.is_empty() {
        let markers: Vec<(Period, Marker)> =
            outcome.iter().map(|one| (one.period, marker(dataset, one.period, &one.record))).collect();
        // Digests of floats bear noise: agreeing ones keep the version, but not the rows.
        let inexact = dataset.columns.iter().any(|column| column.ty.holds_float());
        let unchanged: Vec<Period> =
            outcome.iter().filter(|one| !one.changed && !inexact).map(|one| one.period).collect();
        if let Err(error) = execution.warehouse.publish(session, &build, &markers, &unchanged) {
            return failed(execution, &claim, &periods, &error, snapshot, dataset, &records, began);
        }
    }
    let unpublished = [blocked.as_slice(), &without_past].concat();
    let published: Vec<(String, PartitionRecord)> =
        outcome.iter().map(|one| (one.period.to_string(), one.record.clone())).collect();
    let conclusion = Conclusion {
        records: &published,
        failed: &unpublished,
        checks: &checks,
        milliseconds: elapsed(began),
        is_abandoned: false,
    };
    execution.ledger.conclude(&claim, &conclusion, &clock.text())?;
    reach(Failpoint::RecordCommitted);
    {
        let mut snapshot = lock(snapshot);
        let own = snapshot.partitions.entry(task.dataset.clone()).or_default();
        for period in &periods {
            restore(own, *period, &records);
        }
        for one in &outcome {
            own.insert(one.period, one.record.clone());
        }
        if let Some(deferred) = snapshot.deferred.get_mut(&task.dataset) {
            deferred.retain(|period| !outcome.iter().any(|one| one.period == *period));
        }
    }
    let warnings = checks
        .iter()
        .filter(|(_, check)| check.verdict() == Verdict::Warned)
        .map(|(period, check)| format!("{period}: check {} warns: {}", check.text, check.told()))
        .collect();
    if !blocked.is_empty() {
        let problems: Vec<String> = blocked
            .iter()
            .map(|(period, problem)| match periods.len() {
                1 => problem.clone(),
                _ => format!("{period}: {problem}"),
            })
            .collect();
        return Ok(TaskResult::Failed(problems.join("; ")));
    }
    Ok(TaskResult::Built {
        rows: outcome.iter().map(|one| one.record.rows).sum(),
        partitions: outcome.len(),
        changed: outcome.iter().any(|one| one.changed),
        warnings,
    })
}

/// A staged partition with the record that publishing it makes.
struct Prepared {
    period: Period,
    record: PartitionRecord,
    changed: bool,
}

/// Equal rows keep their data version, so that children stay current. The origin version rises only when
/// the rows changed for another reason than the dataset's own past.
fn prepared(
    dataset: &CompiledDataset,
    built: &Built,
    claim: &Claim,
    periods: &[Period],
    inputs: &BTreeMap<Period, Inputs>,
    before: Option<&PartitionRecord>,
    clock: Clock,
) -> Prepared {
    let period = built.rows.period;
    let inputs = inputs.get(&period).cloned().unwrap_or_default();
    let standing = before.filter(|record| record.state != State::Lost);
    let same = standing.is_some_and(|record| {
        record.rows == built.rows.rows && same_digest(&record.digest, &built.rows.digest)
    });
    let (data_version, origin_version) = match before {
        None => (1, 1),
        Some(record) if same => (record.data_version, record.origin_version),
        Some(record) => {
            let external = plan::external_changed(dataset, record, &inputs)
                || plan::changed(record, &inputs).is_empty()
                || record.state == State::Lost;
            (record.data_version + 1, record.origin_version + i64::from(external))
        }
    };
    let index = periods.iter().position(|one| *one == period).unwrap_or(0);
    let record = PartitionRecord {
        state: State::Success,
        attempt: crate::ledger::attempt_id(&claim.attempt, index),
        epoch: claim.epoch,
        definition_hash: dataset.hash.clone(),
        checks_hash: dataset.checks.hash.clone(),
        data_version,
        origin_version,
        inputs,
        rows: built.rows.rows,
        digest: built.rows.digest.clone(),
        built_at: clock.text(),
    };
    Prepared { period, record, changed: !same }
}

fn marker(dataset: &CompiledDataset, period: Period, record: &PartitionRecord) -> Marker {
    Marker {
        dataset: dataset.name(),
        partition: period.to_string(),
        attempt: record.attempt.clone(),
        epoch: record.epoch,
        definition_hash: record.definition_hash.clone(),
        data_version: record.data_version,
        origin_version: record.origin_version,
        inputs: record.inputs.clone(),
        rows: record.rows,
        digest: record.digest.clone(),
        built_at: record.built_at.clone(),
    }
}

/// The inputs of every partition of a task. Those of a range read the ones before them, which are published
/// with them: their first versions stand in the snapshot until the task ends.
fn inputs_of_all(
    dataset: &CompiledDataset,
    periods: &[Period],
    snapshot: &Mutex<Snapshot>,
    upstreams: &Upstreams,
    records: &BTreeMap<Period, PartitionRecord>,
) -> BTreeMap<Period, Inputs> {
    let mut all = BTreeMap::new();
    let mut snapshot = lock(snapshot);
    for period in periods {
        let inputs = plan::inputs_of(dataset, *period, &snapshot, upstreams);
        if periods.len() > 1 && !records.contains_key(period) {
            let provisional = PartitionRecord {
                state: State::Success,
                attempt: String::new(),
                epoch: 0,
                definition_hash: dataset.hash.clone(),
                checks_hash: String::new(),
                data_version: 1,
                origin_version: 1,
                inputs: inputs.clone(),
                rows: 0,
                digest: String::new(),
                built_at: String::new(),
            };
            snapshot.partitions.entry(dataset.name()).or_default().insert(*period, provisional);
        }
        all.insert(*period, inputs);
    }
    all
}

/// Puts back what stood before the task.
fn restore(
    own: &mut BTreeMap<Period, PartitionRecord>,
    period: Period,
    records: &BTreeMap<Period, PartitionRecord>,
) {
    match records.get(&period) {
        Some(record) => own.insert(period, record.clone()),
        None => own.remove(&period),
    };
}

#[allow(clippy::too_many_arguments, reason = "everything that an attempt holds when it fails")]
fn failed(
    execution: &Execution,
    claim: &Claim,
    periods: &[Period],
    error: &BuildError,
    snapshot: &Mutex<Snapshot>,
    dataset: &CompiledDataset,
    records: &BTreeMap<Period, PartitionRecord>,
    began: Instant,
) -> anyhow::Result<TaskResult> {
    let message = error.to_string();
    restore_all(snapshot, dataset, periods, records);
    let failed: Vec<(String, String)> =
        periods.iter().map(|period| (period.to_string(), message.clone())).collect();
    let conclusion = Conclusion { failed: &failed, milliseconds: elapsed(began), ..Conclusion::default() };
    execution.ledger.conclude(claim, &conclusion, &execution.clock.text())?;
    reach(Failpoint::RecordCommitted);
    Ok(TaskResult::Failed(message))
}

/// A stopped run leaves what stood, and gives its claim back.
fn interrupted(
    execution: &Execution,
    claim: &Claim,
    periods: &[Period],
    snapshot: &Mutex<Snapshot>,
    dataset: &CompiledDataset,
    records: &BTreeMap<Period, PartitionRecord>,
    began: Instant,
) -> anyhow::Result<TaskResult> {
    restore_all(snapshot, dataset, periods, records);
    let conclusion = Conclusion { is_abandoned: true, milliseconds: elapsed(began), ..Conclusion::default() };
    execution.ledger.conclude(claim, &conclusion, &execution.clock.text())?;
    Ok(TaskResult::Interrupted)
}

fn restore_all(
    snapshot: &Mutex<Snapshot>,
    dataset: &CompiledDataset,
    periods: &[Period],
    records: &BTreeMap<Period, PartitionRecord>,
) {
    let mut snapshot = lock(snapshot);
    let own = snapshot.partitions.entry(dataset.name()).or_default();
    periods.iter().for_each(|period| restore(own, *period, records));
}

fn elapsed(since: Instant) -> i64 {
    i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)
}
