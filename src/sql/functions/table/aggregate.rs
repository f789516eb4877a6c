//! Aggregate functions, statistical ones among them.

use super::super::Form::{Name, Text};
use super::super::{Function, aggregate};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    aggregate("ANY_VALUE", "(T) -> T", Name("any_value")).unordered().picks(),
    aggregate("ARRAY_AGG", "(T) -> ARRAY<T>", Name("list")).unordered().ordered().nulls().picks(),
    aggregate("ARRAY_CONCAT_AGG", "(=ARRAY<T>) -> ARRAY<T>", Name("list")).unordered().ordered().no_window(),
    aggregate("AVG", "(Real) -> Real | (INTERVAL) -> INTERVAL", Name("avg")).sanitising().picks(),
    aggregate("BIT_AND", "(INT64) -> INT64 | (BYTES) -> BYTES", Name("bit_and")).picks(),
    aggregate("BIT_OR", "(INT64) -> INT64 | (BYTES) -> BYTES", Name("bit_or")).picks(),
    aggregate("BIT_XOR", "(INT64) -> INT64 | (BYTES) -> BYTES", Name("bit_xor")).picks(),
    aggregate("CORR", "(FLOAT64, FLOAT64) -> FLOAT64", Name("corr")).sanitising(),
    aggregate("COUNT", "(Any) -> INT64", Name("count")).sanitising().picks(),
    aggregate("COUNTIF", "(BOOL) -> INT64", Text("count(CASE WHEN {0} THEN 1 END)")).sanitising().picks(),
    aggregate("COVAR_POP", "(FLOAT64, FLOAT64) -> FLOAT64", Name("covar_pop")).sanitising(),
    aggregate("COVAR_SAMP", "(FLOAT64, FLOAT64) -> FLOAT64", Name("covar_samp")).sanitising(),
    aggregate("GROUPING", "(Any) -> INT64", Name("grouping")).no_window().sanitising(),
    aggregate("LOGICAL_AND", "(BOOL) -> BOOL", Name("bool_and")).sanitising().picks(),
    aggregate("LOGICAL_OR", "(BOOL) -> BOOL", Name("bool_or")).sanitising().picks(),
    aggregate("MAX", "(Ordered) -> Ordered", Name("max")).picks(),
    aggregate("MAX_BY", "(T, Ordered) -> T", Name("arg_max_null")).unordered().no_window(),
    aggregate("MIN", "(Ordered) -> Ordered", Name("min")).picks(),
    aggregate("MIN_BY", "(T, Ordered) -> T", Name("arg_min_null")).unordered().no_window(),
    aggregate("STDDEV", "(FLOAT64) -> FLOAT64", Name("stddev_samp")).sanitising(),
    aggregate("STDDEV_POP", "(FLOAT64) -> FLOAT64", Name("stddev_pop")).sanitising(),
    aggregate("STDDEV_SAMP", "(FLOAT64) -> FLOAT64", Name("stddev_samp")).sanitising(),
    aggregate("STRING_AGG", "(Text, [!Text]) -> Text", Name("string_agg")).unordered().ordered().picks(),
    aggregate("SUM", "(Number) -> Number | (INTERVAL) -> INTERVAL", Name("sum")).sanitising().picks(),
    aggregate("VARIANCE", "(FLOAT64) -> FLOAT64", Name("var_samp")).sanitising(),
    aggregate("VAR_POP", "(FLOAT64) -> FLOAT64", Name("var_pop")).sanitising(),
    aggregate("VAR_SAMP", "(FLOAT64) -> FLOAT64", Name("var_samp")).sanitising(),
];
