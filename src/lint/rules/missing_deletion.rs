//! Datasets whose rows belong to people, and that do not say how a person's rows are found.

use super::super::{Definition, Examples, Finding, Look, Place, Rule, Subject, identifiers};
use super::forbidden_identifier::must_go;
use crate::definition::Level;
use crate::diagnostic::Code;

pub static RULE: Rule = Rule {
    name: "missing_deletion",
    code: Code::MissingDeletion,
    level: Level::Error,
    look: Look::Whole(look),
    examples: Examples {
        refused: &["sql: SELECT submission_date, account_id FROM shop.orders WHERE submission_date = @submission_date"],
        fine: &[
            "sql: SELECT submission_date, account_id FROM shop.orders WHERE submission_date = @submission_date
deletion: by account_id",
            "sql: |
  SELECT submission_date, COUNT(DISTINCT account_id) AS accounts FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT submission_date, keyed_hash(account_id, 'shop') AS account_key FROM shop.orders
  WHERE submission_date = @submission_date",
        ],
    },
};

fn look(subject: &Subject, found: &mut Vec<Finding>) {
    let Definition::Dataset(dataset) = subject.definition else { return };
    // The rows of a source's stable dataset are found by the identifiers that the source declares.
    if subject.of_source || dataset.deletion.is_some() || must_go(subject) {
        return;
    }
    // By the first one that is a column of its own, if there is any.
    let plain = subject.identifiers.keys().find(|path| !path.contains('.'));
    let Some(path) = plain.or(subject.identifiers.keys().next()) else { return };
    let message = format!("the dataset holds `{path}`, and does not say how a person's rows are deleted");
    let hint = format!("write `deletion: by {path}`, or aggregate so that nobody can be told apart");
    let finding = Finding::new(Place::Definition(dataset.name.position.clone()), message, hint);
    found.push(finding.notes(paths(subject)));
}

/// The ways of the identifiers that a subject holds, three at most.
pub(super) fn paths(subject: &Subject) -> Vec<String> {
    const MOST: usize = 3;
    let all = subject.identifiers.iter();
    let shown = all.map(|(path, tag)| {
        format!("{} {}", tag.kind.name, identifiers::path(subject.name, path, tag, subject.tables))
    });
    let mut notes: Vec<String> = shown.take(MOST).collect();
    if let more @ 1.. = subject.identifiers.len().saturating_sub(MOST) {
        notes.push(format!("and {more} more"));
    }
    notes
}
