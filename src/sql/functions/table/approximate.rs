//! Approximate aggregates and sketches: HyperLogLog++ and KLL quantiles.

use super::super::Form::{Gathered, Name, Native};
use super::super::{Function, aggregate, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    aggregate("APPROX_COUNT_DISTINCT", "(Any) -> INT64", Name("count")).approximate().sanitising(),
    aggregate("APPROX_QUANTILES", "(Ordered, !INT64(1..)) -> ARRAY<Ordered>", Gathered("quantiles")).approximate().nulls().no_window(),
    aggregate("APPROX_TOP_COUNT", "(Groupable, !INT64(1..)) -> ARRAY<STRUCT<value Groupable, count INT64>>", Gathered("top_count")).approximate().no_window(),
    aggregate("APPROX_TOP_SUM", "(Groupable, INT64, !INT64(1..)) -> ARRAY<STRUCT<value Groupable, sum INT64>> | (Groupable, NUMERIC, !INT64(1..)) -> ARRAY<STRUCT<value Groupable, sum NUMERIC>> | (Groupable, BIGNUMERIC, !INT64(1..)) -> ARRAY<STRUCT<value Groupable, sum BIGNUMERIC>> | (Groupable, FLOAT64, !INT64(1..)) -> ARRAY<STRUCT<value Groupable, sum FLOAT64>>", Gathered("top_sum")).approximate().no_window(),
    scalar("HLL_COUNT.EXTRACT", "(BYTES) -> INT64", Native("hll_extract")).approximate().sanitising(),
    aggregate("HLL_COUNT.INIT", "(INT64, [!INT64(10..24)]) -> BYTES | (=NUMERIC, [!INT64(10..24)]) -> BYTES | (=BIGNUMERIC, [!INT64(10..24)]) -> BYTES | (Text, [!INT64(10..24)]) -> BYTES", Gathered("hll_init")).approximate().sanitising(),
    aggregate("HLL_COUNT.MERGE", "(BYTES) -> INT64", Gathered("hll_merge")).approximate().sanitising(),
    aggregate("HLL_COUNT.MERGE_PARTIAL", "(BYTES) -> BYTES", Gathered("hll_merge_partial")).approximate().sanitising(),
    scalar("KLL_QUANTILES.EXTRACT_FLOAT64", "(BYTES, INT64) -> ARRAY<FLOAT64>", Native("kll_float64")).approximate(),
    scalar("KLL_QUANTILES.EXTRACT_INT64", "(BYTES, INT64) -> ARRAY<INT64>", Native("kll_int64")).approximate(),
    scalar("KLL_QUANTILES.EXTRACT_POINT_FLOAT64", "(BYTES, FLOAT64) -> FLOAT64", Native("kll_point_float64")).approximate(),
    scalar("KLL_QUANTILES.EXTRACT_POINT_INT64", "(BYTES, FLOAT64) -> INT64", Native("kll_point_int64")).approximate(),
    aggregate("KLL_QUANTILES.INIT_FLOAT64", "(FLOAT64, [!INT64], weight => INT64) -> BYTES", Gathered("kll_init")).approximate(),
    aggregate("KLL_QUANTILES.INIT_INT64", "(INT64, [!INT64], weight => INT64) -> BYTES", Gathered("kll_init")).approximate(),
    aggregate("KLL_QUANTILES.MERGE_FLOAT64", "(BYTES, !INT64(1..)) -> ARRAY<FLOAT64>", Gathered("kll_float64")).approximate(),
    aggregate("KLL_QUANTILES.MERGE_INT64", "(BYTES, !INT64(1..)) -> ARRAY<INT64>", Gathered("kll_int64")).approximate(),
    aggregate("KLL_QUANTILES.MERGE_PARTIAL", "(BYTES) -> BYTES", Gathered("kll_merge_partial")).approximate(),
    aggregate("KLL_QUANTILES.MERGE_POINT_FLOAT64", "(BYTES, !FLOAT64(0..1)) -> FLOAT64", Gathered("kll_point_float64")).approximate(),
    aggregate("KLL_QUANTILES.MERGE_POINT_INT64", "(BYTES, !FLOAT64(0..1)) -> INT64", Gathered("kll_point_int64")).approximate(),
];
