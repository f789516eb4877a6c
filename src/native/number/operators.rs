//! `+`, `-`, `*`, `/`, the minus sign, DIV and MOD. Operators, "Arithmetic operators"; Mathematical functions, "DIV" and
//! "MOD".

use super::exact::pair;
use super::finite;
use crate::native::{Native, strict, unexpected};
use crate::value::{I256, Value};

pub const ROWS: &[Native] = &[
    strict("add", add),
    strict("subtract", subtract),
    strict("multiply", multiply),
    strict("divide", divide),
    strict("negate", negate),
    strict("quotient", quotient),
    strict("remainder", remainder),
];

fn overflow<T>(result: Option<T>, sign: char, left: i64, right: i64) -> Result<T, String> {
    result.ok_or_else(|| format!("INT64 overflow: {left} {sign} {right}"))
}

fn add<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(left), Value::Int64(right)] => {
            overflow(left.checked_add(*right), '+', *left, *right).map(Value::Int64)
        }
        [Value::Float64(left), Value::Float64(right)] => finite("a sum", left + right, &[*left, *right]),
        _ => {
            let (kind, left, right) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
            kind.value(left.checked_add(right))
        }
    }
}

fn subtract<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(left), Value::Int64(right)] => {
            overflow(left.checked_sub(*right), '-', *left, *right).map(Value::Int64)
        }
        [Value::Float64(left), Value::Float64(right)] => {
            finite("a difference", left - right, &[*left, *right])
        }
        _ => {
            let (kind, left, right) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
            kind.value(left.checked_sub(right))
        }
    }
}

fn multiply<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(left), Value::Int64(right)] => {
            overflow(left.checked_mul(*right), '*', *left, *right).map(Value::Int64)
        }
        [Value::Float64(left), Value::Float64(right)] => finite("a product", left * right, &[*left, *right]),
        _ => {
            let (kind, left, right) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
            kind.value(kind.times(left, right))
        }
    }
}

fn by_zero(left: impl std::fmt::Display) -> String {
    format!("division by zero: {left} / 0")
}

fn divide<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Float64(left), Value::Float64(0.0)] => Err(by_zero(left)),
        [Value::Float64(left), Value::Float64(right)] => finite("a quotient", left / right, &[*left, *right]),
        _ => {
            let (kind, left, right) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
            if right == 0 {
                return Err(by_zero(crate::value::text(&arguments[0])));
            }
            kind.value(kind.over(left, right))
        }
    }
}

fn negate<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(number)] => {
            number.checked_neg().map(Value::Int64).ok_or_else(|| format!("INT64 overflow: -({number})"))
        }
        [Value::Float64(number)] => Ok(Value::Float64(-number)),
        [Value::Numeric(units)] => Ok(Value::Numeric(-units)),
        [Value::BigNumeric(units)] => super::exact::Exact::BigNumeric.value(units.checked_neg()),
        _ => Err(unexpected(arguments)),
    }
}

/// Whole division: the fraction is cut.
fn quotient<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(left), Value::Int64(0)] => Err(by_zero(left)),
        [Value::Int64(left), Value::Int64(right)] => {
            overflow(left.checked_div(*right), '/', *left, *right).map(Value::Int64)
        }
        _ => {
            let (kind, left, right) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
            if right == 0 {
                return Err(by_zero(crate::value::text(&arguments[0])));
            }
            kind.value(left.checked_div(right).and_then(|whole| whole.checked_mul(kind.one())))
        }
    }
}

/// It has the sign of the dividend.
fn remainder<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [Value::Int64(left), Value::Int64(0)] => Err(by_zero(left)),
        // The smallest number by -1 leaves nothing, though its quotient has no room.
        [Value::Int64(left), Value::Int64(right)] => Ok(Value::Int64(left.wrapping_rem(*right))),
        _ => {
            let (kind, left, right) = pair(arguments).ok_or_else(|| unexpected(arguments))?;
            if right == 0 {
                return Err(by_zero(crate::value::text(&arguments[0])));
            }
            kind.value(Some(if right == -1 { I256::ZERO } else { left % right }))
        }
    }
}
