//! SQL and types that would eat all memory or the whole stack.

use insta::assert_snapshot;

use crate::project::TestProject;

/// Memory in MiB that is enough for anything, address space of deep stacks included.
const MEMORY: u32 = 3_000;

fn inline(sql: &str) -> String {
    let text = format!(
        "dataset: tide_derived.x_v1\ndescription: Pings.\nstart: 2026-11-20\nsql: |\n  SELECT @submission_date AS submission_date {sql}\n"
    );
    TestProject::with(&[("datasets/x.yaml", &text)]).refused_within(MEMORY, "compile")
}

#[test]
fn a_sum_of_many_terms() {
    assert_snapshot!(inline(&format!("FROM (SELECT 1 AS a) WHERE a = 1{}", " + 1".repeat(100_000))), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: this nests more than 1500 levels deep
     --> datasets/x.yaml:5:77
      |
    5 |   SELECT @submission_date AS submission_date FROM (SELECT 1 AS a) WHERE a = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1...
      |                                                                             ^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:75
      = hint: split it into parts

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_union_of_many_parts() {
    assert_snapshot!(inline(&" UNION DISTINCT SELECT @submission_date".repeat(25_000)), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: this nests more than 1500 levels deep
     --> datasets/x.yaml:5:47
      |
    5 |   SELECT @submission_date AS submission_date  UNION DISTINCT SELECT @submission_date UNION DISTINCT SELECT @submission_date UNION DIS...
      |                                               ^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:45
      = hint: split it into parts

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn brackets_without_end_in_sql() {
    assert_snapshot!(inline(&format!(", {}1{} AS x", "(".repeat(100_000), ")".repeat(100_000))), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: this nests more than 250 levels deep
     --> datasets/x.yaml:5:297
      |
    5 | ...((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((...
      |                                                                    ^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:295
      = hint: split it into parts

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn negations_without_end_in_sql() {
    assert_snapshot!(inline(&format!(", {}TRUE AS x", "NOT ".repeat(100_000))), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: this nests more than 250 levels deep
     --> datasets/x.yaml:5:1044
      |
    5 | ...OT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT NOT...
      |                                                                   ^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:1042
      = hint: split it into parts

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_type_that_nests_without_end() {
    let text = format!(
        "
        source: tide.x_v1
        kind: table
        description: Nested.
        start: 2026-11-20
        partition_by: none
        schema: {{columns: {{a: '{}INT64{}'}}}}
        ",
        "STRUCT<a ".repeat(20_000),
        ">".repeat(20_000)
    );
    assert_snapshot!(TestProject::with(&[("datasets/x.yaml", &text)]).refused_within(MEMORY, "compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: the type `STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a S … >>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>` is not understood
     --> datasets/x.yaml:6:23
      |
    6 | ...a: 'STRUCT<a STRUCT<a STRUCT<a STRUCT<a STRUCT<a...>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>'}}
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: structs nest at most 15 deep

    1 error; `tidemill explain TM0112` says more
    "#);
}
