//! The values that `tests/values` expects, held against those of the runner, another engine. What is expected is
//! what GoogleSQL documents; where the engine differs, its page has the reason.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use tidemill::query::{NoTables, translate};

use crate::cases::{Case, ours};
use crate::disagreements::{Disagreements, Found, VALUES};
use crate::programs::answers;
use crate::written::{Expected, Malformed, Written, expressions, files, queries, shown};

/// All cases, by their file and their title.
fn cases() -> BTreeMap<String, Written> {
    [named("txt", expressions), named("sql", queries)].into_iter().flatten().collect()
}

fn named(ending: &str, read: fn(&str) -> Vec<Result<Written, Malformed>>) -> Vec<(String, Written)> {
    let mut named = Vec::new();
    for (path, text) in files(ending, "") {
        let file = shown(&path);
        for case in read(&text) {
            let case = case
                .unwrap_or_else(|case| panic!("{file}:{}: {} lacks {}", case.line, case.title, case.lacks));
            named.push((format!("{file}: {}", case.title), case));
        }
    }
    named
}

/// The cases for the judge, who says what they are accepted as.
pub fn judged() -> Vec<Case> {
    let judged = |(name, case): (String, Written)| Case {
        name: format!("values: {name}"),
        ours: ours(&case.sql, &NoTables),
        sql: case.sql,
        tables: Map::new(),
        before: Vec::new(),
    };
    cases().into_iter().map(judged).collect()
}

#[test]
#[ignore = "needs another engine: make compare-values"]
fn another_engine_gives_the_values_of_our_cases() {
    let cases = cases();
    let requests: Vec<Json> =
        cases.iter().map(|(name, case)| serde_json::json!({"id": name, "sql": case.sql})).collect();
    let answers = answers("runner", &requests);
    let (run, lacking): (Vec<_>, Vec<_>) =
        cases.iter().zip(&answers).partition(|((_, case), answer)| could_run(case, answer));
    let lacking = lacking.len();
    let found: Vec<Found> = run
        .into_iter()
        .filter_map(|((name, case), answer)| {
            Some(Found { name, sql: &case.sql, what: difference(case, answer)? })
        })
        .collect();
    println!(
        "{} cases: {} agreed, {} did not, the engine could not run {lacking}",
        cases.len(),
        cases.len() - found.len() - lacking,
        found.len()
    );
    let explained = Disagreements::read(&VALUES);
    crate::none([explained.unexplained(&found), explained.idle(&found)].concat());
}

/// What the engine says where a function of it lacks something, where GoogleSQL would give a value.
const LACKS: [&str; 21] = [
    "failed to analyze",
    "failed to convert",
    "failed to infer templated",
    "failed to create TVF",
    "strconv.",
    "json: ",
    "sqlitex:",
    "unsupporte",
    "unexpected argument type",
    "unexpected interval part",
    "unexpected part",
    "unexpected format type",
    "unexpected numeric literal",
    "invalid number of arguments",
    "invalid character",
    "expected comma",
    "expression type is must be",
    "first argument must be",
    "input value must be not null",
    "path argument is NULL",
    "out of the supported range",
];

/// Whether the engine could run a case. What is accepted, the judge says; the engine knows fewer functions.
fn could_run(case: &Written, answer: &Json) -> bool {
    let lacks = |error: &str| LACKS.iter().any(|text| error.contains(text));
    let expects_error = matches!(case.expected, Expected::Error(_));
    answer["fault"].is_null() && (expects_error || !answer["error"].as_str().is_some_and(lacks))
}

/// What differs between a case and the engine's answer, if anything does.
fn difference(case: &Written, answer: &Json) -> Option<String> {
    let got = answer["error"].as_str().map_or_else(|| shown_rows(answer), |error| format!("error: {error}"));
    let failed = !answer["error"].is_null();
    let (agree, expected) = match &case.expected {
        Expected::Error(part) => (failed, format!("error: {part}")),
        Expected::Value(constant, ty) => {
            let cells = rows(answer).concat();
            let of_type = ty.as_ref().is_none_or(|ty| answer["columns"][0]["type"] == ty.as_str());
            (cells.len() == 1 && same(constant, &cells[0]) && of_type, constant.clone())
        }
        Expected::Rows(header, wanted) => {
            let (mut wanted, mut rows) = (wanted.clone(), rows(answer));
            let is_ordered = translate(&case.sql, &NoTables).is_ok_and(|translated| translated.is_ordered);
            if !is_ordered {
                wanted.sort();
                rows.sort();
            }
            let is_row = |(wanted, row): (&Vec<String>, &Vec<String>)| {
                wanted.len() == row.len() && wanted.iter().zip(row).all(|(wanted, cell)| same(wanted, cell))
            };
            let agree = columns(answer) == *header
                && wanted.len() == rows.len()
                && wanted.iter().zip(&rows).all(is_row);
            (agree, table(header, &wanted))
        }
    };
    (!agree).then(|| format!("line {}, documented: {expected}\n    the engine: {got}", case.line))
}

/// Whether a cell is the constant; `~1.4142` is any number that rounds to those digits.
fn same(constant: &str, cell: &str) -> bool {
    let Some(rounded) = constant.strip_prefix('~') else { return constant == cell };
    let digits = rounded.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    cell.parse::<f64>().is_ok_and(|number| format!("{number:.digits$}") == rounded)
}

fn rows(answer: &Json) -> Vec<Vec<String>> {
    serde_json::from_value(answer["rows"].clone()).unwrap_or_default()
}

fn columns(answer: &Json) -> Vec<String> {
    let columns = answer["columns"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    columns.iter().map(|column| format!("{} {}", text(&column["name"]), text(&column["type"]))).collect()
}

fn shown_rows(answer: &Json) -> String {
    table(&columns(answer), &rows(answer))
}

fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let lines = std::iter::once(header.join(" | ")).chain(rows.iter().map(|row| row.join(" | ")));
    lines.collect::<Vec<_>>().join("\n        ")
}
