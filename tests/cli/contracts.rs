//! The schema that a dataset declares is its contract.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

/// A dataset of three columns, one of them nested, with a declared schema.
fn declared(schema: &str) -> String {
    format!(
        "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        schema: {schema}
        sql: |
          SELECT
            @submission_date AS submission_date,
            [STRUCT('a' AS name, 1 AS size)] AS items,
            COUNT(*) AS pings
          FROM tide_stable.baseline_v1
          WHERE DATE(submission_timestamp) = @submission_date
        "
    )
}

#[test]
fn a_schema_that_the_query_keeps() {
    let text = declared(
        "{columns: {submission_date: DATE, items: 'ARRAY<STRUCT<name STRING, size INT64>>', pings: {type: INT64, description: How many.}}}",
    );
    let project = TestProject::with(&[("datasets/x.yaml", &text)]);
    assert!(project.run("compile").starts_with("exit code: 0"));
    let schema = project.read("generated/tide_derived/x_v1/schema.json");
    assert!(schema.contains("\"How many.\""), "{schema}");
    let said = project.run("check");
    assert!(said.contains("contracts: 1 dataset declares its schema"), "{said}");
    // What was written is itself a schema to declare.
    project.file("datasets/x.yaml", &declared("{bigquery: x.schema.json}"));
    project.bytes("datasets/x.schema.json", schema.as_bytes());
    assert!(project.run("compile").starts_with("exit code: 0"));
}

#[test]
fn a_schema_that_differs_in_a_nested_field_and_in_order() {
    let text = declared(
        "{columns: {submission_date: DATE, pings: INT64, items: 'ARRAY<STRUCT<name STRING, size FLOAT64>>'}}",
    );
    assert_snapshot!(refused_with(&[("datasets/x.yaml", &text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0731]: the query gives another schema than the one that is declared
     --> datasets/x.yaml:4:9
      |
    4 | schema: {columns: {submission_date: DATE, pings: INT64, items: 'ARRAY<STRUCT<name STRING, size FLOAT64>>'}}
      |         ^
      |
      = note: `-` is declared, `+` is given:
               submission_date DATE
              -pings INT64
               items ARRAY<STRUCT>
                 name STRING
              -  size FLOAT64
              +  size INT64
              +pings INT64
      = hint: mend the query; or declare what it gives, in a new version where readers rely on the old one

    1 error; `tidemill explain TM0731` says more
    "#);
}

#[test]
fn promises_that_the_query_is_not_known_to_keep() {
    let schema = r#"[
        {"name": "submission_date", "type": "DATE", "mode": "REQUIRED"},
        {"name": "client_id", "type": "STRING", "mode": "REQUIRED", "maxLength": "36"},
        {"name": "named", "type": "STRING", "mode": "REQUIRED"},
        {"name": "pings", "type": "INTEGER", "mode": "REQUIRED"}
    ]"#;
    let text = "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        expires: 775 days
        deletion: by client_id
        schema: {bigquery: x.schema.json}
        sql: |
          SELECT
            @submission_date AS submission_date,
            client_info.client_id,
            COALESCE(client_info.os, 'none') AS named,
            COUNT(*) AS pings
          FROM tide_stable.baseline_v1
          WHERE DATE(submission_timestamp) = @submission_date
          GROUP BY client_info.client_id, named
        ";
    let project = TestProject::with(&[("datasets/x.yaml", text)]);
    project.bytes("datasets/x.schema.json", schema.as_bytes());
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view: generated/ written, 9 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0731]: `client_id` is declared REQUIRED, and the query may give NULL there
     --> datasets/x.yaml:6:9
      |
    6 | schema: {bigquery: x.schema.json}
      |         ^
      |
      = hint: say what stands for NULL, `COALESCE(…, …)`, or leave such rows out, `WHERE … IS NOT NULL`; or declare the column NULLABLE
    "#);
    let lineage: serde_json::Value =
        serde_json::from_str(project.run("lineage tide_derived.x_v1 --json").split("-----").nth(2).unwrap())
            .unwrap();
    let required: Vec<_> =
        lineage["columns"].as_array().unwrap().iter().map(|column| column["required"].clone()).collect();
    assert_eq!(serde_json::json!(required), serde_json::json!([true, false, true, true]));
}

#[test]
fn a_column_with_a_mistake_breaks_no_contract() {
    let text = declared("{columns: {submission_date: DATE, items: STRING, pings: INT64}}");
    let text = text.replace("[STRUCT('a' AS name, 1 AS size)]", "nothing");
    let said = refused_with(&[("datasets/x.yaml", &text)]);
    assert!(said.contains("TM0203") && !said.contains("TM0731"), "{said}");
}

#[test]
fn schemas_that_cannot_be_read() {
    let said =
        ["{columns: {a: TEXT}}", "{bigquery: gone.json}", "{}", "{columns: {a: DATE}, size: 1}", "x.json"]
            .map(|schema| refused_with(&[("datasets/x.yaml", &declared(schema))]));
    let first = |said: &String| said.lines().find(|line| line.starts_with("error")).unwrap().to_owned();
    assert_snapshot!(said.iter().map(first).collect::<Vec<_>>().join("\n"), @r#"
    error[TM0112]: the type `TEXT` is not understood
    error[TM0103]: there is no file datasets/gone.json
    error[TM0112]: the schema of a dataset is one of `columns` and `bigquery`
    error[TM0731]: the query gives another schema than the one that is declared
    error[TM0107]: `schema` is a mapping of keys to values, not a text
    "#);
}
