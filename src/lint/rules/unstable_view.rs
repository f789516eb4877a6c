//! Datasets that read a view in which something makes a rerun differ: a view is computed anew at each read.

use super::super::{Definition, Examples, Finding, Look, Place, Rule, Subject};
use crate::definition::Level;
use crate::diagnostic::Code;

pub static RULE: Rule = Rule {
    name: "unstable_view",
    code: Code::UnstableView,
    level: Level::Warn,
    look: Look::Whole(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, COUNT(*) AS orders FROM shop.some_orders
  WHERE submission_date = @submission_date GROUP BY submission_date
reads: {shop.some_orders: same_day}"],
        fine: &["sql: |
  SELECT submission_date, COUNT(*) AS orders FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date"],
    },
};

fn look(subject: &Subject, found: &mut Vec<Finding>) {
    if let Definition::View(_) = subject.definition {
        return;
    }
    for table_use in &subject.analysis.uses {
        let facts = subject.tables.facts(&table_use.name).filter(|facts| facts.is_view);
        let Some(facts) = facts else { continue };
        let Some(reason) = facts.determinism.reasons.iter().find(|reason| reason.certain) else { continue };
        let message = format!("the view `{}` gives other rows at each read", table_use.name);
        let hint = "mend the view, or read the tables behind it";
        let place = reason.position.as_ref().map_or(String::new(), |at| format!(", at {}", at.display()));
        let note = format!("{}{place}", reason.message);
        found.push(Finding::new(Place::Query(table_use.span), message, hint).notes(vec![note]));
    }
}
