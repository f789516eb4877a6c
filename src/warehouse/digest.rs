//! Counts and digests of staged rows: what tells a rebuilt partition with equal rows from a changed one.

use std::collections::BTreeMap;

use anyhow::Context;
use duckdb::Connection;

use super::build::{Build, BuildError, Rows};
use super::rows::period_of;
use crate::period::{Cadence, Period};
use crate::schema::Type;
use crate::sql::duckdb::{data_type, identifier};

/// Stands for a row as a whole: no column of BigQuery's can be called that, so it hides none.
pub(super) const ROW: &str = "\"(row)\"";
/// The digest of all rows that are called [`ROW`], whatever their order.
pub(super) const ROWS_DIGEST: &str = "CAST(sum(hash(\"(row)\")::HUGEINT) AS VARCHAR)";

/// The staged rows of every partition, in one scan. Exact are all columns but floats, and of floats whether they
/// are NULL, NaN, infinite or finite; of the finite ones three figures are kept. A partition without
/// rows has them too.
pub(super) fn digests(session: &Connection, build: &Build) -> Result<Vec<Rows>, BuildError> {
    let mut exact = Vec::new();
    let mut floats = Vec::new();
    for column in build.columns {
        let value = format!("CAST(_staged.{} AS {})", identifier(&column.name), data_type(&column.ty));
        if column.ty == Type::Float64 {
            exact.push(format!("if(isfinite({value}), 'finite', CAST({value} AS VARCHAR))"));
            floats.push(format!(", if(isfinite({value}), {value}, NULL) AS float_{}", floats.len()));
        } else {
            exact.push(value);
        }
    }
    let figures: String = (0..floats.len())
        .map(|index| {
            // Weighed by the rest of the row, so that a swap between rows shows.
            let weighed = format!("float_{index} * (exact % 1009 / 1009.0::DOUBLE)");
            let figure = |of: &str| format!("printf('%.17g', coalesce(sum({of}), 0::DOUBLE))");
            format!(
                " || '|' || {} || ':' || {} || ':' || {}",
                figure(&format!("float_{index}")),
                figure(&weighed),
                figure(&format!("abs(float_{index})"))
            )
        })
        .collect();
    // The inner query has names of ours alone, whatever the columns are called.
    let sql = format!(
        "SELECT part, count(*), CAST(sum(exact::HUGEINT) AS VARCHAR){figures}
         FROM (
           SELECT {} AS part, hash({}) AS exact{} FROM _staged
         )
         GROUP BY part",
        match &build.partition.column {
            Some(column) =>
                period_of(&format!("_staged.{}", identifier(&column.name)), build.partition.cadence),
            None => period_of("", Cadence::Whole),
        },
        exact.join(", "),
        floats.concat()
    );
    let mut statement = session.prepare(&sql).context("computing the digest")?;
    let mut found: BTreeMap<String, (i64, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))
        .and_then(Iterator::collect)
        .context("computing the digest")?;
    Ok(Period::between(build.from, build.to)
        .map(|period| {
            let nothing = || (0, format!("0{}", "|0:0:0".repeat(floats.len())));
            let (rows, digest) = found.remove(&period.to_string()).unwrap_or_else(nothing);
            Rows { period, rows, digest }
        })
        .collect())
}

/// Whether two digests are of equal rows: exact parts equal, figures of floats within 1e-9 of the sum of
/// absolute values, since they depend on the order in which they were added.
pub fn same_digest(left: &str, right: &str) -> bool {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.split('|').collect(), right.split('|').collect());
    left.len() == right.len()
        && left.iter().zip(&right).all(|(left, right)| {
            left == right || figures(left).zip(figures(right)).is_some_and(|(one, other)| close(one, other))
        })
}

/// The sum of a column of floats, their weighed sum, and the sum of their absolute values.
fn figures(part: &str) -> Option<[f64; 3]> {
    let figures: Vec<f64> = part.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    figures.try_into().ok()
}

fn close(one: [f64; 3], other: [f64; 3]) -> bool {
    let tolerance = 1e-9 * one[2].max(other[2]);
    one.iter().zip(&other).all(|(one, other)| (one - other).abs() <= tolerance)
}

#[cfg(test)]
mod tests {
    use super::same_digest;

    #[test]
    fn digests_bear_the_noise_of_float_sums_only() {
        assert!(same_digest("17|0.30000000000000004:0.1:0.3", "17|0.3:0.1:0.3"));
        assert!(same_digest("17|1e-17:0:0.3", "17|0:0:0.3"));
        assert!(!same_digest("17|0.3001:0.1:0.3", "17|0.3:0.1:0.3"));
        assert!(!same_digest("17|0.3:0.1001:0.3", "17|0.3:0.1:0.3"));
        assert!(!same_digest("17|0.3:0.1:0.3001", "17|0.3:0.1:0.3"));
        assert!(!same_digest("18|0.3:0.1:0.3", "17|0.3:0.1:0.3"));
        assert!(!same_digest("18", "17"));
        assert!(!same_digest("17", "17|0.3:0.1:0.3"));
    }
}
