//! Hashes without a key of what can be guessed: whoever hashes all addresses there are finds the person again.

use super::super::{Examples, Finding, Look, Place, Rule, Subject, identifiers};
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::tree::{Body, Expression, Kind, Span};

pub static RULE: Rule = Rule {
    name: "unkeyed_hash",
    code: Code::UnkeyedHash,
    level: Level::Error,
    look: Look::Whole(look),
    examples: Examples {
        refused: &[
            "sql: |
  SELECT submission_date, TO_HEX(SHA256(email)) AS buyer FROM shop.orders
  WHERE submission_date = @submission_date",
            "sql: |
  WITH hashed AS (SELECT submission_date, MD5(LOWER(email)) AS buyer FROM shop.orders)
  SELECT submission_date, buyer FROM hashed WHERE submission_date = @submission_date",
        ],
        fine: &[
            "sql: |
  SELECT submission_date, keyed_hash(email, 'shop') AS buyer FROM shop.orders
  WHERE submission_date = @submission_date",
            "sql: |
  SELECT submission_date, TO_HEX(SHA256(account_id)) AS buyer FROM shop.orders
  WHERE submission_date = @submission_date",
        ],
    },
};

fn look(subject: &Subject, found: &mut Vec<Finding>) {
    for (path, tag) in subject.identifiers.iter().filter(|(_, tag)| tag.hashed && tag.kind.guessable) {
        let column = path.split('.').next().unwrap_or_default();
        let index = subject.analysis.columns.iter().position(|field| field.name == column);
        let output = index.and_then(|index| output(&subject.analysis.query.body, index));
        let span =
            output.map_or(subject.analysis.query.span, |output| hash_in(output).unwrap_or(output.span));
        let message = format!(
            "`{path}` is a hash without a key of an identifier that can be guessed ({})",
            tag.kind.name
        );
        let hint = "hash it with a key: `keyed_hash(column, 'key_name')`";
        let note = identifiers::path(subject.name, path, tag, subject.tables);
        found.push(Finding::new(Place::Query(span), message, hint).notes(vec![note]));
    }
}

/// The expression that gives a column of the result.
fn output(body: &Body, index: usize) -> Option<&Expression> {
    match body {
        Body::Select(select) => select.outputs.get(index).map(|output| &output.expression),
        Body::Query(query) => output(&query.body, index),
        Body::Set { left, .. } => output(left, index),
    }
}

const HASHES: &[&str] = &["FARM_FINGERPRINT", "MD5", "SHA1", "SHA256", "SHA512"];

/// The place of a hash within an expression.
fn hash_in(expression: &Expression) -> Option<Span> {
    if let Kind::Call(call) = &expression.kind
        && HASHES.contains(&call.name.as_str())
    {
        return Some(expression.span);
    }
    let mut found = None;
    expression.children(&mut |child| found = found.or_else(|| hash_in(child)));
    found
}
