//! Building a partition: stage, verify, check, publish with the marker in one transaction.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use duckdb::{Connection, params};
use jiff::civil::Date;

use super::DuckDb;
use super::checks::{CheckResult, Verdict, run_checks};
use super::digest::digests;
use super::joins::check_joins;
use super::marker::Marker;
use super::rows::{instant, rows_of};
use super::verify::{verify_columns, verify_partition};
use crate::compile::{CompiledChecks, Partition};
use crate::failpoint::{Failpoint, reach};
use crate::period::Period;
use crate::schema::Field;
use crate::sql::duckdb::{data_type, identifier, number_parameters};

/// What is built: the query, and what its rows must be.
pub struct Build<'a> {
    pub table: &'a str,
    pub columns: &'a [Field],
    pub partition: &'a Partition,
    pub sql: &'a str,
    /// The partitions that the query fills, ends included; one but for `init`.
    pub from: Period,
    pub to: Period,
    /// The first and the last day that the query is told; of a whole table the day as of which it is built.
    pub days: (Date, Date),
    pub checks: &'a CompiledChecks,
    /// How many rows earlier partitions of the table have.
    pub rows_before: &'a BTreeMap<Period, i64>,
    /// What the joins that the query makes promise.
    pub joins: &'a [crate::compile::JoinCheck],
}

/// Why a partition was not published.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Rows that do not belong to the partition, by value.
    #[error("{0}")]
    Misplaced(String),
    /// Blocking checks that failed.
    #[error("{0}")]
    Checks(String),
    /// Another attempt with a newer epoch published.
    #[error("fenced: a newer attempt holds the partition")]
    Fenced,
    /// DuckDB refused the query.
    #[error("{0}")]
    Query(String),
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

/// The rows of one staged partition.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub period: Period,
    pub rows: i64,
    pub digest: String,
}

/// A staged partition, with what its checks said.
#[derive(Debug)]
pub struct Built {
    pub rows: Rows,
    pub checks: Vec<CheckResult>,
}

impl Built {
    /// The blocking checks that failed, in words.
    pub fn blocked(&self) -> Option<String> {
        let failed: Vec<String> = self
            .checks
            .iter()
            .filter(|check| check.verdict() == Verdict::Failed)
            .map(|check| format!("check {} failed: {}", check.text, check.told()))
            .collect();
        (!failed.is_empty()).then(|| failed.join("; "))
    }
}

impl DuckDb {
    /// Runs the query into a temporary table of the session, sees that every row belongs to the asked
    /// partitions and that the columns are the declared ones, and runs the checks.
    pub fn stage(&self, session: &Connection, build: &Build) -> Result<Vec<Built>, BuildError> {
        self.install(build.sql)?;
        self.install_checks(build)?;
        build.joins.iter().try_for_each(|join| self.install(&join.duckdb))?;
        check_joins(session, &self.names, build)?;
        run_query(session, &self.names.resolve(build.sql), build)?;
        reach(Failpoint::StageFilled);
        verify_columns(session, build)?;
        verify_partition(session, build)?;
        let periods = digests(session, build)?;
        reach(Failpoint::StageVerified);
        let mut rows_before = build.rows_before.clone();
        rows_before.extend(periods.iter().map(|one| (one.period, one.rows)));
        let built: Result<Vec<Built>, BuildError> = periods
            .into_iter()
            .map(|rows| {
                let checks = run_checks(session, &self.names, build, rows.period, rows.rows, &rows_before)?;
                Ok(Built { checks, rows })
            })
            .collect();
        reach(Failpoint::StageChecked);
        built
    }

    /// Publishes staged partitions, all in one transaction: each gets its marker; those in `unchanged` keep
    /// their rows and get the marker alone.
    pub fn publish(
        &self,
        session: &Connection,
        build: &Build,
        markers: &[(Period, Marker)],
        unchanged: &[Period],
    ) -> Result<(), BuildError> {
        let _turn = self.publishing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let result = publish(session, &self.names.table(build.table), build, markers, unchanged);
        if result.is_err() {
            // After a conflict COMMIT may report success and roll back; we never get that far.
            let _ = session.execute_batch("ROLLBACK");
        }
        let _ = session.execute_batch("DROP TABLE IF EXISTS temp._staged");
        result
    }

