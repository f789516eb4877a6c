//! Which functions the suite has cases for: each needs a normal one, one with a NULL, and a third one at an edge.

use std::collections::BTreeMap;

use crate::written::{self, Expected, Malformed, Written};

/// How many cases call a function.
#[derive(Clone, Copy, Debug, Default)]
pub struct Covered {
    pub cases: usize,
    /// Those without a NULL that come to a value.
    pub normal: usize,
    /// Those with a NULL among what is given or comes out.
    pub null: usize,
}

impl Covered {
    /// Whether they are enough for a function, that takes arguments or none.
    pub fn is_enough(&self, takes_arguments: bool) -> bool {
        match takes_arguments {
            true => self.normal > 0 && self.null > 0 && self.cases > 2,
            false => self.cases > 0,
        }
    }
}

/// What is covered, by the name of a function.
pub fn covered() -> BTreeMap<&'static str, Covered> {
    let mut covered: BTreeMap<&'static str, Covered> = BTreeMap::new();
    for (asked, expected) in cases() {
        let asked = asked.to_uppercase();
        let is_null = [asked.as_str(), expected.as_str()].iter().any(|text| has_word(text, "NULL"));
        let is_error = expected.trim_start().starts_with("error");
        for function in tidemill::sql::FUNCTIONS.iter().filter(|function| calls(&asked, function.name)) {
            let found = covered.entry(function.name).or_default();
            found.cases += 1;
            found.normal += usize::from(!is_null && !is_error);
            found.null += usize::from(is_null);
        }
    }
    covered
}

/// Functions that DuckDB runs and that have too few cases.
pub fn lacking() -> Vec<&'static str> {
    let covered = covered();
    let runnable = tidemill::sql::FUNCTIONS.iter().filter(|function| function.is_runnable());
    let lacks = runnable.filter(|function| {
        let takes = function.signatures().iter().any(|signature| !signature.parameters.is_empty());
        !covered.get(function.name).copied().unwrap_or_default().is_enough(takes)
    });
    lacks.map(|function| function.name).collect()
}

/// What each case asks and expects.
fn cases() -> Vec<(String, String)> {
    let read = |ending, read: fn(&str) -> Vec<Result<Written, Malformed>>| {
        let files = written::files(ending, "").into_iter();
        files.flat_map(move |(_, text)| read(&text)).filter_map(Result::ok).map(|case| {
            let expected = match case.expected {
                Expected::Error(_) => "error".to_owned(),
                Expected::Value(constant, _) => constant,
                Expected::Rows(_, rows) => rows.concat().join(" "),
            };
            (case.sql, expected)
        })
    };
    read("txt", written::expressions).chain(read("sql", written::queries)).collect()
}

fn is_part(one: char) -> bool {
    one.is_alphanumeric() || one == '_'
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

/// Whether a text in capitals calls a function, under SAFE. too.
fn calls(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].strip_suffix("SAFE.").unwrap_or(&text[..at]);
        let after = &text[at + name.len()..];
        // Some are called without brackets.
        let ends = after.starts_with('(') || (name.starts_with("CURRENT_") && !after.starts_with(is_part));
        ends && !before.ends_with(|one| is_part(one) || one == '.')
    })
}
