//! Cases of whole queries:
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
//! Under the arrow stand the columns with their types, then the rows as constants of `FORMAT('%T')`. They may come in any order,
//! unless the query has an ORDER BY. `--> error: text` is a query that fails with a message that has the text in it.

use tidemill::query::Session;
use tidemill::value::literal;

use crate::report::{Report, ask, is_expected, told};

pub fn run(path: &str, text: &str, session: &Session, report: &mut Report) {
    let mut line = 1;
    for block in format!("\n{text}").split("\n== ") {
        if !block.trim().is_empty() && line > 1 {
            report.cases += 1;
            if let Err((expected, got)) = case(block, session) {
                report.failed(path, line - 1, block.lines().next().unwrap_or_default(), &expected, &got);
            }
        }
        line += block.matches('\n').count() + 1;
    }
}

/// Runs one case; gives what was expected and what came where they differ.
fn case(block: &str, session: &Session) -> Result<(), (String, String)> {
    let malformed = |what: &str| (what.to_owned(), "another form".to_owned());
    let mut lines = block.lines().skip(1);
    for key in ["page:", "section:"] {
        let line = lines.next().unwrap_or_default();
        let value = line.strip_prefix(key).ok_or_else(|| malformed(&format!("`{key} …`")))?;
        if value.trim().is_empty() {
            return Err(malformed(&format!("`{key} …`")));
        }
    }
    let rest = lines.collect::<Vec<_>>().join("\n");
    let (query, expected) = rest.split_once("\n-->").ok_or_else(|| malformed("an arrow `-->`"))?;
    let outcome = ask(session, query);
    if let Some(part) = expected.trim().strip_prefix("error") {
        let part = part.trim_start_matches(':').trim();
        return match outcome {
            Err(failure) => match told(&failure) {
                (true, got) if got.contains(part) => Ok(()),
                (_, got) => Err((expected.trim().to_owned(), got)),
            },
            Ok((_, rows)) => Err((expected.trim().to_owned(), format!("{} rows", rows.len()))),
        };
    }
    let mut wanted: Vec<Vec<String>> =
        expected.lines().map(str::trim).filter(|line| !line.is_empty()).map(cells).collect();
    if wanted.is_empty() {
        return Err(malformed("a line of columns"));
    }
    let header = wanted.remove(0);
    let (translated, mut rows) =
        outcome.map_err(|failure| (expected.trim().replace('\n', "\n            "), told(&failure).1))?;
    let columns: Vec<String> =
        translated.columns.iter().map(|column| format!("{} {}", column.name, column.ty)).collect();
    let constants = |row: &Vec<_>| row.iter().map(literal).collect::<Vec<_>>();
    let is_row = |(row, wanted): (&Vec<_>, &Vec<String>)| {
        row.len() == wanted.len() && row.iter().zip(wanted).all(|(value, cell)| is_expected(cell, value))
    };
    if !translated.is_ordered {
        rows.sort_by_key(constants);
        wanted.sort();
    }
    if columns == header && rows.len() == wanted.len() && rows.iter().zip(&wanted).all(is_row) {
        return Ok(());
    }
    let shown = |header: &[String], rows: &[Vec<String>]| {
        let lines = std::iter::once(header.join(" | ")).chain(rows.iter().map(|row| row.join(" | ")));
        lines.collect::<Vec<_>>().join("\n            ")
    };
    let got: Vec<Vec<String>> = rows.iter().map(constants).collect();
    Err((shown(&header, &wanted), shown(&columns, &got)))
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
