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
        (Type::Float64 | Type::Numeric | Type::BigNumeric, Type::String) => number_text(sql, from),
        (from, to) if let Some(name) = numeric(from, to) => native(name, sql, from, to, safe),
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
    native("number_text", sql, ty, &Type::String, false)
}

fn native(name: &str, sql: &str, from: &Type, to: &Type, safe: bool) -> String {
    native_call(name, &[sql.to_owned()], std::slice::from_ref(from), to, safe)
        .unwrap_or_else(|problem| format!("error({})", literal(&problem)))
}

/// The native function of a cast to a number or a truth. DuckDB takes more texts for such, rounds twice on the way from a decimal
/// to a float and loses digits on the way back, and holds no BIGNUMERIC.
fn numeric(from: &Type, to: &Type) -> Option<&'static str> {
    use Type::{BigNumeric, Bool, Float64, Int64, Numeric, String};
    match (from, to) {
        (String | BigNumeric, Int64) => Some("as_int64"),
        (String | Numeric | BigNumeric, Float64) => Some("as_float64"),
        (String | Float64 | BigNumeric, Numeric) => Some("as_numeric"),
        (String | Int64 | Float64 | Numeric, BigNumeric) => Some("as_bignumeric"),
        (String, Bool) => Some("as_bool"),
        _ => None,
    }
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
