//! `tidemill compare`: two versions of a dataset held against each other.

use insta::assert_snapshot;

use crate::project::TestProject;

const FIRST: &str = "
    dataset: tide_derived.visits_v1
    description: Visits.
    start: 2026-11-19
    sql: |
      SELECT @submission_date AS submission_date, country, visits, hours, 'x' AS gone
      FROM UNNEST([STRUCT('DE' AS country, 3 AS visits, 0.1 AS hours), ('FR', 4, 0.2), (NULL, 5, 0.3)])
    ";

/// Without the row of France on the 21st, and the hours added in another order.
const SECOND: &str = "
    dataset: tide_derived.visits_v2
    description: Visits.
    start: 2026-11-20
    sql: |
      SELECT @submission_date AS submission_date, country, visits, hours, 1 AS more
      FROM UNNEST([STRUCT('DE' AS country, 3 AS visits, 0.3 AS hours), (NULL, 5, 0.2), ('FR', 4, 0.1)])
      WHERE @submission_date < DATE '2026-11-21' OR country IS NULL OR country = 'DE'
    ";

fn project() -> TestProject {
    TestProject::with(&[("datasets/first.yaml", FIRST), ("datasets/second.yaml", SECOND)])
}

#[test]
fn days_columns_and_figures_that_differ() {
    let project = project();
    assert!(project.run("run --date 2026-11-21 tide_derived.visits_*").starts_with("exit code: 0"));
    assert_snapshot!(project.run("compare tide_derived.visits_v1 tide_derived.visits_v2"), @r#"
    exit code: 1
    ----- stdout -----
    tide_derived.visits_v1 and tide_derived.visits_v2

     day         rows of visits_v1  of visits_v2  differs in
     2026-11-20  3                  3
     2026-11-21  3                  2             country: distinct 2 and 1; visits: sum 12 and 8; hours: sum 0.6000000000000001 and 0.5

    only tide_derived.visits_v1 has 2026-11-19
    only tide_derived.visits_v1 has the column gone
    only tide_derived.visits_v2 has the column more
    2 days compared, 1 unequal
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("compare tide_derived.visits_v1 tide_derived.visits_v2 --from 2026-11-21 --json"), @r#"
    exit code: 1
    ----- stdout -----
    {
      "datasets": [
        "tide_derived.visits_v1",
        "tide_derived.visits_v2"
      ],
      "equal": false,
      "days": [
        {
          "day": "2026-11-21",
          "rows": [
            3,
            2
          ],
          "differences": [
            {
              "column": null,
              "what": "rows",
              "values": [
                "3",
                "2"
              ]
            },
            {
              "column": "country",
              "what": "distinct",
              "values": [
                "2",
                "1"
              ]
            },
            {
              "column": "visits",
              "what": "sum",
              "values": [
                "12",
                "8"
              ]
            },
            {
              "column": "hours",
              "what": "sum",
              "values": [
                "0.6000000000000001",
                "0.5"
              ]
            }
          ]
        }
      ],
      "only_periods": [
        [],
        []
      ],
      "only_columns": [
        [
          "gone"
        ],
        [
          "more"
        ]
      ],
      "retyped": []
    }
    ----- stderr -----
    "#);
}

#[test]
fn equal_datasets() {
    let second = SECOND.replace(", 1 AS more", ", 'x' AS gone");
    let project = TestProject::with(&[("datasets/first.yaml", FIRST), ("datasets/second.yaml", &second)]);
    project.run("run --date 2026-11-20 tide_derived.visits_*");
    assert_snapshot!(project.run("compare tide_derived.visits_v1 tide_derived.visits_v2 --from 2026-11-20"), @r#"
    exit code: 0
    ----- stdout -----
    tide_derived.visits_v1 and tide_derived.visits_v2

     day         rows of visits_v1  of visits_v2  differs in
     2026-11-20  3                  3

    1 day compared, all equal
    ----- stderr -----
    "#);
}

#[test]
fn nothing_to_compare() {
    let project = project();
    assert_snapshot!(project.run("compare tide_derived.visits_v1 tide_derived.visits_v2"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0606]: no day of `tide_derived.visits_v1` and `tide_derived.visits_v2` is built in both
      = hint: `tidemill backfill --from DAY --to DAY tide_derived.visits_v1 tide_derived.visits_v2` builds them

    1 error; `tidemill explain TM0606` says more
    "#);
    assert_snapshot!(project.run("compare tide_derived.visits_v1 tide_derived.visit_v2"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: no dataset `tide_derived.visit_v2`
      = hint: did you mean `tide_derived.visits_v2`?

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(project.run("compare tide_derived.visits_v1 tide_derived.visits_v2 --from 2026-11-21 --to 2026-11-20"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0602]: --to 2026-11-20 lies before --from 2026-11-21
      = hint: a range runs forward; swap the two

    1 error; `tidemill explain TM0602` says more
    "#);
}
