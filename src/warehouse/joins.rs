//! Joins are held to the cardinality that they state, before the query runs: a key that occurs twice on a side
//! that must have it once would multiply rows.

use duckdb::Connection;

use super::Names;
use super::build::{Build, BuildError, clean, with_parameters};

/// Counts repeated keys among the rows that the partition reads; any of them blocks it.
pub fn check_joins(session: &Connection, names: &Names, build: &Build) -> Result<(), BuildError> {
    let failed = |error: duckdb::Error| BuildError::Query(clean(&error.to_string()));
    let mut problems = Vec::new();
    for join in build.joins {
        let (sql, given) = with_parameters(build, &names.resolve(&join.duckdb));
        let mut statement = session.prepare(&sql).map_err(failed)?;
        let (keys, rows, example) = statement
            .query_row(duckdb::params_from_iter(given), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<String>>(2)?))
            })
            .map_err(failed)?;
        if keys > 0 {
            let times = if keys == 1 { "key occurs" } else { "keys occur" };
            problems.push(format!(
                "the join is not {}: in {} {keys} {times} more than once by ({}), in {rows} rows, for example {}",
                join.cardinality,
                join.table,
                join.on.join(", "),
                example.unwrap_or_default()
            ));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(BuildError::Checks(problems.join("; "))) }
}
