//! Deletion by a column in which nobody stands: a person who asks to be deleted would not be found.

use super::super::{Definition, Examples, Finding, Look, Place, Rule, Subject};
use super::missing_deletion::paths;
use crate::definition::Level;
use crate::diagnostic::Code;

pub static RULE: Rule = Rule {
    name: "wrong_deletion",
    code: Code::WrongDeletion,
    level: Level::Warn,
    look: Look::Whole(look),
    examples: Examples {
        refused: &["sql: |
  SELECT submission_date, account_id, country FROM shop.orders WHERE submission_date = @submission_date
deletion: by country"],
        fine: &["sql: SELECT submission_date, account_id FROM shop.orders WHERE submission_date = @submission_date
deletion: by account_id"],
    },
};

fn look(subject: &Subject, found: &mut Vec<Finding>) {
    let Definition::Dataset(dataset) = subject.definition else { return };
    let Some(column) = dataset.deletion.as_ref().filter(|_| !subject.of_source) else { return };
    // Where no identifier is known, a key that was made of one may still find people.
    if subject.identifiers.is_empty() || subject.identifiers.contains_key(&column.text) {
        return;
    }
    let message = format!("`{}` is no identifier, so that nobody's rows are found by it", column.text);
    let hint = match subject.identifiers.keys().next() {
        Some(path) => {
            format!("write `deletion: by {path}`, or declare the column under its source's `identifiers`")
        }
        None => "declare the column under its source's `identifiers`".to_owned(),
    };
    let finding = Finding::new(Place::Definition(column.position.clone()), message, hint);
    found.push(finding.notes(paths(subject)));
}
