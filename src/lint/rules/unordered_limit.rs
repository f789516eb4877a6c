//! LIMIT that keeps whichever rows come first.

use super::super::order::is_one_row;
use super::super::{Cause, Examples, Look, Rule};
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::tree::Kind;
use crate::sql::visit::{Around, Part, Purpose, select_of};

pub static RULE: Rule = Rule {
    name: "unordered_limit",
    code: Code::UnorderedLimit,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, country FROM shop.orders WHERE submission_date = @submission_date LIMIT 10"],
        fine: &[
            "sql: |
  SELECT submission_date, country FROM shop.orders WHERE submission_date = @submission_date
  ORDER BY submission_date, country LIMIT 10",
            "sql: |
  SELECT submission_date, COUNT(*) AS orders FROM shop.orders
  WHERE submission_date = @submission_date AND EXISTS (SELECT 1 FROM shop.plans LIMIT 1)
  GROUP BY submission_date",
        ],
    },
};

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    let Part::Query(query) = part else { return };
    let Some(limit) = &query.limit else { return };
    let keeps_none = matches!(limit.kind, Kind::Integer(0));
    let one_row = select_of(&query.body).is_some_and(is_one_row);
    if query.order_by.is_empty() && !keeps_none && !one_row && around.purpose != Purpose::Existence {
        let message = "LIMIT without ORDER BY keeps other rows at each run";
        let hint = "add ORDER BY, by what tells the rows apart";
        found.push(Cause::certain(around.place(limit.span), message, hint));
    }
}
