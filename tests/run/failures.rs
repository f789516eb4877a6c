//! Rows in the wrong place, queries that fail, checks: what is not published, and whom that blocks.

use tidemill::ledger::State;
use tidemill::plan;
use tidemill::run::{self, TaskResult};

use super::harbour::{DAILY_FILE, DAILY_TABLE, TOTALS_TABLE, harbour_with_days, visits};
use super::mill::{day, days};

const OTHER: &str = "dataset: harbour_derived.other_v1
description: Has nothing to do with the others.
sql: SELECT @submission_date AS submission_date, COUNT(*) AS visits FROM `harbour.visits` WHERE day = @submission_date
";

const GRANDCHILD: &str = "dataset: harbour_derived.weeks_v1
description: Reads what reads the daily counts.
sql: SELECT @submission_date AS submission_date, SUM(visits) AS visits FROM `harbour_derived.totals_v1` WHERE submission_date BETWEEN DATE_SUB(@submission_date, INTERVAL 6 DAY) AND @submission_date
";

const MORE: &[(&str, &str)] = &[("datasets/other.yaml", OTHER), ("datasets/weeks.yaml", GRANDCHILD)];

const DATES: &str = "SELECT DISTINCT submission_date FROM harbour_derived.daily_v1";

#[test]
fn rows_of_another_day_fail_the_attempt_and_block_its_children_alone() {
    let mut mill = harbour_with_days(3, MORE);
    mill.run_well(2);
    let from = "    @submission_date AS submission_date,";
    mill.edit(
        DAILY_FILE,
        from,
        "    DATE_SUB(@submission_date, INTERVAL IF(country = 'FR', 7, 0) DAY) AS submission_date,",
    );
    let ran = mill.run(3);
    assert!(ran.outcome.failed());
    assert_eq!(
        ran.failure(DAILY_TABLE, 3),
        "rows outside the partition: `submission_date` must be 2026-10-03, but is 2026-09-26 (1 rows)"
    );
    let blocked = TaskResult::Blocked { by: "harbour_derived.daily_v1 2026-10-03".to_owned() };
    assert_eq!(*ran.result(TOTALS_TABLE, 3), blocked);
    assert_eq!(*ran.result("harbour_derived.weeks_v1", 3), blocked);
    assert_eq!(ran.built("harbour_derived.other_v1"), days(3, 3));
    assert_eq!(mill.rows(DATES), ["2026-10-01", "2026-10-02"]);
    let failures = mill.ledger().last_failures().unwrap();
    assert_eq!(failures.len(), 1);
    assert_eq!((failures[0].0.as_str(), failures[0].1.as_str()), (DAILY_TABLE, "2026-10-03"));

    mill.edit(
        DAILY_FILE,
        "DATE_SUB(@submission_date, INTERVAL IF(country = 'FR', 7, 0) DAY)",
        "@submission_date",
    );
    let mended = mill.run_well(3);
    assert_eq!(mended.built(DAILY_TABLE), days(3, 3));
    assert_eq!(mended.built("harbour_derived.weeks_v1"), days(3, 3));
    assert_eq!(
        mill.number("SELECT visits FROM harbour_derived.weeks_v1 WHERE submission_date = '2026-10-03'"),
        9
    );
    assert!(mill.ledger().last_failures().unwrap().is_empty());
    assert!(mill.due(3).tasks.is_empty());
}

#[test]
fn rows_without_a_day_fail_the_attempt_with_counts_by_value() {
    let mut mill = harbour_with_days(1, &[]);
    mill.edit(
        DAILY_FILE,
        "    @submission_date AS submission_date,",
        "    IF(country = 'DE', NULL, DATE '2026-11-01') AS submission_date,",
    );
    visits(&mill, 1, "IT", 1);
    let ran = mill.run(1);
    assert_eq!(
        ran.failure(DAILY_TABLE, 1),
        "rows outside the partition: `submission_date` must be 2026-10-01, but is 2026-11-01 (2 rows), NULL (1 rows)"
    );
    assert_eq!(mill.rows(DATES), [""; 0]);
}

#[test]
fn a_failed_rebuild_leaves_the_old_partition_in_place() {
    let mut mill = harbour_with_days(3, MORE);
    mill.run_well(3);
    let old = mill.rows("FROM harbour_derived.daily_v1");
    mill.edit(DAILY_FILE, "SUM(searches) AS searches", "SUM(DIV(10, searches)) AS searches");
    visits(&mill, 3, "DE", 4);
    let ran = mill.run(3);
    assert!(ran.failure(DAILY_TABLE, 3).to_lowercase().contains("zero"), "{}", ran.failure(DAILY_TABLE, 3));
    assert_eq!(mill.rows("FROM harbour_derived.daily_v1"), old);
    assert_eq!(ran.built("harbour_derived.other_v1"), days(3, 3));
    mill.edit(DAILY_FILE, "SUM(DIV(10, searches)) AS searches", "SUM(searches + 0) AS searches");
    let mended = mill.run_well(3);
    assert_eq!(mended.built(DAILY_TABLE), days(3, 3));
    assert_eq!(mended.built(TOTALS_TABLE), days(3, 3));
    assert!(mill.due(3).tasks.is_empty());
}

