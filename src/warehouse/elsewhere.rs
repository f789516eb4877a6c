//! Reading from another target what this one lacks: its file is attached to be read and nothing else, and
//! tables become the union of what is here and what is there.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;

use super::open::describe;
use super::rows::{day_of, period_of, within};
use super::{DuckDb, Names, OWN_SCHEMA};
use crate::diagnostic::Diagnostic;
use crate::period::{Cadence, Period};
use crate::schema::TABLE_SUFFIX;
use crate::sql::duckdb::{identifier, literal};

/// The name under which the other file is attached; no schema is called that.
const OTHER: &str = "(other target)";

/// What of a table is read from the other target.
pub struct Elsewhere {
    pub table: String,
    pub part: Part,
}

pub enum Part {
    Whole,
    /// Partitions by a column that is a DATE, a TIMESTAMP, a DATETIME or the suffix of a shard, in their order.
    Periods {
        column: String,
        periods: Vec<Period>,
    },
}

impl DuckDb {
    /// Has tables read from another target's file, whose tables are called by `names`, where this one
    /// lacks them; a partition that is published here in the meantime is read here.
    ///
    /// # Errors
    /// A finding when another process holds the other file.
    pub fn read_elsewhere(
        &self,
        path: &Path,
        names: &Names,
        tables: &[Elsewhere],
    ) -> anyhow::Result<Result<(), Diagnostic>> {
        let session = self.session()?;
        let is_same = match (path.canonicalize(), self.path.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        };
        if !is_same && !tables.is_empty() {
            let attach = format!(
                "ATTACH IF NOT EXISTS {} AS {} (READ_ONLY)",
                literal(&path.to_string_lossy()),
                identifier(OTHER)
            );
            if let Err(error) = session.execute_batch(&attach) {
                return match describe(path, &error.to_string()) {
                    Some(finding) => Ok(Err(finding)),
                    None => Err(error).with_context(|| format!("opening {} to read", path.display())),
                };
            }
        }
        // What was never built in has no markers.
        let marker = format!("{OWN_SCHEMA}.marker");
        let marker = self.has_table(&marker)?.then(|| self.names.table(&marker));
        let mut relations = BTreeMap::new();
        for Elsewhere { table, part } in tables {
            let other = match is_same {
                true => names.table(table),
                false => format!("{}.{}", identifier(OTHER), names.table(table)),
            };
            let own = self.has_table(table)?.then(|| format!("SELECT * FROM {}", self.names.table(table)));
            let there = match part {
                // Once the table is built here, what is there is no part of it.
                Part::Whole => {
                    let built = marker.iter().map(|marker| {
                        let (table, whole) = (literal(table), Period::WHOLE);
                        format!(
                            " WHERE NOT EXISTS (SELECT 1 FROM {marker} WHERE dataset = {table} AND partition = '{whole}')"
                        )
                    });
                    format!("SELECT * FROM {other}{}", built.collect::<String>())
                }
                Part::Periods { column, periods } => {
                    let column = match column == TABLE_SUFFIX {
                        true => format!("({})", day_of(None, column)),
                        false => identifier(column),
                    };
                    let cadence = periods.first().map_or(Cadence::Day, |period| period.cadence());
                    let built = marker.iter().map(|marker| {
                        let (period, table) = (period_of(&column, cadence), literal(table));
                        format!(
                            " AND {period} NOT IN (SELECT partition FROM {marker} WHERE dataset = {table})"
                        )
                    });
                    let ranges = ranges(&column, periods);
                    format!("SELECT * FROM {other} WHERE ({ranges}){}", built.collect::<String>())
                }
            };
            let relation = match own {
                Some(own) => format!("({own} UNION ALL BY NAME {there})"),
                None => format!("({there})"),
            };
            relations.insert(table.clone(), relation);
        }
        self.names.read_elsewhere(relations);
        Ok(Ok(()))
    }
}

/// A condition that holds for these partitions, which are in order.
fn ranges(column: &str, periods: &[Period]) -> String {
    let ranges: Vec<String> = Period::ranges(periods)
        .into_iter()
        .map(|(from, to)| format!("({})", within(column, from, to)))
        .collect();
    if ranges.is_empty() { "FALSE".to_owned() } else { ranges.join(" OR ") }
}
