//! What stands between a built partition and its publication: every form of check at its edges, thresholds, and an
//! empty partition over a full one.

use std::collections::BTreeMap;

use tidemill::ledger::CheckRow;
use tidemill::run::TaskResult;

use super::harbour::{DAILY_FILE, DAILY_TABLE, harbour_with_days, visits};
use super::mill::{Mill, day, days};

/// Puts checks into the definition of the daily counts.
fn with_checks(mill: &mut Mill, checks: &[&str]) {
    let lines: String = checks.iter().map(|check| format!("  - {check}\n")).collect();
    mill.edit(DAILY_FILE, "sql: |", &format!("checks:\n{lines}sql: |"));
}

/// The latest violations of each check of a dataset on a day.
fn violations(mill: &Mill, dataset: &str, on: i32) -> BTreeMap<String, i64> {
    let rows = mill.ledger().check_history(dataset).unwrap();
    let of_day = rows.into_iter().filter(|row| row.partition == day(on).to_string());
    of_day.map(|row| (row.check, row.violations)).collect()
}

fn assert_violations(mill: &Mill, dataset: &str, on: i32, expected: &[(&str, i64)]) {
    let found = violations(mill, dataset, on);
    for (check, number) in expected {
        assert_eq!(found.get(*check), Some(number), "{check} on day {on}: {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}

/// On day 3 DE has 3 visits with 3 searches, FR has 1 visit with none: two rows.
#[test]
fn every_form_counts_what_violates_it() {
    let expected = [
        ("in_range(visits, 1, 3)", 0),
        ("in_range(visits, 2, 3)", 1),
        ("in_range(visits, 1, 2)", 1),
        ("in_range(submission_date, DATE '2026-10-03', DATE '2026-10-03')", 0),
        ("max_rows(2)", 0),
        ("max_rows(1)", 1),
        ("min_rows(2)", 0),
        ("min_rows(5)", 3),
        ("not_null(country, visits)", 0),
        ("not_null(gap)", 1),
        ("in_range(gap, 1, 1)", 0),
        ("unique(country)", 0),
        ("unique(submission_date)", 1),
        ("accepted_values(country, 'DE', 'FR', 'a, b')", 0),
        ("accepted_values(country, 'DE, FR', 'FR')", 1),
        ("accepted_values(visits, 1, 3)", 0),
        ("accepted_values(visits, 1)", 1),
        ("accepted_values(gap, 2)", 1),
        ("accepted_values(submission_date, DATE '2026-10-03')", 0),
        ("fresh(submission_date, 24 hours)", 0),
        ("fresh(submission_date, 23 hours)", 1),
        ("fresh(submission_date, 1 day)", 0),
        ("fresh(submission_date, 1439 minutes)", 1),
        ("holds(visits > 1 OR country = 'FR')", 0),
        ("holds(gap = 1)", 1),
    ];
    let mut mill = harbour_with_days(3, &[]);
    mill.edit(
        DAILY_FILE,
        "    COUNT(*) AS visits,",
        "    COUNT(*) AS visits,\n    IF(country = 'DE', 1, NULL) AS gap,",
    );
    let quoted: Vec<String> = expected.iter().map(|(check, _)| format!("{{warn: \"{check}\"}}")).collect();
    with_checks(&mut mill, &quoted.iter().map(String::as_str).collect::<Vec<_>>());
    mill.run_well(3);
    assert_violations(&mill, DAILY_TABLE, 3, &expected);
}

#[test]
fn nan_is_in_no_range() {
    let mut mill = harbour_with_days(1, &[]);
    mill.edit(
        DAILY_FILE,
        "    COUNT(*) AS visits,",
        "    COUNT(*) AS visits,\n    CAST('NaN' AS FLOAT64) AS ratio,",
    );
    with_checks(&mut mill, &["{warn: \"in_range(ratio, 0, 1)\"}"]);
    mill.run_well(1);
    assert_violations(&mill, DAILY_TABLE, 1, &[("in_range(ratio, 0, 1)", 2)]);
}

const NEXT: &str = "dataset: harbour_derived.next_v1
description: Visits, and one more.
checks:
  - {warn: \"references(visits, harbour_derived.daily_v1.visits)\"}
  - {warn: \"references(more, harbour_derived.daily_v1.visits)\"}
  - {warn: \"references(nothing, harbour_derived.daily_v1.visits)\"}
sql: |
  SELECT
    @submission_date AS submission_date, visits, visits + 1 AS more, CAST(NULL AS INT64) AS nothing
  FROM
    `harbour_derived.daily_v1`
  WHERE
    submission_date = @submission_date
";

/// On day 3 there are 3 and 1 visits. Days 2 and 4 have the 2 and the 4 that one more would be, and are not read.
#[test]
fn a_reference_leads_into_the_partitions_that_are_read() {
    let mill = harbour_with_days(4, &[("datasets/next.yaml", NEXT)]);
    mill.run_well(4);
    let expected = |more: i64| {
        [
            ("references(visits, harbour_derived.daily_v1.visits)", 0),
            ("references(more, harbour_derived.daily_v1.visits)", more),
            ("references(nothing, harbour_derived.daily_v1.visits)", 0),
        ]
    };
    assert_violations(&mill, "harbour_derived.next_v1", 3, &expected(2));
    // 2 and 1 visits: one more than 1 is 2.
    assert_violations(&mill, "harbour_derived.next_v1", 2, &expected(1));
}

/// Two rows each on the days 1 to 3, four on day 4: the mean before is 2.
#[test]
fn rows_are_held_against_the_days_before() {
    let mut mill = harbour_with_days(4, &[]);
    visits(&mill, 4, "IT", 1);
    visits(&mill, 4, "ES", 1);
    with_checks(
        &mut mill,
        &[
            "{warn: \"rows_near(7 days, 100%)\"}",
            "{warn: \"rows_near(7 days, 50%)\"}",
            "{warn: \"rows_near(7 days, 0%)\"}",
        ],
    );
    mill.run_well(4);
    let expected = |half: i64, none: i64| {
        [("rows_near(7 days, 100%)", 0), ("rows_near(7 days, 50%)", half), ("rows_near(7 days, 0%)", none)]
    };
    assert_violations(&mill, DAILY_TABLE, 1, &expected(0, 0));
    assert_violations(&mill, DAILY_TABLE, 3, &expected(0, 0));
    assert_violations(&mill, DAILY_TABLE, 4, &expected(1, 2));
}

#[test]
fn each_row_of_a_query_of_ones_own_is_a_violation() {
    let mut mill = harbour_with_days(3, &[("datasets/many.sql", "SELECT country FROM this -- all\n")]);
    with_checks(
        &mut mill,
        &[
            "{sql: \"SELECT * FROM this WHERE visits > 2\", warn: 0}",
            "{sql: \"WITH many AS (SELECT * FROM this) SELECT 1 FROM many WHERE visits > 3\", warn: 0}",
            "{sql: \"SELECT 1 FROM this WHERE submission_date <> @submission_date\"}",
            "{sql: \"SELECT 1 FROM `harbour.visits` WHERE day = @submission_date AND searches = 2\", warn: 0}",
            "{sql: many.sql, warn: 1, fail: 2}",
        ],
    );
    mill.run_well(3);
    let expected = [
        ("SELECT * FROM this WHERE visits > 2", 1),
        ("WITH many AS (SELECT * FROM this) SELECT 1 FROM many WHERE visits > 3", 0),
        ("SELECT 1 FROM this WHERE submission_date <> @submission_date", 0),
        ("SELECT 1 FROM `harbour.visits` WHERE day = @submission_date AND searches = 2", 1),
        ("many.sql", 2),
    ];
    assert_violations(&mill, DAILY_TABLE, 3, &expected);
    let before = mill.compilation.datasets[DAILY_TABLE].checks.hash.clone();
    mill.write("datasets/many.sql", "SELECT country FROM this WHERE visits > 1");
    assert_ne!(mill.compilation.datasets[DAILY_TABLE].checks.hash, before);
}

/// One of two rows violates the check: a half.
#[test]
fn thresholds_let_as_many_pass_as_they_say() {
    for (thresholds, ending) in [
        ("fail: 1", "passed"),
        ("fail: 0", "failed"),
        ("fail: 50%", "passed"),
        ("fail: 49.9999%", "failed"),
        ("warn: 0, fail: 1", "warned"),
        ("warn: 50%, fail: 50%", "passed"),
        ("warn: 0, fail: 0", "failed"),
        ("warn: 1", "passed"),
        ("warn: 10%", "warned"),
    ] {
        let mut mill = harbour_with_days(3, &[]);
        with_checks(&mut mill, &[&format!("{{check: holds(visits > 1), {thresholds}}}")]);
        let ran = mill.run(3);
        let rows = mill.ledger().check_history(DAILY_TABLE).unwrap();
        let of_day: Vec<&CheckRow> = rows.iter().filter(|row| row.partition == "2026-10-03").collect();
        assert_eq!(of_day.len(), 1, "{thresholds}");
        assert_eq!(of_day[0].verdict, ending, "{thresholds}");
        assert_eq!((of_day[0].violations, of_day[0].rows), (1, Some(2)), "{thresholds}");
        match (ran.result(DAILY_TABLE, 3), ending) {
            (TaskResult::Failed(problem), "failed") => {
                assert!(problem.starts_with("check holds(visits > 1) failed: 1 violations"), "{problem}");
                assert_eq!(problem.ends_with("in 2 rows, 49.9999% allowed"), thresholds.contains('%'));
            }
            (TaskResult::Built { warnings, .. }, _) => {
                assert_eq!(warnings.is_empty(), ending == "passed", "{thresholds}: {warnings:?}");
            }
            (other, _) => panic!("{thresholds}: {other:?}"),
        }
    }
}

#[test]
fn rows_that_fail_are_told_and_not_kept() {
    let mut mill = harbour_with_days(3, &[]);
    with_checks(
        &mut mill,
        &[
            "holds(visits < 3)",
            "{warn: \"accepted_values(country, 'IT')\"}",
            "{warn: unique(submission_date)}",
            "{warn: min_rows(9)}",
            "{sql: \"SELECT country, searches FROM this WHERE visits = 3\", warn: 0}",
            "max_rows(9)",
        ],
    );
    let ran = mill.run(3);
    let failing: BTreeMap<&str, (&[String], &str)> = ran
        .outcome
        .failing
        .iter()
        .filter(|one| one.dataset == DAILY_TABLE && one.period.to_string() == "2026-10-03")
        .map(|one| (one.check.text.as_str(), (one.check.failing.as_slice(), one.check.finds.as_str())))
        .collect();
    let rows = |check: &str| failing[check].0.to_vec();
    assert_eq!(rows("holds(visits < 3)"), ["{\"visits\":3}"]);
    assert_eq!(failing["holds(visits < 3)"].1, "SELECT visits FROM this WHERE (visits < 3) IS NOT TRUE");
    assert_eq!(
        rows("accepted_values(country, 'IT')"),
        ["{\"country\":\"DE\",\"row_count\":1}", "{\"country\":\"FR\",\"row_count\":1}"]
    );
    assert_eq!(rows("unique(submission_date)"), ["{\"submission_date\":\"2026-10-03\",\"row_count\":2}"]);
    assert_eq!(
        rows("SELECT country, searches FROM this WHERE visits = 3"),
        ["{\"country\":\"DE\",\"searches\":3}"]
    );
    assert!(!failing.contains_key("max_rows(9)") && !failing.contains_key("min_rows(9)"));
    let failures = mill.ledger().last_failures().unwrap();
    assert!(failures.iter().all(|(_, _, error)| !error.contains("visits\":")), "{failures:?}");
}

#[test]
fn no_more_than_five_rows_are_shown() {
    let mut mill = harbour_with_days(1, &[]);
    for country in ["AT", "BE", "CH", "DK", "EE", "FI"] {
        visits(&mill, 1, country, 1);
    }
    with_checks(&mut mill, &["{warn: holds(visits > 1)}"]);
    let ran = mill.run_well(1);
    assert_eq!(violations(&mill, DAILY_TABLE, 1)["holds(visits > 1)"], 8);
    assert_eq!(ran.outcome.failing[0].check.failing.len(), 5);
}

#[test]
fn an_empty_partition_takes_the_place_of_a_full_one_only_when_allowed() {
    let mut mill = harbour_with_days(2, &[]);
    mill.run_well(2);
    let old = mill.rows("FROM harbour_derived.daily_v1");
    mill.sql(&format!("DELETE FROM harbour.visits WHERE day = '{}'", day(2)));
    mill.sql(&format!(
        "INSERT INTO harbour.visits SELECT DATE '{}', 'nobody', NULL, 1 FROM range(1)",
        day(2)
    ));
    mill.edit(DAILY_FILE, "    day = @submission_date", "    day = @submission_date AND country IS NOT NULL");
    let ran = mill.run(2);
    assert_eq!(
        ran.failure(DAILY_TABLE, 2),
        "the query gave no rows, and 2 stand; `allow_empty: true` or `--allow-empty` lets that be"
    );
    assert_eq!(mill.rows("FROM harbour_derived.daily_v1"), old);
    mill.edit(DAILY_FILE, "sql: |", "allow_empty: true\nsql: |");
    mill.run_well(2);
    let count = format!("SELECT COUNT(*) FROM harbour_derived.daily_v1 WHERE submission_date = '{}'", day(2));
    assert_eq!(mill.number(&count), 0);
    assert!(mill.due(2).tasks.is_empty());
}

#[test]
fn an_empty_partition_where_nothing_stood_is_published() {
    let mut mill = harbour_with_days(1, &[]);
    mill.edit(DAILY_FILE, "    day = @submission_date", "    day = @submission_date AND country <> 'XX'");
    visits(&mill, 2, "XX", 1);
    let ran = mill.run_well(2);
    assert_eq!(ran.built(DAILY_TABLE), days(1, 2));
    visits(&mill, 2, "XX", 1);
    // Empty again: nothing is lost by that.
    assert_eq!(mill.run_well(2).built(DAILY_TABLE), days(2, 2));
}

const REQUIRED: &str = r#"[
  {"name": "submission_date", "type": "DATE"},
  {"name": "country", "type": "STRING", "mode": "REQUIRED"},
  {"name": "visits", "type": "INTEGER"},
  {"name": "searches", "type": "INTEGER"}
]"#;

#[test]
fn a_required_column_without_a_value_blocks_the_partition() {
    let mut mill = harbour_with_days(2, &[("datasets/daily.json", REQUIRED)]);
    mill.edit(DAILY_FILE, "sql: |", "schema: {bigquery: daily.json}\nsql: |");
    mill.sql(&format!("INSERT INTO harbour.visits VALUES (DATE '{}', 'somebody', NULL, 1)", day(2)));
    let ran = mill.run(2);
    assert_eq!(ran.failure(DAILY_TABLE, 2), "check not_null(country) failed: 1 violations");
    assert_eq!(ran.built(DAILY_TABLE), days(1, 1));
}
