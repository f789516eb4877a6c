//! Functions in JavaScript that give something else at each run.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn clocks_and_draws_in_javascript_are_told_where_they_are_called() {
    let drawn = "
        function: tide.drawn
        description: A draw.
        language: js
        returns: FLOAT64
        body: return Math.random();
        ";
    let through = "
        function: tide.through
        description: Calls it.
        body: tide.drawn() * 2
        ";
    let called = "
        dataset: tide_derived.called_v1
        description: Calls.
        start: 2026-11-20
        sql: |
          CREATE TEMP FUNCTION now_() RETURNS STRING LANGUAGE js AS 'return new Date().toString();';
          CREATE TEMP FUNCTION day(x FLOAT64) RETURNS STRING LANGUAGE js AS 'return new Date(x).toString();';
          SELECT
            @submission_date AS submission_date,
            tide.through() AS drawn,
            now_() AS at_,
            day(7) AS fine
        ";
    let project = TestProject::with(&[
        ("datasets/drawn.yaml", drawn),
        ("datasets/through.yaml", through),
        ("datasets/called.yaml", called),
    ]);
    assert_snapshot!(project.run("compile --quiet"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning[TM0709]: `tide.drawn` calls Math.random, so that a rerun differs
     --> datasets/called.yaml:9:5
      |
    9 |     tide.through() AS drawn,
      |     ^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:13:3
      = hint: hand it what decides as an argument: a hash of what identifies the row

    warning[TM0710]: `now_` calls Date(), so that a rerun differs
      --> datasets/called.yaml:10:5
       |
    10 |     now_() AS at_,
       |     ^^^^
       |
       = note: compiled: generated/tide_derived/called_v1/query.sql:14:3
       = hint: hand it @submission_date, @partition_start or @partition_end as an argument
    "#);
}
