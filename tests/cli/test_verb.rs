//! `tidemill test`: the examples of functions, run.

use insta::assert_snapshot;

use crate::project::TestProject;

const HALF: &str = "
    function: tide.half
    description: Half of a number.
    arguments: {x: INT64}
    body: x / 2
    examples:
      - {arguments: [4], gives: 2.0}
      - {arguments: [5], gives: 2}
      - {arguments: [null], gives: null}
    ";

const BUSY: &str = "
    function: tide.busy_days
    description: The days of a list that had more than so many visits.
    arguments: {days: 'ARRAY<STRUCT<day DATE, visits INT64>>', least: INT64}
    returns: ARRAY<DATE>
    body: ARRAY(SELECT d.day FROM UNNEST(days) AS d WHERE d.visits > least ORDER BY d.day)
    examples:
      - arguments: [[{day: 2026-11-22, visits: 3}, {day: 2026-11-21, visits: 5}, {visits: 1}], 2]
        gives: [2026-11-21, 2026-11-22]
      - {arguments: [[], 2], gives: []}
    ";

const SCRIPT: &str = "
    function: tide.scripted
    description: JavaScript.
    arguments: {x: STRING}
    returns: STRING
    language: js
    body: return x;
    examples: [{arguments: [a], gives: a}]
    ";

const FAILING: &str = "
    function: tide.failing
    description: Fails for some.
    arguments: {x: STRING}
    body: CAST(x AS INT64)
    examples: [{arguments: ['7'], gives: 7}, {arguments: [seven], gives: 7}]
    ";

#[test]
fn examples_that_hold_and_those_of_javascript() {
    let right = HALF.replace("gives: 2}", "gives: 2.5}");
    let project = TestProject::with(&[
        ("datasets/half.yaml", &right),
        ("datasets/busy.yaml", BUSY),
        ("datasets/scripted.yaml", SCRIPT),
    ]);
    assert_snapshot!(project.refused("test"), @r#"
    exit code: 0
    ----- stdout -----
    6 examples passed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("test --verbose tide.half"), @r#"
    exit code: 0
    ----- stdout -----
    passed   tide.half(4)
    passed   tide.half(5)
    passed   tide.half(NULL)
    3 examples passed
    ----- stderr -----
    "#);
}

#[test]
fn examples_that_do_not_hold() {
    let project = TestProject::with(&[("datasets/half.yaml", HALF), ("datasets/failing.yaml", FAILING)]);
    assert_snapshot!(project.refused("test"), @r#"
    exit code: 1
    ----- stdout -----
    failed   tide.failing('seven')
             --> datasets/failing.yaml:5:54
             Invalid Input Error: bad value: seven: Error code 1: Unknown error code
    failed   tide.half(5)
             --> datasets/half.yaml:7:17
             gives   2.5
             but must give 2.0
    3 examples passed, 2 failed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("test --json tide.half"), @r#"
    exit code: 1
    ----- stdout -----
    {
      "passed": 2,
      "failed": 1,
      "skipped": 0,
      "tests": [],
      "examples": [
        {
          "function": "tide.half",
          "call": "tide.half(4)",
          "place": "datasets/half.yaml:6:17",
          "state": "passed",
          "gives": null,
          "must_give": null,
          "reason": null
        },
        {
          "function": "tide.half",
          "call": "tide.half(5)",
          "place": "datasets/half.yaml:7:17",
          "state": "failed",
          "gives": "2.5",
          "must_give": "2.0",
          "reason": null
        },
        {
          "function": "tide.half",
          "call": "tide.half(NULL)",
          "place": "datasets/half.yaml:8:17",
          "state": "passed",
          "gives": null,
          "must_give": null,
          "reason": null
        }
      ],
      "diagnostics": []
    }
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("test tide.hlaf"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: `tide.hlaf` matches no dataset
      = hint: did you mean `tide.half`?

    1 error; `tidemill explain TM0601` says more
    "#);
}