#[test]
fn a_failed_blocking_check_keeps_the_old_rows_and_a_warning_publishes() {
    let mut mill = harbour_with_days(2, MORE);
    mill.run_well(2);
    let old = mill.rows("FROM harbour_derived.daily_v1");
    mill.edit(
        DAILY_FILE,
        "sql: |",
        "checks: [not_null(country), \"holds(visits < 5)\", unique(country)]\nsql: |",
    );
    visits(&mill, 2, "DE", 9);
    let ran = mill.run(2);
    assert_eq!(ran.failure(DAILY_TABLE, 2), "check holds(visits < 5) failed: 1 violations");
    assert!(matches!(ran.result(TOTALS_TABLE, 2), TaskResult::Blocked { .. }));
    assert_eq!(mill.rows("FROM harbour_derived.daily_v1"), old);

    mill.edit(DAILY_FILE, "\"holds(visits < 5)\"", "{warn: \"holds(visits < 5)\"}");
    let warned = mill.run_well(2);
    match warned.result(DAILY_TABLE, 2) {
        TaskResult::Built { warnings, .. } => {
            assert_eq!(warnings, &["2026-10-02: check holds(visits < 5) warns: 1 violations"])
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        mill.rows("SELECT visits FROM harbour_derived.daily_v1 WHERE submission_date = '2026-10-02'"),
        ["1", "11"]
    );
}

#[test]
fn a_changed_check_is_for_checking_again_and_one_that_fails_marks_suspect() {
    let mut mill = harbour_with_days(4, &[]);
    mill.edit(DAILY_FILE, "sql: |", "checks: [min_rows(1)]\nsql: |");
    mill.run_well(4);
    let rows = mill.rows("FROM harbour_derived.daily_v1");
    mill.edit(DAILY_FILE, "checks: [min_rows(1)]", "checks: [min_rows(1), \"holds(visits < 4)\"]");
    let plan = mill.due(4);
    assert!(plan.tasks.is_empty() && plan.stale.is_empty());
    assert_eq!((plan.recheck.len(), plan.recheck[0].periods.len()), (1, 4));
    assert!(
        plan::render(&plan).contains(
            "4 partitions to check again, checks changed: tidemill recheck harbour_derived.daily_v1"
        )
    );

    assert_eq!(recheck(&mill), days(4, 4));
    assert_eq!(mill.record(DAILY_TABLE, 3).state, State::Success);
    assert_eq!(mill.record(DAILY_TABLE, 4).state, State::Suspect);
    assert_eq!(mill.rows("FROM harbour_derived.daily_v1"), rows);
    let after = mill.due(4);
    assert!(after.tasks.is_empty() && after.recheck.is_empty(), "{}", plan::render(&after));

    // Without the check nothing is suspect any more.
    mill.edit(DAILY_FILE, "checks: [min_rows(1), \"holds(visits < 4)\"]\n", "");
    assert_eq!(mill.due(4).recheck.len(), 1);
    assert_eq!(recheck(&mill), []);
    assert_eq!(mill.record(DAILY_TABLE, 4).state, State::Success);
    assert!(mill.due(4).recheck.is_empty());
}

/// Checks again what is due for it, and gives the days that failed.
fn recheck(mill: &super::mill::Mill) -> Vec<jiff::civil::Date> {
    let snapshot = mill.prepare().snapshot;
    let wanted = |name: &str, _| name == DAILY_TABLE;
    let at = "2026-11-22 06:00:00";
    let checked = run::recheck(&mill.compilation, mill.warehouse(), mill.ledger(), &snapshot, at, &wanted);
    let failed = checked.unwrap().into_iter().filter(|one| !one.failed.is_empty());
    failed.map(|one| one.period.first_day()).collect()
}

#[test]
fn a_rebuilt_suspect_partition_is_suspect_no_more() {
    let mut mill = harbour_with_days(2, &[]);
    mill.run_well(2);
    mill.edit(DAILY_FILE, "sql: |", "checks: [\"holds(visits < 2)\"]\nsql: |");
    assert_eq!(recheck(&mill), days(2, 2));
    mill.sql(&format!("DELETE FROM harbour.visits WHERE day = '{}' AND country = 'DE'", day(2)));
    mill.run_well(2);
    assert_eq!(mill.record(DAILY_TABLE, 2).state, State::Success);
}
