//! Rows that do not fit the tables that they are for.

use insta::assert_snapshot;

use super::project;

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
