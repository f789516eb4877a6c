//! Reading from another target what this one lacks: its file is attached to be read and nothing else, and
//! tables become the union of what is here and what is there.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;

use super::open::describe;
use super::{DuckDb, Names, OWN_SCHEMA};
use crate::diagnostic::Diagnostic;
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
    /// Days of a partition column that is a DATE, a TIMESTAMP or a DATETIME.
    Days {
        column: String,
        days: Vec<Date>,
    },
}

impl DuckDb {
    /// Has tables read from another target's file, whose tables are called by `names`, where this one
    /// lacks them; a day that is published here in the meantime is read here.
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
        let mut relations = BTreeMap::new();
        for Elsewhere { table, part } in tables {
            let other = match is_same {
                true => names.table(table),
                false => format!("{}.{}", identifier(OTHER), names.table(table)),
            };
            let own = self.has_table(table)?.then(|| format!("SELECT * FROM {}", self.names.table(table)));
            let there = match part {
                Part::Whole => format!("SELECT * FROM {other}"),
                Part::Days { column, days } => {
                    let day = format!("CAST({} AS DATE)", identifier(column));
                    format!(
                        "SELECT * FROM {other} WHERE ({}) AND CAST({day} AS VARCHAR) NOT IN
                           (SELECT partition FROM {} WHERE dataset = {})",
                        ranges(&day, days),
                        self.names.table(&format!("{OWN_SCHEMA}.marker")),
                        literal(table)
                    )
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

/// A condition that holds for these days, which are in order.
fn ranges(value: &str, days: &[Date]) -> String {
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1.day()).is_ok_and(|next| next == *day) => *last = *day,
            _ => ranges.push((*day, *day)),
        }
    }
    let ranges: Vec<String> =
        ranges.iter().map(|(from, to)| format!("{value} BETWEEN DATE '{from}' AND DATE '{to}'")).collect();
    if ranges.is_empty() { "FALSE".to_owned() } else { ranges.join(" OR ") }
}
