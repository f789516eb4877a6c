//! Functions that authors write in JavaScript: `javascript(arguments, result, source, …)`, where the first two are the types
//! that the function declares, as GoogleSQL writes them, and what follows the source are the arguments of one row.
//! A function sees nothing but its arguments: no file, no network, no module. User-defined functions,
//! "JavaScript UDFs".

mod convert;
mod engine;

use super::Native;
use crate::value::Value;
use engine::with_function;

pub const ROWS: &[Native] = &[
    Native { name: "javascript", strict: false, volatile: false, body: javascript },
    // Of arguments that are the same for all rows. An engine that took its value for known would call it while it plans,
    // and once more for each plan that it gives up where the call fails.
    Native { name: "javascript_anew", strict: false, volatile: true, body: javascript },
];

fn javascript<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::String(types), Value::String(result), Value::String(source), values @ ..] = arguments else {
        return Err(super::unexpected(arguments));
    };
    with_function(types, result, source, |function| function.call(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(
        types: &str,
        result: &str,
        source: &str,
        values: &[Value<'static>],
    ) -> Result<Value<'static>, String> {
        let mut arguments = vec![types, result, source].into_iter().map(Value::string).collect::<Vec<_>>();
        arguments.extend(values.iter().cloned());
        javascript(&arguments).map(Value::into_owned)
    }

    fn gives(result: &str, source: &str) -> Result<Value<'static>, String> {
        call("", result, source, &[])
    }

    #[test]
    fn values_come_and_go_as_documented() {
        let number = Value::Float64(2.5);
        assert_eq!(call("x FLOAT64", "FLOAT64", "return x * 2;", &[number]), Ok(Value::Float64(5.0)));
        assert_eq!(
            call("x STRING", "STRING", "return x + '!'", &[Value::string("ü")]),
            Ok(Value::string("ü!"))
        );
        assert_eq!(call("x STRING", "BOOL", "return x === null", &[Value::Null]), Ok(Value::Bool(true)));
        let bytes = Value::Bytes(b"abc"[..].into());
        assert_eq!(
            call("x BYTES", "STRING", "return x", std::slice::from_ref(&bytes)),
            Ok(Value::string("YWJj"))
        );
        assert_eq!(gives("BYTES", "return 'YWJj'"), Ok(bytes));
        // 2024-02-29 04:05:06.123456
        let moment = Value::Timestamp(1_709_179_506_123_456);
        let source = "return x.toISOString()";
        assert_eq!(
            call("x TIMESTAMP", "STRING", source, std::slice::from_ref(&moment)),
            Ok(Value::string("2024-02-29T04:05:06.123Z"))
        );
        assert_eq!(call("x TIMESTAMP", "TIMESTAMP", "return x", std::slice::from_ref(&moment)), Ok(moment));
        let json = Value::Json(r#"{"a":[1,null]}"#.into());
        assert_eq!(
            call("x JSON", "JSON", "x.a.push('z'); return x", &[json]),
            Ok(Value::Json(r#"{"a":[1,null,"z"]}"#.into()))
        );
        let row = Value::Array(vec![Value::Struct(vec![Value::Float64(1.5), Value::Null]), Value::Null]);
        let types = "x ARRAY<STRUCT<a FLOAT64, b STRING>>";
        assert_eq!(
            call(types, "STRING", "return JSON.stringify(x)", std::slice::from_ref(&row)),
            Ok(Value::string(r#"[{"a":1.5,"b":null},null]"#))
        );
        assert_eq!(
            call(types, "ARRAY<STRUCT<a FLOAT64, b STRING>>", "return x", std::slice::from_ref(&row)),
            Ok(row)
        );
        assert_eq!(
            gives("STRUCT<a INT64, b BOOL>", "return {a: 7}"),
            Ok(Value::Struct(vec![Value::Int64(7), Value::Null]))
        );
        assert_eq!(gives("INT64", "return"), Ok(Value::Null));
        assert_eq!(gives("INT64", "return '9007199254740993'"), Ok(Value::Int64(9_007_199_254_740_993)));
        assert_eq!(gives("NUMERIC", "return '0.1'"), Ok(Value::Numeric(100_000_000)));
    }

    #[test]
    fn a_name_that_is_not_declared_lasts_for_one_call() {
        let source = "n = typeof n === 'undefined' ? 1 : n + 1; return n";
        assert_eq!(gives("FLOAT64", source), Ok(Value::Float64(1.0)));
        assert_eq!(gives("FLOAT64", source), Ok(Value::Float64(1.0)));
        assert!(gives("FLOAT64", &format!("'use strict'; {source}")).is_err());
    }

    #[test]
    fn a_number_is_true_or_false() {
        for (source, truth) in [("0", false), ("-0", false), ("NaN", false), ("2", true), ("-0.5", true)] {
            assert_eq!(gives("BOOL", &format!("return {source}")), Ok(Value::Bool(truth)), "{source}");
        }
    }

    #[test]
    fn what_does_not_convert_is_an_error() {
        for (result, source, part) in [
            ("INT64", "return 1.5", "1.5"),
            ("INT64", "return 'x'", "INT64"),
            ("BOOL", "return 'yes'", "BOOL"),
            ("BYTES", "return '*'", "BYTES"),
            ("ARRAY<INT64>", "return 1", "ARRAY"),
            ("STRUCT<a INT64>", "return 'x'", "STRUCT"),
            ("STRING", "throw new Error('no luck')", "no luck"),
            ("STRING", "return missing", "missing"),
            ("STRING", "return (", "JavaScript"),
            ("TIMESTAMP", "return new Date(NaN)", "TIMESTAMP"),
            ("STRING", "return {toString() { throw new Error('no text') }}", "no text"),
            ("STRING", "return Object.create(null)", "JavaScript"),
            ("ARRAY<FLOAT64>", "return new Array(100000000)", "100000000 elements"),
            ("STRING", "throw null", "null was thrown"),
            ("STRING", "const a = []; while (true) { a.push(new Array(1000).fill(1)) }", "MB of memory"),
        ] {
            let error = gives(result, source).unwrap_err();
            assert!(error.contains(part), "{source}: {error}");
        }
    }

    #[test]
    fn what_never_ends_or_takes_without_bound_is_stopped() {
        for source in [
            "while (true) {}",
            "function f() { return f() + 1 } return f()",
            "let s = 'x'; while (true) { s = s + s }",
            "const a = []; while (true) { a.push([a.length]) }",
        ] {
            let started = std::time::Instant::now();
            let error = gives("STRING", source).unwrap_err();
            assert!(
                started.elapsed() < 2 * engine::LONGEST_CALL + std::time::Duration::from_secs(2),
                "{error}"
            );
        }
        // The engine is as good as new.
        assert_eq!(gives("STRING", "return 'ok'"), Ok(Value::string("ok")));
    }

    #[test]
    fn a_function_reaches_nothing_outside() {
        for name in ["require", "process", "std", "os", "fetch", "load", "print", "Deno"] {
            let source = format!("return typeof {name}");
            assert_eq!(gives("STRING", &source), Ok(Value::string("undefined")), "{name}");
        }
        assert!(
            gives("STRING", "import('fs'); return 'x'").is_ok() || gives("STRING", "import('fs')").is_err()
        );
    }
}
