//! Ranges of dates and times.

use super::super::Form::{Native, Text};
use super::super::{Function, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    scalar("GENERATE_RANGE_ARRAY", "(RANGE<DATE>, INTERVAL, [BOOL]) -> ARRAY<RANGE<DATE>> | (RANGE<DATETIME>, INTERVAL, [BOOL]) -> ARRAY<RANGE<DATETIME>> | (RANGE<TIMESTAMP>, INTERVAL, [BOOL]) -> ARRAY<RANGE<TIMESTAMP>>", Native("range_array")),
    scalar("RANGE", "(=Moment, =Moment) -> RANGE<Moment>", Native("range")),
    scalar("RANGE_CONTAINS", "(RANGE<Moment>, RANGE<Moment>) -> BOOL | (RANGE<DATE>, DATE) -> BOOL | (RANGE<DATETIME>, DATETIME) -> BOOL | (RANGE<TIMESTAMP>, TIMESTAMP) -> BOOL", Native("range_contains")),
    scalar("RANGE_END", "(RANGE<Moment>) -> Moment", Text("struct_extract({0}, 'end')")),
    scalar("RANGE_INTERSECT", "(RANGE<Moment>, RANGE<Moment>) -> RANGE<Moment>", Native("range_intersect")),
    scalar("RANGE_OVERLAPS", "(RANGE<Moment>, RANGE<Moment>) -> BOOL", Native("range_overlaps")),
    scalar("RANGE_START", "(RANGE<Moment>) -> Moment", Text("struct_extract({0}, 'start')")),
];
