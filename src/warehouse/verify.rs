//! What staged rows must be before anything else is asked of them: of the declared columns, and within the
//! partition.

use anyhow::{Context, anyhow};
use duckdb::Connection;

use super::build::{Build, BuildError};
use super::column_type::ColumnType;
use super::rows::within;
use super::tables::declared;
use crate::period::Cadence;
use crate::sql::duckdb::identifier;

/// The staged columns are the declared ones, by name and type. Whole numbers may be narrower, and a
/// column of nothing but NULL has whatever type DuckDB gave it.
pub(super) fn verify_columns(session: &Connection, build: &Build) -> Result<(), BuildError> {
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
        let (given, wanted) = (ColumnType::parse(own), ColumnType::parse(ty));
        // A bare NULL is an INTEGER to DuckDB, and an INTEGER that is none is no text and no day.
        let may_be_null = is_null(&given) && !takes_numbers(&wanted);
        if !fits(&given, &wanted) || (may_be_null && holds_values(session, name)?) {
            return Err(anyhow!("the query gave `{name}` as {own}, not {ty}").into());
        }
    }
    Ok(())
}

fn is_null(own: &ColumnType) -> bool {
    matches!(own, ColumnType::Scalar(own) if own == "INTEGER")
}

fn takes_numbers(wanted: &ColumnType) -> bool {
    matches!(wanted, ColumnType::Scalar(wanted)
        if ["BIGINT", "DOUBLE"].contains(&wanted.as_str()) || wanted.starts_with("DECIMAL"))
}

fn holds_values(session: &Connection, column: &str) -> anyhow::Result<bool> {
    let query = format!("SELECT count({}) > 0 FROM _staged", identifier(column));
    session.query_row(&query, [], |row| row.get(0)).context("reading the stage")
}

/// Whether staged values of a type can be published as another one: struct fields by name and in order, at any depth.
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

/// Every staged row's partition column is there and within the asked partitions.
pub(super) fn verify_partition(session: &Connection, build: &Build) -> Result<(), BuildError> {
    let Some(partition_column) = &build.partition.column else { return Ok(()) };
    let column = identifier(&partition_column.name);
    let shown = match build.partition.cadence {
        Cadence::Hour => format!("strftime({column}, '%Y-%m-%dT%H')"),
        _ => format!("CAST(CAST({column} AS DATE) AS VARCHAR)"),
    };
    let within = within(&column, build.from, build.to);
    let mut statement = session
        .prepare(&format!(
            "SELECT coalesce({shown}, 'NULL') AS part, count(*) AS rows
             FROM _staged
             WHERE ({within}) IS NOT TRUE
             GROUP BY ALL ORDER BY rows DESC, part LIMIT 5"
        ))
        .context("verifying the partition")?;
    let misplaced: Vec<(String, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .context("verifying the partition")?;
    if misplaced.is_empty() {
        return Ok(());
    }
    let found: Vec<String> = misplaced.iter().map(|(part, rows)| format!("{part} ({rows} rows)")).collect();
    let (first, last) = (build.from.first_day(), build.to.last_day());
    let expected = match (build.from == build.to, build.partition.cadence) {
        (true, Cadence::Day | Cadence::Hour) => build.from.to_string(),
        (false, Cadence::Hour) => format!("{} to {}", build.from, build.to),
        _ => format!("{first} to {last}"),
    };
    Err(BuildError::Misplaced(format!(
        "rows outside the partition: `{}` must be {expected}, but is {}",
        partition_column.name,
        found.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_fields_are_held_to_name_order_and_type() {
        let wanted = "STRUCT(a BIGINT, b STRUCT(c VARCHAR, d DATE)[])";
        for (own, is_fit) in [
            (wanted, true),
            ("STRUCT(a TINYINT, b STRUCT(c VARCHAR, d DATE)[])", true),
            // Bare NULLs.
            ("INTEGER", true),
            ("STRUCT(a BIGINT, b INTEGER)", true),
            ("STRUCT(a BIGINT, b STRUCT(c INTEGER, d DATE)[])", true),
            // Another order, a missing field, one more, another name, another type, no list.
            ("STRUCT(b STRUCT(c VARCHAR, d DATE)[], a BIGINT)", false),
            ("STRUCT(a BIGINT)", false),
            ("STRUCT(a BIGINT, b STRUCT(c VARCHAR, d DATE)[], e BIGINT)", false),
            ("STRUCT(a BIGINT, b STRUCT(c VARCHAR, e DATE)[])", false),
            ("STRUCT(a BIGINT, b STRUCT(d DATE, c VARCHAR)[])", false),
            ("STRUCT(a BIGINT, b STRUCT(c VARCHAR, d TIMESTAMP)[])", false),
            ("STRUCT(a VARCHAR, b STRUCT(c VARCHAR, d DATE)[])", false),
            ("STRUCT(a BIGINT, b STRUCT(c VARCHAR, d DATE))", false),
            ("BIGINT", false),
        ] {
            assert_eq!(fits(&ColumnType::parse(own), &ColumnType::parse(wanted)), is_fit, "{own}");
        }
    }

    #[test]
    fn a_number_that_is_no_bare_null_is_told_from_one() {
        let integer = ColumnType::parse("INTEGER");
        for (wanted, is_number) in
            [("BIGINT", true), ("DOUBLE", true), ("DECIMAL(38,9)", true), ("VARCHAR", false), ("DATE", false)]
        {
            assert!(is_null(&integer) && fits(&integer, &ColumnType::parse(wanted)));
            assert_eq!(takes_numbers(&ColumnType::parse(wanted)), is_number, "{wanted}");
        }
    }
}
