//! Functions of FLOAT64. One that has no value at a finite argument fails; at infinities and NaN it has the value that the
//! tables of the documentation give, which are those of IEEE 754. Mathematical functions.

use super::finite;
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] = &[
    strict("acos", |arguments| of_one(arguments, "ACOS", f64::acos)),
    strict("acosh", |arguments| of_one(arguments, "ACOSH", f64::acosh)),
    strict("asin", |arguments| of_one(arguments, "ASIN", f64::asin)),
    strict("asinh", |arguments| of_one(arguments, "ASINH", f64::asinh)),
    strict("atan", |arguments| of_one(arguments, "ATAN", f64::atan)),
    strict("atan2", |arguments| of_two(arguments, "ATAN2", f64::atan2)),
    strict("atanh", |arguments| of_one(arguments, "ATANH", f64::atanh)),
    strict("cbrt", |arguments| of_one(arguments, "CBRT", f64::cbrt)),
    strict("cos", |arguments| of_one(arguments, "COS", f64::cos)),
    strict("cosh", |arguments| of_one(arguments, "COSH", f64::cosh)),
    strict("cot", |arguments| of_one(arguments, "COT", |x| 1.0 / x.tan())),
    strict("coth", |arguments| of_one(arguments, "COTH", |x| 1.0 / x.tanh())),
    strict("csc", |arguments| of_one(arguments, "CSC", |x| 1.0 / x.sin())),
    strict("csch", |arguments| of_one(arguments, "CSCH", |x| 1.0 / x.sinh())),
    strict("exp", |arguments| of_one(arguments, "EXP", f64::exp)),
    strict("ln", |arguments| of_one(arguments, "LN", f64::ln)),
    strict("log", log),
    strict("log10", |arguments| of_one(arguments, "LOG10", f64::log10)),
    strict("pow", |arguments| of_two(arguments, "POW", f64::powf)),
    strict("sec", |arguments| of_one(arguments, "SEC", |x| 1.0 / x.cos())),
    strict("sech", |arguments| of_one(arguments, "SECH", |x| 1.0 / x.cosh())),
    strict("sin", |arguments| of_one(arguments, "SIN", f64::sin)),
    strict("sinh", |arguments| of_one(arguments, "SINH", f64::sinh)),
    strict("sqrt", |arguments| of_one(arguments, "SQRT", f64::sqrt)),
    strict("tan", |arguments| of_one(arguments, "TAN", f64::tan)),
    strict("tanh", |arguments| of_one(arguments, "TANH", f64::tanh)),
];

fn of_one<'a>(arguments: &[Value<'a>], name: &str, function: fn(f64) -> f64) -> Result<Value<'a>, String> {
    let [Value::Float64(number)] = arguments else { return Err(unexpected(arguments)) };
    finite(name, function(*number), &[*number])
}

fn of_two<'a>(
    arguments: &[Value<'a>],
    name: &str,
    function: fn(f64, f64) -> f64,
) -> Result<Value<'a>, String> {
    let [Value::Float64(one), Value::Float64(other)] = arguments else { return Err(unexpected(arguments)) };
    finite(name, function(*one, *other), &[*one, *other])
}

/// The logarithm to a base.
fn log<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Float64(number), Value::Float64(base)] = arguments else { return Err(unexpected(arguments)) };
    let value = match (*number, *base) {
        (number, base) if number.is_nan() || base.is_nan() => f64::NAN,
        (f64::NEG_INFINITY, _) | (_, f64::INFINITY) => f64::NAN,
        (number, base) if number <= 0.0 || base <= 0.0 || base == 1.0 => {
            return Err(format!("LOG has no value for {number} to the base {base}"));
        }
        // These are exact where the quotient of two logarithms is a digit off.
        (number, 2.0) => number.log2(),
        (number, 10.0) => number.log10(),
        (number, base) => number.ln() / base.ln(),
    };
    Ok(Value::Float64(value))
}
