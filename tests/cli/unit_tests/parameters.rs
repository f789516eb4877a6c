//! Parameters that are missing or do not fit.

use insta::assert_snapshot;

use super::project;

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
