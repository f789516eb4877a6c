//! What a change makes stale, what it makes due, and what it leaves alone.

use tidemill::plan::{self, Reason};
use tidemill::run::TaskResult;

use super::harbour::{DAILY, DAILY_FILE, DAILY_TABLE, TOTALS_FILE, TOTALS_TABLE, harbour_with_days, visits};
use super::mill::{days, planned, stale};

#[test]
fn the_same_date_twice_does_nothing_the_second_time_and_says_so() {
    let mill = harbour_with_days(5, &[]);
    let first = mill.run_well(5);
    assert_eq!(first.built(DAILY_TABLE), days(1, 5));
    assert_eq!(first.built(TOTALS_TABLE), days(1, 5));
    assert_eq!(mill.number("SELECT sum(visits) FROM harbour_derived.totals_v1"), 15 + 5);
    let second = mill.run_well(5);
    assert!(second.plan.tasks.is_empty(), "{:?}", second.plan.tasks);
    assert_eq!(plan::render(&second.plan), "2026-10-05: 0 partitions to build, 10 current");
}

#[test]
fn a_changed_measure_makes_partitions_stale_and_not_due() {
    let mut mill = harbour_with_days(6, &[]);
    mill.run_well(6);
    mill.edit(DAILY_FILE, "SUM(searches) AS searches", "MAX(searches) AS searches");
    let plan = mill.due(6);
    assert!(plan.tasks.is_empty());
    assert_eq!(stale(&plan, DAILY_TABLE), days(1, 6));
    assert_eq!(stale(&plan, TOTALS_TABLE), []);
    assert_eq!(plan.stale[0].reason, Reason::DefinitionChanged);
    assert!(plan::render(&plan).contains(
        "6 stale, not due: harbour_derived.daily_v1 2026-10-01 to 2026-10-06 (the definition changed): \
         tidemill backfill --from 2026-10-01 --to 2026-10-06 --downstream harbour_derived.daily_v1"
    ));
}

#[test]
fn backfill_rebuilds_stale_partitions_of_its_range_and_no_others() {
    let mut mill = harbour_with_days(6, &[]);
    mill.run_well(6);
    mill.edit(DAILY_FILE, "SUM(searches) AS searches", "MAX(searches) AS searches");
    let ran = mill.backfill(2, 4, DAILY_TABLE);
    assert_eq!(ran.built(DAILY_TABLE), days(2, 4));
    assert_eq!(stale(&mill.due(6), DAILY_TABLE), [days(1, 1), days(5, 6)].concat());
    let searches = "SELECT submission_date, searches FROM harbour_derived.daily_v1 WHERE country = 'DE' AND \
                    submission_date IN ('2026-10-04', '2026-10-05')";
    assert_eq!(mill.rows(searches), ["2026-10-04|3", "2026-10-05|10"]);
    assert!(mill.backfill(2, 4, DAILY_TABLE).plan.tasks.is_empty());
}

#[test]
fn a_change_is_due_for_exactly_the_days_that_on_change_names() {
    let definition = format!("{DAILY}on_change: {{rebuild: 30 days}}\n");
    let mut mill = harbour_with_days(34, &[(DAILY_FILE, &definition)]);
    mill.run_well(34);
    mill.edit(DAILY_FILE, "SUM(searches) AS searches", "MAX(searches) AS searches");
    let ran = mill.run_well(34);
    assert_eq!(ran.built(DAILY_TABLE), days(5, 34));
    let after = mill.due(34);
    assert!(after.tasks.is_empty());
    assert_eq!(stale(&after, DAILY_TABLE), days(1, 4));
}

#[test]
fn what_does_not_decide_rows_makes_nothing_stale() {
    let mut mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    let before = mill.compilation.datasets[DAILY_TABLE].hash.clone();
    mill.edit(
        DAILY_FILE,
        "    COUNT(*) AS visits,",
        "    -- Every visit counts.\n    COUNT(*) AS visits, /* all */",
    );
    assert_eq!(mill.compilation.datasets[DAILY_TABLE].hash, before, "a comment");
    let one_line = "select @submission_date as submission_date, country, count( * ) AS visits, Sum(searches) AS searches from `harbour.visits` where day=@submission_date group by country";
    let reformatted = format!(
        "dataset: harbour_derived.daily_v1\ndescription: Visits, said otherwise.\nowners: [others@example.com]\n\
         labels: {{team: sea}}\ntags: [daily]\nsql: {one_line}\ncolumns: {{visits: All of them.}}\n"
    );
    mill.write(DAILY_FILE, &reformatted);
    assert_eq!(mill.compilation.datasets[DAILY_TABLE].hash, before, "another layout");
    std::fs::create_dir_all(mill.path("datasets/zone/deep")).unwrap();
    std::fs::rename(mill.path(DAILY_FILE), mill.path("datasets/zone/deep/z.yaml")).unwrap();
    std::fs::rename(mill.path(TOTALS_FILE), mill.path("datasets/a.yaml")).unwrap();
    mill.compile();
    let plan = mill.due(3);
    assert!(plan.tasks.is_empty() && plan.stale.is_empty(), "{}", plan::render(&plan));
    assert_eq!(plan.current, 6);
}

