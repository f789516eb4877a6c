//! The signatures of operators.

use std::sync::LazyLock;

use super::signature::{self, Signature};
use crate::sql::tree::{Binary, Unary};

const LOGIC: &str = "(BOOL, BOOL) -> BOOL";
const ADD: &str = "(Number, Number) -> Number | (DATE, INT64) -> DATE | (INT64, DATE) -> DATE \
    | (DATE, INTERVAL) -> DATETIME | (INTERVAL, DATE) -> DATETIME | (TIMESTAMP, INTERVAL) -> TIMESTAMP \
    | (INTERVAL, TIMESTAMP) -> TIMESTAMP | (DATETIME, INTERVAL) -> DATETIME | (INTERVAL, DATETIME) -> DATETIME \
    | (INTERVAL, INTERVAL) -> INTERVAL";
const SUBTRACT: &str = "(Number, Number) -> Number | (DATE, INT64) -> DATE | (DATE, DATE) -> INTERVAL \
    | (TIMESTAMP, TIMESTAMP) -> INTERVAL | (DATETIME, DATETIME) -> INTERVAL | (TIME, TIME) -> INTERVAL \
    | (DATE, INTERVAL) -> DATETIME | (TIMESTAMP, INTERVAL) -> TIMESTAMP | (DATETIME, INTERVAL) -> DATETIME \
    | (INTERVAL, INTERVAL) -> INTERVAL";
const MULTIPLY: &str =
    "(Number, Number) -> Number | (INTERVAL, INT64) -> INTERVAL | (INT64, INTERVAL) -> INTERVAL";
const DIVIDE: &str = "(Real, Real) -> Real | (INTERVAL, INT64) -> INTERVAL";
const CONCATENATE: &str = "(STRING, STRING) -> STRING | (BYTES, BYTES) -> BYTES \
    | (ARRAY<T>, ARRAY<T>) -> ARRAY<T> | (Printable, Printable) -> STRING";
const BITS: &str = "(INT64, INT64) -> INT64 | (BYTES, BYTES) -> BYTES";
const SHIFT: &str = "(INT64, INT64) -> INT64 | (BYTES, INT64) -> BYTES";

const NOT: &str = "(BOOL) -> BOOL";
const PLUS: &str = "(Number) -> Number";
const MINUS: &str = "(Number) -> Number | (INTERVAL) -> INTERVAL";
const BIT_NOT: &str = "(INT64) -> INT64 | (BYTES) -> BYTES";

macro_rules! read {
    ($($name:ident = $text:ident;)+) => {
        $(static $name: LazyLock<Vec<Signature>> =
            LazyLock::new(|| signature::parse($text).unwrap_or_default());)+

        #[cfg(test)]
        pub const WRITTEN: &[&str] = &[$($text),+];
    };
}

read! {
    LOGIC_READ = LOGIC;
    ADD_READ = ADD;
    SUBTRACT_READ = SUBTRACT;
    MULTIPLY_READ = MULTIPLY;
    DIVIDE_READ = DIVIDE;
    CONCATENATE_READ = CONCATENATE;
    BITS_READ = BITS;
    SHIFT_READ = SHIFT;
    NOT_READ = NOT;
    PLUS_READ = PLUS;
    MINUS_READ = MINUS;
    BIT_NOT_READ = BIT_NOT;
}

/// The signatures of an operator between two values; none of one that compares.
pub fn binary(operator: Binary) -> &'static [Signature] {
    match operator {
        Binary::Or | Binary::And => &LOGIC_READ,
        Binary::Add => &ADD_READ,
        Binary::Subtract => &SUBTRACT_READ,
        Binary::Multiply => &MULTIPLY_READ,
        Binary::Divide => &DIVIDE_READ,
        Binary::Concatenate => &CONCATENATE_READ,
        Binary::BitAnd | Binary::BitOr | Binary::BitXor => &BITS_READ,
        Binary::ShiftLeft | Binary::ShiftRight => &SHIFT_READ,
        Binary::Equal
        | Binary::NotEqual
        | Binary::Less
        | Binary::LessOrEqual
        | Binary::Greater
        | Binary::GreaterOrEqual => &[],
    }
}

/// The signatures of an operator before a value.
pub fn unary(operator: Unary) -> &'static [Signature] {
    match operator {
        Unary::Not => &NOT_READ,
        Unary::Minus => &MINUS_READ,
        Unary::Plus => &PLUS_READ,
        Unary::BitNot => &BIT_NOT_READ,
    }
}
