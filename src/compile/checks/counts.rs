//! Each check as GoogleSQL: what counts its violations, and what finds the rows that are some.

use crate::compile::{Input, Reads};
use crate::definition::CheckKind;
use crate::period::{Anchor, Bounds, Cadence, Edge};

/// What a reference leads to.
pub struct Referenced {
    /// The condition that a row of the other table is of the partitions that are read.
    pub is_read: Option<String>,
}

/// GoogleSQL that counts the rows, or missing rows, that violate a check, over a relation of the staged rows. Rows of
/// days before are not counted in SQL: the ledger knows them.
pub fn violations(kind: &CheckKind, relation: &str, referenced: Option<&Referenced>) -> String {
    match kind {
        CheckKind::NotNull(_)
        | CheckKind::AcceptedValues { .. }
        | CheckKind::InRange { .. }
        | CheckKind::Holds(_) => format!("COUNTIF({})", condition(kind, referenced)),
        CheckKind::Unique(columns) => match columns.as_slice() {
            [column] => format!("COUNT({column}) - COUNT(DISTINCT {column})"),
            columns => format!("COUNT(*) - COUNT(DISTINCT TO_JSON_STRING(STRUCT({})))", columns.join(", ")),
        },
        CheckKind::MinRows(rows) => format!("GREATEST({rows} - COUNT(*), 0)"),
        CheckKind::MaxRows(rows) => format!("GREATEST(COUNT(*) - {rows}, 0)"),
        CheckKind::RowsNear { .. } => "0".to_owned(),
        CheckKind::References { .. } => {
            format!("(SELECT COUNT(*) FROM {relation} WHERE {})", condition(kind, referenced))
        }
        CheckKind::Fresh { column, number, unit } => format!(
            "IF(TIMESTAMP(MAX({column})) >= TIMESTAMP_SUB(@partition_end, INTERVAL {number} {unit}), 0, 1)"
        ),
        CheckKind::Sql { query } => format!("(SELECT COUNT(*) FROM ({}))", over_this(query, relation)),
    }
}

/// GoogleSQL that gives the rows that violate a check, in its own columns; nothing where no row by itself does.
pub fn finding(
    kind: &CheckKind,
    relation: &str,
    columns: &[String],
    referenced: Option<&Referenced>,
) -> Option<String> {
    let counted = |column: &str| {
        format!(
            "SELECT {column}, COUNT(*) AS row_count FROM {relation} WHERE {} GROUP BY 1 ORDER BY row_count DESC, 1",
            condition(kind, referenced)
        )
    };
    Some(match kind {
        CheckKind::NotNull(_) | CheckKind::Holds(_) if columns.is_empty() => return None,
        CheckKind::NotNull(_) | CheckKind::Holds(_) => {
            format!("SELECT {} FROM {relation} WHERE {}", columns.join(", "), condition(kind, referenced))
        }
        CheckKind::Unique(columns) => {
            let there = match columns.as_slice() {
                [column] => format!(" WHERE {column} IS NOT NULL"),
                _ => String::new(),
            };
            let places: Vec<String> = (1..=columns.len()).map(|place| place.to_string()).collect();
            format!(
                "SELECT {}, COUNT(*) AS row_count FROM {relation}{there} GROUP BY {places} HAVING COUNT(*) > 1 \
                 ORDER BY row_count DESC, {places}",
                columns.join(", "),
                places = places.join(", ")
            )
        }
        CheckKind::AcceptedValues { column, .. }
        | CheckKind::InRange { column, .. }
        | CheckKind::References { column, .. } => counted(column),
        CheckKind::Fresh { column, .. } => format!("SELECT MAX({column}) AS latest FROM {relation}"),
        CheckKind::Sql { query } if relation == "this" => query.clone(),
        CheckKind::Sql { query } => over_this(query, relation),
        CheckKind::MinRows(_) | CheckKind::MaxRows(_) | CheckKind::RowsNear { .. } => return None,
    })
}

/// The condition that a row violates a check.
fn condition(kind: &CheckKind, referenced: Option<&Referenced>) -> String {
    match kind {
        CheckKind::NotNull(columns) => {
            let missing: Vec<String> = columns.iter().map(|column| format!("{column} IS NULL")).collect();
            missing.join(" OR ")
        }
        CheckKind::AcceptedValues { column, values } => format!("{column} NOT IN ({})", values.join(", ")),
        // NaN is in no range.
        CheckKind::InRange { column, low, high } => {
            format!("NOT ({column} >= ({low}) AND {column} <= ({high}))")
        }
        CheckKind::Holds(expression) => format!("({expression}) IS NOT TRUE"),
        CheckKind::References { column, table, other } => {
            let mut conditions = vec![format!("{other} IS NOT NULL")];
            conditions.extend(referenced.and_then(|one| one.is_read.clone()));
            format!(
                "{column} IS NOT NULL AND {column} NOT IN (SELECT {other} FROM `{table}` WHERE {})",
                conditions.join(" AND ")
            )
        }
        _ => String::new(),
    }
}

/// A query of the author's own, to whom the rows are `this`.
fn over_this(query: &str, relation: &str) -> String {
    format!("WITH this AS (SELECT * FROM {relation}) SELECT * FROM (\n{query}\n)")
}

/// The condition that a row of an input is of the partitions that a partition reads. What is read in parts of a
/// partition counts as a whole.
pub fn is_read(input: &Input, column: &str, cadence: Cadence) -> Option<String> {
    let Reads::Days(Bounds { from, to }) = input.reads else { return None };
    let unit = match cadence {
        Cadence::Hour => "HOUR",
        Cadence::Day => "DAY",
        Cadence::Week => "ISOWEEK",
        Cadence::Month => "MONTH",
        Cadence::Whole => return None,
    };
    let part = |moment: &str| format!("TIMESTAMP_TRUNC({moment}, {unit})");
    let row = part(&format!("TIMESTAMP({column})"));
    let last = format!("{row} <= {}", part(&last_moment(to)));
    Some(match from {
        Some(from) => format!("{row} >= {} AND {last}", part(&first_moment(from))),
        None => last,
    })
}

const LAST_MOMENT: &str = "TIMESTAMP_SUB(@partition_end, INTERVAL 1 MICROSECOND)";

fn shifted(moment: &str, days: i32) -> String {
    format!("TIMESTAMP_ADD({moment}, INTERVAL {days} DAY)")
}

fn first_moment(edge: Edge) -> String {
    match (edge.anchor, edge.instant) {
        (Anchor::First, true) => shifted("@partition_start", edge.days),
        (Anchor::Last, true) => shifted("@partition_end", edge.days),
        (Anchor::First, false) => shifted("TIMESTAMP_TRUNC(@partition_start, DAY)", edge.days),
        (Anchor::Last, false) => shifted(&format!("TIMESTAMP_TRUNC({LAST_MOMENT}, DAY)"), edge.days),
    }
}

fn last_moment(edge: Edge) -> String {
    let end = match (edge.anchor, edge.instant) {
        (Anchor::First, true) => shifted("@partition_start", edge.days),
        (Anchor::Last, true) => shifted("@partition_end", edge.days),
        (Anchor::First, false) => {
            shifted("TIMESTAMP_TRUNC(@partition_start, DAY)", edge.days.saturating_add(1))
        }
        (Anchor::Last, false) => {
            shifted(&format!("TIMESTAMP_TRUNC({LAST_MOMENT}, DAY)"), edge.days.saturating_add(1))
        }
    };
    format!("TIMESTAMP_SUB({end}, INTERVAL 1 MICROSECOND)")
}
