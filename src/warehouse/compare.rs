//! Figures of a table per partition, by which two versions of a dataset are held against each other: rows, and per
//! column the NULLs and a sum or a number of distinct values.

use std::collections::BTreeMap;

use anyhow::Context;

use super::DuckDb;
use super::rows::{period_of, within};
use crate::compile::Partition;
use crate::period::{Cadence, Period};
use crate::sql::duckdb::identifier;

/// What is counted of a column beside its NULLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The sum of a whole or decimal number.
    Sum,
    /// The sum of a float, which depends on the order of adding.
    FloatSum,
    /// The number of distinct texts.
    Distinct,
    /// Nothing else.
    Nulls,
}

/// A column that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub name: String,
    pub figure: Figure,
}

/// The figures of one partition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeriodFigures {
    pub rows: i64,
    /// Per compared column: NULLs, and the figure as text.
    pub columns: Vec<(i64, Option<String>)>,
}

/// From so many rows a partition on, distinct texts are estimated, within bounded memory.
const COUNTED_EXACTLY: i64 = 1_000_000;

impl DuckDb {
    /// Figures of all partitions of a range that have rows, by their period as it is written.
    pub fn figures(
        &self,
        table: &str,
        partition: &Partition,
        (from, to): (Period, Period),
        columns: &[Compared],
    ) -> anyhow::Result<BTreeMap<String, PeriodFigures>> {
        let session = self.session()?;
        let column = |name: &str| format!("compared.{}", identifier(name));
        let (period, within) = match partition.column_name() {
            Some(name) => {
                let name = column(name);
                (period_of(&name, partition.cadence), within(&name, from, to))
            }
            None => (period_of("", Cadence::Whole), "TRUE".to_owned()),
        };
        let source = format!("FROM {} AS compared WHERE {within} GROUP BY {period}", self.names.table(table));
        let most: i64 = session
            .query_row(
                &format!("SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n {source})"),
                [],
                |row| row.get(0),
            )
            .with_context(|| format!("counting the rows of {table}"))?;
        let figures: String = columns
            .iter()
            .map(|one| {
                let value = column(&one.name);
                let figure = match one.figure {
                    Figure::Sum | Figure::FloatSum => format!("CAST(sum({value}) AS VARCHAR)"),
                    Figure::Distinct if most > COUNTED_EXACTLY => {
                        format!("CAST(approx_count_distinct({value}) AS VARCHAR)")
                    }
                    Figure::Distinct => format!("CAST(count(DISTINCT {value}) AS VARCHAR)"),
                    Figure::Nulls => "NULL::VARCHAR".to_owned(),
                };
                format!(", count(*) - count({value}), {figure}")
            })
            .collect();
        let mut statement = session
            .prepare(&format!("SELECT {period}, count(*){figures} {source}"))
            .with_context(|| format!("comparing {table}"))?;
        let rows = statement.query_map([], |row| {
            let figures = (0..columns.len())
                .map(|index| Ok((row.get(2 + 2 * index)?, row.get(3 + 2 * index)?)))
                .collect::<duckdb::Result<_>>()?;
            Ok((row.get(0)?, PeriodFigures { rows: row.get(1)?, columns: figures }))
        })?;
        rows.collect::<duckdb::Result<_>>().with_context(|| format!("comparing {table}"))
    }
}

impl Figure {
    /// Whether two figures agree; sums of floats within 1e-9 of their size.
    pub fn agrees(self, left: Option<&str>, right: Option<&str>) -> bool {
        if left == right || self != Figure::FloatSum {
            return left == right;
        }
        let number = |text: Option<&str>| text?.parse::<f64>().ok();
        match (number(left), number(right)) {
            (Some(left), Some(right)) => (left - right).abs() <= 1e-9 * left.abs().max(right.abs()),
            _ => false,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Figure::Sum | Figure::FloatSum => "sum",
            Figure::Distinct => "distinct",
            Figure::Nulls => "nulls",
        }
    }
}
