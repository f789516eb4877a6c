//! Numbers: what divides, rounds or compares. DuckDB's own function where it is as exact for the type.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{data_type, decimal_literal, native_call};
use crate::sql::functions::Translated;
use crate::sql::tree::Kind;

pub fn greatest(call: &Translated) -> Form {
    extreme(call, "greatest")
}

pub fn least(call: &Translated) -> Form {
    extreme(call, "least")
}

fn extreme(call: &Translated, name: &str) -> Form {
    match call.result {
        // DuckDB's looks at the parts alone: 25 hours are less than a day to it.
        Type::Interval => call.native(&format!("interval_{name}")),
        Type::Range(_) => call.native(&format!("range_{name}")),
        // NaN is its greatest number.
        Type::Float64 => call.native(name),
        _ => Ok(call.strict(&format!("{name}({})", call.sql.join(", ")))),
    }
}

pub fn null_if_zero(call: &Translated) -> Form {
    Ok(format!("nullif({}, {})", call.sql[0], zero(call.result)))
}

pub fn zero_if_null(call: &Translated) -> Form {
    Ok(format!("coalesce({}, {})", call.sql[0], zero(call.result)))
}

/// 0 of a type of numbers.
fn zero(ty: &Type) -> String {
    match ty {
        Type::BigNumeric => decimal_literal("0", ty),
        ty => format!("CAST(0 AS {})", data_type(ty)),
    }
}

/// DuckDB gives NULL for a division by zero, GoogleSQL fails.
fn guarded(call: &Translated, value: &str) -> String {
    match call.arguments[1].kind {
        Kind::Integer(divisor) if divisor != 0 => value.to_owned(),
        _ => format!(
            "CASE WHEN {} = 0 AND {} IS NOT NULL THEN error('division by zero') ELSE {value} END",
            call.sql[1], call.sql[0]
        ),
    }
}

fn is_whole(call: &Translated) -> bool {
    [0, 1].into_iter().all(|index| matches!(call.ty(index), Type::Int64 | Type::Null))
}

pub fn quotient(call: &Translated) -> Form {
    if call.safe || !is_whole(call) {
        return call.native("quotient");
    }
    Ok(guarded(call, &format!("({} // {})", call.sql[0], call.sql[1])))
}

/// DuckDB fails for the smallest number by -1, whose remainder is 0.
pub fn remainder(call: &Translated) -> Form {
    let is_plain = matches!(call.arguments[1].kind, Kind::Integer(divisor) if divisor != 0 && divisor != -1);
    let (number, divisor) = (&call.sql[0], &call.sql[1]);
    match is_whole(call) {
        true if is_plain => Ok(format!("({number} % {divisor})")),
        true if !call.safe => Ok(format!(
            "CASE WHEN {divisor} = 0 AND {number} IS NOT NULL THEN error('division by zero') WHEN {divisor} = -1 THEN {number} & 0 ELSE {number} % {divisor} END"
        )),
        _ => call.native("remainder"),
    }
}

/// The function for floats, and the one for decimals.
pub fn real(call: &Translated, float: &str, decimal: &str) -> Form {
    match call.result {
        Type::Numeric | Type::BigNumeric => call.native(decimal),
        _ => call.native(float),
    }
}

pub fn logarithm(call: &Translated) -> Form {
    match call.sql.len() {
        1 => real(call, "ln", "decimal_ln"),
        _ => real(call, "log", "decimal_log"),
    }
}

/// DuckDB's function of INT64 and FLOAT64.
pub fn whole(call: &Translated, name: &str) -> Form {
    match call.result {
        Type::Numeric | Type::BigNumeric => call.native(name),
        _ => Ok(format!("{name}({})", call.sql[0])),
    }
}

pub fn absolute(call: &Translated) -> Form {
    if call.result == &Type::BigNumeric { call.native("abs") } else { Ok(format!("abs({})", call.sql[0])) }
}

pub fn sign(call: &Translated) -> Form {
    match call.result {
        Type::Int64 => Ok(format!("CAST(sign({}) AS BIGINT)", call.sql[0])),
        _ => call.native("sign"),
    }
}

/// Few digits that are known cannot make a float overflow on the way.
pub fn round(call: &Translated) -> Form {
    match (call.result, call.arguments.get(1).map(|digits| &digits.kind)) {
        (Type::Float64, None) => Ok(format!("round({})", call.sql[0])),
        (Type::Float64, Some(Kind::Integer(digits @ 0..=15))) => {
            // A float that is so large has no fraction, and would lose its last digit on the way.
            let number = &call.sql[0];
            Ok(format!(
                "CASE WHEN abs({number}) < 4503599627370496 THEN round({number}, {digits}) ELSE {number} END"
            ))
        }
        _ => call.native("round"),
    }
}

pub fn truncate_number(call: &Translated) -> Form {
    match (call.result, call.sql.len()) {
        (Type::Float64, 1) => Ok(format!("trunc({})", call.sql[0])),
        _ => call.native("trunc"),
    }
}

/// Infinities and NaN are values here, not errors.
pub fn ieee_divide(call: &Translated) -> Form {
    Ok(format!("(CAST({} AS DOUBLE) / CAST({} AS DOUBLE))", call.sql[0], call.sql[1]))
}

/// An operator that gives NULL where it would fail; what fails in its operands does.
fn without_failing(call: &Translated, native: &str) -> Form {
    let types: Vec<Type> = call.arguments.iter().map(|argument| argument.ty.clone()).collect();
    native_call(native, call.sql, &types, call.result, true)
}

pub fn safe_add(call: &Translated) -> Form {
    without_failing(call, "add")
}

pub fn safe_subtract(call: &Translated) -> Form {
    without_failing(call, "subtract")
}

pub fn safe_multiply(call: &Translated) -> Form {
    without_failing(call, "multiply")
}

pub fn safe_negate(call: &Translated) -> Form {
    without_failing(call, "negate")
}

pub fn safe_divide(call: &Translated) -> Form {
    if call.result != &Type::Float64 {
        return without_failing(call, "divide");
    }
    let (left, right) = (&call.sql[0], &call.sql[1]);
    let is_whole = |index: usize| match &call.arguments[index].kind {
        Kind::Cast { operand, .. } => operand.ty == Type::Int64,
        Kind::Integer(_) => true,
        Kind::Float(digits) => digits.bytes().all(|digit| digit.is_ascii_digit()) && digits.len() < 20,
        _ => false,
    };
    // No quotient of whole numbers is too large.
    if is_whole(0) && is_whole(1) {
        return Ok(format!("CASE WHEN {right} = 0 THEN NULL ELSE {left} / {right} END"));
    }
    Ok(format!(
        "CASE WHEN isfinite({left} / {right}) THEN {left} / {right} WHEN {right} = 0 OR (isfinite({left}) AND isfinite({right})) THEN NULL ELSE {left} / {right} END"
    ))
}