    /// Runs checks over a published partition.
    pub fn recheck(&self, session: &Connection, build: &Build) -> Result<Vec<CheckResult>, BuildError> {
        let stage = format!(
            "CREATE OR REPLACE TEMP VIEW _staged AS SELECT * FROM {} WHERE {}",
            self.names.table(build.table),
            rows_of(build.partition, build.from, build.from)
        );
        self.install_checks(build)?;
        session.execute_batch(&stage).context("reading the partition")?;
        let counted = session.query_row("SELECT count(*) FROM _staged", [], |row| row.get(0));
        let checks = counted
            .context("reading the partition")
            .map_err(BuildError::from)
            .and_then(|rows| run_checks(session, &self.names, build, build.from, rows, build.rows_before));
        session.execute_batch("DROP VIEW IF EXISTS temp._staged").context("ending the check")?;
        checks
    }

    fn install_checks(&self, build: &Build) -> anyhow::Result<()> {
        self.install(&build.checks.duckdb)?;
        build.checks.finds.iter().try_for_each(|(_, duckdb)| self.install(duckdb))
    }
}

fn run_query(session: &Connection, sql: &str, build: &Build) -> Result<(), BuildError> {
    let failed = |error: duckdb::Error| BuildError::Query(clean(&error.to_string()));
    session.execute_batch("DROP VIEW IF EXISTS temp._staged; DROP TABLE IF EXISTS temp._staged").ok();
    let (sql, given) = with_parameters(build, sql);
    let mut statement =
        session.prepare(&format!("CREATE OR REPLACE TEMP TABLE _staged AS {sql}")).map_err(failed)?;
    statement.execute(duckdb::params_from_iter(given)).map_err(failed)?;
    Ok(())
}

/// A query with the values of the parameters that it uses.
pub(super) fn with_parameters(build: &Build, sql: &str) -> (String, Vec<String>) {
    numbered(build, sql, build.from, build.to)
}

/// Like [`with_parameters`], for one of several partitions that are built at once.
pub(super) fn with_parameters_of(build: &Build, sql: &str, period: Period) -> (String, Vec<String>) {
    numbered(build, sql, period, period)
}

fn numbered(build: &Build, sql: &str, from: Period, to: Period) -> (String, Vec<String>) {
    let (start, end) = match build.partition.column {
        Some(_) => (from.start(), to.end()),
        None => (Period::day(build.days.0).start(), Period::day(build.days.1).end()),
    };
    // A query need not use all three parameters, and DuckDB takes no more than it uses.
    let values = [start.date().to_string(), instant(start), instant(end)];
    let (sql, used) = number_parameters(sql);
    let given = used.into_iter().filter_map(|number| values.get(number.checked_sub(1)?).cloned()).collect();
    (sql, given)
}

/// DuckDB's message without its internals.
pub(super) fn clean(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

fn publish(
    session: &Connection,
    table: &str,
    build: &Build,
    markers: &[(Period, Marker)],
    unchanged: &[Period],
) -> Result<(), BuildError> {
    let failed = |error: duckdb::Error| match lost_race(&error.to_string()) {
        true => BuildError::Fenced,
        false => BuildError::Internal(anyhow!(error).context("publishing")),
    };
    session.execute_batch("BEGIN").map_err(failed)?;
    for (_, marker) in markers {
        match marker.upsert(session) {
            Ok(true) => {}
            Ok(false) => return Err(BuildError::Fenced),
            Err(error) => return Err(failed(error)),
        }
    }
    reach(Failpoint::PublishMarked);
    let columns: Vec<String> = build.columns.iter().map(|column| identifier(&column.name)).collect();
    let values: Vec<String> = build
        .columns
        .iter()
        .map(|column| format!("CAST({} AS {})", identifier(&column.name), data_type(&column.ty)))
        .collect();
    let changed: Vec<String> = markers
        .iter()
        .map(|(period, _)| *period)
        .filter(|period| !unchanged.contains(period))
        .map(|period| format!("({})", rows_of(build.partition, period, period)))
        .collect();
    if !changed.is_empty() {
        let condition = changed.join(" OR ");
        session.execute(&format!("DELETE FROM {table} WHERE {condition}"), []).map_err(failed)?;
        reach(Failpoint::PublishDeleted);
        session
            .execute(
                &format!(
                    "INSERT INTO {table} ({}) SELECT {} FROM _staged WHERE {condition}",
                    columns.join(", "),
                    values.join(", ")
                ),
                params![],
            )
            .map_err(failed)?;
    }
    reach(Failpoint::PublishInserted);
    session.execute_batch("COMMIT").map_err(failed)?;
    reach(Failpoint::PublishCommitted);
    Ok(())
}

/// Whether an error says that another transaction was there first: at the marker, at the rows, or, where
/// both wrote the partition's first marker, at the commit.
fn lost_race(message: &str) -> bool {
    message.contains("onflict") || message.contains("PRIMARY KEY")
}
