//! What is drawn anew at each run: RAND, GENERATE_UUID, TABLESAMPLE.

use super::super::{Cause, Examples, Look, Rule};
use super::call;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::tree::{Relation, RelationKind};
use crate::sql::visit::{Around, Part};
use crate::sql::{self, Determinism, Varies};

pub static RULE: Rule = Rule {
    name: "random",
    code: Code::RandomValue,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, country, GENERATE_UUID() AS id FROM shop.orders
  WHERE submission_date = @submission_date"],
        fine: &["sql: |
  SELECT submission_date, country, TO_HEX(MD5(country)) AS id FROM shop.orders
  WHERE submission_date = @submission_date"],
    },
};

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    if let Part::Relation(Relation { kind: RelationKind::Sample { .. }, span, .. }) = part {
        let hint = "sample by a column: `MOD(FARM_FINGERPRINT(id), 100) = 0`";
        found.push(Cause::certain(around.place(*span), "TABLESAMPLE takes other rows at each run", hint));
    }
    let Some((expression, call)) = call(part) else { return };
    if let Some(Varies::Random(what)) = call.own_varies {
        let message = format!("`{}` calls {what}, so that a rerun differs", call.name.to_lowercase());
        let hint = "hand it what decides as an argument: a hash of what identifies the row";
        found.push(Cause::certain(around.place(expression.span), message, hint));
        return;
    }
    let determinism = sql::function(&call.name).map(|function| function.determinism);
    if determinism == Some(Determinism::Volatile) {
        let message = format!("{} gives another value at each run", call.name);
        let hint =
            "make the value from columns: a hash of what identifies the row, or of what it is sampled by";
        found.push(Cause::certain(around.place(expression.span), message, hint));
    }
}
