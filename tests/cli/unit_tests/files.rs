//! Files of tests that cannot be understood.

use insta::assert_snapshot;

use super::project;

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
