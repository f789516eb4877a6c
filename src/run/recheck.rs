//! Checking again what stands: a changed check makes partitions due for checking, not for building.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::gate::rows_before;
use crate::compile::Compilation;
use crate::definition::parse_date;
use crate::ledger::{Checked, Ledger, PartitionRecord, Snapshot, State};
use crate::period::Period;
use crate::warehouse::{Build, CheckResult, DuckDb, Verdict};

/// One partition that was checked again.
#[derive(Debug)]
pub struct Rechecked {
    pub dataset: String,
    pub period: Period,
    /// Checks that failed, or that warn.
    pub failed: Vec<CheckResult>,
}

impl Rechecked {
    pub fn is_suspect(&self) -> bool {
        self.failed.iter().any(|check| check.verdict() == Verdict::Failed)
    }
}

/// Runs today's checks over published partitions; one that fails is `suspect`, its data stays. The cardinality of joins is
/// no matter of these: what a join read is not what stands there today.
pub fn recheck(
    compilation: &Compilation,
    warehouse: &DuckDb,
    ledger: &dyn Ledger,
    snapshot: &Snapshot,
    at: &str,
    wanted: &dyn Fn(&str, Period) -> bool,
) -> anyhow::Result<Vec<Rechecked>> {
    let session = warehouse.session()?;
    let mut checked = Vec::new();
    for (name, dataset) in &compilation.datasets {
        let Some(periods) = snapshot.partitions.get(name) else { continue };
        let rows_before: BTreeMap<Period, i64> = rows_before(dataset, snapshot);
        for (period, record) in periods {
            if record.state == State::Lost || snapshot.is_deferred(name, *period) || !wanted(name, *period) {
                continue;
            }
            let as_of = as_of(record, *period);
            let build = Build {
                table: name,
                columns: &dataset.columns,
                partition: &dataset.partition,
                sql: "",
                from: *period,
                to: *period,
                days: (as_of, as_of),
                checks: &dataset.checks,
                rows_before: &rows_before,
                joins: &[],
            };
            let results = warehouse.recheck(&session, &build)?;
            let mut one = Rechecked { dataset: name.clone(), period: *period, failed: Vec::new() };
            let outcome = Checked {
                dataset: name,
                partition: &period.to_string(),
                attempt: &record.attempt,
                checks_hash: &dataset.checks.hash,
                results: &results,
            };
            let is_suspect = results.iter().any(|check| check.verdict() == Verdict::Failed);
            ledger.rechecked(&outcome, if is_suspect { State::Suspect } else { State::Success }, at)?;
            one.failed = results.into_iter().filter(|check| check.verdict() != Verdict::Passed).collect();
            checked.push(one);
        }
    }
    Ok(checked)
}

/// The day as of which a whole table was built.
fn as_of(record: &PartitionRecord, period: Period) -> Date {
    let built = record.built_at.get(..10).and_then(|day| parse_date(day).ok());
    if period == Period::WHOLE { built.unwrap_or(Date::MIN) } else { period.first_day() }
}
