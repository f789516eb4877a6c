//! Functions of a project with arguments of ANY TYPE: typed for each call, examples included.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

const LARGER: &str = "
    function: tide.larger
    description: The larger of two values; of NULL and a value the value.
    arguments: {x: ANY TYPE, y: any type}
    body: IF(x > y OR y IS NULL, x, y)
    examples:
      - {arguments: [1, 2], gives: 2}
      - {arguments: [1, 2.5], gives: 2.5}
      - {arguments: [b, a], gives: b}
      - {arguments: [2026-11-22, 2026-11-21], types: [DATE, DATE], gives: 2026-11-22}
      - {arguments: [null, a], types: [STRING, STRING], gives: a}
    ";

const FIRST: &str = "
    function: tide.first
    description: The first entry of a map's name, through another function of ANY TYPE.
    arguments: {entries: ANY TYPE, least: INT64}
    body: (SELECT tide.larger(e.value, least) FROM UNNEST(entries) AS e WITH OFFSET AS at_ ORDER BY at_ LIMIT 1)
    examples:
      - {arguments: [[{name: a, value: 3}, {name: b, value: 9}], 5], gives: 5}
      - {arguments: [[{value: 7}], 5], gives: 7}
    ";

/// A dataset with these columns beside its day.
fn selecting(columns: &str) -> String {
    format!(
        "
        dataset: tide_derived.called_v1
        description: Calls.
        start: 2026-11-20
        sql: |
          SELECT
            @submission_date AS submission_date,
            {columns}
        "
    )
}

