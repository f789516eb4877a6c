//! Arithmetic and mathematics of INT64, FLOAT64, NUMERIC and BIGNUMERIC where DuckDB's own is another: it lets floats
//! overflow to infinity, divides decimals as floats, and holds no BIGNUMERIC. Nothing here may lose a digit
//! that GoogleSQL keeps. Mathematical functions; Operators, "Arithmetic operators".

pub mod cast;
pub mod distance;
pub mod exact;
pub mod float;
mod natural;
pub mod operators;
pub mod order;
pub mod parse;
pub mod power;
pub mod rounding;
mod series;
pub mod wide;

use crate::value::Value;

/// A finite argument has a finite result, or there is an error; what was infinite or NaN may stay so.
fn finite<'a>(what: &str, result: f64, given: &[f64]) -> Result<Value<'a>, String> {
    if result.is_finite() || given.iter().any(|number| !number.is_finite()) {
        return Ok(Value::Float64(result));
    }
    let given: Vec<String> = given.iter().map(|number| crate::value::float_text(*number)).collect();
    let fault = if result.is_nan() { "has no value" } else { "is out of FLOAT64's range" };
    Err(format!("{what} {fault} for {}", given.join(" and ")))
}
