//! Windows whose functions count rows or pick one, with no order of the rows.

use super::super::order::Fixed;
use super::super::{Cause, Examples, Look, Rule};
use super::call;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::visit::{Around, Clause, Part, window_of};

pub static RULE: Rule = Rule {
    name: "unordered_window",
    code: Code::UnorderedWindow,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &[
            "sql: |
  SELECT submission_date, country, ROW_NUMBER() OVER () AS number FROM shop.orders
  WHERE submission_date = @submission_date",
            "sql: |
  SELECT submission_date, country, items FROM shop.orders
  WHERE submission_date = @submission_date
  QUALIFY ROW_NUMBER() OVER (PARTITION BY country) = 1",
        ],
        fine: &[
            "sql: |
  SELECT submission_date, country, items FROM shop.orders
  WHERE submission_date = @submission_date
  QUALIFY ROW_NUMBER() OVER (PARTITION BY country ORDER BY submission_date, items) = 1",
            "sql: |
  SELECT submission_date, country, COUNT(*) OVER (PARTITION BY country) AS of_country FROM shop.orders
  WHERE submission_date = @submission_date",
        ],
    },
};

/// Functions over a window that depend on the order of its rows even where rows tie. RANK and its like give
/// rows that tie the same value.
pub const BY_ROW: &[&str] = &["FIRST_VALUE", "LAG", "LAST_VALUE", "LEAD", "NTH_VALUE", "NTILE", "ROW_NUMBER"];

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    let Some((expression, call)) = call(part) else { return };
    let Some(window) = window_of(call, around.select) else { return };
    if !BY_ROW.contains(&call.name.as_str()) || !window.order_by.is_empty() {
        return;
    }
    let fixed = Fixed::in_window(&window);
    let same_value =
        call.name.ends_with("_VALUE") && call.arguments.first().is_some_and(|value| fixed.decides(value));
    let same_row = around.clause == Clause::Qualify
        && around.select.is_some_and(|select| fixed.decides_outputs(select))
        || fixed.tells_apart(around.select);
    if !same_value && !same_row {
        let message = format!("{} over a window without ORDER BY meets rows in any order", call.name);
        let hint = "give the window an ORDER BY that tells its rows apart";
        found.push(Cause::certain(around.place(expression.span), message, hint));
    }
}
