//! Functions that estimate, and whose estimate depends on how rows are spread over workers.

use super::super::{Cause, Examples, Look, Rule};
use super::call;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::visit::{Around, Part};
use crate::sql::{self, Determinism};

pub static RULE: Rule = Rule {
    name: "approximate",
    code: Code::ApproximateFunction,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, APPROX_QUANTILES(items, 4) AS quartiles FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date"],
        fine: &["sql: |
  SELECT submission_date, COUNT(DISTINCT account_id) AS accounts FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date"],
    },
};

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    let Some((expression, call)) = call(part) else { return };
    let determinism = sql::function(&call.name).map(|function| function.determinism);
    if determinism == Some(Determinism::Approximate) {
        let message = format!("{} estimates, and a rerun may estimate otherwise", call.name);
        let hint =
            "count exactly where that can be afforded, or grant an exception that says who can live with it";
        found.push(Cause::certain(around.place(expression.span), message, hint));
    }
}
