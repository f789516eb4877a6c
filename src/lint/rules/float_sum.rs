//! Sums of floating-point numbers: their last digits depend on the order in which rows are added.

use super::super::{Cause, Examples, Look, Rule};
use super::call;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::tree::{Expression, Kind};
use crate::sql::visit::{Around, Part};
use crate::sql::{self, Role};

pub static RULE: Rule = Rule {
    name: "float_sum",
    code: Code::FloatSum,
    level: Level::Warn,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, SUM(amount) AS amount FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date"],
        fine: &[
            "sql: |
  SELECT submission_date, SUM(CAST(amount AS NUMERIC)) AS amount FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT submission_date, MAX(amount) AS amount, SUM(items) AS items, AVG(items) AS items_each FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
        ],
    },
};

/// Aggregates that give one of the values that they meet, or count them.
const EXACT: &[&str] = &[
    "ANY_VALUE",
    "APPROX_COUNT_DISTINCT",
    "APPROX_QUANTILES",
    "APPROX_TOP_COUNT",
    "ARRAY_AGG",
    "ARRAY_CONCAT_AGG",
    "COUNT",
    "COUNTIF",
    "MAX",
    "MAX_BY",
    "MIN",
    "MIN_BY",
];

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    let Some((expression, call)) = call(part) else { return };
    let is_aggregate = sql::function(&call.name).is_some_and(|function| function.role == Role::Aggregate);
    let adds = is_aggregate && !EXACT.contains(&call.name.as_str());
    if adds && call.arguments.iter().any(is_inexact) {
        let message = format!("{} of FLOAT64 has other last digits in another order of rows", call.name);
        let hint = "add NUMERIC or INT64: `SUM(CAST(x AS NUMERIC))`";
        found.push(Cause::certain(around.place(expression.span), message, hint));
    }
}

/// Whether a value may have digits that adding drops. Whole numbers as FLOAT64 are added exactly, as far as it counts.
fn is_inexact(value: &Expression) -> bool {
    let is_whole = matches!(&value.kind, Kind::Cast { operand, .. } if operand.ty == Type::Int64);
    value.ty == Type::Float64 && !is_whole
}
