//! Functions that stand only over a window: numbering and navigation.

use super::super::Form::Name;
use super::super::{Function, window};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    window("CUME_DIST", "() -> FLOAT64", Name("cume_dist")),
    window("DENSE_RANK", "() -> INT64", Name("dense_rank")),
    window("FIRST_VALUE", "(T) -> T", Name("first_value")).unordered().nulls(),
    window("IS_FIRST", "(INT64) -> BOOL", Name("row_number")).unordered(),
    window("IS_LAST", "(INT64) -> BOOL", Name("row_number")).unordered(),
    window("LAG", "(T, [!INT64], [T]) -> T", Name("lag")).unordered(),
    window("LAST_VALUE", "(T) -> T", Name("last_value")).unordered().nulls(),
    window("LEAD", "(T, [!INT64], [T]) -> T", Name("lead")).unordered(),
    window("NTH_VALUE", "(T, !INT64(1..)) -> T", Name("nth_value")).unordered().nulls(),
    window("NTILE", "(!INT64(1..)) -> INT64", Name("ntile")).unordered(),
    window("PERCENTILE_CONT", "(Real, !Real(0..1)) -> Real", Name("quantile_cont")).nulls(),
    window("PERCENTILE_DISC", "(Ordered, !FLOAT64(0..1)) -> Ordered | (Ordered, !NUMERIC(0..1)) -> Ordered | (Ordered, !BIGNUMERIC(0..1)) -> Ordered", Name("quantile_disc")).nulls(),
    window("PERCENT_RANK", "() -> FLOAT64", Name("percent_rank")),
    window("RANK", "() -> INT64", Name("rank")),
    window("ROW_NUMBER", "() -> INT64", Name("row_number")).unordered(),
];
