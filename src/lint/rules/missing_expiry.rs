//! Datasets that keep people's rows for ever.

use super::super::{Definition, Examples, Finding, Look, Place, Rule, Subject};
use super::forbidden_identifier::must_go;
use super::missing_deletion::paths;
use crate::definition::Level;
use crate::diagnostic::Code;

pub static RULE: Rule = Rule {
    name: "missing_expiry",
    code: Code::MissingExpiry,
    level: Level::Error,
    look: Look::Whole(look),
    examples: Examples {
        refused: &["sql: SELECT submission_date, account_id FROM shop.orders WHERE submission_date = @submission_date"],
        fine: &[
            "sql: SELECT submission_date, account_id FROM shop.orders WHERE submission_date = @submission_date
expires: 90 days",
            "sql: SELECT submission_date, country FROM shop.orders WHERE submission_date = @submission_date",
        ],
    },
};

fn look(subject: &Subject, found: &mut Vec<Finding>) {
    let Definition::Dataset(dataset) = subject.definition else { return };
    // How long a stable dataset keeps its rows is said at its source, or left to it.
    if subject.of_source || dataset.expires.is_some() || subject.identifiers.is_empty() {
        return;
    }
    if must_go(subject) {
        return;
    }
    let held: Vec<&str> = subject.identifiers.keys().map(String::as_str).take(3).collect();
    let message = format!("the dataset holds `{}`, and keeps it for ever", held.join("`, `"));
    let hint = "write `expires: 775 days`, no longer than what it is made from";
    let finding = Finding::new(Place::Definition(dataset.name.position.clone()), message, hint);
    found.push(finding.notes(paths(subject)));
}
