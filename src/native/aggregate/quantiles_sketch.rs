//! Sketches of quantiles: `KLL_QUANTILES.*`. Their bytes are our own; BigQuery's are its own too, and neither reads the other's.
//! A sketch of few values holds all of them and is exact; a longer one keeps every second value of a full level for
//! the next, where each counts twice. After Karnin, Lang and Liberty, "Optimal quantile approximation in streams", 2016.

use super::listed;
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("kll_init", init),
    strict("kll_merge_partial", merge_partial),
    strict("kll_int64", |arguments| quantiles(arguments, Kind::Int64)),
    strict("kll_float64", |arguments| quantiles(arguments, Kind::Float64)),
    strict("kll_point_int64", |arguments| point(arguments, Kind::Int64)),
    strict("kll_point_float64", |arguments| point(arguments, Kind::Float64)),
];

/// What our sketches begin with, the version in it.
const MARK: &[u8] = b"TMK1";
/// The precision where none is given.
const USUAL: i64 = 1000;
const PRECISIONS: std::ops::RangeInclusive<i64> = 1..=100_000;
/// How many values a level holds for each step of the precision: sixteen keep the error of a billion values below a
/// thousandth.
const ROOM: usize = 16;

/// The type of the values: sketches of two types do not mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Int64,
    Float64,
}

impl Kind {
    fn letter(self) -> u8 {
        match self {
            Kind::Int64 => b'i',
            Kind::Float64 => b'f',
        }
    }

    fn value<'a>(self, key: u64) -> Value<'a> {
        match self {
            Kind::Int64 => Value::Int64((key ^ SIGN).cast_signed()),
            Kind::Float64 if key & SIGN == 0 => Value::Float64(f64::from_bits(!key)),
            Kind::Float64 => Value::Float64(f64::from_bits(key ^ SIGN)),
        }
    }
}

const SIGN: u64 = 1 << 63;

/// A value as a number in its order, and its type.
fn key_of(value: &Value) -> Option<(Kind, u64)> {
    match value {
        Value::Int64(number) => Some((Kind::Int64, number.cast_unsigned() ^ SIGN)),
        Value::Float64(number) => {
            let bits = (number + 0.0).to_bits();
            Some((Kind::Float64, if bits & SIGN == 0 { bits | SIGN } else { !bits }))
        }
        _ => None,
    }
}

/// The keys that each stand for 2^level values.
#[derive(Clone, Default)]
struct Level {
    keys: Vec<u64>,
    /// Whether the next one that is kept is the second of each two.
    second: bool,
}

struct Sketch {
    kind: Kind,
    precision: u32,
    least: u64,
    most: u64,
    levels: Vec<Level>,
}

impl Sketch {
    fn new(kind: Kind, precision: u32) -> Self {
        Self { kind, precision, least: u64::MAX, most: 0, levels: Vec::new() }
    }

    fn add(&mut self, key: u64) {
        self.least = self.least.min(key);
        self.most = self.most.max(key);
        self.place(0, key);
        self.settle();
    }

    fn place(&mut self, level: usize, key: u64) {
        if self.levels.len() <= level {
            self.levels.resize(level + 1, Level::default());
        }
        self.levels[level].keys.push(key);
    }

    /// Brings every second key of each level that is full to the next one.
    fn settle(&mut self) {
        let room = self.precision as usize * ROOM;
        let mut level = 0;
        while level < self.levels.len() {
            if self.levels[level].keys.len() > room {
                let Level { keys, second } = &mut self.levels[level];
                keys.sort_unstable();
                // An odd one out stays.
                let rest = if keys.len() % 2 == 1 { keys.pop() } else { None };
                let kept: Vec<u64> = keys.iter().copied().skip(usize::from(*second)).step_by(2).collect();
                *second = !*second;
                *keys = rest.into_iter().collect();
                kept.into_iter().for_each(|key| self.place(level + 1, key));
            }
            level += 1;
        }
    }

    /// Takes in another one; the lower precision is that of both.
    fn merge(&mut self, other: &Self) -> Result<(), String> {
        if self.kind != other.kind {
            return Err("KLL_QUANTILES cannot merge sketches of values of two types".to_owned());
        }
        self.precision = self.precision.min(other.precision);
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
        for (level, others) in other.levels.iter().enumerate() {
            others.keys.iter().for_each(|key| self.place(level, *key));
        }
        self.settle();
        Ok(())
    }

