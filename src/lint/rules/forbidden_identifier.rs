//! Identifiers in datasets that must not hold any: those made from a server's log, and public ones.

use super::super::{Examples, Finding, Look, Place, Rule, Subject, identifiers};
use crate::definition::Level;
use crate::diagnostic::Code;

pub static RULE: Rule = Rule {
    name: "forbidden_identifier",
    code: Code::ForbiddenIdentifier,
    level: Level::Error,
    look: Look::Whole(look),
    examples: Examples {
        refused: &[
            "sql: |
  SELECT @submission_date AS submission_date, MIN(user) AS user, country FROM sync.requests_v1
  WHERE DATE(timestamp) = @submission_date GROUP BY country",
            "sql: SELECT submission_date, LOWER(account_id) AS buyer FROM shop.orders WHERE submission_date = @submission_date
public: true",
        ],
        fine: &[
            "sql: |
  SELECT @submission_date AS submission_date, keyed_hash(user, 'sync') AS user_key, COUNT(*) AS requests
  FROM sync.requests_v1 WHERE DATE(timestamp) = @submission_date GROUP BY user_key",
            "sql: SELECT submission_date, account_id AS buyer FROM shop.orders WHERE submission_date = @submission_date",
        ],
    },
};

fn look(subject: &Subject, found: &mut Vec<Finding>) {
    let Some(why) = why(subject) else { return };
    for (path, tag) in subject.identifiers {
        let message = format!("`{path}` holds an identifier ({}), and the table {why}", tag.kind.name);
        let hint = "leave it out, count it, or hash it with a key: `keyed_hash(column, 'key_name')`";
        let note = identifiers::path(subject.name, path, tag, subject.tables);
        let place = Place::Definition(subject.definition.position().clone());
        found.push(Finding::new(place, message, hint).notes(vec![note]));
    }
}

/// Why a node must not hold identifiers at all.
fn why(subject: &Subject) -> Option<&'static str> {
    match (subject.definition.is_public(), subject.of_log) {
        (true, _) => Some("is public"),
        (false, true) => Some("is made from a server's log"),
        (false, false) => None,
    }
}

/// Whether nothing else need be said of the identifiers that a node holds: they must go. One that is excepted
/// keeps them, and says how they are deleted and when.
pub(super) fn must_go(subject: &Subject) -> bool {
    let is_excepted = subject.definition.exceptions().iter().any(|one| one.rule.text == RULE.name);
    why(subject).is_some() && !is_excepted
}
