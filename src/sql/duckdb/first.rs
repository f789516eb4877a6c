//! COALESCE and IFNULL. What several calls have in common DuckDB computes before any of them, also where an operand is not come to,
//! and it fails there for rows that have no need of it. It does not do so within CASE.

use super::Printer;
use super::once::is_plain;
use crate::sql::tree::{Call, Expression};

impl Printer {
    /// The first value that is not NULL; nothing where this is no such call, or `coalesce` says it as well.
    pub(super) fn first_of(&mut self, call: &Call) -> Option<String> {
        let is_it = matches!(call.name.as_str(), "COALESCE" | "IFNULL") && !call.safe;
        let guards = |values: &[Expression]| matches!(values, [first, rest @ ..] if is_plain(first) && !rest.iter().all(is_plain));
        (is_it && guards(&call.arguments)).then(|| self.first_value(&call.arguments))
    }

    fn first_value(&mut self, values: &[Expression]) -> String {
        match values {
            [] => "NULL".to_owned(),
            [last] => self.expression(last),
            [first, rest @ ..] if is_plain(first) => {
                let (first, rest) = (self.expression(first), self.first_value(rest));
                format!("CASE WHEN {first} IS NOT NULL THEN {first} ELSE {rest} END")
            }
            [first, rest @ ..] => {
                let (first, rest) = (self.expression(first), self.first_value(rest));
                format!("coalesce({first}, {rest})")
            }
        }
    }
}
