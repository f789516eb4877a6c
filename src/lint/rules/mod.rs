//! The rules, one a file: what it looks for, what it counts for where the project does not say, and examples.

mod any_value;
mod approximate;
mod clock;
mod float_sum;
mod forbidden_identifier;
mod long_retention;
mod missing_deletion;
mod missing_expiry;
mod positional_union;
mod random;
mod star_over_identifiers;
mod tied_order;
mod unbounded_read;
mod unkeyed_hash;
mod unordered_aggregate;
mod unordered_limit;
mod unordered_window;
mod unstable_view;
mod wrong_deletion;

use super::Rule;
use crate::sql::tree::{Call, Expression, Kind};
use crate::sql::visit::Part;

/// Every rule, in the order of its name.
pub static RULES: &[&Rule] = &[
    &any_value::RULE,
    &approximate::RULE,
    &clock::RULE,
    &float_sum::RULE,
    &forbidden_identifier::RULE,
    &long_retention::RULE,
    &missing_deletion::RULE,
    &missing_expiry::RULE,
    &positional_union::RULE,
    &random::RULE,
    &star_over_identifiers::RULE,
    &tied_order::RULE,
    &unbounded_read::RULE,
    &unkeyed_hash::RULE,
    &unordered_aggregate::RULE,
    &unordered_limit::RULE,
    &unordered_window::RULE,
    &unstable_view::RULE,
    &wrong_deletion::RULE,
];

/// The call that a part is.
fn call(part: Part<'_>) -> Option<(&Expression, &Call)> {
    match part {
        Part::Expression(expression) => match &expression.kind {
            Kind::Call(call) => Some((expression, call)),
            _ => None,
        },
        _ => None,
    }
}
