//! Numbers as CAST to STRING writes them. Conversion rules, "CAST AS STRING".

use super::{Native, strict, unexpected};
use crate::value::{Value, float_text, text};

pub const ROWS: &[Native] = &[strict("number_text", number_text)];

fn number_text<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        // Neither 0 nor NaN has a sign.
        [Value::Float64(number)] => Ok(Value::string(float_text(if *number == 0.0 { 0.0 } else { *number }))),
        [number @ (Value::Numeric(_) | Value::BigNumeric(_) | Value::Int64(_))] => {
            Ok(Value::string(text(number)))
        }
        _ => Err(unexpected(arguments)),
    }
}
