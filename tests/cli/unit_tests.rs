//! `tidemill test`: files of tests/, run in memory. What holds, what does not and how that is shown, and every mistake
//! that such a file can have.

use insta::assert_snapshot;

use crate::project::TestProject;

/// Visits per day and person, and how many days in a row somebody came.
const VISITS: &[(&str, &str)] = &[
    (
        "datasets/visits.yaml",
        "
        source: shop.visits_v1
        kind: table
        description: Visits of a shop.
        start: 2026-11-20
        partition_by: {column: day, every: day}
        schema:
          columns:
            day: DATE
            person: STRING
            at: TIMESTAMP
            place: STRUCT<country STRING, city STRUCT<name STRING, size INT64>>
            tags: ARRAY<STRING>
            spent: NUMERIC
        ",
    ),
    (
        "datasets/streaks.yaml",
        "
        dataset: shop_derived.streaks_v1
        description: Days in a row on which a person came, and those before that with another number.
        partition_by: {column: day, every: day}
        reads_self: {last: 1 day}
        parameters: {least: {type: INT64, value: 1}}
        checks: [unique(person)]
        sql: |
          WITH today AS (
            SELECT person, COUNT(*) AS visits, SUM(spent) AS spent, MAX(place.city.size) AS largest
            FROM shop.visits_v1
            WHERE day = @submission_date
            GROUP BY person
            HAVING COUNT(*) >= @least
          ),
          before AS (
            SELECT person, streak
            FROM shop_derived.streaks_v1
            WHERE day = DATE_SUB(@submission_date, INTERVAL 1 DAY)
          )
          SELECT
            @submission_date AS day, today.person, today.visits, today.spent, today.largest,
            COALESCE(before.streak, 0) + 1 AS streak
          FROM today LEFT JOIN before USING (person)
        ",
    ),
    (
        "datasets/people.yaml",
        "
        view: shop.people
        description: Who ever came, with their longest streak.
        sql: SELECT person, MAX(streak) AS longest FROM shop_derived.streaks_v1 GROUP BY person
        ",
    ),
    (
        "datasets/half.yaml",
        "
        function: shop.half
        description: Half of a number.
        arguments: {x: INT64}
        body: x / 2
        ",
    ),
];

fn project(files: &[(&str, &str)]) -> TestProject {
    let project = TestProject::with(VISITS);
    files.iter().for_each(|(path, text)| project.file(path, text));
    project
}

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

