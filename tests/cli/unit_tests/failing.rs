//! What does not hold, and how that is shown: to people, to programs, to build servers.

use insta::assert_snapshot;

use super::project;

const FAILS: &str = "
    dataset: shop_derived.streaks_v1
    tests:
      - name: a row differs, one is missing, one is not expected
        parameters: {submission_date: 2026-11-20}
        given:
          shop.visits_v1:
            - {day: 2026-11-20, person: a, spent: 1.5}
            - {day: 2026-11-20, person: b, spent: 2}
        expect:
          - {day: 2026-11-20, person: a, visits: 1, spent: 1.25, streak: 2}
          - {day: 2026-11-20, person: c, visits: 1, streak: 1}
      - name: of two days the second fails
        days:
          - parameters: {submission_date: 2026-11-20}
            given: {shop.visits_v1: [{day: 2026-11-20, person: ' a'}]}
            expect: {columns: [person], rows: [{person: ' a'}]}
          - parameters: {submission_date: 2026-11-21}
            expect: {columns: [person, streak], rows: [{person: ' a', streak: 2}]}
      - name: other rows than those of a subset are no mistake
        parameters: {submission_date: 2026-11-20}
        given:
          shop.visits_v1: [{day: 2026-11-20, person: a}, {day: 2026-11-20, person: b}]
        expect: {match: subset, rows: [{person: b, visits: 3}]}
      - name: the order is another
        parameters: {submission_date: 2026-11-20}
        given:
          shop.visits_v1: [{day: 2026-11-20, person: a}]
        expect: {of: before, ordered: true, rows: [{person: x, streak: 1}]}
    ";

const WRONG_FUNCTION: &str = "
    function: shop.half
    tests:
      - {name: a case, arguments: [3], gives: 1.0}
      - {name: an assertion, sql: SELECT shop.half(4) = 3 AS holds}
      - {name: order, sql: 'SELECT x FROM UNNEST([1, 2]) AS x ORDER BY x', expect: {ordered: true, rows: [{x: 2}, {x: 1}]}}
      - {name: failing, sql: 'SELECT shop.half(CAST(CONCAT(\"s\", \"even\") AS INT64)) = 1 AS holds'}
    ";

