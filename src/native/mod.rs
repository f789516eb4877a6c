//! GoogleSQL's functions that DuckDB lacks, or has with other values: plain Rust over values, one table a family.
//! What calls them knows the types; they must know no query, no engine and no clock.

pub mod aggregate;
mod array;
mod bits;
mod format;
mod hash;
mod javascript;
mod json;
mod moment;
mod network;
pub mod number;
mod number_text;
mod range;
pub mod regular;
mod text;

use crate::value::Value;

/// One row of a family's table.
pub struct Native {
    /// In small letters; the name of the GoogleSQL function where it is one.
    pub name: &'static str,
    /// Whether any NULL among the arguments gives NULL without a call.
    pub strict: bool,
    /// Whether each call gives another value.
    pub volatile: bool,
    pub body: Body,
}

/// Takes the arguments of one row. An error is one of the query, worded for its author.
pub type Body = for<'a> fn(&[Value<'a>]) -> Result<Value<'a>, String>;

/// All families.
pub const FAMILIES: &[&[Native]] = &[
    aggregate::joint::ROWS,
    aggregate::percentile::ROWS,
    aggregate::quantiles_sketch::ROWS,
    aggregate::sketch::ROWS,
    aggregate::sum::ROWS,
    aggregate::top::ROWS,
    array::ROWS,
    array::series::ROWS,
    bits::ROWS,
    format::ROWS,
    format::elements::ROWS,
    hash::ROWS,
    javascript::ROWS,
    json::change::ROWS,
    json::convert::ROWS,
    json::encode::ROWS,
    json::lax::ROWS,
    json::look::ROWS,
    json::make::ROWS,
    json::read::ROWS,
    moment::arithmetic::ROWS,
    moment::construct::ROWS,
    moment::element::ROWS,
    moment::extract::ROWS,
    moment::interval::ROWS,
    moment::model::ROWS,
    moment::parse::ROWS,
    moment::series::ROWS,
    moment::truncate::ROWS,
    network::address::ROWS,
    network::host::ROWS,
    network::subnet::ROWS,
    number::cast::ROWS,
    number::distance::ROWS,
    number::float::ROWS,
    number::operators::ROWS,
    number::order::ROWS,
    number::parse::ROWS,
    number::power::ROWS,
    number::rounding::ROWS,
    number_text::ROWS,
    range::ROWS,
    regular::ROWS,
    text::case::ROWS,
    text::codes::ROWS,
    text::contains::ROWS,
    text::distance::ROWS,
    text::encoded::ROWS,
    text::fill::ROWS,
    text::find::ROWS,
    text::like::ROWS,
    text::normal::ROWS,
    text::parts::ROWS,
    text::sound::ROWS,
];

/// Looks a function up by its name.
pub fn find(name: &str) -> Option<&'static Native> {
    FAMILIES.iter().flat_map(|rows| rows.iter()).find(|row| row.name == name)
}

/// A function whose value is NULL where an argument is.
const fn strict(name: &'static str, body: Body) -> Native {
    Native { name, strict: true, volatile: false, body }
}

/// What a function says of arguments that its signature does not allow: a fault of the translation.
fn unexpected(arguments: &[Value]) -> String {
    format!("no form for {arguments:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let mut names: Vec<_> = FAMILIES.iter().flat_map(|rows| rows.iter()).map(|row| row.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