#[test]
fn a_changed_view_makes_stale_what_reads_through_it() {
    let view = "view: harbour.large\ndescription: Countries with more than one visit.\n\
                sql: SELECT * FROM `harbour_derived.daily_v1` WHERE visits > 1\n";
    let reader = "dataset: harbour_derived.large_v1\ndescription: Large countries per day.\n\
                  sql: SELECT @submission_date AS submission_date, COUNT(*) AS countries FROM `harbour.large` WHERE submission_date = @submission_date\n";
    let mut mill =
        harbour_with_days(3, &[("datasets/large.yaml", view), ("datasets/large_daily.yaml", reader)]);
    mill.run_well(3);
    let countries = "SELECT submission_date, countries FROM harbour_derived.large_v1";
    assert_eq!(mill.rows(countries), ["2026-10-01|0", "2026-10-02|1", "2026-10-03|1"]);
    mill.edit("datasets/large.yaml", "description: Countries", "description: All countries");
    assert!(mill.due(3).stale.is_empty());
    mill.edit("datasets/large.yaml", "visits > 1", "visits > 0");
    let plan = mill.due(3);
    assert!(plan.tasks.is_empty());
    assert_eq!(stale(&plan, "harbour_derived.large_v1"), days(1, 3));
    assert_eq!(plan.stale.len(), 1);
    mill.backfill(1, 3, "harbour_derived.large_v1");
    assert_eq!(mill.rows(countries), ["2026-10-01|2", "2026-10-02|2", "2026-10-03|2"]);
}

#[test]
fn equal_rows_keep_their_version_and_children_stay_current() {
    let mut mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    let before = mill.record(DAILY_TABLE, 2);
    mill.edit(DAILY_FILE, "COUNT(*) AS visits", "SUM(1) AS visits");
    let ran = mill.backfill(1, 3, DAILY_TABLE);
    assert!(matches!(ran.result(DAILY_TABLE, 2), TaskResult::Built { changed: false, .. }));
    let after = mill.record(DAILY_TABLE, 2);
    assert_eq!((after.data_version, after.origin_version), (before.data_version, before.origin_version));
    assert_ne!(after.definition_hash, before.definition_hash);
    let plan = mill.due(3);
    assert!(plan.tasks.is_empty() && plan.stale.is_empty(), "{}", plan::render(&plan));
}

#[test]
fn a_child_of_a_rebuilt_parent_with_equal_rows_is_left_alone() {
    let mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    // Other clients, the same counts.
    mill.sql("UPDATE harbour.visits SET client_id = client_id || '-again' WHERE day = '2026-10-03'");
    let ran = mill.run_well(3);
    assert_eq!(ran.built(DAILY_TABLE), days(3, 3));
    assert_eq!(ran.left_alone(TOTALS_TABLE), days(3, 3));
    assert_eq!(ran.built(TOTALS_TABLE), []);
    assert!(mill.due(3).tasks.is_empty());
}

#[test]
fn late_rows_reach_a_child_that_is_stale_for_its_definition_too() {
    let mut mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    mill.edit(TOTALS_FILE, "SUM(visits) AS visits", "SUM(visits) + 0 AS visits");
    visits(&mill, 3, "DE", 10);
    let plan = mill.due(3);
    assert_eq!(planned(&plan, TOTALS_TABLE), days(3, 3));
    let ran = mill.run_well(3);
    assert_eq!(ran.built(TOTALS_TABLE), days(3, 3));
    assert_eq!(
        mill.number("SELECT visits FROM harbour_derived.totals_v1 WHERE submission_date = '2026-10-03'"),
        14
    );
    let after = mill.due(3);
    assert!(after.tasks.is_empty(), "{}", plan::render(&after));
    assert_eq!(stale(&after, TOTALS_TABLE), days(1, 2));
}

#[test]
fn a_stale_child_is_left_alone_where_its_parent_comes_out_the_same() {
    let mut mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    mill.edit(TOTALS_FILE, "SUM(visits) AS visits", "SUM(visits) * 2 AS visits");
    mill.sql("UPDATE harbour.visits SET client_id = client_id || '-again' WHERE day = '2026-10-03'");
    let ran = mill.run_well(3);
    assert_eq!(ran.left_alone(TOTALS_TABLE), days(3, 3));
    assert_eq!(stale(&mill.due(3), TOTALS_TABLE), days(1, 3));
}

#[test]
fn a_retyped_column_changes_the_hash_of_its_readers_and_an_added_one_does_not() {
    let hours = "dataset: harbour_derived.hours_v1
description: Visits by hour.
sql: |
  SELECT @submission_date AS submission_date, CAST(`at` AS STRING) AS moment
  FROM (SELECT * FROM `harbour.moments`) WHERE day = @submission_date
";
    let moments = "source: harbour.moments
kind: table
description: Moments.
schema: {columns: {day: DATE, at: DATETIME}}
partition_by: {column: day, every: day}
start: 2026-10-01
";
    let file = "datasets/moments.yaml";
    let mut mill = harbour_with_days(1, &[(file, moments), ("datasets/hours.yaml", hours)]);
    let before = mill.compilation.datasets["harbour_derived.hours_v1"].hash.clone();
    mill.edit(file, "at: DATETIME", "at: DATETIME, more: STRING");
    assert_eq!(mill.compilation.datasets["harbour_derived.hours_v1"].hash, before);
    mill.edit(file, "at: DATETIME", "at: TIMESTAMP");
    assert_ne!(mill.compilation.datasets["harbour_derived.hours_v1"].hash, before);
}
