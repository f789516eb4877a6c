//! The two forms of files of cases, cut into cases. What each form means is said by what runs it.

use std::path::PathBuf;

pub const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/values/cases");

/// The files of an ending, in their order.
pub fn files(ending: &str) -> Vec<(PathBuf, String)> {
    let entries = ignore::WalkBuilder::new(CASES).build().map(Result::unwrap);
    let mut files: Vec<(PathBuf, String)> = entries
        .filter(|entry| entry.path().extension().is_some_and(|found| found == ending))
        .map(|entry| entry.into_path())
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// A case with the line that it begins in.
pub struct Case {
    pub line: usize,
    pub text: String,
    /// Whether its page and section are known.
    pub has_source: bool,
}

impl Case {
    /// What is asked and what is expected. The last arrow counts: named arguments have arrows too.
    pub fn parts(&self) -> Option<(&str, &str)> {
        let (asked, expected) = self.text.rsplit_once("=>")?;
        Some((asked.trim(), expected.trim()))
    }
}

/// Cuts a file of expressions.
pub fn expressions(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut page, mut section) = (false, false);
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || line.starts_with('#') {
        } else if let Some(name) = line.strip_prefix("page:") {
            (page, section) = (!name.trim().is_empty(), false);
        } else if let Some(name) = line.strip_prefix("section:") {
            section = !name.trim().is_empty();
        } else if let Some(case) = cases.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            case.text.push('\n');
            case.text.push_str(trimmed);
        } else {
            cases.push(Case { line: index + 1, text: trimmed.to_owned(), has_source: page && section });
        }
    }
    cases
}

/// A query with the line that its title stands in.
pub struct Block<'a> {
    pub line: usize,
    pub title: &'a str,
    /// What stands under the title.
    pub text: &'a str,
}

impl<'a> Block<'a> {
    /// The query with its two lines of a head, and what is expected.
    pub fn parts(&self) -> Option<(&'a str, &'a str)> {
        self.text.split_once("\n-->")
    }
}

/// Cuts a file of queries.
pub fn queries(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut starts: Vec<usize> = text.match_indices("\n== ").map(|(at, _)| at + 1).collect();
    if text.starts_with("== ") {
        starts.insert(0, 0);
    }
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(text.len());
        let (title, rest) = text[*start..end].split_once('\n').unwrap_or((&text[*start..end], ""));
        let line = text[..*start].matches('\n').count() + 1;
        blocks.push(Block { line, title: title.trim_start_matches("== "), text: rest });
    }
    blocks
}
