//! A fixed order for everything in a plan.

use super::Plan;

/// Sorts the parts of a plan that are read by people. Tasks keep their order: their numbers are their names.
pub fn sort(plan: &mut Plan) {
    plan.waits.sort_by(|left, right| (&left.dataset, &left.periods).cmp(&(&right.dataset, &right.periods)));
    plan.stale.sort_by(|left, right| (&left.dataset, &left.periods).cmp(&(&right.dataset, &right.periods)));
}
