//! Queries in branches: DuckDB evaluates a query beside the expression that it stands in and for every row, so that an error in a
//! branch that is not taken would end the whole. Such a query looks at nothing where the conditions of its branch do not hold;
//! what it gives there is never seen. It must hold wherever the branch is taken.

use super::query::Purpose;
use super::staged::is_late;
use super::{Printer, identifier};
use crate::sql::functions::is_varying;
use crate::sql::resolve::{self, is_aggregate};
use crate::sql::tree::{Expression, GroupBy, Kind, Query, Select};

/// What the condition is called within the query.
const GUARD: &str = "\"guard:\"";

impl Printer {
    /// What is evaluated only where conditions hold.
    pub(super) fn guarded<T>(&mut self, conditions: &[String], inner: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.guards.len();
        self.guards.extend_from_slice(conditions);
        let printed = inner(self);
        self.guards.truncate(outer);
        printed
    }

    /// The conditions that hold where an argument of a function is evaluated, of those that stand before it.
    pub(super) fn branch(name: &str, index: usize, before: &[Option<String>]) -> Vec<String> {
        let known = |at: usize| before.get(at).and_then(Option::as_deref);
        match (name, index) {
            ("IF", 1) => known(0).map(|condition| format!("({condition})")).into_iter().collect(),
            ("IF", 2) => known(0).map(|condition| format!("({condition}) IS NOT TRUE")).into_iter().collect(),
            ("COALESCE" | "IFNULL", _) => {
                (0..index).filter_map(known).map(|value| format!("({value}) IS NULL")).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A query that stands in an expression.
    pub(super) fn inner_query(&mut self, query: &Query, purpose: Purpose) -> String {
        let guard = (!self.guards.is_empty()).then(|| self.guards.join(" AND "));
        self.as_value(query, |printer| {
            // Its common tables cannot name what the condition names.
            printer.writes_out |= guard.is_some() && !query.with.is_empty();
            printer.guard = guard;
            printer.query_for(query, purpose)
        })
    }

    /// Whether a SELECT gives a row of no rows, may fail in it, and can name the condition of its branch behind them.
    pub(super) fn fails_of_nothing(&self, select: &Select, guard: &str, values: &[Option<String>]) -> bool {
        let aggregates =
            select.having.is_some() || select.outputs.iter().any(|one| one.expression.any(&is_aggregate));
        let hides = |own: &Vec<String>| {
            own.iter()
                .any(|name| guard.to_lowercase().contains(&format!("{}.", identifier(&name.to_lowercase()))))
        };
        matches!(select.group_by, GroupBy::None)
            && aggregates
            && values.iter().flatten().any(|sql| may_fail(sql))
            && !select.having.as_ref().is_some_and(is_late)
            && !self.relations.last().is_some_and(hides)
    }
}

/// A condition that may be evaluated once more, within a query.
pub(super) fn as_condition(condition: &Expression, sql: &str) -> Option<String> {
    let is_bound_here = |part: &Expression| match &part.kind {
        Kind::Call(call) => is_varying(call) || resolve::is_of_rows(part),
        Kind::Inlined(_) => true,
        _ => false,
    };
    (!condition.holds_query() && !condition.any(&is_bound_here)).then(|| sql.to_owned())
}

/// Whether translated SQL may fail.
pub(super) fn may_fail(sql: &str) -> bool {
    sql.contains("error(") || sql.contains("\"tidemill ")
}

/// FROM and WHERE of a SELECT that looks at nothing where a condition does not hold.
pub(super) fn behind(
    condition: &str,
    from: String,
    filter: Option<String>,
    values: &[Option<String>],
) -> (String, Option<String>) {
    let fails = values.iter().flatten().chain(&filter).any(|sql| may_fail(sql)) || may_fail(&from);
    if !fails || from.contains(" FULL JOIN ") || from.contains(" RIGHT JOIN ") {
        return (from, filter);
    }
    let holds = format!("{GUARD}.holds");
    let filter = match filter {
        None => holds,
        Some(filter) if may_fail(&filter) => format!("CASE WHEN {holds} THEN {filter} ELSE FALSE END"),
        Some(filter) => format!("({holds} AND {filter})"),
    };
    let guard = format!("(SELECT {condition} AS holds) AS {GUARD}");
    let from = if from.is_empty() { guard } else { format!("{guard} CROSS JOIN {from}") };
    (from, Some(filter))
}
