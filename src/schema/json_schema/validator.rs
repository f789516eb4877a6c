//! Whether a payload fits its schema, and if not, where and why.
//!
//! A reason must never hold a value that a client sent: rejections are read more widely than pings.

use std::fmt;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value as Json;

use super::read::{at_pointer, mistake};
use crate::diagnostic::{Diagnostic, Position};
use crate::yaml::Node;

/// Steps that one pattern may take on one text; patterns with look-ahead backtrack.
const BACKTRACKING: usize = 100_000;
/// Bytes that a compiled pattern may take.
const PATTERN_SIZE: usize = 4 << 20;
/// The longest reason, in characters: a schema may list a thousand values.
const LONGEST: usize = 300;

/// A schema, ready to judge payloads.
pub struct PayloadValidator {
    validator: Validator,
}

/// How a payload does not fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{pointer}: {reason}")]
pub struct Violation {
    /// JSON pointer into the payload; `/` for the payload itself.
    pub pointer: String,
    /// The schema's own words, without the value.
    pub reason: String,
}

impl PayloadValidator {
    /// Compiles the schema of a file: its text, and the same as nodes for the places of mistakes.
    ///
    /// # Errors
    /// The first thing that the schema's draft does not allow.
    pub fn compile(text: &str, root: &Node) -> Result<Self, Diagnostic> {
        let schema: Json = serde_json::from_str(text).map_err(|error| {
            let place =
                Position::new(&root.position.source, error.line() as u32, error.column().max(1) as u32, 1);
            mistake(&place, "the schema is not JSON").hint("a JSON Schema is read as JSON, without comments")
        })?;
        let patterns = PatternOptions::fancy_regex().backtrack_limit(BACKTRACKING).size_limit(PATTERN_SIZE);
        let mut options = jsonschema::options().offline().with_pattern_options(patterns);
        if schema.get("$schema").is_none() {
            options = options.with_draft(Draft::Draft7);
        }
        match options.build(&schema) {
            Ok(validator) => Ok(Self { validator }),
            Err(error) => {
                let place = at_pointer(root, error.instance_path().as_str()).unwrap_or(root);
                Err(mistake(&place.position, &format!("the schema cannot be used: {}", reason(&error)))
                    .hint("JSON Schema of draft 4, 6 and 7 is understood, with `$ref` within the file"))
            }
        }
    }

    /// Judges a payload.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn check(&self, payload: &Json) -> Result<(), Violation> {
        self.validator.validate(payload).map_err(|error| {
            let pointer = error.instance_path().as_str();
            let pointer = if pointer.is_empty() { "/" } else { pointer };
            Violation { pointer: cut(pointer), reason: cut(&reason(&error)) }
        })
    }
}

impl fmt::Debug for PayloadValidator {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("PayloadValidator")
    }
}

fn reason(error: &ValidationError) -> String {
    const VALUE: &str = "the value";
    match error.kind() {
        // The library writes the name's own fault unmasked.
        ValidationErrorKind::PropertyNames { error } => {
            format!("a name does not fit: {}", error.masked_with("it"))
        }
        ValidationErrorKind::FalseSchema => "the schema allows nothing of the kind".to_owned(),
        // Its own words are about the library.
        ValidationErrorKind::BacktrackLimitExceeded { .. } => {
            "a pattern takes too long on the value".to_owned()
        }
        _ => error.masked_with(VALUE).to_string(),
    }
}

/// On one line, without control characters, and not endless.
fn cut(text: &str) -> String {
    let mut line: String = text
        .chars()
        .take(LONGEST)
        .map(|character| if character.is_control() { '\u{fffd}' } else { character })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}
