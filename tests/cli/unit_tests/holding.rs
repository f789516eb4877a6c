//! What holds: rows, days, parameters, fixtures, functions, and a clock that stands still.

use insta::assert_snapshot;

use super::project;

const HOLDS: &str = "
    dataset: shop_derived.streaks_v1
    tests:
      - name: visits count once each
        parameters: {submission_date: 2026-11-20}
        given:
          shop.visits_v1:
            - {day: 2026-11-20, person: a, spent: 1.5, place: {city: {size: 3}}}
            - {day: 2026-11-20, person: a, spent: 2, place: {country: DE}}
            - {day: 2026-11-21, person: a}
        expect:
          - {day: 2026-11-20, person: a, visits: 2, spent: 3.5, largest: 3, streak: 1}
      - name: a streak ends with a day without a visit
        days:
          - parameters: {submission_date: 2026-11-20}
            given: {shop.visits_v1: [{day: 2026-11-20, person: a}, {day: 2026-11-20, person: b}]}
          - parameters: {submission_date: 2026-11-21}
            given: {shop.visits_v1: [{day: 2026-11-21, person: a}]}
            expect: {columns: [person, streak], rows: [{person: a, streak: 2}]}
          - parameters: {submission_date: 2026-11-22}
            given: {shop.visits_v1: [{day: 2026-11-22, person: a}, {day: 2026-11-22, person: b}]}
            expect: {match: subset, rows: [{person: b, streak: 1}, {person: a, streak: 3}]}
      - name: a parameter decides who counts
        parameters: {submission_date: 2026-11-20, least: 2}
        given:
          shop.visits_v1: [two_visits, {day: 2026-11-20, person: b}]
        expect: {of: today, ordered: true, rows: [{person: a, visits: 2}]}
      - name: nobody came
        parameters: {submission_date: 2026-11-20}
        expect: []
    ";

const FIXTURE: &str = "
    fixture: two_visits
    rows:
      - {day: 2026-11-20, person: a}
      - {day: 2026-11-20, person: a}
    ";

const VIEW: &str = "
    view: shop.people
    tests:
      - name: one row a person
        given:
          shop_derived.streaks_v1: [{person: a, streak: 1}, {person: a, streak: 2}, {person: b}]
        expect: [{person: a, longest: 2}, {person: b}]
    ";

const OF_FUNCTION: &str = "
    function: shop.half
    tests:
      - {name: a case, arguments: [3], gives: 1.5}
      - {name: an assertion, sql: SELECT shop.half(4) = 2 AS holds}
      - {name: rows, sql: 'SELECT x, shop.half(x) AS half FROM UNNEST([1, NULL]) AS x ORDER BY x', expect: {ordered: true, rows: [{}, {x: 1, half: 0.5}]}}
    ";

#[test]
fn tests_that_hold() {
    let project = project(&[
        ("tests/streaks.yaml", HOLDS),
        ("tests/fixtures/visits.yaml", FIXTURE),
        ("tests/views/people.yml", VIEW),
        ("tests/half.yaml", OF_FUNCTION),
    ]);
    for file in ["streaks.yaml", "fixtures/visits.yaml", "views/people.yml", "half.yaml"] {
        let problems = crate::schema::problems(&project.read(&format!("tests/{file}")));
        assert!(problems.is_empty(), "{file}: {problems:?}");
    }
    assert_snapshot!(project.refused("test --verbose"), @r#"
    exit code: 0
    ----- stdout -----
    passed   shop.half: a case
    passed   shop.half: an assertion
    passed   shop.half: rows
    passed   shop_derived.streaks_v1: visits count once each
    passed   shop_derived.streaks_v1: a streak ends with a day without a visit
    passed   shop_derived.streaks_v1: a parameter decides who counts
    passed   shop_derived.streaks_v1: nobody came
    passed   shop.people: one row a person
    8 tests passed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("test streaks_v1+"), @r#"
    exit code: 0
    ----- stdout -----
    5 tests passed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("test --json shop.people"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "passed": 1,
      "failed": 0,
      "skipped": 0,
      "tests": [
        {
          "kind": "view",
          "subject": "shop.people",
          "test": "one row a person",
          "place": "tests/views/people.yml:3:11",
          "state": "passed",
          "reason": null,
          "failures": []
        }
      ],
      "examples": [],
      "diagnostics": []
    }
    ----- stderr -----
    "#);
    project.run("compile");
    assert_snapshot!(project.refused("check"), @r#"
    exit code: 0
    ----- stdout -----
    checked  2 sources, 3 datasets, 2 views, 1 function
             types: 5 of 5 queries are typed
             19 rules
             generated/: 13 files, current
             dataset unit tests: 8 passed
    not      BigQuery: not asked, all is judged offline
    found    nothing
    ----- stderr -----
    "#);
}

const CLOCK: &[(&str, &str)] = &[
    (
        "datasets/today.yaml",
        "
        function: shop.today
        description: The day.
        body: CURRENT_DATE()
        ",
    ),
    (
        "datasets/recent.yaml",
        "
        view: shop.recent
        description: Streaks of yesterday and today.
        sql: |
          SELECT person, streak, shop.today() AS today, CURRENT_DATE('Asia/Tokyo') AS there, CURRENT_TIMESTAMP() AS moment
          FROM shop_derived.streaks_v1
          WHERE day >= DATE_SUB(CURRENT_DATE, INTERVAL 1 DAY)
        ",
    ),
    (
        "datasets/ended.yaml",
        "
        view: shop.ended
        description: Streaks that ended.
        sql: SELECT person, today FROM shop.recent WHERE streak = 1
        ",
    ),
    (
        "tests/recent.yaml",
        "
        view: shop.recent
        tests:
          - name: the clock stands still, in functions and in other zones too
            now: '2026-11-22 23:59:59-01:00'
            given:
              shop_derived.streaks_v1:
                - {day: 2026-11-21, person: a, streak: 1}
                - {day: 2026-11-22, person: b, streak: 2}
            expect: [{person: b, streak: 2, today: 2026-11-23, there: 2026-11-23, moment: 2026-11-23 00:59:59}]
        ",
    ),
    (
        "tests/ended.yaml",
        "
        view: shop.ended
        tests:
          - name: a view is looked through
            now: 2026-11-22 16:00:00
            given: {shop_derived.streaks_v1: [{day: 2026-11-22, person: a, streak: 1}]}
            expect: [{person: a, today: 2026-11-22}]
          - name: unless its rows are given
            given: {shop.recent: [{person: b, streak: 1, today: 2020-02-29}]}
            expect: [{person: b, today: 2020-02-29}]
        ",
    ),
];

#[test]
fn a_clock_that_stands_still_and_views_that_are_looked_through() {
    assert_snapshot!(project(CLOCK).refused("test"), @r#"
    exit code: 0
    ----- stdout -----
    3 tests passed
    ----- stderr -----
    "#);
}
