//! The table of explained disagreements, `disagreements.md`: two sections, under each the reasons as headings,
//! and under each reason the cases that it explains.

use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/disagreements.md");

const SECTIONS: [&str; 2] = ["BigQuery is not as the judge says", "Ours to mend"];

/// The names of the cases that have a reason.
pub struct Disagreements(BTreeSet<String>);

impl Disagreements {
    pub fn read() -> Self {
        let text = std::fs::read_to_string(FILE).unwrap();
        let mut names = BTreeSet::new();
        let (mut section, mut reason) = (None, None);
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                assert!(SECTIONS.contains(&title), "{FILE}: `{title}` is none of {SECTIONS:?}");
                (section, reason) = (Some(title), None);
            } else if let Some(title) = line.strip_prefix("### ") {
                reason = section.and(Some(title));
            } else if let Some(name) = line.strip_prefix("- ") {
                assert!(reason.is_some(), "{FILE}: no reason is given for `{name}`");
                assert!(names.insert(name.to_owned()), "{FILE} explains `{name}` twice");
            }
        }
        Self(names)
    }

    /// What was found and has no reason.
    pub fn unexplained(&self, found: &BTreeMap<&str, String>) -> Vec<String> {
        let unexplained = found.iter().filter(|(name, _)| !self.0.contains(**name));
        unexplained.map(|(name, what)| format!("not explained: {name}\n    {what}")).collect()
    }

    /// The reasons for what was not found.
    pub fn idle(&self, found: &BTreeMap<&str, String>) -> Vec<String> {
        let idle = self.0.iter().filter(|name| !found.contains_key(name.as_str()));
        idle.map(|name| format!("nothing disagrees any more, take it out of disagreements.md: {name}"))
            .collect()
    }
}
