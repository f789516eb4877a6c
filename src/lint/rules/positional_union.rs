//! Set operations that put a column under another one's name: they go by position, not by name.

use super::super::{Examples, Finding, Look, Place, Rule, Subject};
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::tree::{Body, SetOperator};
use crate::sql::visit::{Around, Part};

pub static RULE: Rule = Rule {
    name: "positional_union",
    code: Code::PositionalUnion,
    level: Level::Warn,
    look: Look::Part(look),
    examples: Examples {
        refused: &[
            "sql: |
  SELECT submission_date, country, account_id FROM shop.orders WHERE submission_date = @submission_date
  UNION ALL
  SELECT submission_date, account_id, country FROM shop.orders WHERE submission_date = @submission_date",
            "sql: |
  SELECT submission_date, country FROM shop.orders WHERE submission_date = @submission_date
  UNION ALL
  SELECT submission_date, email FROM shop.orders WHERE submission_date = @submission_date",
        ],
        fine: &["sql: |
  SELECT submission_date, country FROM shop.orders WHERE submission_date = @submission_date
  UNION ALL
  SELECT submission_date, 'all' FROM shop.orders WHERE submission_date = @submission_date"],
    },
};

fn look(_: &Subject, part: Part, around: &Around, found: &mut Vec<Finding>) {
    let Part::Set(Body::Set { operator, by_name: None, left, right, span, .. }) = part else { return };
    let (left, right) = (names(left), names(right));
    let pairs: Vec<(&str, &str)> = left.into_iter().zip(right).collect();
    // What has no name of its own takes the other side's; that is how constants are written.
    let differs = |(left, right): &&(&str, &str)| {
        !left.is_empty() && !right.is_empty() && !left.eq_ignore_ascii_case(right)
    };
    let Some((left, right)) = pairs.iter().find(differs) else { return };
    let what = match operator {
        SetOperator::Union => "UNION",
        SetOperator::Intersect => "INTERSECT",
        SetOperator::Except => "EXCEPT",
    };
    let crossed = pairs.iter().any(|(_, other)| other.eq_ignore_ascii_case(left));
    let message = match crossed {
        true => format!("{what} puts `{right}` into the column `{left}`, and `{left}` into another one"),
        false => format!("{what} puts `{right}` into the column `{left}`"),
    };
    let hint = match crossed {
        true => {
            "give both sides their columns in the same order, or unite them by name with `tidemill/union`"
                .to_owned()
        }
        false => format!("write `{right} AS {left}` if it is meant"),
    };
    found.push(Finding::new(Place::Query(around.place(*span)), message, hint));
}

/// The names of a side's columns, in order.
fn names(body: &Body) -> Vec<&str> {
    match body {
        Body::Select(select) => select.outputs.iter().map(|output| output.name.as_str()).collect(),
        Body::Query(query) => names(&query.body),
        Body::Set { left, .. } => names(left),
    }
}
