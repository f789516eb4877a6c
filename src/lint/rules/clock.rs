//! What depends on when or by whom a query runs: CURRENT_DATE, CURRENT_TIMESTAMP, SESSION_USER.

use super::super::{Cause, Examples, Look, Rule};
use super::call;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::visit::{Around, Part};
use crate::sql::{self, Determinism, Varies};

pub static RULE: Rule = Rule {
    name: "clock",
    code: Code::Clock,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, country, CURRENT_TIMESTAMP() AS built_at FROM shop.orders
  WHERE submission_date = @submission_date"],
        fine: &["sql: |
  SELECT submission_date, country, @partition_end AS built_for FROM shop.orders
  WHERE submission_date = @submission_date"],
    },
};

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    let Some((expression, call)) = call(part) else { return };
    if let Some(Varies::Clock(what)) = call.own_varies {
        let message = format!("`{}` calls {what}, so that a rerun differs", call.name.to_lowercase());
        let hint = "hand it @submission_date, @partition_start or @partition_end as an argument";
        found.push(Cause::certain(around.place(expression.span), message, hint));
        return;
    }
    let determinism = sql::function(&call.name).map(|function| function.determinism);
    if determinism == Some(Determinism::Session) {
        let message = format!("{} says when or by whom the query runs, so a rerun differs", call.name);
        let hint =
            "take @submission_date, @partition_start or @partition_end; what a run did is in the ledger";
        found.push(Cause::certain(around.place(expression.span), message, hint));
    }
}
