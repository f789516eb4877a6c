//! Conditions, errors, and what can be asked of any value.

use super::super::Form::{Name, Text, With};
use super::super::{Function, forms, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    scalar("COALESCE", "(T...) -> T", Name("coalesce")),
    scalar("ERROR", "(STRING) -> NULL", Text("error(coalesce({0}, 'NULL'))")),
    scalar("GENERATE_UUID", "() -> STRING", Text("CAST(uuid() AS VARCHAR)")).volatile(),
    scalar("GREATEST", "(Ordered...) -> Ordered", With(forms::greatest)),
    scalar("IF", "(BOOL, T, T) -> T", Text("CASE WHEN {0} THEN {1} ELSE {2} END")),
    scalar("IFERROR", "(T, T) -> T", Text("coalesce(TRY([{0}]), [{1}])[1]")),
    scalar("IFNULL", "(T, T) -> T", Name("coalesce")),
    scalar("ISERROR", "(Any) -> BOOL", Text("TRY([{0}]) IS NULL")),
    scalar("LEAST", "(Ordered...) -> Ordered", With(forms::least)),
    scalar("NULLIF", "(Groupable, Groupable) -> Groupable", Name("nullif")),
    scalar("NULLIFERROR", "(T) -> T", Text("TRY({0})")),
    scalar("NULLIFZERO", "(Number) -> Number", With(forms::null_if_zero)),
    scalar("TYPEOF", "(Any) -> STRING", With(forms::type_of)),
    scalar("ZEROIFNULL", "(Number) -> Number", With(forms::zero_if_null)),
];
