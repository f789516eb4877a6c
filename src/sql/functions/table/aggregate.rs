//! Aggregate functions, statistical ones among them.

use super::super::Form::{Name, Text};
use super::super::{Function, aggregate};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    aggregate("ANY_VALUE", "(T) -> T", Name("any_value")).unordered(),
    aggregate("ARRAY_AGG", "(T) -> ARRAY<T>", Name("list")).unordered().ordered().nulls(),
    aggregate("ARRAY_CONCAT_AGG", "(=ARRAY<T>) -> ARRAY<T>", Name("list")).unordered().ordered().no_window(),
    aggregate("AVG", "(Real) -> Real | (INTERVAL) -> INTERVAL", Name("avg")).sanitising(),
    aggregate("BIT_AND", "(INT64) -> INT64 | (BYTES) -> BYTES", Name("bit_and")),
    aggregate("BIT_OR", "(INT64) -> INT64 | (BYTES) -> BYTES", Name("bit_or")),
    aggregate("BIT_XOR", "(INT64) -> INT64 | (BYTES) -> BYTES", Name("bit_xor")),
    aggregate("CORR", "(FLOAT64, FLOAT64) -> FLOAT64", Name("corr")).sanitising().no_distinct(),
    aggregate("COUNT", "(Any) -> INT64", Name("count")).sanitising(),
    aggregate("COUNTIF", "(BOOL) -> INT64", Text("count(*) FILTER (WHERE {0})")).sanitising(),
    aggregate("COVAR_POP", "(FLOAT64, FLOAT64) -> FLOAT64", Name("covar_pop")).sanitising().no_distinct(),
    aggregate("COVAR_SAMP", "(FLOAT64, FLOAT64) -> FLOAT64", Name("covar_samp")).sanitising().no_distinct(),
    aggregate("GROUPING", "(Any) -> INT64", Name("grouping")).no_window().no_distinct().of_all().sanitising(),
    aggregate("LOGICAL_AND", "(BOOL) -> BOOL", Name("bool_and")).sanitising(),
    aggregate("LOGICAL_OR", "(BOOL) -> BOOL", Name("bool_or")).sanitising(),
    aggregate("MAX", "(Ordered) -> Ordered", Name("max")),
    aggregate("MAX_BY", "(T, Ordered) -> T", Name("arg_max_null")).unordered().no_window(),
    aggregate("MIN", "(Ordered) -> Ordered", Name("min")),
    aggregate("MIN_BY", "(T, Ordered) -> T", Name("arg_min_null")).unordered().no_window(),
    aggregate("STDDEV", "(FLOAT64) -> FLOAT64", Name("stddev_samp")).sanitising(),
    aggregate("STDDEV_POP", "(FLOAT64) -> FLOAT64", Name("stddev_pop")).sanitising(),
    aggregate("STDDEV_SAMP", "(FLOAT64) -> FLOAT64", Name("stddev_samp")).sanitising(),
    aggregate("STRING_AGG", "(Text, [!Text]) -> Text", Name("string_agg")).unordered().ordered(),
    aggregate("SUM", "(Number) -> Number | (INTERVAL) -> INTERVAL", Name("sum")).sanitising(),
    aggregate("VARIANCE", "(FLOAT64) -> FLOAT64", Name("var_samp")).sanitising(),
    aggregate("VAR_POP", "(FLOAT64) -> FLOAT64", Name("var_pop")).sanitising(),
    aggregate("VAR_SAMP", "(FLOAT64) -> FLOAT64", Name("var_samp")).sanitising(),
];
