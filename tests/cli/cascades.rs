//! One mistake is told once, and hides no other: what reads a dataset with a mistake is held against what is
//! known of it.

use crate::project::refused_with;

/// A dataset over the standard project, with its own SQL in lines.
fn dataset(name: &str, sql: &str) -> (String, String) {
    let lines: Vec<String> = sql.lines().map(|line| format!("          {}\n", line.trim())).collect();
    let text = format!(
        "
        dataset: tide_derived.{name}
        description: Pings.
        start: 2026-11-20
        sql: |
{}",
        lines.concat()
    );
    (format!("datasets/{name}.yaml"), text)
}

/// The codes and messages of what is found, in the order of files.
fn told(files: &[(String, String)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let said = refused_with(&files);
    let found = said.lines().filter_map(|line| line.strip_prefix("error["));
    found.map(|line| line.replacen("]:", "", 1)).collect()
}

const READ: &str = "FROM tide_stable.baseline_v1 WHERE DATE(submission_timestamp) = @submission_date";

#[test]
fn a_wrong_condition_leaves_the_columns_known() {
    let first = dataset(
        "a_v1",
        &format!(
            "SELECT @submission_date AS submission_date, client_info.client_id AS client_id\n{READ} AND nothing = 1"
        ),
    );
    let second = dataset(
        "b_v1",
        "SELECT submission_date, client_id, missing, NOSUCH(client_id) AS x
         FROM tide_derived.a_v1 WHERE submission_date = @submission_date AND client_id > 1",
    );
    assert_eq!(
        told(&[first, second]),
        [
            "TM0203 no column `nothing` here",
            "TM0203 no column `missing` here",
            "TM0405 no function `NOSUCH` is known",
            "TM0404 STRING cannot be compared with INT64",
        ]
    );
}

#[test]
fn a_column_with_a_problem_mixes_with_everything() {
    let first = dataset(
        "a_v1",
        &format!("SELECT @submission_date AS submission_date, contry AS country, document_id\n{READ}"),
    );
    // Neither the STRUCT path, the arithmetic nor the UNNEST of what nobody knows is a mistake.
    let second = dataset(
        "b_v1",
        "SELECT a.submission_date, a.country.code, a.country + 1 AS more, item.name, name AS again
         FROM tide_derived.a_v1 AS a, UNNEST(a.country.items) AS item
         WHERE a.submission_date = @submission_date AND a.country LIKE 'x%' AND a.document_id = 1",
    );
    let third = dataset(
        "c_v1",
        "SELECT submission_date, code / 2 AS half, CONCAT(code, 'x') AS text, nme
         FROM tide_derived.b_v1 WHERE submission_date = @submission_date",
    );
    assert_eq!(
        told(&[first, second, third]),
        [
            "TM0203 no column `contry` here",
            "TM0404 STRING cannot be compared with INT64",
            "TM0203 no column `nme` here",
        ]
    );
}

#[test]
fn behind_a_syntax_error_any_column_may_be() {
    let first = dataset("a_v1", "SELECT @submission_date AS submission_date FORM x");
    let second = dataset(
        "b_v1",
        "WITH all_of AS (SELECT * FROM tide_derived.a_v1 WHERE submission_date = @submission_date)
         SELECT submission_date, anything.deep AS x, UNKNOWN_ONE(y) AS y, l.nope
         FROM all_of JOIN tide_stable.baseline_v1 AS l USING (submission_date)",
    );
    // A star over it, a union with it, and ordering and grouping by its columns are no mistakes.
    let third = dataset(
        "c_v1",
        "SELECT * EXCEPT (a) FROM tide_derived.a_v1 WHERE submission_date = @submission_date
         UNION ALL SELECT submission_date, 1 FROM tide_derived.a_v1 GROUP BY submission_date ORDER BY z",
    );
    let fourth = dataset("d_v1", "SELECT submission_date, (SELECT FROM x) FROM tide_derived.a_v1");
    let found = told(&[first, second, third, fourth]);
    let codes: Vec<&str> = found.iter().map(|line| &line[..6]).collect();
    // `FORM`, the unknown function, the stable table's column `nope` and the lack of `submission_date` in it,
    // and the broken subquery.
    assert_eq!(codes, ["TM0401", "TM0405", "TM0203", "TM0203", "TM0401"], "{found:#?}");
}

#[test]
fn what_an_unknown_table_would_give_is_not_missed() {
    let first = dataset(
        "a_v1",
        "SELECT t.submission_date, t.x, p.nope
         FROM tide_derived.nowhere_v1 AS t JOIN tide_stable.baseline_v1 AS p ON t.id = p.document_id
         WHERE DATE(p.submission_timestamp) = @submission_date AND t.submission_date = @submission_date",
    );
    let second = dataset(
        "b_v1",
        "SELECT submission_date, x + 1 AS more, y FROM tide_derived.a_v1 WHERE submission_date = @submission_date",
    );
    assert_eq!(told(&[first, second]), ["TM0203 no column `p.nope` here", "TM0203 no column `y` here"]);
}

#[test]
fn templates_over_what_nobody_knows() {
    let first = dataset("a_v1", "SELECT @submission_date AS submission_date FORM x");
    let second = (
        "datasets/b_v1.yaml".to_owned(),
        "
        dataset: tide_derived.b_v1
        description: Pings.
        from: tide_derived.a_v1
        template: tidemill/aggregate
        with: {dimensions: [country], measures: {pings: sum(pings), wrong: count(nosuch(x))}}
        checks: [not_null(country), not_null(gone)]
        "
        .to_owned(),
    );
    let found = told(&[first, second]);
    let codes: Vec<&str> = found.iter().map(|line| &line[..6]).collect();
    // The syntax, the function, and the check of a column that the aggregate does not give.
    assert_eq!(codes, ["TM0401", "TM0405", "TM0502"], "{found:#?}");
}

#[test]
fn a_definition_that_cannot_be_read_hides_nothing_behind_it() {
    let first = ("datasets/a_v1.yaml".to_owned(), "dataset: tide_derived.a_v1\nsize: 1\n".to_owned());
    let second = dataset(
        "b_v1",
        "SELECT submission_date, whatever, NOSUCH(1) AS x FROM tide_derived.a_v1 WHERE submission_date = @submission_date",
    );
    let found = told(&[first, second]);
    assert!(found.contains(&"TM0405 no function `NOSUCH` is known".to_owned()), "{found:#?}");
    assert!(!found.iter().any(|line| line.contains("whatever")), "{found:#?}");
}

#[test]
fn those_on_a_cycle_and_behind_it_are_judged_too() {
    let read = |name: &str, more: &str| {
        format!(
            "SELECT submission_date, {more} FROM tide_derived.{name} WHERE submission_date = @submission_date"
        )
    };
    let files = [
        dataset("a_v1", &read("b_v1", "x, NOSUCH(x) AS y")),
        dataset("b_v1", &read("a_v1", "x, y")),
        dataset("c_v1", &read("b_v1", "x, z")),
    ];
    let found = told(&files);
    // `b_v1` gives no `z`; nothing else is missing.
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[0].contains("a cycle"), "{found:#?}");
    assert!(found[1].contains("`NOSUCH`") && found[2].contains("no column `z`"), "{found:#?}");
}
