//! Lists and texts that are put together from rows in no order.

use super::super::order::{Fixed, is_one_row};
use super::super::{Cause, Examples, Look, Rule};
use super::call;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::tree::{Kind, RelationKind};
use crate::sql::visit::{Around, Part, select_of};

pub static RULE: Rule = Rule {
    name: "unordered_aggregate",
    code: Code::UnorderedAggregate,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &[
            "sql: |
  SELECT submission_date, ARRAY_AGG(country) AS countries FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT submission_date, STRING_AGG(DISTINCT country, ',') AS countries FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT @submission_date AS submission_date,
    ARRAY(SELECT country FROM shop.orders WHERE submission_date = @submission_date) AS countries",
        ],
        fine: &[
            "sql: |
  SELECT submission_date, ARRAY_AGG(country ORDER BY country) AS countries FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT submission_date, ARRAY_AGG(submission_date LIMIT 1)[OFFSET(0)] AS day FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT @submission_date AS submission_date,
    ARRAY(SELECT country FROM shop.orders WHERE submission_date = @submission_date ORDER BY country) AS countries",
        ],
    },
};

/// Aggregates whose result has the order of its rows.
pub const ORDERED: &[&str] = &["ARRAY_AGG", "ARRAY_CONCAT_AGG", "STRING_AGG"];

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    if let Some((expression, call)) = call(part)
        && ORDERED.contains(&call.name.as_str())
        && call.over.is_none()
        && call.order_by.is_empty()
        && let Some(value) = call.arguments.first()
        && !Fixed::in_groups(around.select, &[]).decides(value)
    {
        let message = format!("{} without ORDER BY takes rows in any order", call.name);
        let hint = "order it by the value itself or by what tells its rows apart: `ARRAY_AGG(x ORDER BY x)`";
        found.push(Cause::certain(around.place(expression.span), message, hint));
    }
    let Part::Expression(expression) = part else { return };
    let Kind::ArrayQuery(query) = &expression.kind else { return };
    let Some(select) = select_of(&query.body) else { return };
    // Elements of an array keep their order on every engine, though none promises it: see `tied_order`.
    let of_arrays = !select.from.is_empty()
        && select
            .from
            .iter()
            .all(|item| item.joins.is_empty() && matches!(item.relation.kind, RelationKind::Unnest { .. }))
        && !select.distinct;
    if query.order_by.is_empty() && !select.from.is_empty() && !of_arrays && !is_one_row(select) {
        let message = "ARRAY of a query without ORDER BY takes rows in any order";
        let hint = "end the query with ORDER BY, by what tells its rows apart";
        found.push(Cause::certain(around.place(expression.span), message, hint));
    }
}
