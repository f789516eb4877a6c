//! The functions of GoogleSQL that are known: name, arguments, type rule, DuckDB form. One table; the
//! resolver and the translation only look things up in it.

mod forms;
mod rules;
mod table;

pub use forms::interval_unit;
pub use table::FUNCTIONS;

use super::tree::Expression;
use crate::schema::Type;

/// One row of the table.
pub struct Function {
    pub name: &'static str,
    pub role: Role,
    /// Fewest and most arguments; `usize::MAX` where there is no most.
    pub arguments: (usize, usize),
    /// The result's type from the arguments' types, or what does not fit.
    pub result: fn(&[Type]) -> Result<Type, String>,
    pub determinism: Determinism,
    /// Whether a person can no longer be told from the result: the function counts, sums or hashes with a key.
    pub sanitises: bool,
    pub duckdb: Form,
}

/// Whether a function gives the same value for the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Determinism {
    Deterministic,
    /// The value depends on the order of rows, where no ORDER BY or a tie leaves it open.
    DependsOnOrder,
    /// Differs between engines and versions, and perhaps from run to run.
    Approximate,
    /// Depends on when and by whom the query runs.
    Session,
    /// Another value at each call.
    Volatile,
}

/// Where a function may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Scalar,
    /// Over groups, or over a window with OVER.
    Aggregate,
    /// Only with OVER.
    Window,
}

/// How DuckDB is asked for the same value.
pub enum Form {
    /// The same function under this name, arguments as they are.
    Name(&'static str),
    /// Text with `{0}`, `{1}` for arguments.
    Text(&'static str),
    /// Depends on types, on date parts or on literal arguments. Gives SQL, or what cannot be translated.
    With(fn(&Translated) -> Result<String, String>),
}

/// The arguments of a call: translated, and as they were resolved.
pub struct Translated<'a> {
    pub sql: &'a [String],
    pub arguments: &'a [Expression],
}

/// Looks a function up by its upper-case name.
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.binary_search_by(|function| function.name.cmp(name)).ok().map(|index| &FUNCTIONS[index])
}

/// Which argument of a function is a date part, such as MONTH in `DATE_TRUNC(d, MONTH)`.
pub fn part_argument(name: &str) -> Option<usize> {
    Some(match name {
        "DATE_TRUNC" | "TIMESTAMP_TRUNC" | "DATETIME_TRUNC" | "LAST_DAY" => 1,
        "DATE_DIFF" | "TIMESTAMP_DIFF" | "DATETIME_DIFF" => 2,
        _ => return None,
    })
}

/// The type that a literal text takes as an argument of a function for dates.
pub fn literal_type(name: &str, index: usize) -> Option<Type> {
    let value_at = usize::from(name.starts_with("FORMAT_"));
    let is_value = index == value_at || index == 1 && (name.ends_with("_DIFF") || name.ends_with("_ARRAY"));
    let ty = match name {
        "DATE_ADD"
        | "DATE_SUB"
        | "DATE_TRUNC"
        | "DATE_DIFF"
        | "LAST_DAY"
        | "FORMAT_DATE"
        | "GENERATE_DATE_ARRAY"
        | "UNIX_DATE" => Type::Date,
        "TIMESTAMP_ADD"
        | "TIMESTAMP_SUB"
        | "TIMESTAMP_TRUNC"
        | "TIMESTAMP_DIFF"
        | "FORMAT_TIMESTAMP"
        | "GENERATE_TIMESTAMP_ARRAY"
        | "UNIX_SECONDS"
        | "UNIX_MILLIS"
        | "UNIX_MICROS" => Type::Timestamp,
        "DATETIME_ADD" | "DATETIME_SUB" | "DATETIME_TRUNC" | "DATETIME_DIFF" | "FORMAT_DATETIME" => {
            Type::Datetime
        }
        _ => return None,
    };
    is_value.then_some(ty)
}

/// From which argument on a function brings its arguments to one type.
pub fn mixes_from(name: &str) -> Option<usize> {
    match name {
        "COALESCE" | "IFNULL" | "NULLIF" | "GREATEST" | "LEAST" | "ARRAY_CONCAT" => Some(0),
        "IF" => Some(1),
        _ => None,
    }
}

pub use rules::{castable, comparable, supertype};

#[cfg(test)]
mod tests {
    use super::FUNCTIONS;

    #[test]
    fn the_table_is_sorted_and_without_doubles() {
        for pair in FUNCTIONS.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} stands before {}", pair[0].name, pair[1].name);
        }
    }
}
