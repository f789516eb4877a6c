//! Building a partition: stage, verify, check, publish with the marker in one transaction.

use anyhow::{Context, anyhow};
use duckdb::{Connection, params};
use jiff::civil::Date;

use super::DuckDb;
use super::column_type::ColumnType;
use super::marker::Marker;
use super::tables::declared;
use crate::schema::{Field, Type};
use crate::sql::duckdb::{data_type, identifier, table_name};

/// What is built: the query, and what its rows must be.
pub struct Build<'a> {
    pub table: &'a str,
    pub columns: &'a [Field],
    pub partition_column: &'a str,
    pub partition_is_timestamp: bool,
    pub sql: &'a str,
    /// The days that the query fills, ends included; one day but for `init`.
    pub from: Date,
    pub to: Date,
    /// Counts violations over `_stage`, one column a check; empty without checks.
    pub checks_sql: &'a str,
    pub checks: &'a [crate::definition::Check],
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

/// The outcome of one check.
#[derive(Clone, Debug)]
pub struct CheckResult {
    pub text: String,
    pub blocks: bool,
    pub violations: i64,
}

/// The rows of one staged partition.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub day: Date,
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
            .filter(|check| check.blocks && check.violations > 0)
            .map(|check| format!("check {} failed: {} violations", check.text, check.violations))
            .collect();
        (!failed.is_empty()).then(|| failed.join("; "))
    }
}

impl DuckDb {
    /// Runs the query into a temporary table of the session, sees that every row belongs to the asked
    /// days and that the columns are the declared ones, and runs the checks.
    pub fn stage(&self, session: &Connection, build: &Build) -> Result<Vec<Built>, BuildError> {
        run_query(session, build)?;
        verify_columns(session, build)?;
        verify_partition(session, build)?;
        let mut built = Vec::new();
        let mut day = build.from;
        loop {
            let rows = digest(session, build, day)?;
            let checks = run_checks(session, build, day)?;
            built.push(Built { rows, checks });
            if day >= build.to {
                break;
            }
            day = day.tomorrow().map_err(|error| anyhow!(error))?;
        }
        Ok(built)
    }

    /// Publishes staged days, all in one transaction: each gets its marker; days in `unchanged` keep
    /// their rows and get the marker alone.
    pub fn publish(
        &self,
        session: &Connection,
        build: &Build,
        markers: &[(Date, Marker)],
        unchanged: &[Date],
    ) -> Result<(), BuildError> {
        let _turn = self.publishing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let result = publish(session, build, markers, unchanged);
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
            table_name(build.table),
            day_condition(build, build.from)
        );
        session.execute_batch(&stage).context("reading the partition")?;
        let checks = run_checks(session, build, build.from);
        session.execute_batch("DROP VIEW IF EXISTS temp._staged").context("ending the check")?;
        checks
    }
}

/// A condition that holds for the rows of one day.
fn day_condition(build: &Build, day: Date) -> String {
    let column = identifier(build.partition_column);
    if build.partition_is_timestamp {
        format!("{column} >= TIMESTAMP '{day}' AND {column} < TIMESTAMP '{day}' + INTERVAL 1 DAY")
    } else {
        format!("{column} = DATE '{day}'")
    }
}

fn run_query(session: &Connection, build: &Build) -> Result<(), BuildError> {
    let end = build.to.tomorrow().map_err(|error| anyhow!(error))?;
    let failed = |error: duckdb::Error| BuildError::Query(clean(&error.to_string()));
    session.execute_batch("DROP VIEW IF EXISTS temp._staged; DROP TABLE IF EXISTS temp._staged").ok();
    // A query need not use all three parameters, and DuckDB takes no more than it uses.
    let values = [build.from.to_string(), build.from.to_string(), end.to_string()];
    let mut sql = build.sql.to_owned();
    let mut given = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let written = format!("CAST(${} AS", index + 1);
        if sql.contains(&written) {
            given.push(value);
            sql = sql.replace(&written, &format!("CAST(${} AS", given.len()));
        }
    }
    let mut statement =
        session.prepare(&format!("CREATE OR REPLACE TEMP TABLE _staged AS {sql}")).map_err(failed)?;
    statement.execute(duckdb::params_from_iter(given)).map_err(failed)?;
    Ok(())
}

