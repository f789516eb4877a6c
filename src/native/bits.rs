//! Bits of INT64 and BYTES. Operators, "Bitwise operators"; Bit functions, "BIT_COUNT".

use super::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("bit_count", bit_count),
    strict("bytes_bit_and", |arguments| gathered(arguments, |left, right| left & right)),
    strict("bytes_bit_or", |arguments| gathered(arguments, |left, right| left | right)),
    strict("bytes_bit_xor", |arguments| gathered(arguments, |left, right| left ^ right)),
    strict("bytes_and", |arguments| paired(arguments, |left, right| left & right)),
    strict("bytes_not", bytes_not),
    strict("bytes_or", |arguments| paired(arguments, |left, right| left | right)),
    strict("bytes_shift_left", bytes_shift_left),
    strict("bytes_shift_right", bytes_shift_right),
    strict("bytes_xor", |arguments| paired(arguments, |left, right| left ^ right)),
    strict("shift_left", shift_left),
    strict("shift_right", shift_right),
];

fn bit_count<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(number)] => Ok(Value::Int64(i64::from(number.count_ones()))),
        [Value::Bytes(bytes)] => {
            Ok(Value::Int64(bytes.iter().map(|byte| i64::from(byte.count_ones())).sum()))
        }
        _ => Err(unexpected(arguments)),
    }
}

/// Both have to be of one length.
fn paired<'a>(arguments: &[Value<'a>], bits: fn(u8, u8) -> u8) -> Result<Value<'a>, String> {
    let [Value::Bytes(left), Value::Bytes(right)] = arguments else { return Err(unexpected(arguments)) };
    if left.len() != right.len() {
        return Err(format!("bits of {} and {} bytes: they must be as many", left.len(), right.len()));
    }
    let pairs = left.iter().zip(right.iter());
    Ok(Value::Bytes(pairs.map(|(left, right)| bits(*left, *right)).collect::<Vec<_>>().into()))
}

/// Aggregate functions, "BIT_AND" and the others: of all that is not NULL.
fn gathered<'a>(arguments: &[Value<'a>], bits: fn(u8, u8) -> u8) -> Result<Value<'a>, String> {
    let [Value::Array(values)] = arguments else { return Err(unexpected(arguments)) };
    let mut all = values.iter().filter(|value| !value.is_null()).cloned();
    let Some(first) = all.next() else { return Ok(Value::Null) };
    all.try_fold(first, |left, right| paired(&[left, right], bits))
}

fn bytes_not<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Bytes(bytes)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bytes(bytes.iter().map(|byte| !byte).collect::<Vec<_>>().into()))
}

/// All bytes are one row of bits, the first bit the highest.
fn bytes_shift_left<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (bytes, whole, bits) = shifted(arguments)?;
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let byte = |index: usize| {
        let pair = u16::from_be_bytes([at(index.saturating_add(whole)), at(index.saturating_add(whole + 1))]);
        (pair << bits).to_be_bytes()[0]
    };
    Ok(Value::Bytes((0..bytes.len()).map(byte).collect::<Vec<_>>().into()))
}

fn bytes_shift_right<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (bytes, whole, bits) = shifted(arguments)?;
    let at = |index: usize, back: usize| {
        index.checked_sub(back).and_then(|index| bytes.get(index)).copied().unwrap_or_default()
    };
    let byte = |index: usize| {
        let pair = u16::from_be_bytes([at(index, whole + 1), at(index, whole)]);
        (pair >> bits).to_be_bytes()[1]
    };
    Ok(Value::Bytes((0..bytes.len()).map(byte).collect::<Vec<_>>().into()))
}

/// What is shifted, by how many whole bytes and bits.
fn shifted<'v>(arguments: &'v [Value]) -> Result<(&'v [u8], usize, u32), String> {
    let [Value::Bytes(bytes), Value::Int64(by)] = arguments else { return Err(unexpected(arguments)) };
    if *by < 0 {
        return Err(negative(*by));
    }
    let whole = usize::try_from(by / 8).unwrap_or(bytes.len()).min(bytes.len());
    Ok((bytes, whole, (by % 8) as u32))
}

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
        return Err(negative(*by));
    }
    let by = u32::try_from(*by).unwrap_or(u32::MAX);
    Ok(Value::Int64(shifted(value.cast_unsigned(), by).unwrap_or_default().cast_signed()))
}

fn negative(by: i64) -> String {
    format!("a shift by {by}: it cannot be negative")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls a function on bytes.
    fn of(
        body: super::super::Body,
        left: &'static [u8],
        right: Value<'static>,
    ) -> Result<Value<'static>, String> {
        body(&[Value::Bytes(left.into()), right])
    }

    #[test]
    fn bytes_are_one_row_of_bits() {
        for (by, left, right) in [
            (0, [0x81, 0x0F, 0xF0], [0x81, 0x0F, 0xF0]),
            (1, [0x02, 0x1F, 0xE0], [0x40, 0x87, 0xF8]),
            (4, [0x10, 0xFF, 0x00], [0x08, 0x10, 0xFF]),
            (8, [0x0F, 0xF0, 0x00], [0x00, 0x81, 0x0F]),
            (13, [0xFE, 0x00, 0x00], [0x00, 0x04, 0x08]),
            (23, [0x00, 0x00, 0x00], [0x00, 0x00, 0x01]),
            (24, [0x00, 0x00, 0x00], [0x00, 0x00, 0x00]),
            (i64::MAX, [0x00, 0x00, 0x00], [0x00, 0x00, 0x00]),
        ] {
            let shift = |body| of(body, b"\x81\x0f\xf0", Value::Int64(by)).unwrap();
            assert_eq!(shift(bytes_shift_left), Value::Bytes(left[..].into()), "<< {by}");
            assert_eq!(shift(bytes_shift_right), Value::Bytes(right[..].into()), ">> {by}");
        }
        assert!(of(bytes_shift_left, b"a", Value::Int64(-1)).is_err());
    }

    #[test]
    fn bytes_of_one_length_go_together() {
        let by_name = |name: &str| super::super::find(name).unwrap().body;
        let pair = |name: &str| of(by_name(name), b"\x0c\xff", Value::Bytes(b"\x0a\x01"[..].into())).unwrap();
        assert_eq!(pair("bytes_and"), Value::Bytes(b"\x08\x01"[..].into()));
        assert_eq!(pair("bytes_or"), Value::Bytes(b"\x0e\xff"[..].into()));
        assert_eq!(pair("bytes_xor"), Value::Bytes(b"\x06\xfe"[..].into()));
        assert_eq!(
            bytes_not(&[Value::Bytes(b"\x0f\x00"[..].into())]).unwrap(),
            Value::Bytes(b"\xf0\xff"[..].into())
        );
        assert!(of(by_name("bytes_and"), b"a", Value::Bytes(b"ab"[..].into())).is_err());
    }
}
