//! A finding about SQL says where the SQL comes to stand in `generated/`: once the mistake is mended, the mended
//! word stands there.

use serde_json::Value;

use crate::project::TestProject;

const WRONG: &str = "contry_name";
const RIGHT: &str = "document_id";

/// Compiles with a wrong name, then with a right one of the same length, and gives where the finding stood and
/// the word that stands at its compiled place.
fn stands_at(project: &TestProject, file: &str) -> (String, String) {
    let text = project.read(file);
    assert_eq!(text.matches(WRONG).count(), 1);
    let said = project.refused("compile --json");
    let body = said.split("----- stdout -----\n").nth(1).unwrap().split("\n----- stderr").next().unwrap();
    let said: Value = serde_json::from_str(body).unwrap();
    let found = said["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{said:#}");
    let place = &found[0]["compiled"];
    let number = |key: &str| place[key].as_u64().unwrap() as usize;
    project.bytes(file, text.replace(WRONG, RIGHT).as_bytes());
    let compiled = project.run("compile");
    assert!(compiled.starts_with("exit code: 0"), "{compiled}");
    let path = place["path"].as_str().unwrap();
    let line = project.read(path).lines().nth(number("line") - 1).unwrap().to_owned();
    let word: String = line.chars().skip(number("column") - 1).take(RIGHT.len()).collect();
    (path.to_owned(), word)
}

#[test]
fn in_sql_of_a_definition() {
    let project = TestProject::with(&[(
        "datasets/x.yaml",
        "
        dataset: tide_derived.x_v1
        description: |
          Pings
          by document.
        start: 2026-11-20
        deletion: by id
        labels: {area: product}
        sql: |
          SELECT
            @submission_date AS submission_date,
            contry_name AS id
          FROM tide_stable.baseline_v1
          WHERE DATE(submission_timestamp) = @submission_date
        ",
    )]);
    let place = stands_at(&project, "datasets/x.yaml");
    assert_eq!(place, ("generated/tide_derived/x_v1/query.sql".to_owned(), RIGHT.to_owned()));
}

#[test]
fn in_a_file_beside_it_and_in_a_view() {
    let project = TestProject::with(&[
        (
            "datasets/x.yaml",
            "
            view: tide.x
            description: Pings.
            labels: {area: product}
            sql: x.sql
            ",
        ),
        ("datasets/x.sql", "SELECT\n  contry_name\nFROM tide_stable.baseline_v1\n"),
    ]);
    let place = stands_at(&project, "datasets/x.sql");
    assert_eq!(place, ("generated/tide/x/view.sql".to_owned(), RIGHT.to_owned()));
}

#[test]
fn in_a_template_whose_condition_shifts_lines() {
    let project = TestProject::with(&[
        (
            "templates/own.sql",
            "
            {#---
            description: Pings of a table.
            parameters: {}
            ---#}
            SELECT
            {% if true %}
              -- a comment
            {% endif %}
              @submission_date AS submission_date, contry_name AS id
            FROM {{ from }}
            WHERE {{ in_partition }}
            ",
        ),
        (
            "datasets/x.yaml",
            "
            dataset: tide_derived.x_v1
            description: Pings.
            from: tide_stable.baseline_v1
            template: own
            ",
        ),
    ]);
    let place = stands_at(&project, "templates/own.sql");
    assert_eq!(place, ("generated/tide_derived/x_v1/query.sql".to_owned(), RIGHT.to_owned()));
}

#[test]
fn in_the_body_of_a_function() {
    let project = TestProject::with(&[(
        "datasets/f.yaml",
        "
        function: tide.marked
        description: Marked.
        arguments: {document_id: STRING}
        body: |
          CONCAT(
            'x', contry_name)
        ",
    )]);
    let place = stands_at(&project, "datasets/f.yaml");
    assert_eq!(place, ("generated/tide/marked/function.sql".to_owned(), RIGHT.to_owned()));
}
