//! A table of explained disagreements: a page with two sections, under each the reasons as headings, and under each
//! reason the cases that it explains.

use std::collections::{BTreeMap, BTreeSet};

/// A page of this folder, and its sections.
pub struct Page {
    file: &'static str,
    sections: [&'static str; 2],
}

pub const ANALYSIS: Page =
    Page { file: "disagreements.md", sections: ["BigQuery is not as the judge says", "Ours to mend"] };

pub const VALUES: Page =
    Page { file: "values.md", sections: ["The engine is not as the documentation says", "Ours to mend"] };

/// The names of the cases that have a reason.
pub struct Disagreements {
    file: &'static str,
    names: BTreeSet<String>,
}

impl Disagreements {
    pub fn read(page: &Page) -> Self {
        let file = page.file;
        let path = format!("{}/tests/oracle/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut names = BTreeSet::new();
        let (mut section, mut reason) = (None, None);
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                assert!(page.sections.contains(&title), "{file}: `{title}` is none of {:?}", page.sections);
                (section, reason) = (Some(title), None);
            } else if let Some(title) = line.strip_prefix("### ") {
                reason = section.and(Some(title));
            } else if let Some(name) = line.strip_prefix("- ") {
                assert!(reason.is_some(), "{file}: no reason is given for `{name}`");
                assert!(names.insert(name.to_owned()), "{file} explains `{name}` twice");
            }
        }
        Self { file, names }
    }

    /// What was found and has no reason.
    pub fn unexplained(&self, found: &BTreeMap<&str, String>) -> Vec<String> {
        let unexplained = found.iter().filter(|(name, _)| !self.names.contains(**name));
        unexplained.map(|(name, what)| format!("not explained: {name}\n    {what}")).collect()
    }

    /// The reasons for what was not found.
    pub fn idle(&self, found: &BTreeMap<&str, String>) -> Vec<String> {
        let idle = self.names.iter().filter(|name| !found.contains_key(name.as_str()));
        idle.map(|name| format!("nothing disagrees any more, take it out of {}: {name}", self.file)).collect()
    }
}
