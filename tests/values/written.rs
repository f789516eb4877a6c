//! The cases as their files say them, for the suite and for the oracle, which reads them too. Nothing runs here.
//!
//! Cases of one line, in `cases/**/*.txt`:
//!
//! ```text
//! page: string_functions            the page of GoogleSQL's documentation, without its ending
//! section: SUBSTR                   and the section that says so; both hold until the next ones
//!
//! # a comment
//! SUBSTR('apple', 2) => "pple"
//! SUBSTR(NULL, 2) => NULL :: STRING
//! SUBSTR('apple', 1, -1) => error: negative
//! IF(TRUE, 'a longer expression',
//!   'goes on in lines that are indented') => "a longer expression"
//! ```
//!
//! The value is a constant as `FORMAT('%T')` writes it, which shows its type; where it does not, `:: TYPE` may stand after it.
//! `error: text` is an error whose message has the text in it. `~1.4142` is a FLOAT64 that rounds to those digits.
//!
//! Cases of whole queries, in `cases/queries/*.sql`:
//!
//! ```text
//! == A comma before an array gives a row for each element
//! page: query-syntax
//! section: UNNEST operator
//! SELECT x, y FROM (SELECT ['a', 'b'] AS xs, 1 AS y) AS t, t.xs AS x
//! -->
//! x STRING | y INT64
//! "a"      | 1
//! "b"      | 1
//! ```
//!
//! Under the arrow stand the columns with their types, then the rows. They may come in any order, unless the query has an
//! ORDER BY. `--> error: text` is a query that fails.

use std::path::{Path, PathBuf};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/values/cases");

/// A case.
pub struct Written {
    pub line: usize,
    /// An expression, or the title of a query.
    pub title: String,
    pub sql: String,
    pub expected: Expected,
}

pub enum Expected {
    /// An error whose message has the text in it.
    Error(String),
    /// A constant, and its type where it does not show it.
    Value(String, Option<String>),
    /// Columns with their types, and rows of constants.
    Rows(Vec<String>, Vec<Vec<String>>),
}

/// The files of an ending whose path has the wanted text in it.
pub fn files(ending: &str, wanted: &str) -> Vec<(PathBuf, String)> {
    let entries = ignore::WalkBuilder::new(CASES).build().map(Result::unwrap);
    let mut files: Vec<(PathBuf, String)> = entries
        .filter(|entry| entry.path().extension().is_some_and(|found| found == ending))
        .map(|entry| entry.into_path())
        .filter(|path| path.to_string_lossy().contains(wanted))
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Where a file stands in the folder of cases.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(CASES).unwrap_or(path).display().to_string()
}

/// What stands where a case should: its line, its text or title, and what it lacks.
pub struct Malformed {
    pub line: usize,
    pub title: String,
    pub lacks: &'static str,
}

/// The cases of a file of expressions.
pub fn expressions(text: &str) -> Vec<Result<Written, Malformed>> {
    let mut cases: Vec<(usize, String, bool)> = Vec::new();
    let (mut page, mut section) = (false, false);
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || line.starts_with('#') {
        } else if let Some(name) = line.strip_prefix("page:") {
            (page, section) = (!name.trim().is_empty(), false);
        } else if let Some(name) = line.strip_prefix("section:") {
            section = !name.trim().is_empty();
        } else if let Some((_, case, _)) = cases.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            case.push('\n');
            case.push_str(trimmed);
        } else {
            cases.push((index + 1, trimmed.to_owned(), page && section));
        }
    }
    cases.into_iter().map(|(line, text, has_source)| expression(line, text, has_source)).collect()
}

fn expression(line: usize, title: String, has_source: bool) -> Result<Written, Malformed> {
    if !has_source {
        return Err(Malformed { line, title, lacks: "a page and a section before it" });
    }
    // The last arrow: named arguments have arrows too.
    let Some((expression, expected)) = title.rsplit_once("=>") else {
        return Err(Malformed { line, title, lacks: "`expression => constant`" });
    };
    let expected = expected.trim();
    let expected = match (error(expected), expected.rsplit_once(" :: ")) {
        (Some(part), _) => Expected::Error(part),
        (_, Some((constant, ty))) => Expected::Value(constant.trim().to_owned(), Some(ty.trim().to_owned())),
        _ => Expected::Value(expected.to_owned(), None),
    };
    let sql = format!("SELECT {} AS result", expression.trim());
    let title = expression.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Written { line, title, sql, expected })
}

/// The text that the message of an expected error has in it.
fn error(expected: &str) -> Option<String> {
    let part = expected.strip_prefix("error")?;
    Some(part.trim_start_matches(':').trim().to_owned())
}

/// The cases of a file of queries.
pub fn queries(text: &str) -> Vec<Result<Written, Malformed>> {
    let mut cases = Vec::new();
    let mut line = 0;
    for (index, block) in format!("\n{text}").split("\n== ").enumerate() {
        if index > 0 {
            let title = block.lines().next().unwrap_or_default().trim().to_owned();
            cases.push(match query(block) {
                Ok((sql, expected)) => Ok(Written { line, title, sql, expected }),
                Err(lacks) => Err(Malformed { line, title, lacks }),
            });
        }
        line += block.matches('\n').count() + 1;
    }
    cases
}

fn query(block: &str) -> Result<(String, Expected), &'static str> {
    let mut lines = block.lines().skip(1);
    for (key, lacks) in [("page:", "`page: …`"), ("section:", "`section: …`")] {
        let value = lines.next().unwrap_or_default().strip_prefix(key).ok_or(lacks)?;
        if value.trim().is_empty() {
            return Err(lacks);
        }
    }
    let rest = lines.collect::<Vec<_>>().join("\n");
    let (sql, expected) = rest.split_once("\n-->").ok_or("an arrow `-->`")?;
    if let Some(part) = error(expected.trim()) {
        return Ok((sql.to_owned(), Expected::Error(part)));
    }
    let mut rows = expected.lines().map(str::trim).filter(|line| !line.is_empty()).map(cells);
    let header = rows.next().ok_or("a line of columns")?;
    Ok((sql.to_owned(), Expected::Rows(header, rows.collect())))
}

/// The cells of a line between bars, which constants may hold too.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut mark: Option<char> = None;
    let mut characters = line.chars();
    while let Some(one) = characters.next() {
        match (one, mark) {
            ('|', None) => {
                cells.push(String::new());
                continue;
            }
            ('"' | '\'', None) => mark = Some(one),
            (quote, Some(open)) if quote == open => mark = None,
            ('\\', Some(_)) => {
                cells.last_mut().unwrap().push(one);
                cells.last_mut().unwrap().extend(characters.next());
                continue;
            }
            _ => {}
        }
        cells.last_mut().unwrap().push(one);
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
