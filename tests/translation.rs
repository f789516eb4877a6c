//! Proves the translation by running it: GoogleSQL is analysed, translated, executed by DuckDB, and the
//! values and inferred types are compared with those that GoogleSQL documents. One row per case.

#[path = "translation/catalogue.rs"]
mod catalogue;
#[path = "translation/conditions.rs"]
mod conditions;
#[path = "translation/conversions.rs"]
mod conversions;
#[path = "translation/elements.rs"]
mod elements;
#[path = "translation/functions.rs"]
mod functions;
#[path = "translation/groups.rs"]
mod groups;
#[path = "translation/json.rs"]
mod json;
#[path = "translation/lineage/mod.rs"]
mod lineage;
#[path = "translation/literals.rs"]
mod literals;
#[path = "translation/moments.rs"]
mod moments;
#[path = "translation/nested.rs"]
mod nested;
#[path = "translation/numbers.rs"]
mod numbers;
#[path = "translation/queries.rs"]
mod queries;
#[path = "translation/refusals.rs"]
mod refusals;
#[path = "translation/texts.rs"]
mod texts;
#[path = "translation/windows.rs"]
mod windows;

use catalogue::Warehouse;

/// An expression, its value as text, its type.
type Case = (&'static str, &'static str, &'static str);

/// A query, the names and types of its columns, its rows with values between bars.
type QueryCase = (&'static str, &'static str, &'static [&'static str]);

const EXPRESSIONS: &[&[Case]] = &[
    numbers::CASES,
    texts::CASES,
    moments::CASES,
    json::CASES,
    nested::CASES,
    conditions::CASES,
    conversions::CASES,
    literals::CASES,
];

const QUERIES: &[&[QueryCase]] =
    &[queries::CASES, groups::CASES, windows::CASES, elements::CASES, functions::CASES];

#[test]
fn expressions_have_their_documented_values() {
    let warehouse = Warehouse::open();
    let mut wrong = Vec::new();
    for (expression, value, ty) in EXPRESSIONS.iter().copied().flatten() {
        match warehouse.run(&format!("SELECT {expression} AS result")) {
            Ok(answer) => {
                let found = (answer.rows.join(" / "), answer.columns);
                if found.0 != *value || found.1 != format!("result {ty}") {
                    wrong.push(format!(
                        "{expression}\n  is       {} of {}\n  but must be {value} of {ty}",
                        found.0, found.1
                    ));
                }
            }
            Err(problem) => wrong.push(format!("{expression}\n  {problem}")),
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn queries_have_their_documented_rows() {
    let warehouse = Warehouse::open();
    let mut wrong = Vec::new();
    for (query, columns, rows) in QUERIES.iter().copied().flatten() {
        match warehouse.run(query) {
            Ok(answer) => {
                let (mut found, mut wanted) = (answer.rows.clone(), rows.to_vec());
                if !query.contains("ORDER BY") {
                    found.sort();
                    wanted.sort_unstable();
                }
                if found != wanted || answer.columns != *columns {
                    wrong.push(format!("{query}\n  is {}\n  {:#?}", answer.columns, answer.rows));
                }
            }
            Err(problem) => wrong.push(format!("{query}\n  {problem}")),
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_argument_is_evaluated_once_whatever_its_function_does_with_it() {
    for (query, written) in [
        ("SELECT d.four_times(BYTE_LENGTH(country)) AS r FROM d.pings", "\"pings\".\"country\""),
        ("SELECT d.above_twice(id * 7) AS r FROM d.pings", "* 7"),
    ] {
        let analysis = tidemill::sql::analyse(query, &catalogue::Tables).unwrap();
        let sql = tidemill::sql::duckdb::translate(&analysis).unwrap();
        assert_eq!(sql.matches(written).count(), 1, "{sql}");
    }
}

#[test]
fn what_fails_in_googlesql_fails() {
    let warehouse = Warehouse::open();
    for (expression, message) in refusals::FAILURES {
        match warehouse.run(&format!("SELECT {expression} AS result")) {
            Err(problem) => assert!(problem.contains(message), "{expression}: {problem}"),
            Ok(answer) => panic!("{expression} is {}", answer.rows.join(" / ")),
        }
    }
}

#[test]
fn what_cannot_be_translated_is_named() {
    for (expression, message) in refusals::UNTRANSLATABLE {
        let analysis = tidemill::sql::analyse(&format!("SELECT {expression} AS result"), &catalogue::Tables);
        let problems = match analysis {
            Ok(analysis) => match tidemill::sql::duckdb::translate(&analysis) {
                Err(problems) => problems,
                Ok(sql) => panic!("{expression} is {sql}"),
            },
            Err(problems) => problems,
        };
        let messages: Vec<String> =
            problems.iter().map(|problem| format!("{} {}", problem.code.as_str(), problem.message)).collect();
        assert!(messages.iter().any(|one| one == message), "{expression}: {messages:?}");
    }
}

#[test]
fn every_function_of_the_table_has_a_case() {
    let documented = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/values/cases");
    let documented: Vec<String> = ignore::WalkBuilder::new(documented)
        .build()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    let cases: Vec<String> = EXPRESSIONS
        .iter()
        .copied()
        .flatten()
        .map(|(expression, ..)| *expression)
        .chain(QUERIES.iter().copied().flatten().map(|(query, ..)| *query))
        .chain(refusals::FAILURES.iter().map(|(expression, _)| *expression))
        .chain(documented.iter().map(String::as_str))
        .map(|text| format!(" {text}"))
        .collect();
    let missing: Vec<&str> = tidemill::sql::FUNCTIONS
        .iter()
        .filter(|function| function.is_runnable())
        .map(|function| function.name)
        .filter(|name| {
            let call = format!("{name}(");
            !cases.iter().any(|text| {
                text.match_indices(&call).any(|(at, _)| {
                    !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
                })
            })
        })
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}
