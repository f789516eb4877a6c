//! How much each rule counts in a project, and whether what authors wrote about rules names any.

use std::collections::BTreeMap;

use super::{RULES, Rule, rule};
use crate::definition::{Exception, Level, RuleSetting};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Text;

/// The levels that a project sets; the others are the rules' own.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    levels: BTreeMap<&'static str, Level>,
}

impl Settings {
    /// What `rules:` says; names that are no rules are reported.
    pub fn read(stated: &[RuleSetting], found: &mut Vec<Diagnostic>) -> Self {
        let mut settings = Self::default();
        for setting in stated {
            match rule(&setting.rule.text) {
                Some(rule) => {
                    settings.levels.insert(rule.name, setting.level);
                }
                None => found.push(unknown(&setting.rule)),
            }
        }
        settings
    }

    pub fn level(&self, rule: &Rule) -> Level {
        self.levels.get(rule.name).copied().unwrap_or(rule.level)
    }
}

/// Reports exceptions that name no rule.
pub fn check_exceptions(exceptions: &[Exception], found: &mut Vec<Diagnostic>) {
    let unknown_ones = exceptions.iter().filter(|exception| rule(&exception.rule.text).is_none());
    found.extend(unknown_ones.map(|exception| unknown(&exception.rule)));
}

fn unknown(name: &Text) -> Diagnostic {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    Diagnostic::error(Code::UnknownRule, format!("there is no rule `{}`", name.text))
        .at(&name.position)
        .hint(format!("the rules are: {}", names.join(", ")))
        .suggest(&name.text, names.iter().copied())
}
