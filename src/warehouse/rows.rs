//! Which rows are of which partition, as conditions and values of DuckDB's SQL.

use jiff::civil::DateTime;

use crate::compile::Partition;
use crate::period::{Cadence, Period};
use crate::schema::{SUFFIX_FORMAT, TABLE_SUFFIX};
use crate::sql::duckdb::identifier;

/// A condition that holds for the rows of the partitions from one to another, both included.
pub(super) fn rows_of(partition: &Partition, from: Period, to: Period) -> String {
    let Some(column) = &partition.column else { return "TRUE".to_owned() };
    let name = identifier(&column.name);
    match column.is_timestamp {
        true => within(&name, from, to),
        // Compared as what it is, so that parts of the table can be passed over.
        false => {
            let (start, end) = (from.start().date(), to.end().date());
            format!("{name} >= DATE '{start}' AND {name} < DATE '{end}'")
        }
    }
}

/// A condition that holds for values of a partition column, a DATE as well as a TIMESTAMP or DATETIME, in the
/// periods from one to another.
pub(super) fn within(column: &str, from: Period, to: Period) -> String {
    let (start, end) = (instant(from.start()), instant(to.end()));
    format!("{column} >= TIMESTAMP '{start}' AND {column} < TIMESTAMP '{end}'")
}

/// The day of a source's row, by its column: a DATE, NULL where the value is no day.
pub fn day_of(relation: Option<&str>, column: &str) -> String {
    let name = relation.map_or(String::new(), |relation| format!("{relation}.")) + &identifier(column);
    match column == TABLE_SUFFIX {
        true => format!(
            "CASE WHEN regexp_full_match({name}, '[0-9]{{8}}') THEN CAST(try_strptime({name}, '{SUFFIX_FORMAT}') AS DATE) END"
        ),
        false => format!("CAST({name} AS DATE)"),
    }
}

/// An instant as DuckDB reads it.
pub(super) fn instant(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The partition of a row as its period is written.
pub(super) fn period_of(value: &str, cadence: Cadence) -> String {
    let format = match cadence {
        Cadence::Hour => "%Y-%m-%dT%H",
        Cadence::Day => "%Y-%m-%d",
        Cadence::Week => "%G-W%V",
        Cadence::Month => "%Y-%m",
        Cadence::Whole => return format!("'{}'", Period::WHOLE),
    };
    format!("strftime({value}, '{format}')")
}
