//! Checks over the staged rows of a partition: one scan for all, then a look at the rows that fail some. It publishes
//! nothing, and what it shows of rows is for whoever asked, never kept.

use std::collections::BTreeMap;

use anyhow::Context;
use duckdb::Connection;

use super::Names;
use super::build::{Build, BuildError, clean, with_parameters_of};
use super::rows::rows_of;
use crate::compile::STAGE;
use crate::definition::{CheckKind, Thresholds};
use crate::period::Period;

/// The outcome of one check.
#[derive(Clone, Debug)]
pub struct CheckResult {
    pub text: String,
    pub thresholds: Thresholds,
    pub violations: i64,
    /// How many rows were checked.
    pub rows: i64,
    /// Some of the rows that fail it, as JSON.
    pub failing: Vec<String>,
    /// GoogleSQL that finds all of them, to which the partition's rows are `this`; empty where no row fails by itself.
    pub finds: String,
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    Warned,
    Failed,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Passed => "passed",
            Verdict::Warned => "warned",
            Verdict::Failed => "failed",
        }
    }
}

impl CheckResult {
    pub fn verdict(&self) -> Verdict {
        let passes = |threshold: Option<crate::definition::Threshold>| {
            threshold.is_some_and(|one| one.is_passed_by(self.violations, self.rows))
        };
        match (passes(self.thresholds.fail), passes(self.thresholds.warn)) {
            (true, _) => Verdict::Failed,
            (false, true) => Verdict::Warned,
            (false, false) => Verdict::Passed,
        }
    }

    /// How many violations there are, and how many would have been allowed.
    pub fn told(&self) -> String {
        let threshold = match self.verdict() {
            Verdict::Failed => self.thresholds.fail,
            Verdict::Warned => self.thresholds.warn,
            Verdict::Passed => None,
        };
        match threshold {
            Some(most) if most != crate::definition::Threshold::Count(0) => {
                format!("{} violations in {} rows, {most} allowed", self.violations, self.rows)
            }
            _ => format!("{} violations", self.violations),
        }
    }
}

/// Runs the checks of a build over the staged rows of one partition.
pub(super) fn run_checks(
    session: &Connection,
    names: &Names,
    build: &Build,
    period: Period,
    rows: i64,
    rows_before: &BTreeMap<Period, i64>,
) -> Result<Vec<CheckResult>, BuildError> {
    if build.checks.checks.is_empty() {
        return Ok(Vec::new());
    }
    session
        .execute_batch(&format!(
            "CREATE OR REPLACE TEMP VIEW {STAGE} AS SELECT * FROM _staged WHERE {}",
            rows_of(build.partition, period, period)
        ))
        .context("preparing the checks")?;
    let results = counted(session, names, build, period, rows, rows_before);
    let _ = session.execute_batch(&format!("DROP VIEW IF EXISTS temp.{STAGE}"));
    results
}

fn counted(
    session: &Connection,
    names: &Names,
    build: &Build,
    period: Period,
    rows: i64,
    rows_before: &BTreeMap<Period, i64>,
) -> Result<Vec<CheckResult>, BuildError> {
    let failed = |error: duckdb::Error| BuildError::Query(format!("checks: {}", clean(&error.to_string())));
    let compiled = build.checks;
    let (sql, given) = with_parameters_of(build, &names.resolve(&compiled.duckdb), period);
    let counts = session
        .query_row(&sql, duckdb::params_from_iter(given), |row| {
            (0..compiled.checks.len())
                .map(|index| row.get::<_, Option<i64>>(index))
                .collect::<duckdb::Result<Vec<_>>>()
        })
        .map_err(failed)?;
    let mut results = Vec::new();
    for (index, (check, count)) in compiled.checks.iter().zip(counts).enumerate() {
        let violations = match check.kind {
            CheckKind::RowsNear { days, share } => away(rows, rows_before, period, days, share),
            _ => count.unwrap_or(0),
        };
        let mut result = CheckResult {
            text: check.text.clone(),
            thresholds: check.thresholds,
            violations,
            rows,
            failing: Vec::new(),
            finds: String::new(),
        };
        if result.verdict() != Verdict::Passed
            && let Some((googlesql, duckdb)) = compiled.finds.get(index)
        {
            result.finds.clone_from(googlesql);
            if !duckdb.is_empty() {
                let (sql, given) = with_parameters_of(build, &names.resolve(duckdb), period);
                let mut statement = session.prepare(&sql).map_err(failed)?;
                result.failing = statement
                    .query_map(duckdb::params_from_iter(given), |row| row.get::<_, Option<String>>(0))
                    .and_then(Iterator::collect::<duckdb::Result<Vec<Option<String>>>>)
                    .map_err(failed)?
                    .into_iter()
                    .flatten()
                    .collect();
            }
        }
        results.push(result);
    }
    Ok(results)
}

/// How many rows too few or too many there are, held against the mean of the partitions of the days before, give or take
/// a share of it in millionths. Nothing to compare with passes.
fn away(rows: i64, before: &BTreeMap<Period, i64>, period: Period, days: u32, share: u64) -> i64 {
    let first = period.first_day().checked_sub(jiff::Span::new().days(i64::from(days)));
    let first = first.unwrap_or(jiff::civil::Date::MIN);
    let earlier = before.iter().filter(|(one, _)| {
        one.cadence() == period.cadence() && one.start() < period.start() && one.first_day() >= first
    });
    let (mut count, mut sum) = (0_i128, 0_i128);
    for (_, rows) in earlier {
        count += 1;
        sum += i128::from(*rows);
    }
    if count == 0 {
        return 0;
    }
    const WHOLE: i128 = 1_000_000;
    let share = i128::from(share);
    // Times `count` and `WHOLE`, all numbers are whole.
    let low = sum * (WHOLE - share).max(0);
    let high = sum * (WHOLE + share);
    let unit = count * WHOLE;
    let own = i128::from(rows) * unit;
    let off = (low - own).max(own - high).max(0);
    i64::try_from((off + unit - 1) / unit).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_near_the_mean_of_the_days_before_ends_included() {
        let period: Period = "2026-10-08".parse().unwrap();
        let before: BTreeMap<Period, i64> =
            [("2026-09-30", 1_000_000), ("2026-10-01", 90), ("2026-10-05", 110), ("2026-10-09", 5)]
                .into_iter()
                .map(|(day, rows)| (day.parse().unwrap(), rows))
                .collect();
        // The mean of 90 and 110 is 100; the 30th of September lies eight days back.
        for (rows, share, expected) in [
            (50, 500_000, 0),
            (49, 500_000, 1),
            (150, 500_000, 0),
            (152, 500_000, 2),
            (0, 1_000_000, 0),
            (100, 0, 0),
        ] {
            assert_eq!(away(rows, &before, period, 7, share), expected, "{rows} {share}");
        }
        assert_eq!(away(0, &BTreeMap::new(), period, 7, 0), 0);
        assert_eq!(away(33, &BTreeMap::from([("2026-10-07".parse().unwrap(), 1)]), period, 1, 15_000), 32);
    }
}
