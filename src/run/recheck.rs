//! Checking again what stands: a changed check makes partitions due for checking, not for building.

use crate::compile::Compilation;
use crate::ledger::{Ledger, Snapshot, State};
use crate::period::Period;
use crate::warehouse::{Build, CheckResult, DuckDb};

/// One partition that was checked again.
#[derive(Debug)]
pub struct Rechecked {
    pub dataset: String,
    pub period: Period,
    pub failed: Vec<CheckResult>,
}

/// Runs today's checks over published partitions; one that fails is `suspect`, its data stays.
pub fn recheck(
    compilation: &Compilation,
    warehouse: &DuckDb,
    ledger: &dyn Ledger,
    snapshot: &Snapshot,
    wanted: &dyn Fn(&str, Period) -> bool,
) -> anyhow::Result<Vec<Rechecked>> {
    let session = warehouse.session()?;
    let mut checked = Vec::new();
    for (name, dataset) in &compilation.datasets {
        let Some(periods) = snapshot.partitions.get(name) else { continue };
        for (period, record) in periods {
            if record.state == State::Lost || snapshot.is_deferred(name, *period) || !wanted(name, *period) {
                continue;
            }
            let build = Build {
                table: name,
                columns: &dataset.columns,
                partition: &dataset.partition,
                sql: "",
                from: *period,
                to: *period,
                days: (period.first_day(), period.last_day()),
                checks_sql: &dataset.checks.duckdb,
                checks: &dataset.checks.checks,
                // What a join read is not what stands there today.
                joins: &[],
            };
            let results = warehouse.recheck(&session, &build)?;
            let failed: Vec<CheckResult> = results.into_iter().filter(|check| check.violations > 0).collect();
            let state = if failed.iter().any(|check| check.blocks) { State::Suspect } else { State::Success };
            ledger.rechecked(name, &period.to_string(), state, &dataset.checks.hash)?;
            checked.push(Rechecked { dataset: name.clone(), period: *period, failed });
        }
    }
    Ok(checked)
}
