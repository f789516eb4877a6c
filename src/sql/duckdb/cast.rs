//! CAST where the two dialects give different values.

use super::data_type;
use crate::schema::Type;

/// A cast of translated SQL from one GoogleSQL type to another; `safe` gives NULL instead of an error.
pub fn cast(sql: &str, from: &Type, to: &Type, safe: bool) -> String {
    let word = if safe { "TRY_CAST" } else { "CAST" };
    match (from, to) {
        // GoogleSQL rounds half away from zero, DuckDB's cast half to even.
        (Type::Float64, Type::Int64) => format!("{word}(round({sql}) AS BIGINT)"),
        // 100.0 is '100'.
        (Type::Float64, Type::String) => format!(
            "CASE WHEN {sql} = trunc({sql}) AND abs({sql}) < 1e15 THEN CAST(CAST({sql} AS BIGINT) AS VARCHAR) ELSE CAST({sql} AS VARCHAR) END"
        ),
        (Type::Numeric | Type::BigNumeric, Type::String) => {
            format!("regexp_replace(regexp_replace(CAST({sql} AS VARCHAR), '(\\.[0-9]*?)0+$', '\\1'), '\\.$', '')")
        }
        (Type::Timestamp, Type::String) => format!(
            "(strftime({sql}, '%Y-%m-%d %H:%M:%S') || CASE WHEN epoch_us({sql}) % 1000000 = 0 THEN '' WHEN epoch_us({sql}) % 1000 = 0 THEN strftime({sql}, '.%g') ELSE strftime({sql}, '.%f') END || '+00')"
        ),
        (Type::Bytes, Type::String) => format!("decode({sql})"),
        (Type::String, Type::Bytes) => format!("encode({sql})"),
        (_, to) => format!("{word}({sql} AS {})", data_type(to)),
    }
}
