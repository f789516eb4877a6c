//! Proofs that an order leaves nothing open: where all rows that tie have the same value, it does not matter
//! which of them comes first. Only what follows from the query itself counts as proven.

use std::collections::BTreeSet;

use crate::sql::key;
use crate::sql::tree::{Expression, GroupBy, Kind, Order, Query, Select, Window};

/// Expressions that have one value each among the rows that tie.
pub struct Fixed {
    keys: BTreeSet<String>,
}

impl Fixed {
    /// What GROUP BY makes one value in each group, and what the order is by.
    pub fn in_groups(select: Option<&Select>, order_by: &[Order]) -> Self {
        let mut fixed = Self { keys: BTreeSet::new() };
        if let Some(select) = select {
            fixed.keys.extend(group_keys(select).map(key));
        }
        fixed.order(order_by);
        fixed
    }

    /// What is one value among the rows of a window that tie.
    pub fn in_window(window: &Window) -> Self {
        let mut fixed = Self { keys: window.partition_by.iter().map(key).collect() };
        fixed.order(&window.order_by);
        fixed
    }

    fn order(&mut self, order_by: &[Order]) {
        self.keys.extend(order_by.iter().map(|order| key(&order.expression)));
    }

    /// One more such expression.
    pub fn add(&mut self, expression: &Expression) {
        self.keys.insert(key(expression));
    }

    /// Whether an expression has one value among them.
    pub fn decides(&self, expression: &Expression) -> bool {
        let text = key(expression);
        if !text.is_empty() && self.keys.contains(&text) {
            return true;
        }
        match &expression.kind {
            Kind::Column { .. }
            | Kind::Row { .. }
            | Kind::Path(_)
            | Kind::Star
            | Kind::Scalar(_)
            | Kind::ArrayQuery(_)
            | Kind::Exists { .. }
            | Kind::In { .. } => false,
            // Another value at each call, or an aggregate over rows that are not compared here.
            Kind::Call(call) if !is_plain(&call.name) || call.over.is_some() => false,
            _ => {
                let mut decided = true;
                expression.children(&mut |child| decided = decided && self.decides(child));
                decided
            }
        }
    }

    /// Whether rows that tie are equal in all that a SELECT gives.
    pub fn decides_outputs(&self, select: &Select) -> bool {
        !select.outputs.is_empty() && select.outputs.iter().all(|output| self.decides(&output.expression))
    }

    /// Whether no two rows tie: one row a group, and the groups told apart.
    pub fn tells_apart(&self, select: Option<&Select>) -> bool {
        let Some(select) = select else { return false };
        let mut keys = group_keys(select).peekable();
        keys.peek().is_some() && keys.all(|key| self.decides(key))
    }
}

fn is_plain(name: &str) -> bool {
    use crate::sql::{Determinism, Role};
    crate::sql::function(name).is_some_and(|function| {
        function.role == Role::Scalar && function.determinism == Determinism::Deterministic
    })
}

/// The grouped expressions, ordinals looked up.
fn group_keys(select: &Select) -> impl Iterator<Item = &Expression> {
    let keys = match &select.group_by {
        GroupBy::Expressions(keys) => keys.as_slice(),
        _ => &[],
    };
    keys.iter().filter_map(|key| match key.kind {
        Kind::Integer(position) => {
            let index = usize::try_from(position).ok()?.checked_sub(1)?;
            select.outputs.get(index).map(|output| &output.expression)
        }
        _ => Some(key),
    })
}

/// Whether ORDER BY of a query, which names columns that it gives, tells all its rows apart or leaves equal ones.
pub fn decides_rows(query: &Query, select: &Select) -> bool {
    let named = |order: &Order, index: usize| match &order.expression.kind {
        Kind::Integer(position) => usize::try_from(*position).is_ok_and(|position| position == index + 1),
        Kind::Column { relation: None, name, .. } => name.eq_ignore_ascii_case(&select.outputs[index].name),
        _ => false,
    };
    let fixed = Fixed::in_groups(None, &query.order_by);
    let ordered = |index: usize| query.order_by.iter().any(|order| named(order, index));
    let mut outputs = select.outputs.iter().enumerate();
    let all = outputs.all(|(index, output)| ordered(index) || fixed.decides(&output.expression));
    // Of one row a group, the grouped columns tell the rows apart.
    let of_groups = || {
        let mut keys = group_keys(select).peekable();
        keys.peek().is_some()
            && keys.all(|group| {
                let text = key(group);
                let mut same = select.outputs.iter().enumerate();
                fixed.decides(group)
                    || same.any(|(index, output)| ordered(index) && key(&output.expression) == text)
            })
    };
    !select.outputs.is_empty() && (all || of_groups())
}

/// Whether a SELECT gives one row at most: it aggregates without groups.
pub fn is_one_row(select: &Select) -> bool {
    let grouped =
        group_keys(select).next().is_some() || matches!(select.group_by, GroupBy::All | GroupBy::Sets(_));
    let aggregates = |expression: &Expression| {
        expression.any(&|part| match &part.kind {
            Kind::Call(call) => {
                call.over.is_none()
                    && crate::sql::function(&call.name)
                        .is_some_and(|function| function.role == crate::sql::Role::Aggregate)
            }
            _ => false,
        })
    };
    !grouped && select.outputs.iter().any(|output| aggregates(&output.expression))
}
