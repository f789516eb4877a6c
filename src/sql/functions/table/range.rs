//! Ranges of dates and times.

use super::super::Form::Missing;
use super::super::{Function, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    scalar("GENERATE_RANGE_ARRAY", "(RANGE<DATE>, INTERVAL, [BOOL], include_last_partial_range => BOOL) -> ARRAY<RANGE<DATE>> | (RANGE<DATETIME>, INTERVAL, [BOOL], include_last_partial_range => BOOL) -> ARRAY<RANGE<DATETIME>> | (RANGE<TIMESTAMP>, INTERVAL, [BOOL], include_last_partial_range => BOOL) -> ARRAY<RANGE<TIMESTAMP>>", Missing),
    scalar("RANGE", "(=Moment, =Moment) -> RANGE<Moment>", Missing),
    scalar("RANGE_CONTAINS", "(RANGE<Moment>, RANGE<Moment>) -> BOOL | (RANGE<DATE>, DATE) -> BOOL | (RANGE<DATETIME>, DATETIME) -> BOOL | (RANGE<TIMESTAMP>, TIMESTAMP) -> BOOL", Missing),
    scalar("RANGE_END", "(RANGE<Moment>) -> Moment", Missing),
    scalar("RANGE_INTERSECT", "(RANGE<Moment>, RANGE<Moment>) -> RANGE<Moment>", Missing),
    scalar("RANGE_OVERLAPS", "(RANGE<Moment>, RANGE<Moment>) -> BOOL", Missing),
    scalar("RANGE_START", "(RANGE<Moment>) -> Moment", Missing),
];