    /// The values at these fractions: the first that as many are not above.
    fn at<'a>(&self, fractions: &[(u128, u128)]) -> Vec<Value<'a>> {
        let mut keys: Vec<(u64, u128)> = Vec::new();
        for (level, held) in self.levels.iter().enumerate() {
            keys.extend(held.keys.iter().map(|key| (*key, 1_u128 << level)));
        }
        keys.sort_unstable();
        let total: u128 = keys.iter().map(|(_, weight)| weight).sum();
        let found = fractions.iter().map(|(part, parts)| {
            let wanted = (total * part).div_ceil(*parts);
            let mut seen = 0;
            let reached = keys.iter().find(|(_, weight)| {
                seen += weight;
                seen >= wanted
            });
            let key = match part {
                0 => self.least,
                part if part == parts => self.most,
                _ => reached.map_or(self.most, |(key, _)| *key),
            };
            self.kind.value(key)
        });
        found.collect()
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        bytes.push(self.kind.letter());
        bytes.extend(self.precision.to_be_bytes());
        bytes.extend(self.least.to_be_bytes());
        bytes.extend(self.most.to_be_bytes());
        for level in &self.levels {
            bytes.push(u8::from(level.second));
            bytes.extend((level.keys.len() as u32).to_be_bytes());
            level.keys.iter().for_each(|key| bytes.extend(key.to_be_bytes()));
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let read = || {
            let (kind, mut rest) = bytes.strip_prefix(MARK)?.split_first()?;
            let kind = [Kind::Int64, Kind::Float64].into_iter().find(|one| one.letter() == *kind)?;
            let precision = u32::from_be_bytes(*taken(&mut rest)?);
            let fits = PRECISIONS.contains(&i64::from(precision));
            let (least, most) =
                (u64::from_be_bytes(*taken(&mut rest)?), u64::from_be_bytes(*taken(&mut rest)?));
            let mut levels = Vec::new();
            while !rest.is_empty() {
                let [second] = *taken(&mut rest)?;
                let count = u32::from_be_bytes(*taken(&mut rest)?) as usize;
                let (keys, behind) = rest.split_at_checked(count.checked_mul(8)?)?;
                rest = behind;
                let keys =
                    keys.chunks_exact(8).filter_map(|key| Some(u64::from_be_bytes(key.try_into().ok()?)));
                levels.push(Level { keys: keys.collect(), second: second == 1 });
            }
            let holds_values = levels.len() < 64 && levels.iter().any(|level| !level.keys.is_empty());
            (fits && holds_values).then_some(Self { kind, precision, least, most, levels })
        };
        read().ok_or_else(|| "these BYTES are no sketch that KLL_QUANTILES.INIT made here".to_owned())
    }
}

/// The first so many bytes, which are taken away.
fn taken<'b, const COUNT: usize>(bytes: &mut &'b [u8]) -> Option<&'b [u8; COUNT]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(first)
}

fn init<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let precision = match arguments.get(1) {
        None => USUAL,
        Some(Value::Int64(precision)) => *precision,
        Some(_) => return Err(unexpected(arguments)),
    };
    if !PRECISIONS.contains(&precision) {
        return Err(format!("KLL_QUANTILES.INIT of precision {precision}: it lies between 1 and 100000"));
    }
    let mut sketch: Option<Sketch> = None;
    for value in listed(arguments)?.iter().filter(|value| !value.is_null()) {
        if matches!(value, Value::Float64(number) if number.is_nan()) {
            return Err("KLL_QUANTILES.INIT of NaN, which has no place among numbers".to_owned());
        }
        let (kind, key) = key_of(value).ok_or_else(|| unexpected(arguments))?;
        sketch.get_or_insert_with(|| Sketch::new(kind, precision as u32)).add(key);
    }
    Ok(sketch.map_or(Value::Null, |sketch| Value::Bytes(sketch.bytes().into())))
}

/// One sketch, or all of a list in one.
fn merged(arguments: &[Value]) -> Result<Option<Sketch>, String> {
    if let Some(Value::Bytes(bytes)) = arguments.first() {
        return Sketch::read(bytes).map(Some);
    }
    super::merged(arguments, Sketch::read, Sketch::merge)
}

