//! Arrays, those that functions fill among them.

use super::super::Form::{Missing, Name, Native, With};
use super::super::{Function, forms, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    scalar("ARRAY_CONCAT", "(=ARRAY<T>...) -> ARRAY<T>", With(forms::concatenate_arrays)),
    scalar("ARRAY_FILTER", "(ARRAY<T>, T -> BOOL) -> ARRAY<T> | (ARRAY<T>, (T, INT64) -> BOOL) -> ARRAY<T>", With(forms::array_filter)),
    scalar("ARRAY_FIRST", "(ARRAY<T>) -> T", Native("array_first")),
    scalar("ARRAY_FIRST_N", "(ARRAY<T>, INT64) -> ARRAY<T>", Missing),
    scalar("ARRAY_INCLUDES", "(ARRAY<Groupable>, Groupable) -> BOOL | (ARRAY<T>, T -> BOOL) -> BOOL", With(forms::array_includes)),
    scalar("ARRAY_INCLUDES_ALL", "(ARRAY<Groupable>, ARRAY<Groupable>) -> BOOL", Native("array_includes_all")),
    scalar("ARRAY_INCLUDES_ANY", "(ARRAY<Groupable>, ARRAY<Groupable>) -> BOOL", Native("array_includes_any")),
    scalar("ARRAY_IS_DISTINCT", "(ARRAY<Groupable>) -> BOOL", Native("array_is_distinct")),
    scalar("ARRAY_LAST", "(ARRAY<T>) -> T", Native("array_last")),
    scalar("ARRAY_LAST_N", "(ARRAY<T>, INT64) -> ARRAY<T>", Missing),
    scalar("ARRAY_LENGTH", "(ARRAY<T>) -> INT64", Name("len")),
    scalar("ARRAY_MAX", "(ARRAY<Ordered>) -> Ordered", Native("array_max")),
    scalar("ARRAY_MIN", "(ARRAY<Ordered>) -> Ordered", Native("array_min")),
    scalar("ARRAY_REVERSE", "(ARRAY<T>) -> ARRAY<T>", Name("list_reverse")),
    scalar("ARRAY_SLICE", "(ARRAY<T>, INT64, INT64) -> ARRAY<T>", Native("array_slice")),
    scalar("ARRAY_TO_STRING", "(ARRAY<STRING>, STRING, [STRING]) -> STRING | (ARRAY<BYTES>, BYTES, [BYTES]) -> BYTES", Native("array_to_string")),
    scalar("ARRAY_TRANSFORM", "(ARRAY<T>, T -> U) -> ARRAY<U> | (ARRAY<T>, (T, INT64) -> U) -> ARRAY<U>", With(forms::array_transform)),
    scalar("GENERATE_ARRAY", "(Number, Number, [Number]) -> ARRAY<Number>", Native("generate_array")),
    scalar("GENERATE_DATE_ARRAY", "(DATE, DATE, [DateInterval]) -> ARRAY<DATE>", With(forms::moment_array)),
    scalar("GENERATE_TIMESTAMP_ARRAY", "(TIMESTAMP, TIMESTAMP, StampInterval) -> ARRAY<TIMESTAMP>", With(forms::moment_array)),
];
