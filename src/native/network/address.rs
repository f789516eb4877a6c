//! IP addresses as BYTES in network order, four or sixteen of them, and as texts. Net functions, "NET.IP_FROM_STRING" …

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("ip_from_string", from_string),
    strict("ip_net_mask", net_mask),
    strict("ip_to_string", to_string),
    strict("ip_trunc", trunc),
    strict("ipv4_from_int64", from_int64),
    strict("ipv4_to_int64", to_int64),
    strict("safe_ip_from_string", safe_from_string),
];

fn from_string<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(written)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bytes(read(written)?.into()))
}

/// The bytes of an address that is written.
pub(super) fn read(written: &str) -> Result<Vec<u8>, String> {
    match written.parse() {
        Ok(IpAddr::V4(address)) => Ok(address.octets().to_vec()),
        Ok(IpAddr::V6(address)) => Ok(address.octets().to_vec()),
        Err(_) => Err(format!("`{written}` is no IP address")),
    }
}

fn safe_from_string<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    Ok(from_string(arguments).unwrap_or(Value::Null))
}

fn to_string<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Bytes(bytes)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::string(written(bytes)?))
}

/// An address for reading.
pub(super) fn written(bytes: &[u8]) -> Result<String, String> {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return Ok(Ipv4Addr::from(four).to_string());
    }
    let Ok(sixteen) = <[u8; 16]>::try_from(bytes) else { return Err(size(bytes.len())) };
    let address = Ipv6Addr::from(sixteen);
    Ok(match address.segments() {
        // Six zeros and an address of four bytes: `::192.0.2.1`.
        [0, 0, 0, 0, 0, 0, high, _] if high != 0 => {
            let [.., a, b, c, d] = sixteen;
            format!("::{}", Ipv4Addr::new(a, b, c, d))
        }
        _ => address.to_string(),
    })
}

fn net_mask<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Int64(length), Value::Int64(prefix)] = arguments else { return Err(unexpected(arguments)) };
    match usize::try_from(*length) {
        Ok(length @ (4 | 16)) => Ok(Value::Bytes(mask(length, *prefix)?.into())),
        _ => Err(format!("a network mask of {length} bytes: 4 and 16 are possible")),
    }
}

fn trunc<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Bytes(address), Value::Int64(prefix)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bytes(kept(address, *prefix)?.into()))
}

/// The first bits of an address, the others 0.
pub(super) fn kept(address: &[u8], prefix: i64) -> Result<Vec<u8>, String> {
    if !matches!(address.len(), 4 | 16) {
        return Err(size(address.len()));
    }
    let mask = mask(address.len(), prefix)?;
    Ok(address.iter().zip(&mask).map(|(byte, mask)| byte & mask).collect())
}

/// As many ones as the prefix is long, then zeros.
fn mask(length: usize, prefix: i64) -> Result<Vec<u8>, String> {
    let bits = length * 8;
    let prefix = usize::try_from(prefix).ok().filter(|prefix| *prefix <= bits);
    let prefix = prefix.ok_or_else(|| format!("a prefix of an address has 0 to {bits} bits"))?;
    let byte = |index: usize| match prefix.saturating_sub(index * 8) {
        ones @ 0..8 => !(0xFF_u8 >> ones),
        _ => 0xFF,
    };
    Ok((0..length).map(byte).collect())
}

/// From -0x80000000, where the upper bits are a sign, to 0xFFFFFFFF.
fn from_int64<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Int64(number)] = arguments else { return Err(unexpected(arguments)) };
    let bytes = match (i32::try_from(*number), u32::try_from(*number)) {
        (Ok(number), _) => number.to_be_bytes(),
        (_, Ok(number)) => number.to_be_bytes(),
        _ => return Err(format!("{number} is no IPv4 address")),
    };
    Ok(Value::Bytes(bytes.to_vec().into()))
}

fn to_int64<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Bytes(bytes)] = arguments else { return Err(unexpected(arguments)) };
    match <[u8; 4]>::try_from(bytes.as_ref()) {
        Ok(four) => Ok(Value::Int64(i64::from(u32::from_be_bytes(four)))),
        Err(_) => Err(format!("an IPv4 address of {} bytes: it has 4", bytes.len())),
    }
}

fn size(length: usize) -> String {
    format!("an IP address of {length} bytes: it has 4 or 16")
}
