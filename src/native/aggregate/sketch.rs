//! Sketches of HyperLogLog: `HLL_COUNT.*`. Their bytes are our own; BigQuery's are its own too, and neither reads the other's. A
//! sketch of few values holds their hashes, and counts exactly. HyperLogLog++ functions.

use std::collections::BTreeSet;

use super::listed;
use super::register::Registers;
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("hll_init", init),
    Native { name: "hll_merge", strict: false, volatile: false, body: merge },
    strict("hll_merge_partial", merge_partial),
    Native { name: "hll_extract", strict: false, volatile: false, body: extract },
];

/// What our sketches begin with, the version in it.
const MARK: &[u8] = b"TMH1";
/// The precision where none is given.
const USUAL: i64 = 15;
const PRECISIONS: std::ops::RangeInclusive<i64> = 10..=24;

/// Hashes as long as they take less room than the registers.
enum Seen {
    Hashes(BTreeSet<u64>),
    Registers(Registers),
}

struct Sketch {
    /// The type of the values: sketches of two types do not mix.
    kind: u8,
    precision: u32,
    seen: Seen,
}

impl Sketch {
    fn new(kind: u8, precision: u32) -> Self {
        Self { kind, precision, seen: Seen::Hashes(BTreeSet::new()) }
    }

    fn add(&mut self, hash: u64) {
        match &mut self.seen {
            Seen::Registers(registers) => registers.add(hash),
            Seen::Hashes(hashes) => {
                hashes.insert(hash);
                if hashes.len() * 8 > 1 << self.precision {
                    self.seen = Seen::Registers(self.registers(self.precision));
                }
            }
        }
    }

    fn registers(&self, precision: u32) -> Registers {
        match &self.seen {
            Seen::Registers(registers) if registers.precision() == precision => registers.clone(),
            Seen::Registers(registers) => registers.coarser(precision),
            Seen::Hashes(hashes) => {
                let mut registers = Registers::new(precision);
                hashes.iter().for_each(|hash| registers.add(*hash));
                registers
            }
        }
    }

    /// Takes in another one; the lower precision is that of both.
    fn merge(&mut self, other: &Self) -> Result<(), String> {
        if self.kind != other.kind {
            return Err("HLL_COUNT cannot merge sketches of values of two types".to_owned());
        }
        let precision = self.precision.min(other.precision);
        if precision < self.precision {
            if let Seen::Registers(registers) = &self.seen {
                self.seen = Seen::Registers(registers.coarser(precision));
            }
            self.precision = precision;
        }
        match (&mut self.seen, &other.seen) {
            (_, Seen::Hashes(hashes)) => hashes.iter().for_each(|hash| self.add(*hash)),
            (Seen::Registers(registers), Seen::Registers(_)) => registers.merge(&other.registers(precision)),
            (Seen::Hashes(_), Seen::Registers(_)) => {
                let mut registers = self.registers(precision);
                registers.merge(&other.registers(precision));
                self.seen = Seen::Registers(registers);
            }
        }
        Ok(())
    }

