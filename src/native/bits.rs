//! Bits of INT64 and BYTES. Operators, "Bitwise operators".

use super::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[strict("shift_left", shift_left), strict("shift_right", shift_right)];

/// Bits that leave the 64 are dropped.
fn shift_left<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    shift(arguments, u64::checked_shl)
}

/// Fills with zeros: the sign is a bit like the others.
fn shift_right<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    shift(arguments, u64::checked_shr)
}

fn shift<'a>(arguments: &[Value<'a>], shifted: fn(u64, u32) -> Option<u64>) -> Result<Value<'a>, String> {
    let [Value::Int64(value), Value::Int64(by)] = arguments else { return Err(unexpected(arguments)) };
    if *by < 0 {
        return Err(format!("a shift by {by}: it cannot be negative"));
    }
    let by = u32::try_from(*by).unwrap_or(u32::MAX);
    Ok(Value::Int64(shifted(value.cast_unsigned(), by).unwrap_or_default().cast_signed()))
}
