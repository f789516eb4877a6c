//! GoogleSQL values as Rust has them, and as texts. What runs functions, reads results or writes them shares
//! these; it must know no table, no query and no engine.

pub mod calendar;
mod float;
mod interval;
pub mod json;
mod literal;
mod moment;
mod number;
mod part;
mod reading;
mod zone;

use std::borrow::Cow;

pub use ethnum::{I256, U256};
pub use float::float_text;
pub use interval::Interval;
pub use literal::{literal, quoted, quoted_bytes, text};
pub use moment::{date_text, datetime_text, interval_text, time_text, timestamp_text};
pub use number::{
    BIGNUMERIC_SCALE, MOST_NUMERIC, NUMERIC_SCALE, bytes_of_units, decimal_text, parse_decimal,
    parse_numeric, units_of_bytes,
};
pub use part::DatePart;
pub use reading::{date_of, datetime_of, range, range_of, time_of, timestamp_of};
pub use zone::Zone;

/// A value of GoogleSQL. Texts may be borrowed from where they stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int64(i64),
    Float64(f64),
    /// In units of 10^-9.
    Numeric(i128),
    /// In units of 10^-38.
    BigNumeric(I256),
    String(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01 00:00:00, of no zone.
    Datetime(i64),
    /// Microseconds since midnight.
    Time(i64),
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    Timestamp(i64),
    Interval(Interval),
    /// A document as it is written.
    Json(Cow<'a, str>),
    /// Start, which is in, and end, which is not; NULL is no bound.
    Range(Box<(Value<'a>, Value<'a>)>),
    Array(Vec<Value<'a>>),
    /// The values of the fields, in their order.
    Struct(Vec<Value<'a>>),
}

impl<'a> Value<'a> {
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// What dates and times are counted in, by which those of one type compare.
    pub fn ordinal(&self) -> Option<i64> {
        match self {
            Value::Date(days) => Some(i64::from(*days)),
            Value::Datetime(micros) | Value::Timestamp(micros) | Value::Time(micros) => Some(*micros),
            _ => None,
        }
    }

    /// A text of its own.
    pub fn string(text: impl Into<Cow<'a, str>>) -> Self {
        Value::String(text.into())
    }

    /// The value with nothing borrowed.
    pub fn into_owned(self) -> Value<'static> {
        let each = |values: Vec<Value<'a>>| values.into_iter().map(Value::into_owned).collect();
        match self {
            Value::Null => Value::Null,
            Value::Bool(value) => Value::Bool(value),
            Value::Int64(value) => Value::Int64(value),
            Value::Float64(value) => Value::Float64(value),
            Value::Numeric(value) => Value::Numeric(value),
            Value::BigNumeric(value) => Value::BigNumeric(value),
            Value::String(text) => Value::String(Cow::Owned(text.into_owned())),
            Value::Bytes(bytes) => Value::Bytes(Cow::Owned(bytes.into_owned())),
            Value::Date(days) => Value::Date(days),
            Value::Datetime(micros) => Value::Datetime(micros),
            Value::Time(micros) => Value::Time(micros),
            Value::Timestamp(micros) => Value::Timestamp(micros),
            Value::Interval(interval) => Value::Interval(interval),
            Value::Json(text) => Value::Json(Cow::Owned(text.into_owned())),
            Value::Range(bounds) => {
                let (start, end) = *bounds;
                Value::Range(Box::new((start.into_owned(), end.into_owned())))
            }
            Value::Array(values) => Value::Array(each(values)),
            Value::Struct(values) => Value::Struct(each(values)),
        }
    }
}
