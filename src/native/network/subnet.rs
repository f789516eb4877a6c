//! Networks as texts, `10.1.2.0/24`, and the older names of conversions. Net functions, "NET.IP_IN_NET", "NET.MAKE_NET",
//! "NET.FORMAT_IP" …

use super::address::{kept, read, written};
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("format_ip", format_ip),
    strict("ip_in_net", ip_in_net),
    strict("make_net", make_net),
    strict("parse_ip", parse_ip),
    strict("parse_packed_ip", parse_packed_ip),
];

/// An address and its prefix, the whole of it where none is written.
fn network(text: &str) -> Result<(Vec<u8>, i64), String> {
    let Some((address, prefix)) = text.split_once('/') else {
        let address = read(text)?;
        let bits = address.len() as i64 * 8;
        return Ok((address, bits));
    };
    let address = read(address)?;
    let is_number = !prefix.is_empty() && prefix.bytes().all(|digit| digit.is_ascii_digit());
    match prefix.parse() {
        Ok(prefix) if is_number && prefix <= address.len() as i64 * 8 => Ok((address, prefix)),
        _ => Err(format!("`{text}` is no network")),
    }
}

/// Whether a network holds an address, or all of another network.
fn ip_in_net<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(address), Value::String(subnet)] = arguments else {
        return Err(unexpected(arguments));
    };
    let (address, prefix) = network(address)?;
    let (subnet, wanted) = network(subnet)?;
    let is_within = address.len() == subnet.len()
        && prefix >= wanted
        && kept(&address, wanted)? == kept(&subnet, wanted)?;
    Ok(Value::Bool(is_within))
}

fn make_net<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(text), Value::Int64(prefix)] = arguments else { return Err(unexpected(arguments)) };
    let (address, most) = network(text)?;
    if *prefix > most {
        return Err(format!("a prefix of {prefix} bits of `{text}`, which has {most}"));
    }
    Ok(Value::string(format!("{}/{prefix}", written(&kept(&address, *prefix)?)?)))
}

fn format_ip<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Int64(number)] = arguments else { return Err(unexpected(arguments)) };
    let number = u32::try_from(*number).map_err(|_| format!("{number} is no IPv4 address"))?;
    Ok(Value::string(written(&number.to_be_bytes())?))
}

fn parse_ip<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    match <[u8; 4]>::try_from(read(before_zero(text))?) {
        Ok(four) => Ok(Value::Int64(i64::from(u32::from_be_bytes(four)))),
        Err(_) => Err(format!("`{text}` is no IPv4 address")),
    }
}

fn parse_packed_ip<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(text)] = arguments else { return Err(unexpected(arguments)) };
    Ok(Value::Bytes(read(before_zero(text))?.into()))
}

/// What stands before the first zero character, as the older functions read texts.
fn before_zero(text: &str) -> &str {
    text.split_once('\0').map_or(text, |(before, _)| before)
}
