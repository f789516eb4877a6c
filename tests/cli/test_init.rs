//! Tests of the query that fills all days of a dataset at once, and of what the clock decides in a test.

use insta::assert_snapshot;

use crate::project::TestProject;

const SEEN: &[(&str, &str)] = &[
    (
        "datasets/visits.yaml",
        "
        source: shop.visits_v1
        kind: table
        description: Visits of a shop.
        start: 2026-11-18
        partition_by: {column: day, every: day}
        schema: {columns: {day: DATE, person: STRING, note: STRING}}
        ",
    ),
    (
        "datasets/seen.yaml",
        "
        dataset: shop_derived.seen_v1
        description: The day on which each person came first.
        partition_by: {column: day, every: day}
        reads_self: all_before
        sql: |
          SELECT DISTINCT @submission_date AS day, person FROM shop.visits_v1 WHERE day = @submission_date
            AND person NOT IN (SELECT person FROM shop_derived.seen_v1 WHERE day < @submission_date)
        init: |
          SELECT MIN(day) AS day, person FROM shop.visits_v1
          WHERE day >= DATE(@partition_start) AND day < DATE(@partition_end) GROUP BY person
        ",
    ),
    (
        "datasets/people.yaml",
        "
        view: shop.people
        description: Who came.
        sql: SELECT person, CAST(note AS DATE FORMAT 'DD') AS told FROM shop.visits_v1
        ",
    ),
    (
        "datasets/told.yaml",
        "
        function: shop.told
        description: The day that a note tells of.
        arguments: {note: STRING}
        body: CAST(note AS DATE FORMAT 'MM-DD')
        ",
    ),
];

fn tested(files: &[(&str, &str)]) -> String {
    let project = TestProject::with(SEEN);
    files.iter().for_each(|(path, text)| project.file(path, text));
    project.refused("test")
}