fn merge_partial<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    Ok(merged(arguments)?.map_or(Value::Null, |sketch| Value::Bytes(sketch.bytes().into())))
}

/// The sketch that is asked, whose values are of this type.
fn asked(arguments: &[Value], kind: Kind) -> Result<Option<Sketch>, String> {
    let sketch = merged(arguments)?;
    match &sketch {
        Some(sketch) if sketch.kind != kind => Err(format!("a sketch of other values than {kind:?}")),
        _ => Ok(sketch),
    }
}

fn quantiles<'a>(arguments: &[Value<'a>], kind: Kind) -> Result<Value<'a>, String> {
    let Some(Value::Int64(parts)) = arguments.get(1) else { return Err(unexpected(arguments)) };
    let parts = u32::try_from(*parts).ok().filter(|parts| *parts > 0);
    let parts = parts.ok_or("the number of quantiles must be above 0")?;
    let fractions: Vec<(u128, u128)> =
        (0..=u128::from(parts)).map(|part| (part, u128::from(parts))).collect();
    Ok(asked(arguments, kind)?.map_or(Value::Null, |sketch| Value::Array(sketch.at(&fractions))))
}

fn point<'a>(arguments: &[Value<'a>], kind: Kind) -> Result<Value<'a>, String> {
    let Some(Value::Float64(fraction)) = arguments.get(1) else { return Err(unexpected(arguments)) };
    if !(0.0..=1.0).contains(fraction) {
        return Err(format!("a quantile at {fraction}: it lies between 0 and 1"));
    }
    // With as many digits as a float of its size keeps.
    let parts = 1_000_000_000_000_000_u128;
    let part = (fraction * 1e15).round() as u128;
    let found = asked(arguments, kind)?.map(|sketch| sketch.at(&[(part, parts)]));
    Ok(found.and_then(|found| found.into_iter().next()).unwrap_or(Value::Null))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: impl Iterator<Item = i64>, precision: i64) -> Value<'static> {
        init(&[Value::Array(numbers.map(Value::Int64).collect()), Value::Int64(precision)]).unwrap()
    }

    fn found(sketch: Value<'static>, fraction: f64) -> i64 {
        match point(&[sketch, Value::Float64(fraction)], Kind::Int64) {
            Ok(Value::Int64(found)) => found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn few_values_are_exact() {
        let sketch = of((-500..500).rev(), 1000);
        assert_eq!(found(sketch.clone(), 0.0), -500);
        assert_eq!(found(sketch.clone(), 0.25), -251);
        assert_eq!(found(sketch, 1.0), 499);
    }

    #[test]
    fn many_values_are_near_and_merge() {
        // Each number once, in an order that is none.
        let shuffled = |from: i64, to: i64| (from..to).map(|number| number * 7_919 % 100_003);
        let parts = [of(shuffled(0, 60_000), 10), of(shuffled(60_000, 100_003), 20)];
        let merged = merge_partial(&[Value::Array(parts.to_vec())]).unwrap();
        for percent in [1, 10, 50, 90, 99] {
            let distance = found(merged.clone(), f64::from(percent) / 100.0) - i64::from(percent) * 1_000;
            assert!(distance.abs() < 2_000, "{percent}: {distance}");
        }
        assert_eq!((found(merged.clone(), 0.0), found(merged, 1.0)), (0, 100_002));
    }

    #[test]
    fn floats_keep_their_order() {
        let numbers = [f64::NEG_INFINITY, -1.5, 0.0, 2.5, f64::INFINITY];
        let list = Value::Array(numbers.iter().rev().map(|number| Value::Float64(*number)).collect());
        let sketch = init(&[list]).unwrap();
        let bounds = quantiles(&[sketch, Value::Int64(4)], Kind::Float64).unwrap();
        let expected = [f64::NEG_INFINITY, -1.5, 0.0, 2.5, f64::INFINITY].map(Value::Float64);
        assert_eq!(bounds, Value::Array(expected.to_vec()));
    }

    #[test]
    fn what_is_no_sketch_is_refused() {
        let whole = of(0..3, 10);
        let Value::Bytes(bytes) = &whole else { panic!() };
        for cut in 0..bytes.len() {
            assert!(Sketch::read(&bytes[..cut]).is_err(), "{cut}");
        }
        assert!(point(&[whole, Value::Float64(0.5)], Kind::Float64).is_err());
    }
}
