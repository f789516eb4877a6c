//! Counts and digests of staged rows: what tells a rebuilt partition with equal rows from a changed one.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use duckdb::Connection;

use super::build::{Build, BuildError, Rows};
use crate::schema::Type;
use crate::sql::duckdb::{data_type, identifier};

/// The staged rows of every day, in one scan: exact over all columns but floats, of which count and sum are
/// kept. A day without rows has them too.
pub(super) fn digests(session: &Connection, build: &Build) -> Result<Vec<Rows>, BuildError> {
    let (floats, exact): (Vec<_>, Vec<_>) =
        build.columns.iter().partition(|column| column.ty == Type::Float64);
    let exact: Vec<String> = exact
        .iter()
        .map(|column| format!("CAST({} AS {})", identifier(&column.name), data_type(&column.ty)))
        .collect();
    let rows =
        if exact.is_empty() { "0".to_owned() } else { format!("sum(hash({})::HUGEINT)", exact.join(", ")) };
    let sums: String = floats
        .iter()
        .map(|column| {
            let column = identifier(&column.name);
            format!(" || '|' || count({column}) || ':' || coalesce(printf('%.17g', sum({column})), '')")
        })
        .collect();
    let sql = format!(
        "SELECT CAST(CAST({} AS DATE) AS VARCHAR) AS day, count(*), CAST({rows} AS VARCHAR){sums}
         FROM _staged GROUP BY day",
        identifier(build.partition_column)
    );
    let mut statement = session.prepare(&sql).context("computing the digest")?;
    let mut found: BTreeMap<String, (i64, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))
        .and_then(Iterator::collect)
        .context("computing the digest")?;
    let mut all = Vec::new();
    let mut day = build.from;
    loop {
        let (rows, digest) =
            found.remove(&day.to_string()).unwrap_or_else(|| (0, format!("0{}", "|0:".repeat(floats.len()))));
        all.push(Rows { day, rows, digest });
        if day >= build.to {
            return Ok(all);
        }
        day = day.tomorrow().map_err(|error| anyhow!(error))?;
    }
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