/// DuckDB's message without its internals.
fn clean(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

/// The staged columns are the declared ones, by name and type. Whole numbers may be narrower, and a
/// column of nothing but NULL has whatever type DuckDB gave it.
fn verify_columns(session: &Connection, build: &Build) -> Result<(), BuildError> {
    let wanted = declared(session, build.columns)?;
    let mut statement = session.prepare("DESCRIBE _staged").context("reading the stage")?;
    let staged: Vec<(String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .context("reading the stage")?;
    if staged.len() != wanted.len() {
        return Err(anyhow!("the query gave {} columns, {} are declared", staged.len(), wanted.len()).into());
    }
    for (name, ty) in &wanted {
        let Some((_, own)) = staged.iter().find(|(other, _)| other == name) else {
            return Err(anyhow!("the query gave no column `{name}`").into());
        };
        if !fits(&ColumnType::parse(own), &ColumnType::parse(ty)) {
            return Err(anyhow!("the query gave `{name}` as {own}, not {ty}").into());
        }
    }
    Ok(())
}

fn fits(own: &ColumnType, wanted: &ColumnType) -> bool {
    const WHOLE_NUMBERS: &[&str] = &[
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "HUGEINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "UBIGINT",
    ];
    match (own, wanted) {
        (own, wanted) if own == wanted => true,
        (ColumnType::Scalar(own), ColumnType::Scalar(wanted)) => {
            let whole = |name: &String| WHOLE_NUMBERS.contains(&name.as_str());
            let decimal = |name: &String| name.starts_with("DECIMAL");
            // `INTEGER` is also what DuckDB gives a bare NULL.
            (whole(own) && wanted == "BIGINT")
                || ((decimal(own) || own == "FLOAT") && wanted == "DOUBLE")
                || (decimal(own) && decimal(wanted))
                || own == "INTEGER"
                || own == "\"NULL\""
                || (own == "VARCHAR" && wanted == "JSON")
                || (own == "JSON" && wanted == "VARCHAR")
        }
        (ColumnType::Scalar(own), _) => own == "INTEGER" || own == "\"NULL\"",
        (ColumnType::List(own), ColumnType::List(wanted)) => fits(own, wanted),
        (ColumnType::Struct(own), ColumnType::Struct(wanted)) => {
            own.len() == wanted.len()
                && own
                    .iter()
                    .zip(wanted)
                    .all(|((name, own), (other, wanted))| name == other && fits(own, wanted))
        }
        _ => false,
    }
}

/// Every staged row's partition column is there and within the asked days.
fn verify_partition(session: &Connection, build: &Build) -> Result<(), BuildError> {
    let column = identifier(build.partition_column);
    let mut statement = session
        .prepare(&format!(
            "SELECT coalesce(CAST(CAST({column} AS DATE) AS VARCHAR), 'NULL') AS day, count(*) AS rows
             FROM _staged
             WHERE {column} IS NULL OR CAST({column} AS DATE) NOT BETWEEN DATE '{}' AND DATE '{}'
             GROUP BY ALL ORDER BY rows DESC, day LIMIT 5",
            build.from, build.to
        ))
        .context("verifying the partition")?;
    let misplaced: Vec<(String, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .context("verifying the partition")?;
    if misplaced.is_empty() {
        return Ok(());
    }
    let days: Vec<String> = misplaced.iter().map(|(day, rows)| format!("{day} ({rows} rows)")).collect();
    let expected = if build.from == build.to {
        build.from.to_string()
    } else {
        format!("{} to {}", build.from, build.to)
    };
    Err(BuildError::Misplaced(format!(
        "rows outside the partition: `{}` must be {expected}, but is {}",
        build.partition_column,
        days.join(", ")
    )))
}

/// Whether two digests are of equal rows: exact parts equal, sums of floats within 1e-9 of each other,
/// since they depend on the order in which they were added.
pub fn same_digest(left: &str, right: &str) -> bool {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.split('|').collect(), right.split('|').collect());
    left.len() == right.len()
        && left.iter().zip(&right).all(|(left, right)| {
            if left == right {
                return true;
            }
            let parts = left.split_once(':').zip(right.split_once(':'));
            let Some(((left_count, left_sum), (right_count, right_sum))) = parts else { return false };
            match (left_sum.parse::<f64>(), right_sum.parse::<f64>()) {
                (Ok(one), Ok(other)) => {
                    left_count == right_count && (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
                }
                _ => false,
            }
        })
}

/// Count and digest of a staged day: exact over all columns but floats, of which count and sum are kept.
fn digest(session: &Connection, build: &Build, day: Date) -> Result<Rows, BuildError> {
    let exact: Vec<String> = build
        .columns
        .iter()
        .filter(|column| column.ty != Type::Float64)
        .map(|column| format!("CAST({} AS {})", identifier(&column.name), data_type(&column.ty)))
        .collect();
    let floats: Vec<String> = build
        .columns
        .iter()
        .filter(|column| column.ty == Type::Float64)
        .map(|column| {
            let column = identifier(&column.name);
            format!("'|' || count({column}) || ':' || coalesce(printf('%.17g', sum({column})), '')")
        })
        .collect();
    let rows =
        if exact.is_empty() { "0".to_owned() } else { format!("sum(hash({})::HUGEINT)", exact.join(", ")) };
    let floats = floats.iter().map(|part| format!(" || {part}")).collect::<String>();
    let sql = format!(
        "SELECT count(*), coalesce(CAST({rows} AS VARCHAR), '0'){floats} FROM _staged WHERE {}",
        day_condition(build, day)
    );
    let (rows, digest) = session
        .query_row(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
        .context("computing the partition's digest")?;
    Ok(Rows { day, rows, digest })
}

fn run_checks(session: &Connection, build: &Build, day: Date) -> Result<Vec<CheckResult>, BuildError> {
    if build.checks.is_empty() {
        return Ok(Vec::new());
    }
    let stage = crate::compile::STAGE;
    session
        .execute_batch(&format!(
            "CREATE OR REPLACE TEMP VIEW {stage} AS SELECT * FROM _staged WHERE {}",
            day_condition(build, day)
        ))
        .context("preparing the checks")?;
    let counts = session
        .query_row(build.checks_sql, [], |row| {
            (0..build.checks.len())
                .map(|index| row.get::<_, Option<i64>>(index))
                .collect::<duckdb::Result<Vec<_>>>()
        })
        .map_err(|error| BuildError::Query(format!("checks: {}", clean(&error.to_string()))));
    let _ = session.execute_batch(&format!("DROP VIEW IF EXISTS temp.{stage}"));
    Ok(build
        .checks
        .iter()
        .zip(counts?)
        .map(|(check, violations)| CheckResult {
            text: check.text.clone(),
            blocks: check.blocks,
            violations: violations.unwrap_or(0),
        })
        .collect())
}

fn publish(
    session: &Connection,
    build: &Build,
    markers: &[(Date, Marker)],
    unchanged: &[Date],
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
    let columns: Vec<String> = build.columns.iter().map(|column| identifier(&column.name)).collect();
    let values: Vec<String> = build
        .columns
        .iter()
        .map(|column| format!("CAST({} AS {})", identifier(&column.name), data_type(&column.ty)))
        .collect();
    let days: Vec<String> = markers
        .iter()
        .map(|(day, _)| *day)
        .filter(|day| !unchanged.contains(day))
        .map(|day| format!("({})", day_condition(build, day)))
        .collect();
    if !days.is_empty() {
        let table = table_name(build.table);
        let condition = days.join(" OR ");
        session.execute(&format!("DELETE FROM {table} WHERE {condition}"), []).map_err(failed)?;
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
    session.execute_batch("COMMIT").map_err(failed)
}

/// Whether an error says that another transaction was there first: at the marker, at the rows, or, where
/// both wrote the partition's first marker, at the commit.
fn lost_race(message: &str) -> bool {
    message.contains("onflict") || message.contains("PRIMARY KEY")
}

#[cfg(test)]
mod tests {
    use super::same_digest;

    #[test]
    fn digests_bear_the_noise_of_float_sums_only() {
        assert!(same_digest("17|3:0.30000000000000004", "17|3:0.3"));
        assert!(!same_digest("17|3:0.3001", "17|3:0.3"));
        assert!(!same_digest("18|3:0.3", "17|3:0.3"));
        assert!(!same_digest("17|2:0.3", "17|3:0.3"));
        assert!(!same_digest("17", "17|3:0.3"));
    }
}
