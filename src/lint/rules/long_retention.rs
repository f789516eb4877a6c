//! Datasets that keep people's rows longer than the tables that they came from.

use super::super::identifiers::Trail;
use super::super::{Definition, Examples, Finding, Look, Place, Rule, Subject, identifiers};
use crate::definition::Level;
use crate::diagnostic::Code;

pub static RULE: Rule = Rule {
    name: "long_retention",
    code: Code::LongRetention,
    level: Level::Warn,
    look: Look::Whole(look),
    examples: Examples {
        refused: &["sql: SELECT submission_date, account_id FROM shop.orders WHERE submission_date = @submission_date
expires: 500 days"],
        fine: &[
            "sql: SELECT submission_date, account_id FROM shop.orders WHERE submission_date = @submission_date
expires: 400 days",
            "sql: |
  SELECT submission_date, COUNT(DISTINCT account_id) AS accounts FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date
expires: 5000 days",
        ],
    },
};

fn look(subject: &Subject, found: &mut Vec<Finding>) {
    let Definition::Dataset(dataset) = subject.definition else { return };
    // A source says of both its tables how long they are kept.
    let Some(own) = dataset.expires.filter(|_| !subject.of_source) else { return };
    for (place, tag) in subject.identifiers {
        let parent = Trail::new(tag, subject.tables).facts().find(|(_, facts)| !facts.is_view);
        let Some((table, expires)) = parent.and_then(|(table, facts)| Some((table, facts.expires?))) else {
            continue;
        };
        if own > expires {
            let message = format!("`{place}` is kept for {own} days, and in `{table}` for {expires}");
            let hint = format!("write `expires: {expires} days`, or leave the identifier out");
            let note = identifiers::path(subject.name, place, tag, subject.tables);
            let finding = Finding::new(Place::Definition(dataset.name.position.clone()), message, hint);
            found.push(finding.notes(vec![note]));
        }
    }
}
