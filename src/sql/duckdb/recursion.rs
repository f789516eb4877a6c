//! Common tables that name themselves. GoogleSQL lets one go on for so many turns and fails then; DuckDB goes on for ever. So each
//! row carries the turn that it came from, in a column that no query can name. It must never leave out a row.

use super::{Printer, identifier, literal};
use crate::sql::tree::{Body, Query, SetOperator};

/// The turns that a recursion may take.
const MOST_TURNS: u32 = 500;
/// The column of the turn.
const TURN: &str = "turn:";

impl Printer {
    /// The query of a common table that names itself.
    pub(super) fn recursion(&mut self, query: &Query, name: &str) -> String {
        let Body::Set { operator: SetOperator::Union, all: true, left, right, .. } = &query.body else {
            // With DISTINCT a row ends the recursion that was there before, in whichever turn.
            return self.query(query);
        };
        let is_bare = query.with.is_empty() && query.order_by.is_empty();
        if !is_bare || query.limit.is_some() || query.offset.is_some() {
            return self.query(query);
        }
        let (first, next) = (self.part(left), self.part(right));
        let (turn, name) = (identifier(TURN), identifier(name));
        let failure = format!("a recursive common table goes on for more than {MOST_TURNS} iterations");
        let checked = format!(
            "CASE WHEN last.turn < {MOST_TURNS} THEN last.turn + 1 ELSE CAST(error({}) AS INTEGER) END",
            literal(&failure)
        );
        format!(
            "(SELECT *, 0 AS {turn} FROM ({first})) UNION ALL (SELECT next.*, {checked} AS {turn} FROM ({next}) AS next CROSS JOIN (SELECT max({turn}) AS turn FROM {name}) AS last)"
        )
    }
}
