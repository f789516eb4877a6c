//! A table of explained disagreements: a page with two sections, under each the reasons as headings, and under each
//! reason what it explains: single cases, or, as `calls of F` and ``with `text` ``, the cases whose query calls a function or
//! has a text in it.

use std::collections::BTreeSet;

use regex::Regex;

/// A page of this folder, and its sections.
pub struct Page {
    file: &'static str,
    sections: [&'static str; 2],
}

pub const ANALYSIS: Page =
    Page { file: "disagreements.md", sections: ["BigQuery is not as the judge says", "Ours to mend"] };

pub const VALUES: Page =
    Page { file: "values.md", sections: ["The engine is not as the documentation says", "Ours to mend"] };

/// A disagreement.
pub struct Found<'a> {
    pub name: &'a str,
    pub sql: &'a str,
    pub what: String,
}

/// What is explained.
enum Explained {
    Case(String),
    /// Cases that call a function, and how a call of it begins.
    Calls(String, Regex),
    With(String),
}

impl Explained {
    /// The items of a line of the page.
    fn read(line: &str) -> Vec<Self> {
        if let Some(functions) = line.strip_prefix("calls of ") {
            let called = |name: &str| {
                let begins = format!(r"(?i)(?:^|[^\w.]){}\s*\(", regex::escape(name));
                Self::Calls(name.to_owned(), Regex::new(&begins).unwrap())
            };
            return functions.split(", ").map(called).collect();
        }
        let text = line.strip_prefix("with `").and_then(|text| text.strip_suffix('`'));
        vec![text.map_or_else(|| Self::Case(line.to_owned()), |text| Self::With(text.to_owned()))]
    }

    fn explains(&self, found: &Found) -> bool {
        match self {
            Self::Case(name) => name == found.name,
            Self::Calls(_, begins) => begins.is_match(found.sql),
            Self::With(text) => found.sql.contains(text),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Case(name) => name.clone(),
            Self::Calls(name, _) => format!("calls of {name}"),
            Self::With(text) => format!("with `{text}`"),
        }
    }
}

/// What has a reason.
pub struct Disagreements {
    file: &'static str,
    explained: Vec<Explained>,
}

impl Disagreements {
    pub fn read(page: &Page) -> Self {
        let file = page.file;
        let path = format!("{}/tests/oracle/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let (mut explained, mut known) = (Vec::new(), BTreeSet::new());
        let (mut section, mut reason) = (None, None);
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                assert!(page.sections.contains(&title), "{file}: `{title}` is none of {:?}", page.sections);
                (section, reason) = (Some(title), None);
            } else if let Some(title) = line.strip_prefix("### ") {
                reason = section.and(Some(title));
            } else if let Some(line) = line.strip_prefix("- ") {
                assert!(reason.is_some(), "{file}: no reason is given for `{line}`");
                for item in Explained::read(line) {
                    assert!(known.insert(item.shown()), "{file} explains `{}` twice", item.shown());
                    explained.push(item);
                }
            }
        }
        Self { file, explained }
    }

    /// What was found and has no reason.
    pub fn unexplained(&self, found: &[Found]) -> Vec<String> {
        let is_explained = |found: &&Found| !self.explained.iter().any(|item| item.explains(found));
        let unexplained = found.iter().filter(is_explained);
        unexplained.map(|found| format!("not explained: {}\n    {}", found.name, found.what)).collect()
    }

    /// The reasons for what was not found.
    pub fn idle(&self, found: &[Found]) -> Vec<String> {
        let idle = self.explained.iter().filter(|item| !found.iter().any(|found| item.explains(found)));
        idle.map(|item| format!("nothing disagrees any more, take it out of {}: {}", self.file, item.shown()))
            .collect()
    }
}