#[test]
fn files_that_cannot_be_understood() {
    let project = project(&[
        (
            "tests/a.yaml",
            "
            dataset: shop_derived.streak_v1
            tests: [{name: x, expect: []}]
            ",
        ),
        (
            "tests/b.yaml",
            "
            dataset: shop.people
            tests: [{name: x, expect: []}]
            ",
        ),
        (
            "tests/c.yaml",
            "
            view: shop.people
            tests:
              - {name: x, parameters: {submission_date: 2026-11-20}, expect: []}
              - {name: x, expect: []}
              - {name: y, given: {shop.people: []}, expect: []}
              - {name: z, sql: SELECT 1, expect: []}
              - {name: w}
              - {name: v, days: [{expect: []}], expect: []}
              - {name: u, now: yesterday, expect: {rows: [], match: some, order: true}}
              - {name: t, expect: {match: subset, rows: []}}
            ",
        ),
        (
            "tests/d.yaml",
            "
            function: shop.half
            tests:
              - {name: a, arguments: [1, 2], gives: 1}
              - {name: b, arguments: ['1'], gives: 1}
              - {name: c, sql: SELECT shop.half(1) AS x}
              - {name: d, sql: SELECT shop.hlaf(1) = 1 AS x}
              - {name: e, sql: SELECT COUNT(*) = 0 AS x FROM shop.visits_v1}
              - {name: f}
              - {name: g, given: {}, arguments: [1], gives: 1}
            ",
        ),
        ("tests/e.yaml", "tests: []"),
        ("tests/f.yaml", "{dataset: a, view: b, tests: {}}"),
        ("tests/g.yaml", "dataset: ["),
        ("tests/fixtures/h.yaml", "{fixture: one, rows: [{}]}"),
        ("tests/fixtures/i.yaml", "{fixture: one, rows: []}"),
    ]);
    assert_snapshot!(project.refused("test"), @r#"
    exit code: 1
    ----- stdout -----
    0 tests passed
    ----- stderr -----
    error[TM0201]: no dataset `shop_derived.streak_v1` in the project
     --> tests/a.yaml:1:10
      |
    1 | dataset: shop_derived.streak_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `shop_derived.streaks_v1`?

    error[TM0201]: `shop.people` is no dataset, it is a view
     --> tests/b.yaml:1:10
      |
    1 | dataset: shop.people
      |          ^^^^^^^^^^^
      |
      = hint: write `view:`

    error[TM0409]: a view has no query parameters
     --> tests/c.yaml:3:28
      |
    3 |   - {name: x, parameters: {submission_date: 2026-11-20}, expect: []}
      |                            ^^^^^^^^^^^^^^^
      |
      = hint: take them out

    error[TM0111]: two tests are named `x`
     --> tests/c.yaml:4:12
      |
    4 |   - {name: x, expect: []}
      |            ^
      |
     ::: tests/c.yaml:3:12
      |
    3 |   - {name: x, parameters: {submission_date: 2026-11-20}, expect: []}
      |            - the other one
      |
      = hint: say what each of them states

    error[TM0201]: `shop.people` does not read `shop.people`
     --> tests/c.yaml:5:23
      |
    5 |   - {name: y, given: {shop.people: []}, expect: []}
      |                       ^^^^^^^^^^^
      |
      = hint: it reads: shop_derived.streaks_v1

    error[TM0105]: a test of a view has no key `sql`
     --> tests/c.yaml:6:15
      |
    6 |   - {name: z, sql: SELECT 1, expect: []}
      |               ^^^
      |
      = hint: write the rows that are read under `given`, and those that come out under `expect`

    error[TM0108]: a test needs `expect`
     --> tests/c.yaml:7:6
      |
    7 |   - {name: w}
      |      ^^^^
      |
      = hint: the rows that come out: `expect: [{client_id: one}]`, or `[]`

    error[TM0751]: `expect` stands with each day where there are `days`
     --> tests/c.yaml:8:45
      |
    8 |   - {name: v, days: [{expect: []}], expect: []}
      |                                             ^
      |
      = hint: move it into the day after which it holds

    error[TM0109]: `now` is `yesterday`
     --> tests/c.yaml:9:20
      |
    9 |   - {name: u, now: yesterday, expect: {rows: [], match: some, order: true}}
      |                    ^^^^^^^^^
      |
      = hint: a TIMESTAMP is written YYYY-MM-DD HH:MM:SS in UTC, or with its offset

    error[TM0109]: `match` is `some`
     --> tests/c.yaml:9:57
      |
    9 |   - {name: u, now: yesterday, expect: {rows: [], match: some, order: true}}
      |                                                         ^^^^
      |
      = hint: write `exact` or `subset`

    error[TM0105]: `expect` has no key `order`
     --> tests/c.yaml:9:63
      |
    9 |   - {name: u, now: yesterday, expect: {rows: [], match: some, order: true}}
      |                                                               ^^^^^
      |
      = hint: did you mean `ordered`?

    error[TM0751]: no rows are among any rows: the test cannot fail
      --> tests/c.yaml:10:45
       |
    10 |   - {name: t, expect: {match: subset, rows: []}}
       |                                             ^
       |
       = hint: leave `match: subset` out to expect no rows at all

    error[TM0452]: an example takes a list of 1 values, not 2 of them
     --> tests/d.yaml:3:26
      |
    3 |   - {name: a, arguments: [1, 2], gives: 1}
      |                          ^
      |
     ::: datasets/half.yaml:1:11
      |
    1 | function: shop.half
      |           --------- of this function

    error[TM0150]: the value does not fit INT64
     --> tests/d.yaml:4:27
      |
    4 |   - {name: b, arguments: ['1'], gives: 1}
      |                           ^^^
      |
      = hint: write it without quotes; INT64 is no text

    error[TM0751]: the query must give TRUE, and its column `x` is FLOAT64
     --> tests/d.yaml:5:20
      |
    5 |   - {name: c, sql: SELECT shop.half(1) AS x}
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: compare with what it must be, or say it under `expect`

    error[TM0405]: no function `shop.hlaf` is known
     --> tests/d.yaml:6:27
      |
    6 |   - {name: d, sql: SELECT shop.hlaf(1) = 1 AS x}
      |                           ^^^^^^^^^
      |
      = hint: did you mean `shop.half`?

    error[TM0751]: a test of a function reads no tables, and this one reads `shop.visits_v1`
     --> tests/d.yaml:7:20
      |
    7 |   - {name: e, sql: SELECT COUNT(*) = 0 AS x FROM shop.visits_v1}
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: write the rows into the query: `FROM UNNEST([…])`

    error[TM0751]: a test of a function has `arguments` and `gives`, or `sql`
     --> tests/d.yaml:8:6
      |
    8 |   - {name: f}
      |      ^^^^
      |
      = hint: `{name: …, arguments: ['x'], gives: 'X'}`, or `{name: …, sql: SELECT …}`

    error[TM0105]: a test of a function has no key `given`
     --> tests/d.yaml:9:15
      |
    9 |   - {name: g, given: {}, arguments: [1], gives: 1}
      |               ^^^^^
      |
      = hint: a function reads no tables: write `arguments` and `gives`, or `sql`

    error[TM0108]: a file of tests says what it tests
     --> tests/e.yaml:1:1
      |
    1 | tests: []
      | ^^^^^
      |
      = hint: start the file with `dataset: some_derived.name_v1`, `view:` or `function:`

    error[TM0110]: a file of tests has one of `dataset`, `view` and `function`
     --> tests/f.yaml:1:20
      |
    1 | {dataset: a, view: b, tests: {}}
      |                    ^
      |
      = hint: give each of them a file of its own

    error[TM0107]: `tests` is a list, not a mapping
     --> tests/f.yaml:1:30
      |
    1 | {dataset: a, view: b, tests: {}}
      |                              ^
      |
      = hint: write each item in a line of its own behind `- ` under `tests:`

    error[TM0111]: two fixtures are named `one`
     --> tests/fixtures/i.yaml:1:11
      |
    1 | {fixture: one, rows: []}
      |           ^^^
      |
     ::: tests/fixtures/h.yaml:1:11
      |
    1 | {fixture: one, rows: [{}]}
      |           --- the other one
      |
      = hint: give one of them another name

    error[TM0104]: not valid YAML: unclosed bracket '['
     --> tests/g.yaml:1:10
      |
    1 | dataset: [
      |          ^
      |
      = hint: look for a bracket, a quote or an indentation here or above that does not fit

    24 errors; `tidemill explain TM0201` says more
    "#);
}

#[test]
fn rows_that_do_not_fit_their_tables() {
    let project = project(&[
        (
            "tests/streaks.yaml",
            "
            dataset: shop_derived.streaks_v1
            tests:
              - name: a
                parameters: {submission_date: 2026-11-20}
                given:
                  shop.visits_v1:
                    - {dya: 2026-11-20, person: 7, at: 2026-11-20, spent: many, tags: a}
                    - {day: 2026-11-20, day: 2026-11-20, place: {city: {nmae: x, size: 1.5}, country: [a]}}
                    - a_fixture
                    - [1]
                  shop.visit_v1: []
                  tide_stable.baseline_v1: []
                expect:
                  - {person: a, streaks: 1, visits: '1'}
              - name: b
                parameters: {submission_date: 2026-11-20}
                given: {shop.visits_v1: [of_another_table]}
                expect: {of: tomorrow, rows: [], columns: [nothing]}
              - name: c
                parameters: {submission_date: 2026-11-20}
                expect: {columns: [person, strek], rows: [{person: a, visits: 1}]}
              - name: d
                parameters: {submission_date: 2026-11-20}
                given: {shop.visits_v1: 7}
                expect: 7
            ",
        ),
        (
            "tests/fixtures/other.yaml",
            "
            fixture: of_another_table
            rows: [{client: a}]
            ",
        ),
    ]);
    assert_snapshot!(project.refused("test"), @r#"
    exit code: 1
    ----- stdout -----
    0 tests passed
    ----- stderr -----
    error[TM0203]: `shop.visits_v1` has no column `client`
      --> tests/fixtures/other.yaml:2:9
       |
     2 | rows: [{client: a}]
       |         ^^^^^^
       |
      ::: tests/streaks.yaml:17:30
       |
    17 |     given: {shop.visits_v1: [of_another_table]}
       |                              ---------------- given to `shop.visits_v1` here

    error[TM0203]: `shop.visits_v1` has no column `dya`
     --> tests/streaks.yaml:7:12
      |
    7 |         - {dya: 2026-11-20, person: 7, at: 2026-11-20, spent: many, tags: a}
      |            ^^^
      |
      = hint: did you mean `day`?

    error[TM0150]: the value does not fit `person`, which is STRING
     --> tests/streaks.yaml:7:37
      |
    7 |         - {dya: 2026-11-20, person: 7, at: 2026-11-20, spent: many, tags: a}
      |                                     ^
      |
      = hint: put it in quotes; STRING is a text

    error[TM0150]: the value does not fit `at`, which is TIMESTAMP
     --> tests/streaks.yaml:7:44
      |
    7 |         - {dya: 2026-11-20, person: 7, at: 2026-11-20, spent: many, tags: a}
      |                                            ^^^^^^^^^^
      |
      = hint: a TIMESTAMP is written YYYY-MM-DD HH:MM:SS in UTC, or with its offset

    error[TM0150]: the value does not fit `spent`, which is NUMERIC
     --> tests/streaks.yaml:7:63
      |
    7 |         - {dya: 2026-11-20, person: 7, at: 2026-11-20, spent: many, tags: a}
      |                                                               ^^^^
      |
      = hint: a NUMERIC has up to 29 digits before the point and 9 after it

    error[TM0150]: the value does not fit `tags`, which is ARRAY<STRING>
     --> tests/streaks.yaml:7:75
      |
    7 |         - {dya: 2026-11-20, person: 7, at: 2026-11-20, spent: many, tags: a}
      |                                                                           ^
      |
      = hint: write a list: `[a, b]`

    error[TM0106]: `day` stands twice in one row
     --> tests/streaks.yaml:8:29
      |
    8 |         - {day: 2026-11-20, day: 2026-11-20, place: {city: {nmae: x, size: 1.5}, country: [a]}}
      |                             ^^^
      |
      = hint: keep one of them

    error[TM0203]: `place.city` has no field `nmae`
     --> tests/streaks.yaml:8:61
      |
    8 |         - {day: 2026-11-20, day: 2026-11-20, place: {city: {nmae: x, size: 1.5}, country: [a]}}
      |                                                             ^^^^
      |
      = hint: did you mean `name`?

    error[TM0150]: the value does not fit `place.city.size`, which is INT64
     --> tests/streaks.yaml:8:76
      |
    8 |         - {day: 2026-11-20, day: 2026-11-20, place: {city: {nmae: x, size: 1.5}, country: [a]}}
      |                                                                            ^^^
      |
      = hint: a number is no INT64

    error[TM0150]: the value does not fit `place.country`, which is STRING
     --> tests/streaks.yaml:8:91
      |
    8 |         - {day: 2026-11-20, day: 2026-11-20, place: {city: {nmae: x, size: 1.5}, country: [a]}}
      |                                                                                           ^
      |
      = hint: a list is no STRING

    error[TM0751]: no fixture `a_fixture` in tests/
     --> tests/streaks.yaml:9:11
      |
    9 |         - a_fixture
      |           ^^^^^^^^^
      |
      = hint: a fixture is a file with `fixture: NAME` and `rows:` in tests/fixtures/

    error[TM0107]: a row is a mapping of columns to values, not a list
      --> tests/streaks.yaml:10:11
       |
    10 |         - [1]
       |           ^
       |
       = hint: write `{column: value}`

    error[TM0201]: no table `shop.visit_v1` in the project
      --> tests/streaks.yaml:11:7
       |
    11 |       shop.visit_v1: []
       |       ^^^^^^^^^^^^^
       |
       = hint: did you mean `shop.visits_v1`?

    error[TM0201]: `shop_derived.streaks_v1` does not read `tide_stable.baseline_v1`
      --> tests/streaks.yaml:12:7
       |
    12 |       tide_stable.baseline_v1: []
       |       ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: it reads: shop.visits_v1, shop_derived.streaks_v1

    error[TM0203]: `shop_derived.streaks_v1` has no column `streaks`
      --> tests/streaks.yaml:14:21
       |
    14 |       - {person: a, streaks: 1, visits: '1'}
       |                     ^^^^^^^
       |
       = hint: did you mean `streak`?

    error[TM0150]: the value does not fit `visits`, which is INT64
      --> tests/streaks.yaml:14:41
       |
    14 |       - {person: a, streaks: 1, visits: '1'}
       |                                         ^^^
       |
       = hint: write it without quotes; INT64 is no text

    error[TM0201]: the query of `shop_derived.streaks_v1` has no common table `tomorrow`
      --> tests/streaks.yaml:18:18
       |
    18 |     expect: {of: tomorrow, rows: [], columns: [nothing]}
       |                  ^^^^^^^^
       |
       = hint: its common tables are: today, before

    error[TM0203]: `shop_derived.streaks_v1` has no column `strek`
      --> tests/streaks.yaml:21:32
       |
    21 |     expect: {columns: [person, strek], rows: [{person: a, visits: 1}]}
       |                                ^^^^^
       |
       = hint: did you mean `streak`?

    error[TM0751]: `visits` is not among the `columns` that are compared
      --> tests/streaks.yaml:21:48
       |
    21 |     expect: {columns: [person, strek], rows: [{person: a, visits: 1}]}
       |                                                ^^^^^^
       |
       = hint: add it to `columns`, or take its value out

    error[TM0107]: rows are a list, not a whole number
      --> tests/streaks.yaml:24:29
       |
    24 |     given: {shop.visits_v1: 7}
       |                             ^
       |
       = hint: write each row in a line of its own: `- {column: value}`; no rows are `[]`

    error[TM0107]: rows are a list, not a whole number
      --> tests/streaks.yaml:25:13
       |
    25 |     expect: 7
       |             ^
       |
       = hint: write each row in a line of its own: `- {column: value}`; no rows are `[]`

    21 errors; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn parameters_that_are_missing_or_do_not_fit() {
    let project = project(&[
        (
            "datasets/monthly.yaml",
            "
            dataset: shop_derived.monthly_v1
            description: Visits of a month.
            from: shop.visits_v1
            template: tidemill/aggregate
            partition_by: {column: month, every: month}
            with: {measures: {visits: count(*)}}
            ",
        ),
        (
            "tests/monthly.yaml",
            "
            dataset: shop_derived.monthly_v1
            tests:
              - {name: a, parameters: {submission_date: 2026-11-20}, expect: []}
              - {name: b, parameters: {submission_date: 2026-11-01, partition_start: 2026-12-01 00:00:00}, expect: []}
              - {name: c, parameters: {submission_date: 2026-11-01, partition_end: 2026-12-02 00:00:00}, expect: []}
              - name: d
                parameters: {submission_date: 2026-11-01}
                given: {shop.visits_v1: [{day: 2026-11-30}, {day: 2026-12-01}]}
                expect: [{month: 2026-11-01, visits: 1}]
            ",
        ),
        (
            "tests/streaks.yaml",
            "
            dataset: shop_derived.streaks_v1
            tests:
              - {name: a, expect: []}
              - {name: b, parameters: {submission_date: 20 November}, expect: []}
              - {name: c, parameters: {submission_date: null}, expect: []}
              - {name: d, parameters: {submission_date: 2026-11-20, leats: 1}, expect: []}
              - {name: e, parameters: {submission_date: 2026-11-20, least: '1'}, expect: []}
              - name: f
                days:
                  - {parameters: {submission_date: 2026-11-21}, expect: []}
                  - {parameters: {submission_date: 2026-11-20}, expect: []}
            ",
        ),
    ]);
    assert_snapshot!(project.refused("test"), @r#"
    exit code: 1
    ----- stdout -----
    1 test passed
    ----- stderr -----
    error[TM0751]: no month begins with 2026-11-20 00:00:00
     --> tests/monthly.yaml:3:45
      |
    3 |   - {name: a, parameters: {submission_date: 2026-11-20}, expect: []}
      |                                             ^^^^^^^^^^
      |
      = hint: the month that holds it begins with 2026-11-01 00:00:00

    error[TM0751]: the month 2026-12 does not begin on 2026-11-01
     --> tests/monthly.yaml:4:45
      |
    4 |   - {name: b, parameters: {submission_date: 2026-11-01, partition_start: 2026-12-01 00:00:00}, expect: []}
      |                                             ^^^^^^^^^^
      |
      = hint: leave one of them out

    error[TM0751]: the month 2026-11 does not end with 2026-12-02 00:00:00
     --> tests/monthly.yaml:5:72
      |
    5 |   - {name: c, parameters: {submission_date: 2026-11-01, partition_end: 2026-12-02 00:00:00}, expect: []}
      |                                                                        ^^^^^^^^^^^^^^^^^^^
      |
      = hint: leave `partition_end` out: it follows from the others

    error[TM0751]: the test does not say which day is built: it gives no `submission_date`
     --> tests/streaks.yaml:3:6
      |
    3 |   - {name: a, expect: []}
      |      ^^^^
      |
      = hint: `parameters: {submission_date: 2026-11-22}`

    error[TM0150]: the value does not fit DATE
     --> tests/streaks.yaml:4:45
      |
    4 |   - {name: b, parameters: {submission_date: 20 November}, expect: []}
      |                                             ^^^^^^^^^^^
      |
      = hint: a DATE is written YYYY-MM-DD and exists

    error[TM0751]: a partition's DATE cannot be NULL
     --> tests/streaks.yaml:5:45
      |
    5 |   - {name: c, parameters: {submission_date: null}, expect: []}
      |                                             ^^^^
      |
      = hint: write the day that is built: `submission_date: 2026-11-22`

    error[TM0409]: `shop_derived.streaks_v1` has no query parameter `leats`
     --> tests/streaks.yaml:6:57
      |
    6 |   - {name: d, parameters: {submission_date: 2026-11-20, leats: 1}, expect: []}
      |                                                         ^^^^^
      |
      = hint: did you mean `least`?

    error[TM0150]: the value does not fit INT64
     --> tests/streaks.yaml:7:64
      |
    7 |   - {name: e, parameters: {submission_date: 2026-11-20, least: '1'}, expect: []}
      |                                                                ^^^
      |
      = hint: write it without quotes; INT64 is no text

    error[TM0751]: the days are not in their order: 2026-11-20 follows 2026-11-21
      --> tests/streaks.yaml:11:10
       |
    11 |       - {parameters: {submission_date: 2026-11-20}, expect: []}
       |          ^^^^^^^^^^
       |
       = hint: a dataset that reads itself is built day by day

    9 errors; `tidemill explain TM0751` says more
    "#);
}
