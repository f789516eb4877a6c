//! Proves the types of expressions: each function of the table and each kind of expression is analysed, and its type
//! compared with the one that GoogleSQL gives.

#[path = "typing/catalogue.rs"]
mod catalogue;
#[path = "typing/functions.rs"]
mod functions;
#[path = "typing/shapes.rs"]
mod shapes;

/// An expression and its type.
type Case = (&'static str, &'static str);

/// Whole queries, and the types of their columns.
#[rustfmt::skip]
const QUERIES: &[Case] = &[
    ("SELECT NULL AS r", "INT64"),
    ("SELECT [] AS r", "ARRAY<INT64>"),
    ("SELECT STRUCT(NULL AS a, [] AS b) AS r", "STRUCT<a INT64, b ARRAY<INT64>>"),
    ("SELECT n AS r FROM d.all UNION ALL SELECT 1.5", "NUMERIC"),
    ("SELECT i AS r FROM d.all UNION ALL SELECT 1.5", "FLOAT64"),
    ("SELECT d AS r FROM d.all UNION ALL SELECT '2020-01-01'", "DATE"),
    ("SELECT '2020-01-01' AS r UNION ALL SELECT '2020-01-02' UNION ALL SELECT d FROM d.all", "DATE"),
    ("SELECT [] AS r UNION ALL SELECT as_ FROM d.all", "ARRAY<STRING>"),
    ("SELECT NULL AS r UNION ALL SELECT s FROM d.all", "STRING"),
    ("SELECT st AS r FROM d.all UNION ALL SELECT (1.5, 'x')", "STRUCT<x FLOAT64, y STRING>"),
    ("SELECT f AS r FROM d.all UNION ALL SELECT i FROM d.all UNION ALL SELECT n FROM d.all", "FLOAT64"),
    ("SELECT d AS r FROM d.all UNION ALL SELECT dt FROM d.all", "DATETIME"),
    ("SELECT SUM(IF(b, 1, 0)) AS r FROM d.all", "INT64"),
    ("SELECT AVG(x) AS r FROM d.all, UNNEST(ai) AS x", "FLOAT64"),
    ("SELECT ARRAY_AGG(STRUCT(k.x, k.y)) AS r FROM d.all, UNNEST(ast) AS k", "ARRAY<STRUCT<x INT64, y STRING>>"),
    ("SELECT ANY_VALUE(k) AS r FROM d.all, UNNEST(ast) AS k", "STRUCT<x INT64, y STRING>"),
    ("SELECT t AS r FROM (SELECT 1 AS a, 'x' AS b) AS t", "STRUCT<a INT64, b STRING>"),
    ("SELECT x AS r FROM (SELECT 1 AS x, 'y' AS y) AS x", "STRUCT<x INT64, y STRING>"),
];

fn type_of(query: &str) -> String {
    match tidemill::sql::analyse(query, &catalogue::Tables) {
        Ok(analysis) => analysis
            .columns
            .iter()
            .map(|column| column.ty.settled().to_string())
            .collect::<Vec<_>>()
            .join(", "),
        Err(problems) => {
            problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ")
        }
    }
}

#[test]
fn expressions_have_the_types_that_googlesql_gives() {
    let expressions = shapes::CASES.iter().chain(functions::CASES);
    let queries = expressions.map(|(expression, ty)| (format!("SELECT {expression} AS r FROM d.all"), *ty));
    let queries = queries.chain(QUERIES.iter().map(|(query, ty)| ((*query).to_owned(), *ty)));
    let wrong: Vec<String> = queries
        .map(|(query, ty)| (type_of(&query), ty, query))
        .filter(|(found, ty, _)| found != ty)
        .map(|(found, ty, query)| format!("{query}\n  is       {found}\n  but must be {ty}"))
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_function_of_the_table_has_a_case() {
    let cases: Vec<String> = shapes::CASES
        .iter()
        .chain(functions::CASES)
        .map(|(expression, _)| format!(" {}", expression.to_uppercase()))
        .collect();
    let is_called = |name: &str| {
        let call = format!("{name}(");
        cases.iter().any(|text| {
            text.match_indices(&call).any(|(at, _)| {
                !text[..at].ends_with(|before: char| before.is_alphanumeric() || "_.".contains(before))
            })
        })
    };
    let functions = tidemill::sql::FUNCTIONS.iter().map(|function| function.name);
    let missing: Vec<&str> = functions.filter(|name| !is_called(name)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}
