//! Numbers: what divides, rounds or compares.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::data_type;
use crate::sql::functions::Translated;
use crate::sql::tree::Kind;

pub fn greatest(call: &Translated) -> Form {
    if call.ty(0) == &Type::Interval {
        // DuckDB's looks at the parts alone: 25 hours are less than a day to it.
        return call.native("interval_greatest");
    }
    if matches!(call.ty(0), Type::Range(_)) {
        return Err("RANGEs are not compared here yet".to_owned());
    }
    Ok(call.strict(&format!("greatest({})", call.sql.join(", "))))
}

pub fn least(call: &Translated) -> Form {
    if call.ty(0) == &Type::Interval {
        return call.native("interval_least");
    }
    if matches!(call.ty(0), Type::Range(_)) {
        return Err("RANGEs are not compared here yet".to_owned());
    }
    Ok(call.strict(&format!("least({})", call.sql.join(", "))))
}

/// DuckDB gives NULL for a division by zero, GoogleSQL fails.
fn guarded(call: &Translated, value: &str) -> String {
    match call.arguments[1].kind {
        Kind::Integer(divisor) if divisor != 0 => value.to_owned(),
        _ => format!("CASE WHEN {} = 0 THEN error('division by zero') ELSE {value} END", call.sql[1]),
    }
}

pub fn quotient(call: &Translated) -> Form {
    Ok(match (call.ty(0), call.ty(1)) {
        (Type::Int64 | Type::Null, Type::Int64 | Type::Null) => {
            guarded(call, &format!("({} // {})", call.sql[0], call.sql[1]))
        }
        _ => guarded(call, &format!("trunc({} / {})", call.sql[0], call.sql[1])),
    })
}

pub fn remainder(call: &Translated) -> Form {
    Ok(guarded(call, &format!("({} % {})", call.sql[0], call.sql[1])))
}

fn digits(call: &Translated) -> String {
    call.sql.get(1).map_or(String::new(), |digits| format!(", CAST({digits} AS INTEGER)"))
}

/// An INT64 rounds to a FLOAT64, so it has to be one before digits are dropped.
pub fn round(call: &Translated) -> Form {
    Ok(match call.ty(0) {
        Type::Int64 => format!("round(CAST({} AS DOUBLE){})", call.sql[0], digits(call)),
        _ => format!("round({}{})", call.sql[0], digits(call)),
    })
}

pub fn truncate_number(call: &Translated) -> Form {
    match (call.sql.len(), call.ty(0)) {
        (1, Type::Int64) => Ok(format!("CAST({} AS DOUBLE)", call.sql[0])),
        (1, _) => Ok(format!("trunc({})", call.sql[0])),
        _ => Err("TRUNC to a number of digits is not understood yet".to_owned()),
    }
}

pub fn sign(call: &Translated) -> Form {
    Ok(format!("CAST(sign({}) AS {})", call.sql[0], data_type(call.ty(0))))
}

/// Infinities and NaN are values here, not errors.
pub fn ieee_divide(call: &Translated) -> Form {
    Ok(format!("(CAST({} AS DOUBLE) / CAST({} AS DOUBLE))", call.sql[0], call.sql[1]))
}

/// GoogleSQL fails where finite numbers give none.
fn finite(call: &Translated, value: &str) -> String {
    let given: Vec<String> =
        call.sql.iter().map(|argument| format!("isfinite(CAST({argument} AS DOUBLE))")).collect();
    format!(
        "CASE WHEN NOT isfinite({value}) AND {} THEN error('floating point overflow') ELSE {value} END",
        given.join(" AND ")
    )
}

pub fn exponential(call: &Translated) -> Form {
    Ok(finite(call, &format!("exp({})", call.sql[0])))
}

pub fn power(call: &Translated) -> Form {
    Ok(finite(call, &format!("pow({}, {})", call.sql[0], call.sql[1])))
}

pub fn logarithm(call: &Translated) -> Form {
    Ok(match call.sql.get(1) {
        None => format!("ln({})", call.sql[0]),
        Some(base) => format!("(ln({}) / ln({base}))", call.sql[0]),
    })
}

/// The n + 1 boundaries of n equal parts; n is a literal.
pub fn approximate_quantiles(call: &Translated) -> Form {
    match call.arguments.get(1).map(|argument| &argument.kind) {
        Some(Kind::Integer(parts @ 1..=1000)) => {
            let points: Vec<String> =
                (0..=*parts).map(|point| format!("{point}::DOUBLE / {parts}")).collect();
            Ok(format!("quantile_disc({}, [{}])", call.sql[0], points.join(", ")))
        }
        _ => Err("the number of quantiles must be a literal from 1 to 1000".to_owned()),
    }
}