#[test]
fn days_that_are_filled_at_once_and_the_day_after() {
    let holds = "
        dataset: shop_derived.seen_v1
        tests:
          - name: each person has one day
            init: {from: 2026-11-18, to: 2026-11-20}
            given:
              shop.visits_v1:
                - {day: 2026-11-20, person: a}
                - {day: 2026-11-19, person: a}
                - {day: 2026-11-18, person: b}
                - {day: 2026-11-21, person: c}
            expect: [{day: 2026-11-19, person: a}, {day: 2026-11-18, person: b}]
          - name: the day after goes on where the others ended
            days:
              - init: {from: 2026-11-18, to: 2026-11-20}
                given: {shop.visits_v1: [{day: 2026-11-19, person: a}]}
              - parameters: {submission_date: 2026-11-21}
                given: {shop.visits_v1: [{day: 2026-11-21, person: a}, {day: 2026-11-21, person: b}]}
                expect: [{day: 2026-11-21, person: b}]
          - name: this one is wrong
            days:
              - init: {from: 2026-11-18, to: 2026-11-20}
                given: {shop.visits_v1: [{day: 2026-11-19, person: a}]}
                expect: [{day: 2026-11-18, person: a}]
              - parameters: {submission_date: 2026-11-21}
                expect: []
        ";
    assert_snapshot!(tested(&[("tests/seen.yaml", holds)]), @r#"
    exit code: 1
    ----- stdout -----
    failed   shop_derived.seen_v1: this one is wrong
             --> tests/seen.yaml:19:11
             on 2026-11-18 to 2026-11-20: 1 row expected, 1 came out: 1 differs
               day         person
             - 2026-11-18  a
             + 2026-11-19  a
               ^
    2 tests passed, 1 failed
    ----- stderr -----
    "#);
}

#[test]
fn what_init_cannot_be() {
    let wrong = "
        dataset: shop_derived.seen_v1
        tests:
          - {name: a, init: {from: 2026-11-20, to: 2026-11-18}, expect: []}
          - {name: b, init: {from: 2026-11-20}, expect: []}
          - {name: c, init: {from: soon, to: 2026-11-20}, expect: []}
          - {name: d, init: true, expect: []}
          - {name: e, init: {from: 2026-11-18, to: 2026-11-20}, parameters: {submission_date: 2026-11-20}, expect: []}
          - name: f
            init: {from: 2026-11-18, to: 2026-11-20}
            days: [{parameters: {submission_date: 2026-11-20}, expect: []}]
          - name: g
            days:
              - {parameters: {submission_date: 2026-11-17}}
              - {init: {from: 2026-11-18, to: 2026-11-20}, expect: []}
        ";
    let view = "
        view: shop.people
        tests: [{name: a, init: {from: 2026-11-18, to: 2026-11-20}, expect: []}]
        ";
    assert_snapshot!(tested(&[("tests/a.yaml", wrong), ("tests/b.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    0 tests passed
    ----- stderr -----
    error[TM0751]: `init` ends on 2026-11-18, before 2026-11-20
     --> tests/a.yaml:3:21
      |
    3 |   - {name: a, init: {from: 2026-11-20, to: 2026-11-18}, expect: []}
      |                     ^
      |
      = hint: `from` is the first day, `to` the last

    error[TM0108]: `init` needs `to`
     --> tests/a.yaml:4:22
      |
    4 |   - {name: b, init: {from: 2026-11-20}, expect: []}
      |                      ^^^^
      |
      = hint: the last day that it fills: `to: 2026-11-22`

    error[TM0109]: `from` is `soon`
     --> tests/a.yaml:5:28
      |
    5 |   - {name: c, init: {from: soon, to: 2026-11-20}, expect: []}
      |                            ^^^^
      |
      = hint: write a day: 2026-11-22

    error[TM0107]: `init` is a mapping of keys to values, not a boolean
     --> tests/a.yaml:6:21
      |
    6 |   - {name: d, init: true, expect: []}
      |                     ^^^^
      |
      = hint: write `key: value`

    error[TM0751]: `init` says the days, and so does `submission_date`
     --> tests/a.yaml:7:87
      |
    7 |   - {name: e, init: {from: 2026-11-18, to: 2026-11-20}, parameters: {submission_date: 2026-11-20}, expect: []}
      |                                                                                       ^^^^^^^^^^
      |
      = hint: leave it out

    error[TM0751]: `init` stands with the first day where there are `days`
     --> tests/a.yaml:9:11
      |
    9 |     init: {from: 2026-11-18, to: 2026-11-20}
      |           ^
      |
      = hint: move it into the first of them

    error[TM0751]: `init` fills a dataset that has no rows yet, so it comes first
      --> tests/a.yaml:14:16
       |
    14 |       - {init: {from: 2026-11-18, to: 2026-11-20}, expect: []}
       |                ^
       |
       = hint: move it into the first day

    error[TM0751]: a view has no `init` query
     --> tests/b.yaml:2:25
      |
    2 | tests: [{name: a, init: {from: 2026-11-18, to: 2026-11-20}, expect: []}]
      |                         ^
      |
      = hint: take `init` out

    8 errors; `tidemill explain TM0751` says more
    "#);
}

#[test]
fn a_text_without_a_year_is_of_the_year_of_the_test() {
    // The month of the view's text is the current one, too: in February a text of the 29th is a day in 2024.
    let view = "
        view: shop.people
        tests:
          - name: of the month of the clock
            now: 2024-02-10 12:00:00
            given: {shop.visits_v1: [{person: a, note: '29'}]}
            expect: [{person: a, told: 2024-02-29}]
        ";
    let function = "
        function: shop.told
        tests:
          - {name: of the year of the clock, now: 2019-12-31 23:59:59, sql: \"SELECT shop.told('03-01') = DATE '2019-03-01' AS told\"}
          - {name: of another year, now: 2020-01-01 00:00:00, sql: \"SELECT shop.told('02-29') = DATE '2020-02-29' AS told\"}
        ";
    assert_snapshot!(tested(&[("tests/view.yaml", view), ("tests/function.yaml", function)]), @r#"
    exit code: 0
    ----- stdout -----
    3 tests passed
    ----- stderr -----
    "#);
}
