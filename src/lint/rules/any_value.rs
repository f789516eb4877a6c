//! ANY_VALUE: one of several values, whichever the engine meets.

use super::super::order::Fixed;
use super::super::{Cause, Examples, Look, Rule};
use super::call;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::visit::{Around, Part};

pub static RULE: Rule = Rule {
    name: "any_value",
    code: Code::AnyValue,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, ANY_VALUE(country) AS country FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date"],
        fine: &[
            "sql: |
  SELECT submission_date, MIN(country) AS country FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT @submission_date AS submission_date, country, ANY_VALUE(UPPER(country)) AS upper FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY country",
        ],
    },
};

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    let Some((expression, call)) = call(part) else { return };
    // With HAVING MAX or HAVING MIN it is an order's first row: see `tied_order`.
    let [value] = &call.arguments[..] else { return };
    if call.name != "ANY_VALUE" || call.having.is_some() {
        return;
    }
    let groups = Fixed::in_groups(around.select, &[]);
    if !groups.decides(value) {
        let hint =
            "take MIN or MAX, or the value of one row: `ARRAY_AGG(x ORDER BY … LIMIT 1)[SAFE_OFFSET(0)]`";
        found.push(Cause::certain(
            around.place(expression.span),
            "ANY_VALUE gives another row's value at each run",
            hint,
        ));
    }
}
