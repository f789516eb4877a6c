//! Hashes that DuckDB lacks. Hash functions.

use sha2::{Digest, Sha512};

use super::text::Units;
use super::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[strict("farm_fingerprint", farm_fingerprint), strict("sha512", sha512)];

/// `Fingerprint64` of the FarmHash library, its bits read as an INT64.
fn farm_fingerprint<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    Ok(Value::Int64(farmhash::fingerprint64(bytes(arguments)?).cast_signed()))
}

fn sha512<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    Ok(Value::Bytes(Sha512::digest(bytes(arguments)?).to_vec().into()))
}

fn bytes<'v>(arguments: &'v [Value]) -> Result<&'v [u8], String> {
    let [value] = arguments else { return Err(unexpected(arguments)) };
    Units::of(value).map(|units| units.bytes).ok_or_else(|| unexpected(arguments))
}