    fn count(&self) -> i64 {
        match &self.seen {
            Seen::Hashes(hashes) => hashes.len() as i64,
            Seen::Registers(registers) => registers.estimate(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        bytes.extend([self.kind, self.precision as u8]);
        match &self.seen {
            Seen::Hashes(hashes) => {
                bytes.push(0);
                hashes.iter().for_each(|hash| bytes.extend(hash.to_be_bytes()));
            }
            Seen::Registers(registers) => {
                bytes.push(1);
                bytes.extend(registers.bytes());
            }
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let read = || {
            let [kind, precision, form, rest @ ..] = bytes.strip_prefix(MARK)? else { return None };
            let known = PRECISIONS.contains(&i64::from(*precision));
            let precision = known.then_some(u32::from(*precision))?;
            let seen = match form {
                0 if rest.len() % 8 == 0 => {
                    let hashes = rest.chunks_exact(8);
                    Seen::Hashes(
                        hashes.filter_map(|hash| Some(u64::from_be_bytes(hash.try_into().ok()?))).collect(),
                    )
                }
                1 => Seen::Registers(Registers::read(precision, rest)?),
                _ => return None,
            };
            Some(Self { kind: *kind, precision, seen })
        };
        read().ok_or_else(|| "these BYTES are no sketch that HLL_COUNT.INIT made here".to_owned())
    }
}

/// The hash of a value, and a letter for its type.
fn hashed(value: &Value) -> Option<(u8, u64)> {
    Some(match value {
        Value::Int64(number) => (b'i', farmhash::fingerprint64(&number.to_be_bytes())),
        Value::Numeric(units) => (b'n', farmhash::fingerprint64(&units.to_be_bytes())),
        Value::BigNumeric(units) => (b'b', farmhash::fingerprint64(&units.to_be_bytes())),
        Value::String(text) => (b's', farmhash::fingerprint64(text.as_bytes())),
        Value::Bytes(bytes) => (b'y', farmhash::fingerprint64(bytes)),
        _ => return None,
    })
}

fn init<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let precision = match arguments.get(1) {
        None => USUAL,
        Some(Value::Int64(precision)) => *precision,
        Some(_) => return Err(unexpected(arguments)),
    };
    if !PRECISIONS.contains(&precision) {
        return Err(format!("HLL_COUNT.INIT of precision {precision}: it lies between 10 and 24"));
    }
    let mut sketch: Option<Sketch> = None;
    for value in listed(arguments)?.iter().filter(|value| !value.is_null()) {
        let (kind, hash) = hashed(value).ok_or_else(|| unexpected(arguments))?;
        sketch.get_or_insert_with(|| Sketch::new(kind, precision as u32)).add(hash);
    }
    Ok(sketch.map_or(Value::Null, |sketch| Value::Bytes(sketch.bytes().into())))
}

fn merged(arguments: &[Value]) -> Result<Option<Sketch>, String> {
    super::merged(arguments, Sketch::read, Sketch::merge)
}

fn merge<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    Ok(Value::Int64(merged(arguments)?.map_or(0, |sketch| sketch.count())))
}

fn merge_partial<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    Ok(merged(arguments)?.map_or(Value::Null, |sketch| Value::Bytes(sketch.bytes().into())))
}

fn extract<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Null] => Ok(Value::Int64(0)),
        [Value::Bytes(bytes)] => Ok(Value::Int64(Sketch::read(bytes)?.count())),
        _ => Err(unexpected(arguments)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: std::ops::Range<i64>, precision: i64) -> Value<'static> {
        init(&[Value::Array(numbers.map(Value::Int64).collect()), Value::Int64(precision)]).unwrap()
    }

    fn count(sketches: Vec<Value<'static>>) -> i64 {
        match merge(&[Value::Array(sketches)]) {
            Ok(Value::Int64(count)) => count,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn few_values_are_counted_exactly() {
        assert_eq!(extract(&[of(0..1000, 15)]), Ok(Value::Int64(1000)));
        assert_eq!(count(vec![of(0..600, 15), of(400..1000, 15), Value::Null]), 1000);
        assert_eq!(count(Vec::new()), 0);
    }

    #[test]
    fn sketches_merge_whatever_they_hold_and_in_any_order() {
        let sketches = [of(0..100, 15), of(50..60_000, 15), of(30_000..90_000, 12)];
        let forward = count(sketches.to_vec());
        assert_eq!(forward, count(sketches.iter().rev().cloned().collect()));
        assert!((85_000..95_000).contains(&forward), "{forward}");
    }

    #[test]
    fn what_is_no_sketch_is_refused() {
        for bytes in [&b""[..], b"TMH1", b"TMH1i\x0f\x01abc", b"TMH1i\x01\x00"] {
            assert!(extract(&[Value::Bytes(bytes.into())]).is_err());
        }
        let texts = init(&[Value::Array(vec![Value::string("a")])]).unwrap();
        assert!(merge(&[Value::Array(vec![of(0..1, 15), texts])]).is_err());
    }
}
