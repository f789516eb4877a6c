//! Parquet files: what columns one has, whether they fit the declared ones without a loss, and the query
//! that reads them as those.

use std::path::Path;

use duckdb::Connection;

use super::column_type::ColumnType;
use super::deliver::DeliveryError;
use crate::schema::{Field, Type, find_field};
use crate::sql::duckdb::{data_type, identifier, literal};

/// A Parquet file, as far as it says itself what is in it.
pub(super) struct Parquet {
    reader: String,
    columns: Vec<(String, ColumnType)>,
}

impl Parquet {
    /// Reads what the file says of its columns.
    pub fn open(session: &Connection, path: &Path) -> Result<Self, DeliveryError> {
        let damaged = |error: duckdb::Error| DeliveryError::Unreadable(first_line(&error));
        let reader = format!("read_parquet({})", literal(&without_patterns(&path.to_string_lossy())));
        let mut statement = session
            .prepare(&format!("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {reader})"))
            .map_err(damaged)?;
        let columns = statement
            .query_map([], |row| Ok((row.get(0)?, ColumnType::parse(&row.get::<_, String>(1)?))))
            .and_then(Iterator::collect)
            .map_err(damaged)?;
        Ok(Self { reader, columns })
    }

    /// How many rows it has.
    pub fn rows(&self, session: &Connection) -> Result<i64, DeliveryError> {
        session
            .query_row(&format!("SELECT count(*) FROM {}", self.reader), [], |row| row.get(0))
            .map_err(|error| DeliveryError::Unreadable(first_line(&error)))
    }

    /// Where the file has another shape than the declared columns, in words; nothing where it fits. What
    /// the file lacks is NULL.
    pub fn misfits(&self, declared: &[Field]) -> Vec<String> {
        let mut found = Vec::new();
        misfits("", &self.columns, declared, &mut found);
        found
    }

    /// A query of the declared columns, each in its declared type.
    pub fn query(&self, declared: &[Field]) -> String {
        let columns: Vec<String> = declared
            .iter()
            .map(|field| {
                let own = self.columns.iter().find(|(name, _)| name.eq_ignore_ascii_case(&field.name));
                let value = own.map_or("NULL".to_owned(), |(name, _)| identifier(name));
                let value = format!("CAST({value} AS {})", data_type(&field.ty));
                format!("{} AS {}", with_lists(value, &field.ty, 0), identifier(&field.name))
            })
            .collect();
        format!("SELECT {} FROM {}", columns.join(", "), self.reader)
    }
}

/// A value with empty lists where it has null ones, which tables do not hold; `depth` keeps the names of
/// list elements apart.
fn with_lists(value: String, ty: &Type, depth: usize) -> String {
    match ty {
        Type::Array(element) if holds_list(element) => {
            let item = format!("item_{depth}");
            let inside = with_lists(item.clone(), element, depth + 1);
            format!("coalesce(list_transform({value}, lambda {item}: {inside}), [])")
        }
        Type::Array(_) => format!("coalesce({value}, [])"),
        Type::Struct(fields) if holds_list(ty) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| {
                    let name = identifier(&field.name);
                    format!("{name} := {}", with_lists(format!("{value}.{name}"), &field.ty, depth))
                })
                .collect();
            format!("CASE WHEN {value} IS NOT NULL THEN struct_pack({}) END", fields.join(", "))
        }
        _ => value,
    }
}

fn holds_list(ty: &Type) -> bool {
    match ty {
        Type::Array(_) => true,
        Type::Struct(fields) => fields.iter().any(|field| holds_list(&field.ty)),
        _ => false,
    }
}

/// DuckDB takes a path for a pattern; in brackets its characters stand for themselves.
fn without_patterns(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for one in path.chars() {
        match one {
            '*' | '?' | '[' => text.extend(['[', one, ']']),
            other => text.push(other),
        }
    }
    text
}

/// The first line of what DuckDB says, without the value that it may quote; the others quote our own query.
pub(super) fn first_line(error: &duckdb::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    match line.split_once("  Input:") {
        Some((said, rest)) => match rest.rsplit_once("source column ") {
            Some((_, column)) => format!("{said} In column `{column}`"),
            None => said.to_owned(),
        },
        None => line.to_owned(),
    }
}

fn misfits(path: &str, own: &[(String, ColumnType)], declared: &[Field], found: &mut Vec<String>) {
    for (name, ty) in own {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match find_field(declared, name) {
            Some(field) => misfit(&path, ty, &field.ty, found),
            None => found.push(format!("`{path}` is not declared")),
        }
    }
}