#[test]
fn tests_that_do_not_hold() {
    let project = project(&[("tests/streaks.yaml", FAILS), ("tests/half.yaml", WRONG_FUNCTION)]);
    assert_snapshot!(project.refused("test streaks_v1"), @r#"
    exit code: 1
    ----- stdout -----
    failed   shop_derived.streaks_v1: a row differs, one is missing, one is not expected
             --> tests/streaks.yaml:3:11
             2 rows expected, 2 came out: 1 differs, 1 missing, 1 not expected
               day         person  visits  spent  largest  streak
             - 2026-11-20  a       1       1.25   NULL     2
             + 2026-11-20  a       1       1.5    NULL     1
                                           ^               ^
             - 2026-11-20  c       1       NULL   NULL     1
             + 2026-11-20  b       1       2      NULL     1
    failed   shop_derived.streaks_v1: of two days the second fails
             --> tests/streaks.yaml:12:11
             on 2026-11-21: 1 row expected, 0 came out: 1 missing
               person  streak
             - " a"    2
    failed   shop_derived.streaks_v1: other rows than those of a subset are no mistake
             --> tests/streaks.yaml:19:11
             1 row expected, 2 came out: 1 differs
               day         person  visits  spent  largest  streak
             - …           b       3       …      …        …
             + 2026-11-20  b       1       NULL   NULL     1
                                   ^
    failed   shop_derived.streaks_v1: the order is another
             --> tests/streaks.yaml:24:11
             1 row expected, 0 came out: 1 missing
               person  streak
             - x       1
    0 tests passed, 4 failed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("test half"), @r#"
    exit code: 1
    ----- stdout -----
    failed   shop.half: a case
             --> tests/half.yaml:3:12
             shop.half(3) gives 1.5, and must give 1.0
    failed   shop.half: an assertion
             --> tests/half.yaml:4:12
             1 row expected, 1 came out: 1 differs
               holds
             - true
             + false
               ^
    failed   shop.half: order
             --> tests/half.yaml:5:12
             2 rows expected, 2 came out: the rows are right, their order is not
               x
             - 2
             + 1
               ^
             - 1
             + 2
               ^
    failed   shop.half: failing
             --> tests/half.yaml:6:12
             the query fails: bad value: seven
    0 tests passed, 4 failed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("test --json --quiet half"), @r#"
    exit code: 1
    ----- stdout -----
    {
      "passed": 0,
      "failed": 4,
      "skipped": 0,
      "tests": [
        {
          "kind": "function",
          "subject": "shop.half",
          "test": "a case",
          "place": "tests/half.yaml:3:12",
          "state": "failed",
          "reason": null,
          "failures": [
            {
              "call": "shop.half(3)",
              "gives": "1.5",
              "must_give": "1.0",
              "message": "shop.half(3) gives 1.5, and must give 1.0"
            }
          ]
        },
        {
          "kind": "function",
          "subject": "shop.half",
          "test": "an assertion",
          "place": "tests/half.yaml:4:12",
          "state": "failed",
          "reason": null,
          "failures": [
            {
              "day": null,
              "message": "1 row expected, 1 came out: 1 differs",
              "difference": {
                "expected_rows": 1,
                "got_rows": 1,
                "wrong_order": false,
                "rows": [
                  {
                    "expected": {
                      "holds": true
                    },
                    "got": {
                      "holds": false
                    },
                    "columns": [
                      "holds"
                    ]
                  }
                ]
              }
            }
          ]
        },
        {
          "kind": "function",
          "subject": "shop.half",
          "test": "order",
          "place": "tests/half.yaml:5:12",
          "state": "failed",
          "reason": null,
          "failures": [
            {
              "day": null,
              "message": "2 rows expected, 2 came out: the rows are right, their order is not",
              "difference": {
                "expected_rows": 2,
                "got_rows": 2,
                "wrong_order": true,
                "rows": [
                  {
                    "expected": {
                      "x": 2
                    },
                    "got": {
                      "x": 1
                    },
                    "columns": [
                      "x"
                    ]
                  },
                  {
                    "expected": {
                      "x": 1
                    },
                    "got": {
                      "x": 2
                    },
                    "columns": [
                      "x"
                    ]
                  }
                ]
              }
            }
          ]
        },
        {
          "kind": "function",
          "subject": "shop.half",
          "test": "failing",
          "place": "tests/half.yaml:6:12",
          "state": "failed",
          "reason": null,
          "failures": [
            {
              "day": null,
              "message": "bad value: seven"
            }
          ]
        }
      ],
      "examples": [],
      "diagnostics": []
    }
    ----- stderr -----
    "#);
    project.run("compile");
    assert_snapshot!(project.refused("check --quiet streaks_v1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0752]: a test of `shop_derived.streaks_v1` fails
     --> tests/streaks.yaml:3:11
      |
    3 |   - name: a row differs, one is missing, one is not expected
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: 2 rows expected, 2 came out: 1 differs, 1 missing, 1 not expected
      = hint: mend the query, or the test where it states what is no longer meant; `tidemill test` shows the rows

    error[TM0752]: a test of `shop_derived.streaks_v1` fails
      --> tests/streaks.yaml:12:11
       |
    12 |   - name: of two days the second fails
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: on 2026-11-21: 1 row expected, 0 came out: 1 missing
       = hint: mend the query, or the test where it states what is no longer meant; `tidemill test` shows the rows

    error[TM0752]: a test of `shop_derived.streaks_v1` fails
      --> tests/streaks.yaml:19:11
       |
    19 |   - name: other rows than those of a subset are no mistake
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: 1 row expected, 2 came out: 1 differs
       = hint: mend the query, or the test where it states what is no longer meant; `tidemill test` shows the rows

    error[TM0752]: a test of `shop_derived.streaks_v1` fails
      --> tests/streaks.yaml:24:11
       |
    24 |   - name: the order is another
       |           ^^^^^^^^^^^^^^^^^^^^
       |
       = note: 1 row expected, 0 came out: 1 missing
       = hint: mend the query, or the test where it states what is no longer meant; `tidemill test` shows the rows

    4 errors; `tidemill explain TM0752` says more
    "#);
}

#[test]
fn results_for_build_servers() {
    let project = project(&[("tests/half.yaml", WRONG_FUNCTION)]);
    assert_snapshot!(project.run("test --quiet --junit results.xml half"), @r#"
    exit code: 1
    ----- stdout -----
    failed   shop.half: a case
             --> tests/half.yaml:3:12
             shop.half(3) gives 1.5, and must give 1.0
    failed   shop.half: an assertion
             --> tests/half.yaml:4:12
             1 row expected, 1 came out: 1 differs
               holds
             - true
             + false
               ^
    failed   shop.half: order
             --> tests/half.yaml:5:12
             2 rows expected, 2 came out: the rows are right, their order is not
               x
             - 2
             + 1
               ^
             - 1
             + 2
               ^
    failed   shop.half: failing
             --> tests/half.yaml:6:12
             the query fails: bad value: seven
    ----- stderr -----
    "#);
    let text = project.read("results.xml");
    let without_times: Vec<&str> =
        text.split(" time=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), "{text}");
    let seconds = text.matches(" time=\"").count();
    assert_eq!(seconds, 6, "{text}");
    assert!(without_times.concat().contains("tests=\"4\" failures=\"4\" skipped=\"0\""), "{text}");
    assert!(text.contains("<failure message=\"shop.half(3) gives 1.5, and must give 1.0\">"), "{text}");
}
