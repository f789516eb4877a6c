//! What authors say of rules: how much each counts in the project, and which definitions are excepted from
//! one, why and until when. Which rules there are is the business of `lint`, not of this file.

use jiff::civil::Date;

use super::shapes;
use super::values::parse_date;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{MapReader, Node, Text};

/// How much a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Off,
    /// Reported; the work goes on.
    Warn,
    /// Nothing is built while it is broken.
    Error,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// `rules: {unordered_aggregate: error}`: one of its entries.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    pub rule: Text,
    pub level: Level,
}

/// `{rule: clock, reason: …, until: 2027-03-01}`: a definition that may break a rule for a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    pub rule: Text,
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// Reads `rules:` of `tidemill.yaml`.
pub fn settings(reader: &MapReader) -> Vec<RuleSetting> {
    let Some(node) = reader.optional("rules") else { return Vec::new() };
    let entries = reader.entries("rules", node).into_iter();
    entries
        .filter_map(|(rule, node)| Some(RuleSetting { level: level(reader, &rule, node)?, rule }))
        .collect()
}

fn level(reader: &MapReader, rule: &Text, node: &Node) -> Option<Level> {
    let text = reader.text(&rule.text, node)?;
    reader.parsed(&rule.text, &text, |text| match text {
        "off" => Ok(Level::Off),
        "warn" => Ok(Level::Warn),
        "error" => Ok(Level::Error),
        _ => Err("a rule is `off`, `warn` or `error`".to_owned()),
    })
}

/// Reads `exceptions:` of a definition.
pub fn exceptions(reader: &MapReader) -> Vec<Exception> {
    let Some(node) = reader.optional("exceptions") else { return Vec::new() };
    let Some(items) = node.as_list() else {
        reader.report(
            Diagnostic::error(Code::WrongType, format!("`exceptions` is a list, not {}", node.value.kind()))
                .at(&node.position)
                .hint("write `exceptions: [{rule: NAME, reason: why, until: 2027-03-01}]`"),
        );
        return Vec::new();
    };
    items.iter().filter_map(|item| exception(item, reader)).collect()
}

fn exception(node: &Node, outer: &MapReader) -> Option<Exception> {
    let reader = MapReader::of(node, "an exception", &shapes::EXCEPTION);
    let rule = reader.required_text("rule", "name the rule");
    let reason = reader.required_text("reason", "say why the rule may be broken here");
    let until = reader
        .required_text("until", "the last day on which it holds, for example `2027-03-01`")
        .and_then(|text| reader.parsed("until", &text, parse_date));
    outer.report_all(reader.finish());
    Some(Exception { rule: rule?, reason: reason?.text, until: until? })
}
