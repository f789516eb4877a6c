//! CAST where the two dialects give different values, and casts of nested values.

use super::native::native_call;
use super::types::column_names;
use super::{data_type, identifier, literal, moment};
use crate::schema::{Field, Type};

/// A cast of translated SQL from one GoogleSQL type to another; `safe` gives NULL instead of an error.
pub fn convert(sql: &str, from: &Type, to: &Type, safe: bool) -> String {
    if let Some(cast) = moment::cast(sql, from, to, safe) {
        return cast;
    }
    let word = if safe { "TRY_CAST" } else { "CAST" };
    match (from, to) {
        // GoogleSQL rounds half away from zero, DuckDB's cast half to even.
        (Type::Float64, Type::Int64) => format!("{word}(round({sql}) AS BIGINT)"),
        // DuckDB also takes '1.5' for an integer, and 't' or 'yes' for a truth.
        (Type::String, Type::Int64) => checked(
            sql,
            "^\\s*[+-]?([0-9]+|0[xX][0-9a-fA-F]+)\\s*$",
            &format!("{word}({sql} AS BIGINT)"),
            safe,
        ),
        (Type::String, Type::Bool) => {
            checked(sql, "^(?i:true|false)$", &format!("{word}({sql} AS BOOLEAN)"), safe)
        }
        (Type::Float64, Type::String) => number_text(sql, from),
        (Type::Numeric | Type::BigNumeric, Type::String) => {
            format!(
                "regexp_replace(regexp_replace(CAST({sql} AS VARCHAR), '(\\.[0-9]*?)0+$', '\\1'), '\\.$', '')"
            )
        }
        (Type::Bytes, Type::String) if safe => format!("TRY(decode({sql}))"),
        (Type::Bytes, Type::String) => format!("decode({sql})"),
        (Type::String, Type::Bytes) => format!("encode({sql})"),
        // Structs are cast by position, DuckDB's by name.
        (Type::Struct(from), Type::Struct(to)) if from.len() == to.len() && from != to => {
            structure(sql, from, to, safe)
        }
        (Type::Array(from), Type::Array(to)) if from != to && **from != Type::Null => {
            format!("list_transform({sql}, lambda element: {})", convert("element", from, to, safe))
        }
        (_, to) => format!("{word}({sql} AS {})", data_type(to)),
    }
}

/// Digits as GoogleSQL counts them.
fn number_text(sql: &str, ty: &Type) -> String {
    native_call("number_text", &[sql.to_owned()], std::slice::from_ref(ty), &Type::String, false)
        .unwrap_or_else(|problem| format!("error({})", literal(&problem)))
}

fn checked(sql: &str, pattern: &str, cast: &str, safe: bool) -> String {
    if safe {
        return format!("CASE WHEN regexp_matches({sql}, '{pattern}') THEN {cast} END");
    }
    format!(
        "CASE WHEN {sql} IS NULL OR regexp_matches({sql}, '{pattern}') THEN {cast} ELSE error('bad value: ' || {sql}) END"
    )
}

fn structure(sql: &str, from: &[Field], to: &[Field], safe: bool) -> String {
    let (from_names, to_names) = (column_names(from), column_names(to));
    let fields: Vec<String> = from
        .iter()
        .zip(to)
        .enumerate()
        .map(|(index, (from, to))| {
            let value = format!("({sql}).{}", identifier(&from_names[index]));
            let value = if from.ty == to.ty { value } else { convert(&value, &from.ty, &to.ty, safe) };
            format!("{} := {value}", identifier(&to_names[index]))
        })
        .collect();
    format!("CASE WHEN {sql} IS NULL THEN NULL ELSE struct_pack({}) END", fields.join(", "))
}

/// A struct's field needs a name in DuckDB.
pub fn field_name(index: usize, name: &str) -> String {
    if name.is_empty() { format!("f{index}_") } else { name.to_owned() }
}
