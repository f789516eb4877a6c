//! Calls: what is compiled of them, and which are refused.

use insta::assert_snapshot;

use super::{ENGINE, SCRIPT, refused_call, selecting};
use crate::project::TestProject;

#[test]
fn calls_compile_to_calls_and_functions_to_statements() {
    let project = TestProject::with(&[
        ("datasets/engine.yaml", ENGINE),
        ("datasets/scripted.yaml", SCRIPT),
        ("datasets/called.yaml", &selecting("`tide.engine_name`('ddg') || tide.engine_name(NULL)")),
    ]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view, 2 functions: generated/ written, 11 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("generated/tide/engine_name/function.sql"), @r#"
    -- tide.engine_name
    --
    -- The name of a search engine as it is shown.
    --
    -- Owners: data@example.com.
    -- Written by `tidemill compile`; edit the definition, not this file.

    CREATE OR REPLACE FUNCTION `tide.engine_name`(code STRING)
    RETURNS STRING
    AS (
      CASE LOWER(code)
        WHEN 'ddg' THEN 'DuckDuckGo'
        ELSE UPPER(code)
      END
    );
    "#);
    assert_snapshot!(project.read("generated/tide/scripted/function.sql"), @r#"
    -- tide.scripted
    --
    -- A text turned round.
    --
    -- Owners: data@example.com.
    -- Written by `tidemill compile`; edit the definition, not this file.

    CREATE OR REPLACE FUNCTION `tide.scripted`(text STRING, times INT64)
    RETURNS STRING
    LANGUAGE js
    AS r"""
    return text.split("").reverse().join("").repeat(times);
    """;
    "#);
    assert_snapshot!(project.read("generated/tide_derived/called_v1/query.sql"), @r#"
    -- tide_derived.called_v1
    --
    -- A call.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT
      @submission_date AS submission_date,
      `tide.engine_name`('ddg') || tide.engine_name(NULL) AS result
    "#);
}

#[test]
fn a_call_with_too_few_arguments() {
    assert_snapshot!(refused_call("tide.engine_name()"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: `tide.engine_name` takes 1 argument, not 0
     --> datasets/called.yaml:7:5
      |
    7 |     tide.engine_name() AS result
      |     ^^^^^^^^^^^^^^^^
      |
     ::: datasets/engine.yaml:1:11
      |
    1 | function: tide.engine_name
      |           ---------------- takes (code STRING)
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:3

    1 error; `tidemill explain TM0404` says more
    "#);
}

#[test]
fn a_call_with_an_argument_of_another_type() {
    assert_snapshot!(refused_call("tide.engine_name(7)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: `tide.engine_name` takes `code` STRING, not INT64
     --> datasets/called.yaml:7:22
      |
    7 |     tide.engine_name(7) AS result
      |                      ^
      |
     ::: datasets/engine.yaml:1:11
      |
    1 | function: tide.engine_name
      |           ---------------- takes (code STRING)
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:20

    1 error; `tidemill explain TM0404` says more
    "#);
}

#[test]
fn a_call_of_a_function_that_is_not_there() {
    assert_snapshot!(refused_call("tide.engin_name('ddg')"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0405]: no function `tide.engin_name` is known
     --> datasets/called.yaml:7:5
      |
    7 |     tide.engin_name('ddg') AS result
      |     ^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:3
      = hint: did you mean `tide.engine_name`?

    1 error; `tidemill explain TM0405` says more
    "#);
}

#[test]
fn a_call_with_words_that_only_aggregates_take() {
    assert_snapshot!(refused_call("SAFE.tide.engine_name(DISTINCT 'ddg')"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: `tide.engine_name` takes no DISTINCT, NULLS, ORDER BY, LIMIT or OVER
     --> datasets/called.yaml:7:5
      |
    7 |     SAFE.tide.engine_name(DISTINCT 'ddg') AS result
      |     ^^^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:3

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_call_of_javascript_compiles() {
    let project = TestProject::with(&[
        ("datasets/scripted.yaml", SCRIPT),
        ("datasets/called.yaml", &selecting("tide.scripted('abc', 2)")),
    ]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view, 1 function: generated/ written, 10 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
}

#[test]
fn a_call_of_sql_that_calls_javascript_compiles() {
    let through = "
        function: tide.through
        description: Calls JavaScript.
        arguments: {text: STRING}
        body: tide.scripted(text, 1)
        ";
    let project = TestProject::with(&[
        ("datasets/scripted.yaml", SCRIPT),
        ("datasets/through.yaml", through),
        ("datasets/called.yaml", &selecting("tide.through('abc')")),
    ]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view, 2 functions: generated/ written, 11 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
}
