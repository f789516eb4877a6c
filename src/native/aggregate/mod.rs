//! Aggregates over the list of a group's values. They must give the same for the same rows in any order, and know how many rows
//! there were only by the list.

pub mod joint;
pub mod percentile;
pub mod quantiles_sketch;
pub mod register;
pub mod sketch;
pub mod sum;
pub mod top;

use super::unexpected;
use crate::value::Value;

/// The values of the list that an aggregate begins with.
fn listed<'v, 'a>(arguments: &'v [Value<'a>]) -> Result<&'v [Value<'a>], String> {
    match arguments.first() {
        Some(Value::Array(values)) => Ok(values),
        Some(Value::Null) => Ok(&[]),
        _ => Err(unexpected(arguments)),
    }
}

/// All sketches of a list in one, of whatever kind they are; None where there is none.
fn merged<S>(
    arguments: &[Value],
    read: fn(&[u8]) -> Result<S, String>,
    merge: fn(&mut S, &S) -> Result<(), String>,
) -> Result<Option<S>, String> {
    let mut all: Option<S> = None;
    for value in listed(arguments)? {
        match (value, &mut all) {
            (Value::Null, _) => {}
            (Value::Bytes(bytes), None) => all = Some(read(bytes)?),
            (Value::Bytes(bytes), Some(all)) => merge(all, &read(bytes)?)?,
            _ => return Err(unexpected(arguments)),
        }
    }
    Ok(all)
}
