//! Arrays, those that functions fill among them.

use super::super::Form::{Missing, Name, With};
use super::super::{Function, forms, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    scalar("ARRAY_CONCAT", "(=ARRAY<T>...) -> ARRAY<T>", With(forms::concatenate_arrays)),
    scalar("ARRAY_FILTER", "(ARRAY<T>, T -> BOOL) -> ARRAY<T> | (ARRAY<T>, (T, INT64) -> BOOL) -> ARRAY<T>", Missing),
    scalar("ARRAY_FIRST", "(ARRAY<T>) -> T", Missing),
    scalar("ARRAY_FIRST_N", "(ARRAY<T>, INT64) -> ARRAY<T>", Missing),
    scalar("ARRAY_INCLUDES", "(ARRAY<Groupable>, Groupable) -> BOOL | (ARRAY<T>, T -> BOOL) -> BOOL", Missing),
    scalar("ARRAY_INCLUDES_ALL", "(ARRAY<Groupable>, ARRAY<Groupable>) -> BOOL", Missing),
    scalar("ARRAY_INCLUDES_ANY", "(ARRAY<Groupable>, ARRAY<Groupable>) -> BOOL", Missing),
    scalar("ARRAY_IS_DISTINCT", "(ARRAY<Groupable>) -> BOOL", Missing),
    scalar("ARRAY_LAST", "(ARRAY<T>) -> T", Missing),
    scalar("ARRAY_LAST_N", "(ARRAY<T>, INT64) -> ARRAY<T>", Missing),
    scalar("ARRAY_LENGTH", "(ARRAY<T>) -> INT64", Name("len")),
    scalar("ARRAY_MAX", "(ARRAY<Ordered>) -> Ordered", Missing),
    scalar("ARRAY_MIN", "(ARRAY<Ordered>) -> Ordered", Missing),
    scalar("ARRAY_REVERSE", "(ARRAY<T>) -> ARRAY<T>", Name("list_reverse")),
    scalar("ARRAY_SLICE", "(ARRAY<T>, INT64, INT64) -> ARRAY<T>", Missing),
    scalar("ARRAY_TO_STRING", "(ARRAY<STRING>, STRING, [STRING]) -> STRING | (ARRAY<BYTES>, BYTES, [BYTES]) -> BYTES", With(forms::array_to_text)),
    scalar("ARRAY_TRANSFORM", "(ARRAY<T>, T -> U) -> ARRAY<U> | (ARRAY<T>, (T, INT64) -> U) -> ARRAY<U>", Missing),
    scalar("GENERATE_ARRAY", "(Number, Number, [Number]) -> ARRAY<Number>", With(forms::number_array)),
    scalar("GENERATE_DATE_ARRAY", "(DATE, DATE, [DateInterval]) -> ARRAY<DATE>", With(forms::moment_array)),
    scalar("GENERATE_TIMESTAMP_ARRAY", "(TIMESTAMP, TIMESTAMP, StampInterval) -> ARRAY<TIMESTAMP>", With(forms::moment_array)),
];
