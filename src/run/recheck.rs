//! Checking again what stands: a changed check makes partitions due for checking, not for building.

use jiff::civil::Date;

use crate::compile::Compilation;
use crate::ledger::{Ledger, Snapshot, State};
use crate::warehouse::{Build, CheckResult, DuckDb};

/// One partition that was checked again.
#[derive(Debug)]
pub struct Rechecked {
    pub dataset: String,
    pub day: Date,
    pub failed: Vec<CheckResult>,
}

/// Runs today's checks over published partitions; one that fails is `suspect`, its data stays.
pub fn recheck(
    compilation: &Compilation,
    warehouse: &DuckDb,
    ledger: &Ledger,
    snapshot: &Snapshot,
    wanted: &dyn Fn(&str, Date) -> bool,
) -> anyhow::Result<Vec<Rechecked>> {
    let session = warehouse.session()?;
    let mut checked = Vec::new();
    for (name, dataset) in &compilation.datasets {
        let Some(days) = snapshot.partitions.get(name) else { continue };
        for (day, record) in days {
            if record.state == State::Lost || !wanted(name, *day) {
                continue;
            }
            let build = Build {
                table: name,
                columns: &dataset.columns,
                partition_column: &dataset.partition.column,
                partition_is_timestamp: dataset.partition.is_timestamp,
                sql: "",
                from: *day,
                to: *day,
                checks_sql: &dataset.checks.duckdb,
                checks: &dataset.checks.checks,
                // What a join read is not what stands there today.
                joins: &[],
            };
            let results = warehouse.recheck(&session, &build)?;
            let failed: Vec<CheckResult> = results.into_iter().filter(|check| check.violations > 0).collect();
            let state = if failed.iter().any(|check| check.blocks) { State::Suspect } else { State::Success };
            ledger.rechecked(name, &day.to_string(), state, &dataset.checks.hash)?;
            checked.push(Rechecked { dataset: name.clone(), day: *day, failed });
        }
    }
    Ok(checked)
}