#[test]
fn each_call_is_typed_by_its_own_arguments() {
    let called = selecting(
        "tide.larger(1, 2) AS whole, tide.larger(1, 0.5) AS fraction, tide.larger(DATE '2026-11-22', CAST(NULL AS DATE)) AS day,
            tide.first([STRUCT(2 AS value)], 1) AS first",
    );
    let project = TestProject::with(&[
        ("datasets/larger.yaml", LARGER),
        ("datasets/first.yaml", FIRST),
        ("datasets/called.yaml", &called),
    ]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 3 datasets, 1 view, 2 functions: generated/ written, 11 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("generated/tide_derived/called_v1/schema.json"), @r#"
    [
      {
        "name": "submission_date",
        "type": "DATE",
        "mode": "NULLABLE"
      },
      {
        "name": "whole",
        "type": "INT64",
        "mode": "NULLABLE"
      },
      {
        "name": "fraction",
        "type": "FLOAT64",
        "mode": "NULLABLE"
      },
      {
        "name": "day",
        "type": "DATE",
        "mode": "NULLABLE"
      },
      {
        "name": "first",
        "type": "INT64",
        "mode": "NULLABLE"
      }
    ]
    "#);
    assert_snapshot!(project.read("generated/tide/larger/function.sql"), @r#"
    -- tide.larger
    --
    -- The larger of two values; of NULL and a value the value.
    --
    -- Owners: data@example.com.
    -- Written by `tidemill compile`; edit the definition, not this file.

    CREATE OR REPLACE FUNCTION `tide.larger`(x ANY TYPE, y ANY TYPE)
    AS (
      IF(x > y OR y IS NULL, x, y)
    );
    "#);
    assert_snapshot!(project.run("test --verbose"), @r#"
    exit code: 0
    ----- stdout -----
    passed   tide.first([STRUCT('a' AS name, 3 AS value), STRUCT('b' AS name, 9 AS value)], 5)
    passed   tide.first([STRUCT(7 AS value)], 5)
    passed   tide.larger(1, 2)
    passed   tide.larger(1, 2.5)
    passed   tide.larger('b', 'a')
    passed   tide.larger('2026-11-22', '2026-11-21')
    passed   tide.larger(NULL, 'a')
    7 examples passed
    ----- stderr -----
    "#);
}

#[test]
fn a_call_with_values_that_the_body_cannot_take() {
    let called = selecting("tide.larger('a', 1) AS a, tide.larger([1], [2]) AS b, tide.larger(1) AS c");
    assert_snapshot!(
        refused_with(&[("datasets/larger.yaml", LARGER), ("datasets/called.yaml", &called)]),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: `tide.larger` for (STRING, INT64): IF: STRING and INT64 do not mix
     --> datasets/called.yaml:7:5
      |
    7 |     tide.larger('a', 1) AS a, tide.larger([1], [2]) AS b, tide.larger(1) AS c
      |     ^^^^^^^^^^^
      |
     ::: datasets/larger.yaml:1:11
      |
    1 | function: tide.larger
      |           ----------- takes (x ANY TYPE, y ANY TYPE)
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:3
      = hint: it is IF(BOOL, T, T) -> T

    error[TM0404]: `tide.larger` for (STRING, INT64): STRING cannot be compared with INT64
     --> datasets/called.yaml:7:5
      |
    7 |     tide.larger('a', 1) AS a, tide.larger([1], [2]) AS b, tide.larger(1) AS c
      |     ^^^^^^^^^^^
      |
     ::: datasets/larger.yaml:1:11
      |
    1 | function: tide.larger
      |           ----------- takes (x ANY TYPE, y ANY TYPE)
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:3

    error[TM0404]: `tide.larger` for (ARRAY<INT64>, ARRAY<INT64>): ARRAY<INT64> has no equality
     --> datasets/called.yaml:7:31
      |
    7 |     tide.larger('a', 1) AS a, tide.larger([1], [2]) AS b, tide.larger(1) AS c
      |                               ^^^^^^^^^^^
      |
     ::: datasets/larger.yaml:1:11
      |
    1 | function: tide.larger
      |           ----------- takes (x ANY TYPE, y ANY TYPE)
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:29

    error[TM0404]: `tide.larger` takes 2 arguments, not 1
     --> datasets/called.yaml:7:59
      |
    7 |     tide.larger('a', 1) AS a, tide.larger([1], [2]) AS b, tide.larger(1) AS c
      |                                                           ^^^^^^^^^^^
      |
     ::: datasets/larger.yaml:1:11
      |
    1 | function: tide.larger
      |           ----------- takes (x ANY TYPE, y ANY TYPE)
      |
      = note: compiled: generated/tide_derived/called_v1/query.sql:11:57

    4 errors; `tidemill explain TM0404` says more
    "#
    );
}

#[test]
fn what_is_wrong_whatever_the_arguments_are_is_told_at_the_body() {
    let wrong = "
        function: tide.wrong
        description: Names what is not there.
        arguments: {x: ANY TYPE}
        body: |
          CONCAT(x, y, LOWER(7), NO_SUCH(x))
        ";
    assert_snapshot!(refused_with(&[("datasets/wrong.yaml", wrong)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `y` here
     --> datasets/wrong.yaml:5:13
      |
    5 |   CONCAT(x, y, LOWER(7), NO_SUCH(x))
      |             ^
      |
      = note: compiled: generated/tide/wrong/function.sql:10:13

    error[TM0404]: LOWER: argument 1 is INT64, not STRING or BYTES
     --> datasets/wrong.yaml:5:16
      |
    5 |   CONCAT(x, y, LOWER(7), NO_SUCH(x))
      |                ^^^^^
      |
      = note: compiled: generated/tide/wrong/function.sql:10:16
      = hint: it is LOWER(STRING) -> STRING or LOWER(BYTES) -> BYTES

    error[TM0405]: no function `NO_SUCH` is known
     --> datasets/wrong.yaml:5:26
      |
    5 |   CONCAT(x, y, LOWER(7), NO_SUCH(x))
      |                          ^^^^^^^
      |
      = note: compiled: generated/tide/wrong/function.sql:10:26

    3 errors; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn examples_that_do_not_fit() {
    let examples = "
        function: tide.twice
        description: A number twice.
        arguments: {x: ANY TYPE}
        body: x + x
        examples:
          - {arguments: [1], gives: two}
          - {arguments: [a], gives: aa}
          - {arguments: [[1, a]], gives: 2}
          - {arguments: [1], types: [INT64, INT64], gives: 2}
          - {arguments: [1], types: [NUMBER], gives: 2}
          - {arguments: [1, 2], gives: 2}
        ";
    let typed = "
        function: tide.typed
        description: A number.
        arguments: {x: INT64}
        body: x
        examples: [{arguments: [1], types: [INT64], gives: 1}]
        ";
    assert_snapshot!(
        refused_with(&[("datasets/twice.yaml", examples), ("datasets/typed.yaml", typed)]),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0150]: the value does not fit INT64
     --> datasets/twice.yaml:6:29
      |
    6 |   - {arguments: [1], gives: two}
      |                             ^^^
      |
      = hint: write it without quotes; INT64 is no text

    error[TM0452]: `tide.twice` for (STRING): `+` does not take STRING and STRING
     --> datasets/twice.yaml:7:17
      |
    7 |   - {arguments: [a], gives: aa}
      |                 ^
      |
     ::: datasets/twice.yaml:1:11
      |
    1 | function: tide.twice
      |           ---------- of this function
      |
      = hint: give values that the body takes, or state what they are: `types: [DATE]`

    error[TM0452]: the items of a list have no type in common
     --> datasets/twice.yaml:8:18
      |
    8 |   - {arguments: [[1, a]], gives: 2}
      |                  ^
      |
     ::: datasets/twice.yaml:1:11
      |
    1 | function: tide.twice
      |           ---------- of this function
      |
      = hint: make them of one type, or state it: `types: [ARRAY<STRING>]`

    error[TM0452]: `types` names 2 types for 1 arguments
     --> datasets/twice.yaml:9:29
      |
    9 |   - {arguments: [1], types: [INT64, INT64], gives: 2}
      |                             ^
      |
     ::: datasets/twice.yaml:1:11
      |
    1 | function: tide.twice
      |           ---------- of this function

    error[TM0109]: `types` is `NUMBER`
      --> datasets/twice.yaml:10:30
       |
    10 |   - {arguments: [1], types: [NUMBER], gives: 2}
       |                              ^^^^^^
       |
       = hint: `NUMBER` is no type; scalars are STRING, INT64, FLOAT64, NUMERIC, BOOL, BYTES, DATE, DATETIME, TIME, TIMESTAMP, JSON

    error[TM0452]: an example takes a list of 1 values, not 2 of them
      --> datasets/twice.yaml:11:17
       |
    11 |   - {arguments: [1, 2], gives: 2}
       |                 ^
       |
      ::: datasets/twice.yaml:1:11
       |
     1 | function: tide.twice
       |           ---------- of this function

    error[TM0452]: `types` is for arguments of ANY TYPE, and this function has none
     --> datasets/typed.yaml:5:36
      |
    5 | examples: [{arguments: [1], types: [INT64], gives: 1}]
      |                                    ^
      |
      = hint: take it out: the values take the types of the arguments

    7 errors; `tidemill explain TM0150` says more
    "#
    );
}