fn misfit(path: &str, own: &ColumnType, declared: &Type, found: &mut Vec<String>) {
    match (own, declared) {
        (ColumnType::Struct(fields), Type::Struct(declared)) => misfits(path, fields, declared, found),
        (ColumnType::List(element), Type::Array(declared)) => misfit(path, element, declared, found),
        (ColumnType::Scalar(own), declared) if is_lossless(own, declared) => {}
        (own, declared) => {
            found.push(format!("`{path}` is {}, declared {}", own.display(), short(declared)));
        }
    }
}

fn short(ty: &Type) -> String {
    match ty {
        Type::Struct(_) => "STRUCT<…>".to_owned(),
        Type::Array(element) => format!("ARRAY<{}>", short(element)),
        scalar => scalar.to_string(),
    }
}

const SMALL_INTEGERS: &[&str] = &["TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER"];

/// Whether every value of a type of DuckDB's has one of the declared type that is the same.
fn is_lossless(own: &str, declared: &Type) -> bool {
    let one_of = |names: &[&str]| names.contains(&own);
    match declared {
        Type::Int64 => own == "BIGINT" || one_of(SMALL_INTEGERS),
        Type::Float64 => one_of(&["FLOAT", "DOUBLE"]) || one_of(SMALL_INTEGERS),
        Type::Numeric => own == "BIGINT" || one_of(SMALL_INTEGERS) || decimal_fits(own, 29, 9),
        Type::Bool => own == "BOOLEAN",
        Type::String => one_of(&["VARCHAR", "UUID"]) || own.starts_with("ENUM("),
        Type::Json => one_of(&["JSON", "VARCHAR"]),
        Type::Bytes => own == "BLOB",
        Type::Date => own == "DATE",
        Type::Time => own == "TIME",
        Type::Datetime => one_of(&["TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_S"]),
        Type::Timestamp => one_of(&["TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_S", "TIMESTAMP WITH TIME ZONE"]),
        Type::Geography => own == "VARCHAR",
        // A cast would not make the bytes that hold a BIGNUMERIC.
        Type::BigNumeric
        | Type::Interval
        | Type::Array(_)
        | Type::Struct(_)
        | Type::Range(_)
        | Type::Null
        | Type::Unknown => false,
    }
}

/// Whether `DECIMAL(width,scale)` has room in a decimal of so many digits before and after its point.
fn decimal_fits(own: &str, before: u32, after: u32) -> bool {
    let inside = own.strip_prefix("DECIMAL(").and_then(|rest| rest.strip_suffix(')'));
    let Some((width, scale)) = inside.and_then(|inside| inside.split_once(',')) else { return false };
    match (width.trim().parse::<u32>(), scale.trim().parse::<u32>()) {
        (Ok(width), Ok(scale)) => scale <= after && width.saturating_sub(scale) <= before,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_loses_nothing_fits() {
        let numeric = Type::Numeric;
        for (own, declared, fits) in [
            ("INTEGER", Type::Int64, true),
            ("UBIGINT", Type::Int64, false),
            ("DOUBLE", Type::Int64, false),
            ("INTEGER", Type::Float64, true),
            ("BIGINT", Type::Float64, false),
            ("DECIMAL(38,9)", numeric.clone(), true),
            ("DECIMAL(18,10)", numeric.clone(), false),
            ("DECIMAL(38,2)", numeric, false),
            ("TIMESTAMP_NS", Type::Timestamp, false),
            ("TIMESTAMP WITH TIME ZONE", Type::Timestamp, true),
            ("TIMESTAMP WITH TIME ZONE", Type::Datetime, false),
            ("VARCHAR", Type::Date, false),
        ] {
            assert_eq!(is_lossless(own, &declared), fits, "{own} as {declared}");
        }
    }

    #[test]
    fn misfits_name_the_path_of_a_column() {
        let declared = [
            Field::new("day", Type::Date),
            Field::new("labels", Type::key_value(Type::Int64)),
            Field::new("absent", Type::String),
        ];
        let own = [
            ("DAY".to_owned(), ColumnType::parse("VARCHAR")),
            (
                "labels".to_owned(),
                ColumnType::parse("STRUCT(\"key\" VARCHAR, \"value\" INTEGER, more BLOB)[]"),
            ),
            ("extra".to_owned(), ColumnType::parse("BIGINT")),
        ];
        let mut found = Vec::new();
        misfits("", &own, &declared, &mut found);
        assert_eq!(
            found,
            ["`DAY` is VARCHAR, declared DATE", "`labels.more` is not declared", "`extra` is not declared"]
        );
    }

    #[test]
    fn a_path_is_no_pattern() {
        assert_eq!(without_patterns("a/[1]*?.parquet"), "a/[[]1][*][?].parquet");
    }
}
