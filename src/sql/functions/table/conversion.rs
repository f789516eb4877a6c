//! Conversions beside CAST, and search in texts.

use super::super::Form::{Missing, Native};
use super::super::{Function, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    scalar("BAG_OF_WORDS", "(ARRAY<STRING>) -> ARRAY<STRUCT<term STRING, count INT64>>", Missing),
    scalar("PARSE_BIGNUMERIC", "(STRING) -> BIGNUMERIC", Native("parse_bignumeric")),
    scalar("PARSE_NUMERIC", "(STRING) -> NUMERIC", Native("parse_numeric")),
    scalar("SEARCH", "(Any, STRING, json_scope => STRING, analyzer => STRING, analyzer_options => STRING) -> BOOL", Missing),
    scalar("TEXT_ANALYZE", "(STRING, analyzer => STRING, analyzer_options => STRING) -> ARRAY<STRING>", Missing),
];
